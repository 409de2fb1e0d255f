import { useForm } from '@conform-to/react'
import type { MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { MOST_TOKEN_DAYS } from '#app/domain/api-token.ts'
import { apiTokenInput } from '#app/domain/api-token-input.ts'
import { dayOf } from '#app/domain/calendar.ts'
import { API_SCOPES } from '#app/domain/vocabulary.ts'
import { issueToken, listTokens } from '#app/queries/api-token.server.ts'
import { listUnitsFor } from '#app/queries/unit.server.ts'
import { formatDay, formatInstant } from '#app/text/format.ts'
import { officeLabels } from '#app/text/office-vocabulary.ts'
import { Confirm } from '#app/ui/confirm.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { CheckboxGroup, optionsOf, SelectField, TextField } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { Status } from '#app/ui/status.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Mã truy cập giao diện số liệu · 4 phủ' }]

export const loader = reads(({ actor, campaign }) => ({
  tokens: listTokens(actor, campaign.id).map(token => ({ ...token, state: stateOf(token, Date.now()) })),
  units: listUnitsFor(actor, 'token.manage').map(({ id, name, depth }) => ({
    value: String(id),
    label: `${'– '.repeat(depth)}${name}`,
  })),
}))

function stateOf({ revokedAt, expiresAt }: { revokedAt: number | null; expiresAt: number }, now: number) {
  if (revokedAt !== null) return 'revoked' as const
  return expiresAt <= now ? ('expired' as const) : ('valid' as const)
}

/** The token is shown in the answer itself and nowhere else, so this write is not followed by a redirect. */
export const action = writes(({ actor, campaign }, { form }) => {
  const submission = readForm(form, apiTokenInput)
  if (submission.status !== 'success') return refuseForm(submission)
  const made = issueToken(actor, campaign.id, submission.value)
  return made.ok ? { issued: { ...made, name: submission.value.name } } : refuseForm(submission, made.problems)
})

const LABELS = { name: 'Dùng cho', unitId: 'Đơn vị', scopes: 'Phạm vi', days: 'Số ngày có hiệu lực' }
const STATES = { valid: 'Còn hiệu lực', expired: 'Hết hạn', revoked: 'Đã thu hồi' } as const

export default function TokensPage() {
  const { tokens } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <div className="narrow stack">
      <PageHeading
        title="Mã truy cập giao diện số liệu"
        note="Cho phần mềm khác đọc số liệu tổng hợp, ghi số liệu chỉ tiêu hoặc gửi tệp trích xuất; không mã nào mở được dữ liệu của người dân."
        breadcrumbs={[{ to: '/quan-tri', label: 'Quản trị' }]}
      />
      {answer && 'issued' in answer ? (
        <Notice kind="success" title={`Đã cấp mã cho ${answer.issued.name}`}>
          <p className="public-code">
            <code>{answer.issued.token}</code>
          </p>
          <p>Mã chỉ hiện một lần này. Anh/chị chép lại và chuyển cho người vận hành bằng đường an toàn.</p>
        </Notice>
      ) : null}
      <IssueForm lastResult={answer && 'lastResult' in answer ? answer.lastResult : undefined} />
      <Sheet title="Các mã đã cấp" note={<a href="/api/v1">Cách dùng</a>}>
        {tokens.length === 0 ? (
          <EmptyState title="Chưa cấp mã nào">Cấp mã đầu tiên bằng biểu mẫu ở trên.</EmptyState>
        ) : (
          <RowList>
            {tokens.map(token => (
              <Row
                key={token.id}
                title={`${token.name} · ${token.unitName}`}
                detail={
                  <>
                    <p>{token.scopes.map(scope => officeLabels.apiScope[scope]).join('; ')}</p>
                    <p>
                      {token.createdBy} cấp {formatInstant(token.createdAt)}, hết hạn{' '}
                      {formatDay(dayOf(token.expiresAt))};{' '}
                      {token.usedOn === null ? 'chưa dùng' : `dùng lần cuối ${formatDay(token.usedOn)}`}
                    </p>
                    {token.state === 'valid' ? (
                      <Confirm
                        action={`/quan-tri/ma-truy-cap/${token.id}/thu-hoi`}
                        label="Thu hồi"
                        question={`Thu hồi mã của ${token.name}`}
                        consequence="Phần mềm đang dùng mã này không đọc, ghi được nữa. Không mở lại được, chỉ cấp mã mới."
                      />
                    ) : null}
                  </>
                }
                aside={<Status tone={token.state === 'valid' ? 'done' : 'neutral'}>{STATES[token.state]}</Status>}
              />
            ))}
          </RowList>
        )}
      </Sheet>
      <p className="small">
        Mỗi lần cấp, thu hồi và mỗi lần ghi bằng mã đều có trong <Link to="/nhat-ky">nhật ký</Link>.
      </p>
    </div>
  )
}

function IssueForm({ lastResult }: { lastResult?: Parameters<typeof useForm>[0]['lastResult'] }) {
  const { units } = useLoaderData<typeof loader>()
  const [form, fields] = useForm<{ name: string; unitId: string; days: string; scopes: string[] }>({
    lastResult: lastResult as never,
    defaultValue: { days: '90', scopes: ['read'], unitId: units[0]?.value },
    constraint: { name: { required: true }, days: { required: true }, unitId: { required: true } },
  })
  return (
    <Sheet title="Cấp mã mới">
      <Form method="post" id={form.id} onSubmit={form.onSubmit} className="stack">
        <FormErrors form={form} labels={LABELS} />
        <TextField field={fields.name} label={LABELS.name} hint="Ví dụ: Trung tâm điều hành thông minh tỉnh" />
        <SelectField field={fields.unitId} label={LABELS.unitId} options={units} />
        <CheckboxGroup
          field={fields.scopes}
          label={LABELS.scopes}
          options={optionsOf(API_SCOPES, officeLabels.apiScope)}
        />
        <TextField
          field={fields.days}
          label={LABELS.days}
          hint={`Từ 1 đến ${MOST_TOKEN_DAYS} ngày`}
          inputMode="numeric"
          isShort
        />
        <SubmitButton>Cấp mã</SubmitButton>
      </Form>
    </Sheet>
  )
}
