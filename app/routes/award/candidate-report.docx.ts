import { DOTS, type Issuing } from '#app/documents/administrative-paper.ts'
import { writeAchievementReport } from '#app/documents/achievement-report.ts'
import type { Day } from '#app/domain/calendar.ts'
import { isCollective } from '#app/domain/round.ts'
import { findCandidate } from '#app/queries/candidate.server.ts'
import { retryBusy } from '#app/queries/retry.server.ts'
import { listOf, logRoundExport } from '#app/queries/round-list.server.ts'
import { unitForPaper } from '#app/queries/unit.server.ts'
import { citations, citedPlan, paperDay, paperResponse, unitIssuing } from '../_web/paper.server.ts'
import { found, idOf, notFound, reads } from '../_web/visit.server.ts'
import { listedCollective, listedPerson } from './round.server.ts'

/** Returns the báo cáo thành tích of one candidate, for readers who may see their dossier; logged. */
export const loader = reads(async (visit, { params, url }) => {
  const { actor, campaign } = visit
  const ids = { roundId: idOf(params.roundId), candidateId: idOf(params.candidateId) }
  const { round, target, ...row } = found(findCandidate(actor, campaign.id, ids))
  if (round.kind === 'review' || actor.grants.length === 0) throw notFound()
  const listed = found(listOf(round, [row])[0])
  await retryBusy(() =>
    logRoundExport(actor, campaign.id, { roundId: round.id, document: `bao-cao-thanh-tich-${row.id}`, rows: 1 }),
  )
  const datedOn = paperDay(url)
  const ofCollective = isCollective(row.kind)
  const issuing = unitIssuing(row.unitId, datedOn)
  const bytes = await writeAchievementReport({
    plan: citedPlan(visit),
    issuing,
    ...confirmers(row.unitId, issuing, { datedOn, isHead: target.headPaths?.includes(row.unitPath) ?? false }),
    form: citations(visit, datedOn, {
      paper: ofCollective ? 'achievement_collective' : 'achievement_person',
      subjects: ['commendation'],
    }).form,
    subject: ofCollective
      ? { kind: 'collective', row: listedCollective(round.kind, listed) }
      : { kind: 'person', row: listedPerson(round.kind, listed) },
  })
  return paperResponse(bytes, `bao-cao-thanh-tich-${row.id}`)
})

/**
 * Who confirms and who proposes a candidate. The head of a unit is confirmed from above: nobody confirms their own. The
 * level that proposes is the district or agency, where that is another than the one that confirms.
 */
function confirmers(unitId: number, own: Issuing, { datedOn, isHead }: { datedOn: Day | null; isHead: boolean }) {
  const above = unitForPaper(unitId).above.map(({ id }) => id)
  const confirmedBy = isHead ? above.at(-1) : unitId
  const proposedBy = above[1] ?? (isHead ? undefined : unitId)
  const issuingOf = (id: number) => (id === unitId ? own : unitIssuing(id, datedOn))
  return {
    confirming: confirmedBy === undefined ? NOBODY_ABOVE : issuingOf(confirmedBy),
    proposing: proposedBy === undefined || proposedBy === confirmedBy ? null : issuingOf(proposedBy),
  }
}

/** Nobody in the tree is above the head of the province: the confirmation is left to be filled in by hand. */
const NOBODY_ABOVE = { issuer: 'cấp trên trực tiếp', signing: { form: 'head', title: DOTS }, signer: null } as const
