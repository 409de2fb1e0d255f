import { Form } from '@remix-run/react'
import { useEffect, useRef, useState } from 'react'
import { CARRIERS, CONSENT_CHANNELS, HELP_PLACES, OUTCOME_VALUES, type Outcome } from '#app/domain/vocabulary.ts'
import type { TermNames } from '#app/text/terms.ts'
import { labels } from '#app/text/vocabulary.ts'
import { AllAchieved } from './all-achieved.tsx'
import { Button } from './button.tsx'
import { fillCardInto } from './card-fill.ts'
import { CardScan } from './card-scan.tsx'
import { type AskCitizen, CitizenNumber } from './citizen-number.tsx'
import { type Option, optionsOf } from './field.tsx'
import { SubmitButton } from './form.tsx'
import { communeGroups, LongSelect } from './long-select.tsx'
import { PlainError, PlainField, PlainRadios, plainId } from './plain-field.tsx'
import { Sheet } from './sheet.tsx'
import { useTerms } from './terms.ts'

type Texts = Record<string, string>
type Communes = readonly { district: string; communes: readonly { code: string; name: string }[] }[]

/** What the form shows: the session's fields, its lines, and what is wrong with which field. */
export type SessionState = {
  shared: Texts
  lines: readonly Texts[]
  problems: readonly { field: string; text: string }[]
}

const FORM_ID = 'buoi'
const ADD = { name: 'viec', value: 'them-dong' } as const
/** Asks for the fields in which a line differs from the session: `khac-0` for the first. */
const otherwiseAt = (at: number) => ({ name: 'viec', value: `khac-${at}` })

const LABELS: Record<string, string> = {
  helpedOn: 'Ngày hỗ trợ',
  place: 'Nơi hỗ trợ',
  localityCode: 'Nơi ở',
  hamlet: 'Ấp, thôn, khu phố',
  consentChannel: 'Cách thể hiện đồng ý',
  consent: 'Sự đồng ý',
  citizenName: 'Họ và tên',
  citizenNumber: 'Số định danh',
  birthOn: 'Ngày sinh',
  phone: 'Số điện thoại',
}

/** Lines are keyed by their submission key: the saved ones go, the others keep what was typed. */
export function SessionForm({
  state: { shared, lines, problems },
  communes,
  required,
  minimumAge,
  today,
  maxLines,
  ask,
}: {
  state: SessionState
  communes: Communes
  required: readonly Outcome[]
  minimumAge: number
  today: string
  maxLines: number
  /** says what is known of a line's citizen as soon as the number is whole */
  ask: AskCitizen
}) {
  const errorOf = (field: string) =>
    problems
      .filter(problem => problem.field === field)
      .map(({ text }) => text)
      .join(' ') || undefined
  const { names } = useTerms()
  const summary = useRef<HTMLDivElement>(null)
  const count = useRef(lines.length)
  useEffect(() => {
    if (problems.length > 0) summary.current?.focus()
    else if (lines.length > count.current)
      document.getElementById(plainId(nameIn(count.current, 'citizenName')))?.focus()
    count.current = lines.length
  }, [lines.length, problems])
  return (
    <Form method="post" id={FORM_ID} className="stack help-form">
      {problems.length === 0 ? null : (
        <div role="alert" tabIndex={-1} ref={summary} className="notice tone-danger">
          <div>
            <p className="strong">Anh/chị xem lại giúp {problems.length} mục sau:</p>
            <ul>
              {problems.map(({ field, text }) => (
                <li key={`${field} ${text}`}>
                  <a href={`#${plainId(field)}`}>
                    {nameOf(field, names)}: {text}
                  </a>
                </li>
              ))}
            </ul>
          </div>
        </div>
      )}
      <SharedFields {...{ shared, errorOf, communes, required, today }} />
      <p className="small">
        Mã trên thẻ được đọc ngay trên điện thoại; ảnh không được gửi đi. Dòng để trống được bỏ qua.
      </p>
      {lines.map((texts, at) => (
        <Line key={texts.submissionKey} {...{ texts, at, errorOf, communes, required, minimumAge, today, ask }} />
      ))}
      {lines.length < maxLines ? (
        <div>
          <Button type="submit" variant="quiet" formNoValidate {...ADD}>
            Thêm dòng
          </Button>
        </div>
      ) : null}
      <SubmitButton isLarge>Lưu cả buổi</SubmitButton>
    </Form>
  )
}

const nameIn = (at: number, field: string) => `lines[${at}].${field}`

/** `lines[0].citizenName` → "Người thứ 1, Họ và tên". */
function nameOf(field: string, names: TermNames): string {
  const [, at, own] = /^lines\[(\d+)\]\.(\w+)$/.exec(field) ?? []
  const label = (name: string) => LABELS[name] ?? names.outcome[name.replace(/^outcome_/, '') as Outcome] ?? 'Danh sách'
  return own === undefined ? label(field) : `Người thứ ${Number(at) + 1}, ${label(own)}`
}

type Shown = {
  errorOf: (field: string) => string | undefined
  communes: Communes
  required: readonly Outcome[]
  today: string
}

function SharedFields({ shared, errorOf, communes, required, today }: Shown & { shared: Texts }) {
  const { names } = useTerms()
  return (
    <Sheet title="Thông tin chung của buổi" note="Áp dụng cho mọi người trong danh sách bên dưới">
      <div className="stack">
        <div className="field-pair">
          <PlainField name="helpedOn" label={LABELS.helpedOn} error={errorOf('helpedOn')} isRequired isShort>
            {control => <input {...control} type="date" max={today} defaultValue={shared.helpedOn} />}
          </PlainField>
          <PlainField name="place" label={LABELS.place} error={errorOf('place')} isRequired>
            {control => (
              <select {...control} defaultValue={shared.place ?? ''}>
                <Options options={optionsOf(HELP_PLACES, labels.helpPlace)} />
              </select>
            )}
          </PlainField>
        </div>
        <PlainField name="localityCode" label="Nơi ở (xã, phường, thị trấn)" error={errorOf('localityCode')} isRequired>
          {control => (
            <LongSelect {...control} defaultValue={shared.localityCode ?? ''} groups={communeGroups(communes)} />
          )}
        </PlainField>
        <PlainField name="hamlet" label={LABELS.hamlet} error={errorOf('hamlet')}>
          {control => <input {...control} autoComplete="off" defaultValue={shared.hamlet} />}
        </PlainField>
        <AllAchieved outcomes={required} />
        {required.map(outcome => (
          <div key={outcome} className="outcome segmented">
            <PlainRadios
              name={`outcome_${outcome}`}
              label={names.outcome[outcome]}
              error={errorOf(`outcome_${outcome}`)}
              value={shared[`outcome_${outcome}`]}
              options={optionsOf(OUTCOME_VALUES, labels.outcomeValue)}
              isRequired
            />
          </div>
        ))}
        <PlainRadios
          name="consentChannel"
          label={LABELS.consentChannel ?? ''}
          error={errorOf('consentChannel')}
          value={shared.consentChannel}
          options={optionsOf(CONSENT_CHANNELS, labels.consentChannel)}
          isRequired
        />
        <div className="field">
          <label className="choice">
            <input
              type="checkbox"
              id={plainId('consent')}
              name="consent"
              required
              defaultChecked={shared.consent === 'on'}
              aria-describedby={errorOf('consent') && `${plainId('consent')}-loi`}
            />
            <span>
              Từng người trong danh sách đồng ý để ghi họ tên, số định danh, số điện thoại nhằm xác nhận kết quả của đợt
              cao điểm<span className="required"> (bắt buộc)</span>
            </span>
          </label>
          <PlainError name="consent" error={errorOf('consent')} />
        </div>
      </div>
    </Sheet>
  )
}

function Line({
  texts,
  at,
  errorOf,
  communes,
  required,
  minimumAge,
  today,
  ask,
}: Shown & { texts: Texts; at: number; minimumAge: number; ask: AskCitizen }) {
  const field = (name: string) => ({
    name: nameIn(at, name),
    label: LABELS[name],
    error: errorOf(nameIn(at, name)),
  })
  const { names } = useTerms()
  const otherwise = ['localityCode', 'hamlet', ...required.map(outcome => `outcome_${outcome}`)]
  const saysOtherwise = Boolean(texts.otherwise) || otherwise.some(name => texts[name] || errorOf(nameIn(at, name)))
  // a line's own list of communes is as long as the rest of the form: it comes once somebody opens it
  const [isOpened, setOpened] = useState(false)
  return (
    <Sheet>
      <fieldset className="stack plain-fieldset">
        <legend className="line-heading">Người thứ {at + 1}</legend>
        <input type="hidden" name={nameIn(at, 'submissionKey')} defaultValue={texts.submissionKey} />
        <CardScan onCard={card => fillCardInto(FORM_ID, card, nameIn(at, ''))} isBrief />
        <PlainField {...field('citizenName')}>
          {control => <input {...control} autoComplete="off" spellCheck={false} defaultValue={texts.citizenName} />}
        </PlainField>
        <PlainField {...field('citizenNumber')}>
          {control => <input {...control} inputMode="numeric" autoComplete="off" defaultValue={texts.citizenNumber} />}
        </PlainField>
        <CitizenNumber
          prefix={nameIn(at, '')}
          minimumAge={minimumAge}
          ask={ask}
          isBirthShown={Boolean(texts.birthOn) || errorOf(nameIn(at, 'birthOn')) !== undefined}
        >
          <PlainField {...field('birthOn')}>
            {control => <input {...control} type="date" max={today} defaultValue={texts.birthOn} />}
          </PlainField>
        </CitizenNumber>
        <div className="field-pair">
          <PlainField {...field('phone')}>
            {control => <input {...control} type="tel" inputMode="tel" autoComplete="off" defaultValue={texts.phone} />}
          </PlainField>
          <PlainField {...field('carrier')} label="Nhà mạng">
            {control => (
              <select {...control} defaultValue={texts.carrier ?? ''}>
                <Options options={optionsOf(CARRIERS, labels.carrier)} blank="Chưa rõ" />
              </select>
            )}
          </PlainField>
        </div>
        <details
          className="disclosure"
          open={saysOtherwise}
          onToggle={({ currentTarget }) => {
            if (currentTarget.open) setOpened(true)
          }}
        >
          <summary>Khác với thông tin chung</summary>
          {saysOtherwise || isOpened ? (
            <div className="stack">
              <input type="hidden" name={nameIn(at, 'otherwise')} value="on" />
              <PlainField {...field('localityCode')}>
                {control => (
                  <select {...control} defaultValue={texts.localityCode ?? ''}>
                    <CommuneOptions communes={communes} blank="Như thông tin chung" />
                  </select>
                )}
              </PlainField>
              <PlainField {...field('hamlet')}>
                {control => <input {...control} autoComplete="off" defaultValue={texts.hamlet} />}
              </PlainField>
              {required.map(outcome => (
                <PlainField key={outcome} {...field(`outcome_${outcome}`)} label={names.outcome[outcome]}>
                  {control => (
                    <select {...control} defaultValue={texts[`outcome_${outcome}`] ?? ''}>
                      <Options options={optionsOf(OUTCOME_VALUES, labels.outcomeValue)} blank="Như thông tin chung" />
                    </select>
                  )}
                </PlainField>
              ))}
            </div>
          ) : (
            <Button type="submit" variant="quiet" formNoValidate {...otherwiseAt(at)}>
              Ghi nơi ở, nội dung khác cho người này
            </Button>
          )}
        </details>
      </fieldset>
    </Sheet>
  )
}

function Options({ options, blank = 'Chọn' }: { options: readonly Option[]; blank?: string }) {
  return (
    <>
      <option value="">{blank}</option>
      {options.map(({ value, label }) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </>
  )
}

function CommuneOptions({ communes, blank = 'Chọn' }: { communes: Communes; blank?: string }) {
  return (
    <>
      <option value="">{blank}</option>
      {communes.map(group => (
        <optgroup key={group.district} label={group.district}>
          {group.communes.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </optgroup>
      ))}
    </>
  )
}
