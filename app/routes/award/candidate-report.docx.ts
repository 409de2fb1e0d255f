import { candidateReport } from '#app/jobs/papers/candidate.server.ts'
import { findCandidate } from '#app/queries/candidate.server.ts'
import { retryBusy } from '#app/queries/retry.server.ts'
import { listOf, logRoundExport } from '#app/queries/round-list.server.ts'
import { paperDay, paperResponse } from '../_web/paper.server.ts'
import { found, idOf, notFound, reads } from '../_web/visit.server.ts'

/** Returns the báo cáo thành tích of one candidate, for readers who may see their dossier; logged. */
export const loader = reads(async ({ actor, campaign }, { params, url }) => {
  const ids = { roundId: idOf(params.roundId), candidateId: idOf(params.candidateId) }
  const { round, target: _target, ...row } = found(findCandidate(actor, campaign.id, ids))
  if (round.kind === 'review' || actor.grants.length === 0) throw notFound()
  const listed = found(listOf(round, [row])[0])
  await retryBusy(() =>
    logRoundExport(actor, campaign.id, { roundId: round.id, document: `bao-cao-thanh-tich-${row.id}`, rows: 1 }),
  )
  return paperResponse(await candidateReport(round, listed, paperDay(url)), `bao-cao-thanh-tich-${row.id}`, campaign)
})
