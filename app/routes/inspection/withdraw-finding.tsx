import type { MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { statementInput } from '#app/domain/inspection-input.ts'
import { findInspection } from '#app/queries/inspection.server.ts'
import { withdrawFinding } from '#app/queries/inspection-outcome.server.ts'
import { PageHeading } from '#app/ui/page.tsx'
import { StatementForm } from '#app/ui/statement-form.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { found, idOf, notFound, reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Rút kết luận · 4 phủ' }]

export const loader = reads(({ actor, campaign }, { params }) => {
  const inspection = found(findInspection(actor, campaign.id, idOf(params.inspectionId)))
  if (inspection.finding === undefined || inspection.findings.every(({ withdrawnAt }) => withdrawnAt !== null))
    throw notFound()
  return { id: inspection.id, unitName: inspection.unitName }
})

export const action = writes(({ actor, campaign }, { params, form }) => {
  const inspectionId = idOf(params.inspectionId)
  found(findInspection(actor, campaign.id, inspectionId))
  const submission = readForm(form, statementInput)
  if (submission.status !== 'success') return refuseForm(submission)
  withdrawFinding(actor, campaign.id, { inspectionId, reason: submission.value.text })
  return redirectWith(`/kiem-tra/${inspectionId}`, 'da-rut-ket-luan')
})

export default function WithdrawFindingPage() {
  const { id, unitName } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const base = `/kiem-tra/${id}`
  return (
    <div className="narrow stack">
      <PageHeading
        title="Rút kết luận"
        note={unitName}
        breadcrumbs={[
          { to: '/kiem-tra', label: 'Kiểm tra' },
          { to: base, label: unitName },
        ]}
      />
      <StatementForm
        label="Lý do rút"
        hint="Không ghi thông tin cá nhân của người dân."
        submitLabel="Rút kết luận"
        backTo={base}
        lastResult={answer?.lastResult}
      >
        <p>Kết luận cũ vẫn được lưu cùng lý do rút; đơn vị được xem xét trở lại.</p>
      </StatementForm>
    </div>
  )
}
