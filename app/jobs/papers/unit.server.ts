import { writeCandidateList } from '#app/documents/candidate-list.ts'
import { writeCouncilMinutes } from '#app/documents/council-minutes.ts'
import { annexedToDecision, writeSealedAnnex } from '#app/documents/decision.ts'
import { annexedToPetition } from '#app/documents/petition.ts'
import { writeUnitPetition } from '#app/documents/unit-proposal.ts'
import type { Day } from '#app/domain/calendar.ts'
import { areUnitPapersDraft } from '#app/domain/round.ts'
import type { Candidate } from '#app/queries/candidate.server.ts'
import { currentProvince } from '#app/queries/province.server.ts'
import type { Round } from '#app/queries/round.server.ts'
import { inListOrder } from '#app/queries/round-list.server.ts'
import { unitForPaper } from '#app/queries/unit.server.ts'
import { committeeInFull } from '#app/text/province.ts'
import { citations, citedPlan, unitIssuing } from './issuing.server.ts'
import { awaited, listedPerson } from './listed.ts'
import { listedIn, listsOf } from './listed-in.server.ts'
import { certificates, decisionIssuing, PROVINCIAL, type RoundList } from './round.server.ts'

/** The papers of a unit's own proposal. */
export const UNIT_PAPERS = [
  'to-trinh.docx',
  'bien-ban-hop-xet.docx',
  'danh-sach-tap-the.docx',
  'danh-sach-ca-nhan.docx',
] as const
export type UnitPaper = (typeof UNIT_PAPERS)[number]

/** What a paper of a unit is called on pages. */
export const UNIT_PAPER_NAMES: Record<UnitPaper, string> = {
  'to-trinh.docx': 'Tờ trình, kèm danh sách',
  'bien-ban-hop-xet.docx': 'Biên bản họp xét',
  'danh-sach-tap-the.docx': 'Danh sách tập thể',
  'danh-sach-ca-nhan.docx': 'Danh sách cá nhân',
}

/** The part of a round's list that a unit and those below it propose. */
export function partOf(list: RoundList, unitPath: string): RoundList {
  const isOwn = (row: Candidate) => row.unitPath.startsWith(unitPath)
  return { ...list, persons: list.persons.filter(isOwn), collectives: list.collectives.filter(isOwn) }
}

/** Makes one paper of a unit's proposal from its part of the list. */
export function writeUnitPaper(
  list: RoundList,
  unitId: number,
  { document, datedOn }: { document: UnitPaper; datedOn: Day | null },
): Promise<Uint8Array> {
  const { campaignId } = list.round
  const issuing = unitIssuing(unitId, datedOn)
  const plan = citedPlan(campaignId)
  const lists = listsOf(list)
  const isDraft = areUnitPapersDraft([...list.persons, ...list.collectives].map(({ stage }) => stage))
  const cited = (paper: 'petition' | 'council_minutes') =>
    citations(campaignId, datedOn, { paper, subjects: ['commendation'] })
  switch (document) {
    case 'to-trinh.docx':
      return writeUnitPetition({
        plan,
        issuing,
        isDraft,
        ...cited('petition'),
        to: addresseesOf(unitId, datedOn),
        lists,
      })
    case 'bien-ban-hop-xet.docx':
      return writeCouncilMinutes({
        issuing,
        council: `Hội nghị xét khen thưởng của ${issuing.issuer}`,
        presenter: 'các bộ phận chuyên môn',
        sitting: null,
        supplements: [],
        plan,
        ...cited('council_minutes'),
        persons: list.persons.map(awaited),
        collectives: list.collectives.map(awaited),
        annexes: [],
      })
    case 'danh-sach-ca-nhan.docx':
      return writeCandidateList({ ...lists, annexedTo: annexedToPetition(issuing) }, 'persons')
    case 'danh-sach-tap-the.docx':
      return writeCandidateList({ ...lists, annexedTo: annexedToPetition(issuing) }, 'collectives')
  }
}

/**
 * Makes the sealed annex of a command: people of its tree with their figures; once decided the annex of the decision,
 * with their numbers in the register. `openAnnex` has asked who may see it.
 */
export function sealedAnnexPaper(
  round: Round,
  rows: readonly Candidate[],
  { commandId, datedOn }: { commandId: number; datedOn: Day | null },
): Promise<Uint8Array> {
  const within = listedIn(round)
  const listed = inListOrder(round, rows)
  if (round.isDecided)
    return writeSealedAnnex({
      annexedTo: annexedToDecision(decisionIssuing({ round }, datedOn)),
      persons: listed
        .filter(({ form }) => form === PROVINCIAL)
        .map(row => ({ ...listedPerson(within, row), certificate: row.certificateNumber })),
    })
  const persons = listed.map(row => listedPerson(within, row))
  const annexedTo = annexedToPetition(unitIssuing(commandId, datedOn))
  return writeCandidateList({ kind: round.kind, annexedTo, persons, collectives: [] }, 'persons')
}

/**
 * Makes the certificates of a decided annex, to be printed onto the province's forms: its people are named to nobody who
 * prints those of the others. `openAnnex` has asked who may see them.
 */
export const sealedCertificates = (round: Round, rows: readonly Candidate[]): Promise<Uint8Array> =>
  certificates({ round, persons: inListOrder(round, rows), collectives: [] }, null)

/** The level that passes the proposal on: the district or agency above, else the province's chairman through home affairs. */
function addresseesOf(unitId: number, datedOn: Day | null): string[] {
  const [, agency] = unitForPaper(unitId).above
  if (agency !== undefined) return [unitIssuing(agency.id, datedOn).issuer]
  return [`Chủ tịch ${committeeInFull(currentProvince(datedOn ?? undefined))} (qua Sở Nội vụ)`]
}
