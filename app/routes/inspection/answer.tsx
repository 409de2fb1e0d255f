import { type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { statementInput } from '#app/domain/inspection-input.ts'
import { findInspection } from '#app/queries/inspection.server.ts'
import { answerInspection } from '#app/queries/inspection-outcome.server.ts'
import { noticeTo } from '#app/text/notice.ts'
import { PageHeading } from '#app/ui/page.tsx'
import { StatementForm } from '#app/ui/statement-form.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { found, idOf, notFound, reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Trả lời về kết quả kiểm tra · 4 phủ' }]

export const loader = reads(({ actor, campaign }, { params }) => {
  const inspection = found(findInspection(actor, campaign.id, idOf(params.inspectionId)))
  if (inspection.answering !== null) throw notFound()
  return { id: inspection.id, unitName: inspection.unitName }
})

export const action = writes(({ actor, campaign }, { params, form }) => {
  const inspectionId = idOf(params.inspectionId)
  found(findInspection(actor, campaign.id, inspectionId))
  const submission = readForm(form, statementInput)
  if (submission.status !== 'success') return refuseForm(submission)
  const { problem } = answerInspection(actor, campaign.id, { inspectionId, answer: submission.value.text })
  const page = `/kiem-tra/${inspectionId}` as const
  return redirect(problem === null ? noticeTo(page, 'da-tra-loi') : `${page}?khong-duoc=${problem}`)
})

export default function AnswerPage() {
  const { id, unitName } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const base = `/kiem-tra/${id}`
  return (
    <div className="narrow stack">
      <PageHeading
        title="Trả lời về kết quả kiểm tra"
        note={unitName}
        breadcrumbs={[
          { to: '/kiem-tra', label: 'Kiểm tra' },
          { to: base, label: unitName },
        ]}
      />
      <StatementForm
        label="Trả lời của đơn vị"
        hint="Không ghi thông tin cá nhân của người dân."
        submitLabel="Gửi trả lời"
        backTo={base}
        lastResult={answer?.lastResult}
      >
        <p>Mỗi cuộc kiểm tra được trả lời một lần. Tổ kiểm tra và cơ quan thường trực đọc trước khi kết luận.</p>
      </StatementForm>
    </div>
  )
}
