import { can } from '#app/access/policy.ts'
import type { CandidateKind } from '#app/domain/vocabulary.ts'
import { indicatorNames } from '#app/queries/campaign-indicator.server.ts'
import { barsOf, listCandidates } from '#app/queries/candidate.server.ts'
import { listFrozenCollectives, listFrozenOfficials } from '#app/queries/closing.server.ts'
import { subjectTarget } from '#app/queries/gate.server.ts'
import type { findRound } from '#app/queries/round.server.ts'
import { explainAssessment } from '#app/text/assessment.ts'
import { formatNumber, formatParts } from '#app/text/format.ts'
import { explainProblem } from '#app/text/problem.ts'
import { labels } from '#app/text/vocabulary.ts'
import type { Visit } from '../_web/visit.server.ts'

const PAGE = 100

type Round = NonNullable<ReturnType<typeof findRound>>

/** The frozen result that a round of this kind lists. */
const wantedIn = ({ kind }: Round) => (kind === 'review' ? ('responsibility_review' as const) : ('eligible' as const))

/** Units that are candidates themselves; one that proposes somebody from outside is not. */
const proposedUnits = (actor: Visit['actor'], round: Round) =>
  new Set(
    listCandidates(actor, round, { part: 'collectives' })
      .filter(row => row.kind === 'collective')
      .map(row => row.unitId),
  )

export function persons(
  { actor }: Visit,
  round: Round,
  { unitPath, search, after }: { unitPath: string; search: string; after?: number },
) {
  const { rows, next } = listFrozenOfficials(actor, round.closingId, {
    unitPath,
    result: wantedIn(round),
    search: search || undefined,
    after,
    limit: PAGE,
  })
  const proposed = new Set(listCandidates(actor, round, { part: 'persons' }).map(row => row.officialId))
  return {
    next,
    rows: rows.map(row => ({
      id: row.officialId,
      name: row.name,
      detail: [
        row.position,
        row.unitName,
        `được tính ${row.target === null ? formatNumber(row.counts.counted) : formatParts(row.counts.counted, row.target)}, đã đối chiếu ${formatNumber(row.counts.verified)}`,
      ].filter(Boolean),
      hindrance: hindranceOf({ actor }, round, 'official', row.officialId, proposed.has(row.officialId)),
    })),
  }
}

/** So many collectives are on the page at most. */
const MOST_COLLECTIVES = 200

export function collectives({ actor }: Visit, round: Round, unitPath: string, most = MOST_COLLECTIVES) {
  const proposed = proposedUnits(actor, round)
  return listFrozenCollectives(actor, round.closingId, { unitPath, result: wantedIn(round) })
    .slice(0, most)
    .map(row => ({
      id: row.unitId,
      name: row.name,
      detail: [
        labels.unitKind[row.kind],
        `${formatNumber(row.sums.officials)} người`,
        `được tính ${formatParts(row.sums.counted, row.sums.target)}, đã đối chiếu ${formatNumber(row.sums.verified)}`,
      ],
      hindrance: hindranceOf({ actor }, round, 'collective', row.unitId, proposed.has(row.unitId)),
    }))
}

/** Explains why a line of the frozen list cannot be ticked, in words; null: it can be. */
function hindranceOf(
  { actor }: Pick<Visit, 'actor'>,
  round: Round,
  kind: CandidateKind,
  id: number,
  isProposed: boolean,
): string | null {
  if (isProposed) return explainProblem('proposed_already')
  const subject = kind === 'official' ? { officialId: id } : { unitId: id }
  const target = subjectTarget(subject)
  if (kind === 'official' && target.guardPath && round.kind === 'review') return explainProblem('guarded_person')
  const needed = round.kind === 'review' ? 'candidate.decide' : 'candidate.propose'
  if (!can(actor, needed, kind === 'official' ? target : { unitPath: target.unitPath }))
    return 'Cấp trên trực tiếp đề nghị.'
  const [bar] = barsOf(round, kind, subject)
  return bar ? explainProblem(bar) : null
}

/** How many rows of the frozen list are read at a time where all are wanted. */
const STEP = 500

type Asked = { kind: 'official' | 'collective'; unitPath: string }

/** The ids of everybody in a unit and below, of the frozen list, whom the actor may propose now; read as far as taken. */
function* proposable(visit: Visit, round: Round, { kind, unitPath }: Asked): Generator<number> {
  const { actor } = visit
  if (kind === 'collective') {
    for (const { id, hindrance } of collectives(visit, round, unitPath, Number.POSITIVE_INFINITY))
      if (hindrance === null) yield id
    return
  }
  const proposed = new Set(listCandidates(actor, round, { part: 'persons' }).map(row => row.officialId))
  for (let after: number | null | undefined; after !== null; ) {
    const page = listFrozenOfficials(actor, round.closingId, { unitPath, result: wantedIn(round), after, limit: STEP })
    for (const { officialId: id } of page.rows)
      if (hindranceOf(visit, round, 'official', id, proposed.has(id)) === null) yield id
    after = page.next
  }
}

/** The ids of everybody in a unit and below, of the frozen list, whom the actor may propose now. */
export const everyoneProposable = (visit: Visit, round: Round, asked: Asked): number[] => [
  ...proposable(visit, round, asked),
]

/** True where the actor may propose somebody of the frozen list now: for buttons. */
export const isAnyoneProposable = (visit: Visit, round: Round, asked: Asked): boolean =>
  !proposable(visit, round, asked).next().done

/** Collectives that are not eligible, but may be proposed with reasons (domain 9). */
export function collectivesWithReasons({ actor, terms }: Visit, round: Round, unitPath: string) {
  const proposed = proposedUnits(actor, round)
  const nameOf = indicatorNames(round.campaignId)
  return listFrozenCollectives(actor, round.closingId, { unitPath })
    .filter(({ unitId, result }) => result !== 'eligible' && !proposed.has(unitId))
    .filter(({ unitId }) => barsOf(round, 'collective', { unitId }, { hasReasons: true }).length === 0)
    .filter(({ unitId }) => can(actor, 'candidate.propose', { unitPath: subjectTarget({ unitId }).unitPath }))
    .map(row => ({
      id: row.unitId,
      name: row.name,
      detail: [
        labels.unitKind[row.kind],
        `được tính ${formatParts(row.sums.counted, row.sums.target)}`,
        row.reasons.map(reason => explainAssessment(reason, terms.names, nameOf)).join(' '),
      ],
    }))
}
