import { writeAchievementReport } from '#app/documents/achievement-report.ts'
import { isCollective } from '#app/domain/round.ts'
import { indicatorNames } from '#app/queries/campaign-indicator.server.ts'
import { findCandidate } from '#app/queries/candidate.server.ts'
import { retryBusy } from '#app/queries/retry.server.ts'
import { listOf, logRoundExport } from '#app/queries/round-list.server.ts'
import { unitForPaper } from '#app/queries/unit.server.ts'
import { provisionalNote } from '#app/text/closing.ts'
import { citations, citedPlan, paperDay, paperResponse, unitIssuing } from '../_web/paper.server.ts'
import { found, idOf, notFound, reads } from '../_web/visit.server.ts'
import { listedCollective, listedPerson } from './round.server.ts'

/** Returns the báo cáo thành tích of one candidate, for readers who may see their dossier; logged. */
export const loader = reads(async (visit, { params, url }) => {
  const { actor, campaign } = visit
  const ids = { roundId: idOf(params.roundId), candidateId: idOf(params.candidateId) }
  const { round, target: _target, ...row } = found(findCandidate(actor, campaign.id, ids))
  if (round.kind === 'review' || actor.grants.length === 0) throw notFound()
  const listed = found(listOf(round, [row])[0])
  await retryBusy(() =>
    logRoundExport(actor, campaign.id, { roundId: round.id, document: `bao-cao-thanh-tich-${row.id}`, rows: 1 }),
  )
  const datedOn = paperDay(url)
  const listedIn = { kind: round.kind, terms: visit.terms, nameOf: indicatorNames(campaign.id) }
  const ofCollective = isCollective(row.kind)
  const bytes = await writeAchievementReport({
    plan: citedPlan(visit),
    issuing: unitIssuing(unitForPaper(row.unitId), datedOn),
    form: citations(visit, datedOn, ofCollective ? 'achievement_collective' : 'achievement_person').form,
    provisional: provisionalNote(round),
    subject: ofCollective
      ? { kind: 'collective', row: listedCollective(listedIn, listed) }
      : { kind: 'person', row: listedPerson(listedIn, listed) },
  })
  return paperResponse(bytes, `bao-cao-thanh-tich-${row.id}`, campaign)
})
