import { type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { statementInput } from '#app/domain/inspection-input.ts'
import { findCandidate } from '#app/queries/candidate.server.ts'
import { mayStep } from '#app/queries/candidate-step.server.ts'
import { revokeAward } from '#app/queries/round-decision.server.ts'
import { noticeTo } from '#app/text/notice.ts'
import { PageHeading } from '#app/ui/page.tsx'
import { StatementForm } from '#app/ui/statement-form.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { found, idOf, notFound, reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Thu hồi khen thưởng · 4 phủ' }]

export const loader = reads(({ actor, campaign }, { params }) => {
  const ids = { roundId: idOf(params.roundId), candidateId: idOf(params.candidateId) }
  const row = found(findCandidate(actor, campaign.id, ids))
  if (!mayStep(actor, 'revoke', row)) throw notFound()
  return { ...ids, name: row.name, roundName: row.round.name }
})

export const action = writes(({ actor, campaign }, { params, form }) => {
  const ids = { roundId: idOf(params.roundId), candidateId: idOf(params.candidateId) }
  const submission = readForm(form, statementInput)
  if (submission.status !== 'success') return refuseForm(submission)
  const revoked = revokeAward(actor, campaign.id, { ...ids, reason: submission.value.text })
  const page = `/khen-thuong/${ids.roundId}/ho-so/${ids.candidateId}` as const
  return redirect(revoked.ok ? noticeTo(page, 'da-ghi') : `${page}?khong-duoc=${revoked.problem}`)
})

export default function RevokePage() {
  const { roundId, candidateId, name, roundName } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const back = `/khen-thuong/${roundId}/ho-so/${candidateId}`
  return (
    <div className="narrow stack">
      <PageHeading
        title="Thu hồi khen thưởng"
        note={name}
        breadcrumbs={[
          { to: `/khen-thuong/${roundId}`, label: roundName },
          { to: back, label: name },
        ]}
      />
      <StatementForm
        label="Lý do thu hồi"
        hint="Nêu văn bản, kết luận làm căn cứ."
        submitLabel="Thu hồi"
        backTo={back}
        lastResult={answer?.lastResult}
      >
        <p>Hồ sơ, quyết định và các bước xét vẫn được lưu; khen thưởng được đánh dấu là đã thu hồi.</p>
      </StatementForm>
    </div>
  )
}
