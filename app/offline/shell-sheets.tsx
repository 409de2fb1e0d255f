import { type SubmissionResult, useForm } from '@conform-to/react'
import { Form, Link, useNavigate } from '@remix-run/react'
import { useState } from 'react'
import { grouped } from '#app/domain/grouping.ts'
import { SHEET_LIFE_MS } from '#app/domain/offline.ts'
import { CONSENT_VERSIONS } from '#app/domain/vocabulary.ts'
import { formatInstant } from '#app/text/format.ts'
import { officeLabels } from '#app/text/office-vocabulary.ts'
import { roadSentences } from '#app/text/road-problem.ts'
import { CHECK_LABELS, CheckFields } from '#app/ui/check-fields.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Facts, Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { forgetDraft, openKey } from './draft.ts'
import { Drafted, fieldsOfDraft } from './drafted.tsx'
import { DropButton } from './drop-button.tsx'
import { entriesOf } from './keeping-action.ts'
import { type KeptRow, keep } from './outbox.ts'
import { explainKeeping, refusedWith } from './refusal.ts'
import { forgetSheets, type KeptSheet } from './sheets.ts'
import { isUnsent, KeptStatus } from './shell-outbox.tsx'
import type { Open } from './use-shell.ts'

/** The result of a sheet that this phone has not sent; undefined: none. */
const resultOf = (kept: readonly KeptRow[], { inspectionId, helpId }: KeptSheet): KeptRow | undefined =>
  kept.find(
    row =>
      isUnsent(row) &&
      row.subject?.kind === 'check' &&
      row.subject.inspectionId === inspectionId &&
      row.subject.helpId === helpId,
  )

/** Names a sheet in the shell's address. */
const addressOf = ({ inspectionId, helpId }: KeptSheet) => `${inspectionId}-${helpId}`

const titleOf = ({ place, where }: KeptSheet) => `Phiếu ${place}, ${where}`

type Props = { open: Open; address: string | undefined; onKept: () => Promise<void> }

/** The sheets of inspections that were taken along, by hamlet in the order of the road; or the one of this address. */
export default function ShellSheets({ open, address, onKept }: Props) {
  const sheet = open.sheets.find(kept => addressOf(kept) === address)
  if (sheet) return <ShellSheet key={sheet.slot} open={open} sheet={sheet} onKept={onKept} />
  const { sheets, kept } = open
  const first = Math.min(...sheets.map(({ takenAt }) => takenAt))
  return (
    <div className="stack">
      <PageHeading
        title="Phiếu kiểm tra mang theo"
        note={
          sheets.length === 0
            ? undefined
            : `Xóa khỏi máy từ ${formatInstant(first + SHEET_LIFE_MS)}, hoặc ngay khi gửi.`
        }
      />
      {sheets.length === 0 ? (
        <Sheet>
          <EmptyState title="Không có phiếu nào trên máy này">
            Khi có mạng, thành viên tổ mở cuộc kiểm tra và chọn “Mang phiếu theo”. Phiếu tự xóa sau khi gửi kết quả hoặc
            sau 24 giờ.
          </EmptyState>
        </Sheet>
      ) : null}
      {[...grouped(sheets, ({ where }) => where)].map(([where, rows]) => (
        <Sheet key={where} title={where} note={`${rows.length} phiếu`}>
          <RowList>
            {rows.map(row => {
              const result = resultOf(kept, row)
              return (
                <Row
                  key={row.slot}
                  title={<Link to={`#phieu=${addressOf(row)}`}>Phiếu {row.place}</Link>}
                  detail={row.unitName}
                  aside={result ? <KeptStatus state={result.state} /> : 'Chưa ghi'}
                />
              )
            })}
          </RowList>
        </Sheet>
      ))}
      {sheets.length === 0 ? null : (
        <p className="actions">
          <DropButton
            what="các phiếu này"
            label="Bỏ các phiếu khỏi máy"
            onDrop={async () => {
              await forgetSheets(open.opened.accountId)
              await onKept()
            }}
          />
        </p>
      )}
    </div>
  )
}

/** What the server would refuse of a result, as far as the phone can tell, by field; null: nothing. */
function problemsOf(form: FormData): Record<string, string[]> | null {
  const text = (name: string) => String(form.get(name) ?? '')
  if (text('result') === '') return { result: [roadSentences.required] }
  if (text('result') !== 'not_reached' && text('foundBy') === '') return { foundBy: [roadSentences.finding_way_needed] }
  return text('note').trim().length > 500 ? { note: [roadSentences.too_long] } : null
}

/** One sheet without the server: the citizen as opened, what was recorded, and the form of the result. */
function ShellSheet({ open: { opened, kept, row }, sheet, onKept }: Omit<Props, 'address'> & { sheet: KeptSheet }) {
  const [earlier] = useState(() => resultOf(kept, sheet))
  const [lastResult, setLastResult] = useState<SubmissionResult<string[]>>()
  const navigate = useNavigate()
  const { inspectionId, helpId, from, phone } = sheet
  const form = `check-${helpId}` as const
  const onKeep = async (filled: FormData) => {
    const problems = problemsOf(filled)
    if (problems) return setLastResult(refusedWith(filled, problems))
    try {
      await keep(opened, earlier?.key ?? crypto.randomUUID(), {
        campaignId: sheet.campaignId,
        subject: { kind: 'check', inspectionId, helpId, from },
        entries: entriesOf(filled),
        // no name of the citizen stays behind when the sheet goes
        citizenName: titleOf(sheet),
        enteredAt: Date.now(),
        contactAt: row.contact.phoneAt,
        isDayChosen: true,
        consentVersion: CONSENT_VERSIONS[0],
        code: null,
        sheet: sheet.slot,
        problems: [],
        saved: null,
      })
    } catch (error) {
      return setLastResult(refusedWith(filled, { '': [explainKeeping(error)] }))
    }
    await forgetDraft(form, openKey(form)).catch(() => undefined)
    navigate('#phieu', { replace: true })
    await onKept()
  }
  return (
    <div className="stack">
      <PageHeading title={titleOf(sheet)} note={`${sheet.unitName} · Trường hợp ${helpId}`} />
      <Sheet title="Người dân">
        <Facts
          facts={[
            { name: 'Họ và tên', value: sheet.name },
            { name: 'Điện thoại', value: phone ? <a href={`tel:${phone}`}>{phone}</a> : 'Chưa ghi' },
            { name: 'Số định danh', value: sheet.number },
            { name: 'Năm sinh', value: String(sheet.birthYear) },
            { name: 'Nơi ở', value: sheet.where },
            ...(sheet.officialName ? [{ name: 'Người hỗ trợ', value: sheet.officialName }] : []),
          ]}
        />
        <p className="small">
          {`Mang theo lúc ${formatInstant(sheet.takenAt)} để ${officeLabels.openingPurpose[sheet.purpose].toLowerCase()}; lượt mở được lưu vào nhật ký.`}{' '}
          Anh/chị không chụp, không chép thông tin ra ngoài.
        </p>
      </Sheet>
      <Sheet title="Nội dung đã ghi" note={sheet.helped}>
        <Facts facts={sheet.claims} />
      </Sheet>
      <Drafted form={form} nameOf={() => 'kết quả của phiếu này'}>
        {draft => (
          <CheckForm
            sheet={sheet}
            typed={{ ...Object.fromEntries(earlier?.entries ?? []), ...fieldsOfDraft(draft, 'typed') }}
            lastResult={lastResult}
            onKeep={onKeep}
          />
        )}
      </Drafted>
      <p>
        <Link to="#phieu">Về danh sách phiếu</Link>
      </p>
    </div>
  )
}

function CheckForm({
  sheet,
  typed,
  lastResult,
  onKeep,
}: {
  sheet: KeptSheet
  typed: Record<string, string>
  lastResult: SubmissionResult<string[]> | undefined
  onKeep: (form: FormData) => void
}) {
  const [form, fields] = useForm<Record<keyof typeof CHECK_LABELS, string>>({
    lastResult,
    defaultValue: {
      result: sheet.result ?? '',
      foundBy: sheet.foundBy ?? sheet.proposedWay,
      note: sheet.note ?? '',
      ...typed,
    },
    onSubmit: (event, { formData }) => {
      event.preventDefault()
      onKeep(formData)
    },
    constraint: { result: { required: true } },
  })
  return (
    <Sheet title="Kết quả">
      <Form method="post" id={form.id} onSubmit={form.onSubmit} noValidate className="stack">
        <FormErrors form={form} labels={CHECK_LABELS} />
        <CheckFields fields={fields} isReplaced={sheet.isReplaced} />
        <SubmitButton isLarge>Lưu trên máy và gửi</SubmitButton>
      </Form>
    </Sheet>
  )
}
