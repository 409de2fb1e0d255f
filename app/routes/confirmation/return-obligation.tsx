import { type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { returnInput } from '#app/domain/choice-input.ts'
import { findUnitHeading } from '#app/queries/board.server.ts'
import { listWaitingObligations, returnObligations } from '#app/queries/obligation.server.ts'
import { noticeTo } from '#app/text/notice.ts'
import { describeDeclared } from '#app/text/official.ts'
import { labels } from '#app/text/vocabulary.ts'
import { PageHeading } from '#app/ui/page.tsx'
import { ReturnForm } from '#app/ui/return-form.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { chosenIn, found, idOf, notFound, reads, writes } from '../_web/visit.server.ts'
import { leftBehind } from './left-behind.server.ts'

export const meta: MetaFunction = () => [{ title: 'Trả lại nội dung kê khai · 4 phủ' }]

export const loader = reads(({ actor, campaign }, { params, url }) => {
  const heading = found(findUnitHeading(actor, idOf(params.unitId)))
  if (!heading.allowed.confirm) throw notFound()
  const chosen = new Set(chosenIn(url))
  const rows = (['declared', 'review'] as const).flatMap(
    waits =>
      listWaitingObligations(actor, campaign.id, {
        unitPath: heading.path,
        waits,
        limit: Number.POSITIVE_INFINITY,
      }).rows,
  )
  const shown = rows.filter(row => chosen.has(row.id))
  if (shown.length === 0) throw redirect(`/don-vi/${heading.id}/xac-nhan?chua-chon=nobody_chosen`)
  return { unitId: heading.id, rows: shown }
})

export const action = writes(({ actor, campaign }, { params, form }) => {
  const submission = readForm(form, returnInput)
  if (submission.status !== 'success') return refuseForm(submission)
  const { chon, reason } = submission.value
  const { returned, left } = returnObligations(actor, campaign.id, { obligationIds: chon, reason })
  return redirect(
    noticeTo(`/don-vi/${idOf(params.unitId)}/xac-nhan`, 'da-tra-lai', returned) + leftBehind('noi-dung', left),
  )
})

export default function ReturnObligationsPage() {
  const { unitId, rows } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const queue = `/don-vi/${unitId}/xac-nhan`
  return (
    <div className="narrow stack">
      <PageHeading title="Trả lại để bổ sung" breadcrumbs={[{ to: queue, label: 'Chờ xác nhận' }]} />
      <ReturnForm
        choices={rows.map(row => ({
          id: row.id,
          name: `${row.officialName}, ${labels.exemptionPart[row.part]}`,
          title: `${row.officialName} · ${labels.exemptionPart[row.part]}`,
          detail: describeDeclared(row),
        }))}
        hint="Người thực hiện đọc được lý do này. Nêu rõ mục cần bổ sung."
        backTo={queue}
        lastResult={answer?.lastResult}
      />
    </div>
  )
}
