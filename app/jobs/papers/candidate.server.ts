import { writeAchievementReport } from '#app/documents/achievement-report.ts'
import { DOTS, type Issuing } from '#app/documents/administrative-paper.ts'
import type { Day } from '#app/domain/calendar.ts'
import { areUnitPapersDraft, isCollective } from '#app/domain/round.ts'
import { candidateTarget } from '#app/queries/candidate.server.ts'
import type { Round } from '#app/queries/round.server.ts'
import type { ListedCandidate } from '#app/queries/round-list.server.ts'
import { unitForPaper } from '#app/queries/unit.server.ts'
import { provisionalNote } from '#app/text/closing.ts'
import { citations, citedPlan, unitIssuing } from './issuing.server.ts'
import { listedCollective, listedPerson } from './listed.ts'
import { listedIn } from './listed-in.server.ts'

/** Makes the báo cáo thành tích of one candidate. */
export function candidateReport(round: Round, row: ListedCandidate, datedOn: Day | null): Promise<Uint8Array> {
  const ofCollective = isCollective(row.kind)
  const issuing = unitIssuing(row.unitId, datedOn)
  const isHead = candidateTarget(row).headPaths?.includes(row.unitPath) ?? false
  return writeAchievementReport({
    plan: citedPlan(round.campaignId),
    issuing,
    ...confirmers(row.unitId, issuing, { datedOn, isHead }),
    form: citations(round.campaignId, datedOn, {
      paper: ofCollective ? 'achievement_collective' : 'achievement_person',
      subjects: ['commendation'],
    }).form,
    isDraft: areUnitPapersDraft([row.stage]),
    provisional: provisionalNote(round),
    subject: ofCollective
      ? { kind: 'collective', row: listedCollective(listedIn(round), row) }
      : { kind: 'person', row: listedPerson(listedIn(round), row) },
  })
}

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
