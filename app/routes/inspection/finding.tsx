import { type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { statementInput } from '#app/domain/inspection-input.ts'
import { findInspection } from '#app/queries/inspection.server.ts'
import { addFinding } from '#app/queries/inspection-outcome.server.ts'
import { noticeTo } from '#app/text/notice.ts'
import { PageHeading } from '#app/ui/page.tsx'
import { StatementForm } from '#app/ui/statement-form.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { found, idOf, notFound, reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Kết luận báo cáo không đúng thực tế · 4 phủ' }]

export const loader = reads(({ actor, campaign }, { params }) => {
  const inspection = found(findInspection(actor, campaign.id, idOf(params.inspectionId)))
  if (inspection.finding !== null) throw notFound()
  return { id: inspection.id, unitName: inspection.unitName }
})

export const action = writes(({ actor, campaign }, { params, form }) => {
  const inspectionId = idOf(params.inspectionId)
  found(findInspection(actor, campaign.id, inspectionId))
  const submission = readForm(form, statementInput)
  if (submission.status !== 'success') return refuseForm(submission)
  const { problem } = addFinding(actor, campaign.id, { inspectionId, reason: submission.value.text })
  const page = `/kiem-tra/${inspectionId}` as const
  return redirect(problem === null ? noticeTo(page, 'da-ket-luan') : `${page}?khong-duoc=${problem}`)
})

export default function FindingPage() {
  const { id, unitName } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const base = `/kiem-tra/${id}`
  return (
    <div className="narrow stack">
      <PageHeading
        title="Kết luận báo cáo không đúng thực tế"
        note={unitName}
        breadcrumbs={[
          { to: '/kiem-tra', label: 'Kiểm tra' },
          { to: base, label: unitName },
        ]}
      />
      <StatementForm
        label="Lý do, căn cứ"
        hint="Không ghi thông tin cá nhân của người dân."
        submitLabel="Ghi kết luận"
        backTo={base}
        lastResult={answer?.lastResult}
      >
        <p>
          Khi có kết luận này, đơn vị không được xem xét thi đua, khen thưởng (mục IV.2). Kết luận có thể rút, kèm lý
          do; mọi lần đều được lưu.
        </p>
      </StatementForm>
    </div>
  )
}
