import type { PersonSources } from '#app/documents/candidate-export.ts'
import type { ListedCollective, ListedPerson } from '#app/documents/candidate-list.ts'
import { sharesOf } from '#app/domain/closing.ts'
import { withoutRemark } from '#app/domain/letterhead.ts'
import type { RoundKind } from '#app/domain/vocabulary.ts'
import type { ListedCandidate } from '#app/queries/round-list.server.ts'
import { explainAssessment, formerUnitNote } from '#app/text/assessment.ts'
import { officeLabels } from '#app/text/office-vocabulary.ts'
import { namedPartBases } from '#app/text/part-basis.ts'
import { type CampaignTerms, namedShares } from '#app/text/terms.ts'
import { labels } from '#app/text/vocabulary.ts'

/** The round that lists a candidate, and how its campaign calls what holds in it, and an indicator. */
type ListedIn = { kind: RoundKind; terms: CampaignTerms; nameOf: (indicator: string) => string }

/** Words an achievement for a list: the unit's words; for a review what is missing, from the frozen assessment. */
const told = ({ kind, terms, nameOf }: ListedIn, row: ListedCandidate) =>
  kind === 'review'
    ? row.reasons.map(reason => explainAssessment(reason, terms.names, nameOf)).join(' ')
    : row.achievement

const formOf = (kind: RoundKind, row: ListedCandidate) =>
  kind === 'review' || row.form === null ? 'Xem xét trách nhiệm' : officeLabels.awardForm[row.form]

/** Marks a collective that is proposed with reasons, and notes the origin of a person who is on no roster; votes and certificates are shown elsewhere. */
function noteOf(row: ListedCandidate): string {
  if (row.exceptionReason !== '') return `Chưa thuộc diện đủ điều kiện, đề nghị kèm lý do: ${row.exceptionReason}`
  return row.outside === null ? formerUnitNote(row.formerUnit) : 'Ngoài danh sách'
}

/** A candidate as minutes list it before a vote. */
export const awaited = (row: ListedCandidate) => ({
  name: withoutRemark(row.name),
  unitName: row.outside?.description ?? withoutRemark(row.unitName),
  votes: null,
  isKept: true,
})

/** A candidate as the list of persons prints it. */
export function listedPerson(listedIn: ListedIn, row: ListedCandidate): ListedPerson & { sources: PersonSources } {
  return {
    candidateId: row.id,
    officialId: row.officialId,
    name: row.name,
    sex: row.sex,
    birthYear: row.birthYear,
    position: row.outside?.description ?? row.position,
    unitId: row.unitId,
    unitName: withoutRemark(row.unitName),
    achievement: told(listedIn, row),
    earlierAwards: row.earlierAwards,
    figures: row.standing && { ...row.standing.counts, target: row.standing.target },
    obligations: row.obligations && {
      ...row.obligations,
      bases: namedPartBases(row.obligations.bases, listedIn.terms.names),
    },
    form: formOf(listedIn.kind, row),
    note: noteOf(row),
    sources: row.sources,
  }
}

/** A candidate as the list of collectives prints it. */
export function listedCollective(listedIn: ListedIn, row: ListedCandidate): ListedCollective {
  const { sums } = row
  return {
    candidateId: row.id,
    unitId: row.kind === 'collective' ? row.unitId : null,
    name: withoutRemark(row.name),
    kind: row.outside?.description ?? labels.unitKind[row.unitKind],
    achievement: told(listedIn, row),
    earlierAwards: row.earlierAwards,
    figures: sums && {
      reported: row.reported ?? sums.counted,
      counted: sums.counted,
      verified: sums.verified,
      target: sums.target,
      officials: sums.officials,
      women: sums.women,
    },
    obligations: sums && namedShares(sharesOf(sums), listedIn.terms),
    form: formOf(listedIn.kind, row),
    note: noteOf(row),
  }
}
