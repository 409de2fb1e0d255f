import { type SubmissionResult, useForm } from '@conform-to/react'
import type { MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { PLEDGE_DAYS, type PledgeTerms } from '#app/domain/pledge.ts'
import { pledgeInput } from '#app/domain/pledge-input.ts'
import { findPledges, signPledge } from '#app/queries/pledge.server.ts'
import { formatDay, formatInstant, formatNumber } from '#app/text/format.ts'
import type { TermNames } from '#app/text/terms.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { CheckboxField, DateField, fieldsOf, TextField } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Facts, Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { useTerms } from '#app/ui/terms.ts'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { found, notFound, reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Bản cam kết · 4 phủ' }]

export const loader = reads(({ actor, campaign, regulation, today }) => {
  if (actor.officialId === null) throw notFound()
  const { versions, terms } = found(findPledges(actor, campaign.id, actor.officialId))
  const { startsOn, endsOn } = regulation
  return { versions, terms, startsOn, endsOn, isOver: today > endsOn }
})

export const action = writes(({ actor, campaign }, { form }) => {
  if (actor.officialId === null) throw notFound()
  const submission = readForm(form, pledgeInput)
  if (submission.status !== 'success') return refuseForm(submission)
  const made = signPledge(actor, campaign.id, { officialId: actor.officialId, input: submission.value })
  return made.ok ? redirectWith('/cam-ket', 'da-ky') : refuseForm(submission, made.problems)
})

type Version = ReturnType<typeof useLoaderData<typeof loader>>['versions'][number]

export default function PledgePage() {
  const { versions, terms, startsOn, endsOn, isOver } = useLoaderData<typeof loader>()
  const { names } = useTerms()
  const [current, ...earlier] = versions
  const answer = useActionData<typeof action>()
  const form = <PledgeForm {...{ terms, startsOn, endsOn, current, lastResult: answer?.lastResult }} />
  return (
    <div className="narrow stack">
      <PageHeading title="Bản cam kết" breadcrumbs={[{ to: '/nghia-vu', label: 'Bản thân' }]} />
      {current ? (
        <Sheet title="Đang có hiệu lực" note={signedLine(current)}>
          <div className="stack">
            {current.listFileId !== null && earlier.some(({ listFileId }) => listFileId === null) ? (
              <p className="small">
                Danh sách ký của đơn vị thay bản anh/chị tự ký trước đó. Nếu chưa đúng, anh/chị ký cam kết mới dưới đây.
              </p>
            ) : null}
            <Facts facts={promisesOf(current, terms, names)} />
            <div className="actions">
              <ButtonLink to="/cam-ket/in" variant="quiet">
                Xem bản in
              </ButtonLink>
              <ButtonLink to="/cam-ket.docx" variant="quiet" reloadDocument>
                Tải văn bản (docx)
              </ButtonLink>
              {current.listFileId === null ? null : (
                <ButtonLink to={`/tep/${current.listFileId}`} variant="quiet" reloadDocument>
                  {current.paperId === null ? 'Tải bản quét danh sách' : 'Tải danh sách đã ký số'}
                </ButtonLink>
              )}
              {current.paperId === null ? null : (
                <ButtonLink to={`/van-ban/${current.paperId}`} variant="quiet">
                  Xem chữ ký
                </ButtonLink>
              )}
              <ButtonLink to="/cam-ket/ky-so" variant="quiet">
                Ký bằng chữ ký số
              </ButtonLink>
            </div>
          </div>
        </Sheet>
      ) : null}
      {isOver ? (
        <EmptyState title={current ? 'Đợt cao điểm đã kết thúc' : 'Anh/chị chưa ký cam kết trong đợt cao điểm này'}>
          Sau ngày {formatDay(endsOn)} không ký cam kết mới.
        </EmptyState>
      ) : current ? (
        <details className="disclosure" open={answer !== undefined}>
          <summary>Ký cam kết mới</summary>
          <Sheet>{form}</Sheet>
        </details>
      ) : (
        <Sheet title="Ký cam kết">{form}</Sheet>
      )}
      {earlier.length > 0 ? (
        <Sheet title="Các bản trước">
          <RowList>
            {earlier.map(version => (
              <Row
                key={version.id}
                title={`${formatNumber(version.citizens)} người dân`}
                detail={signedLine(version)}
                aside={
                  version.listFileId === null ? undefined : (
                    <Link to={`/tep/${version.listFileId}`} reloadDocument>
                      {version.paperId === null ? 'Tải bản quét' : 'Tải danh sách đã ký số'}
                    </Link>
                  )
                }
              />
            ))}
          </RowList>
        </Sheet>
      ) : null}
    </div>
  )
}

const signedLine = ({ signedAt, listFileId, paperId }: Version) =>
  listFileId === null
    ? `Anh/chị ký ${formatInstant(signedAt)}`
    : paperId === null
      ? `Theo danh sách ký của đơn vị, ${formatInstant(signedAt)}`
      : `Anh/chị ký số trên danh sách của đơn vị, ghi nhận ${formatInstant(signedAt)}`

const promisesOf = (version: Version, { target, obligations }: PledgeTerms, names: TermNames) => [
  ...(target === null
    ? []
    : [{ name: 'Số người dân', value: `${formatNumber(version.citizens)} (chỉ tiêu ${formatNumber(target)})` }]),
  ...obligations.map(obligation => ({
    name: names.obligation[obligation],
    value: `Chậm nhất ngày ${formatDay(version[PLEDGE_DAYS[obligation]])}`,
  })),
]

function PledgeForm({
  terms: { target, obligations },
  startsOn,
  endsOn,
  current,
  lastResult,
}: {
  terms: PledgeTerms
  startsOn: string
  endsOn: string
  current: Version | undefined
  lastResult: SubmissionResult<string[]> | undefined
}) {
  const { names } = useTerms()
  const days = obligations.map(obligation => ({ name: PLEDGE_DAYS[obligation], label: names.obligation[obligation] }))
  const [form, fields] = useForm<Record<string, string>>({
    lastResult,
    defaultValue: {
      citizens: String(Math.max(current?.citizens ?? 0, target ?? 0)),
      ...Object.fromEntries(days.map(({ name }) => [name, current?.[name] ?? endsOn])),
    },
    constraint: Object.fromEntries(
      ['citizens', 'signed', ...days.map(({ name }) => name)].map(name => [name, { required: true }]),
    ),
  })
  const field = fieldsOf(fields)
  const fieldLabels = {
    citizens: 'Số người dân',
    signed: 'Chữ ký',
    ...Object.fromEntries(days.map(d => [d.name, d.label])),
  }
  return (
    <Form method="post" action="/cam-ket" id={form.id} onSubmit={form.onSubmit} className="stack">
      <FormErrors form={form} labels={fieldLabels} />
      {target === null ? null : (
        <TextField
          field={field('citizens')}
          label="Số người dân tôi sẽ hỗ trợ"
          hint={`Từ ${formatNumber(target)} người, theo chỉ tiêu được giao`}
          inputMode="numeric"
          isShort
        />
      )}
      {days.map(({ name, label }) => (
        <DateField key={name} field={field(name)} label={`${label}, chậm nhất ngày`} min={startsOn} max={endsOn} />
      ))}
      <CheckboxField
        field={field('signed')}
        label="Tôi cam kết thực hiện các nội dung trên. Đánh dấu ô này là ký cam kết"
      />
      <SubmitButton isLarge pendingLabel="Đang ký…">
        Ký cam kết
      </SubmitButton>
      {current ? <p className="small">Bản mới thay bản đang có hiệu lực; bản cũ vẫn được lưu.</p> : null}
    </Form>
  )
}
