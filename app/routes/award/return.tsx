import { type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { returnInput } from '#app/domain/choice-input.ts'
import { findCandidate } from '#app/queries/candidate.server.ts'
import { stepCandidates } from '#app/queries/candidate-step.server.ts'
import { findRound } from '#app/queries/round.server.ts'
import { whereabouts } from '#app/text/round.ts'
import { PageHeading } from '#app/ui/page.tsx'
import { ReturnForm } from '#app/ui/return-form.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { chosenIn, found, idOf, reads, writes } from '../_web/visit.server.ts'
import { returnForm } from './params.ts'
import { refusedTo } from './refused.ts'

export const meta: MetaFunction = () => [{ title: 'Trả lại hồ sơ · 4 phủ' }]

const verbOf = (url: URL) => (returnForm.read(url).isDrop ? ('drop' as const) : ('return' as const))

export const loader = reads(({ actor, campaign }, { params, url }) => {
  const round = found(findRound(actor, campaign.id, idOf(params.roundId)))
  const rows = chosenIn(url).map(candidateId =>
    found(findCandidate(actor, campaign.id, { roundId: round.id, candidateId })),
  )
  if (rows.length === 0) throw redirect(refusedTo(`/khen-thuong/${round.id}`, []))
  return {
    round: { id: round.id, name: round.name },
    verb: verbOf(url),
    rows: rows.map(row => ({ id: row.id, name: row.name, where: whereabouts(row) })),
  }
})

export const action = writes(({ actor, campaign }, { params, url, form }) => {
  const roundId = idOf(params.roundId)
  const submission = readForm(form, returnInput)
  if (submission.status !== 'success') return refuseForm(submission)
  const verb = verbOf(url)
  const base = `/khen-thuong/${roundId}` as const
  const { chon: ids, reason } = submission.value
  const moved = stepCandidates(actor, campaign.id, { roundId, ids, action: verb, reason })
  if (!moved.ok) return redirect(refusedTo(base, moved.problems))
  return redirectWith(base, verb === 'return' ? 'da-tra-lai' : 'da-loai-ra', moved.done)
})

export default function ReturnCandidatesPage() {
  const { round, rows, verb } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <div className="narrow stack">
      <PageHeading
        title={verb === 'return' ? 'Trả lại hồ sơ' : 'Đưa ra khỏi danh sách'}
        breadcrumbs={[
          { to: '/khen-thuong', label: 'Khen thưởng' },
          { to: `/khen-thuong/${round.id}`, label: round.name },
        ]}
      />
      <ReturnForm
        choices={rows.map(row => ({ id: row.id, name: row.name, title: row.name, detail: row.where }))}
        hint={
          verb === 'return'
            ? 'Bước trước đọc được lý do này và bổ sung, hoặc thôi đề nghị.'
            : 'Đơn vị và người được đề nghị đọc được lý do này. Quá trình xét vẫn được lưu.'
        }
        submitLabel={verb === 'return' ? undefined : 'Đưa ra kèm lý do'}
        title={verb === 'return' ? undefined : 'Các hồ sơ đưa ra'}
        backTo={`/khen-thuong/${round.id}`}
        lastResult={answer?.lastResult}
      />
    </div>
  )
}
