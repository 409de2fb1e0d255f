import { type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { returnInput } from '#app/domain/choice-input.ts'
import { findUnitHeading } from '#app/queries/board.server.ts'
import { returnHelp } from '#app/queries/help.server.ts'
import { listToConfirm } from '#app/queries/help-list.server.ts'
import { together } from '#app/queries/together.server.ts'
import { formatDay } from '#app/text/format.ts'
import { noticeTo } from '#app/text/notice.ts'
import { PageHeading } from '#app/ui/page.tsx'
import { ReturnForm } from '#app/ui/return-form.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { chosenIn, found, idOf, notFound, reads, writes } from '../_web/visit.server.ts'
import { leftBehind } from './left-behind.server.ts'

export const meta: MetaFunction = () => [{ title: 'Trả lại trường hợp · 4 phủ' }]

export const loader = reads(({ actor, campaign }, { params, url }) => {
  const heading = found(findUnitHeading(actor, idOf(params.unitId)))
  if (!heading.allowed.confirm) throw notFound()
  const rows = listToConfirm(actor, campaign.id, chosenIn(url))
  if (rows.length === 0) throw redirect(`/don-vi/${heading.id}/xac-nhan?chua-chon=nobody_chosen`)
  return { unitId: heading.id, rows }
})

export const action = writes(async ({ actor, campaign }, { params, form }) => {
  const submission = readForm(form, returnInput)
  if (submission.status !== 'success') return refuseForm(submission)
  const { chon, reason } = submission.value
  const { returned, left } = await together(() => returnHelp(actor, campaign.id, { helpIds: chon, reason }))
  return redirect(
    noticeTo(`/don-vi/${idOf(params.unitId)}/xac-nhan`, 'da-tra-lai', returned) + leftBehind('truong-hop', left),
  )
})

export default function ReturnHelpPage() {
  const { unitId, rows } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const queue = `/don-vi/${unitId}/xac-nhan`
  return (
    <div className="narrow stack">
      <PageHeading title="Trả lại để bổ sung" breadcrumbs={[{ to: queue, label: 'Chờ xác nhận' }]} />
      <ReturnForm
        choices={rows.map(row => ({
          id: row.id,
          name: row.citizenName,
          title: row.citizenName,
          detail: `${row.officialName} · hỗ trợ ${formatDay(row.helpedOn)}`,
        }))}
        hint="Người thực hiện đọc được lý do này. Nêu rõ mục cần bổ sung; không ghi thông tin cá nhân của người dân."
        backTo={queue}
        lastResult={answer?.lastResult}
      />
    </div>
  )
}
