import { can } from '#app/access/policy.ts'
import type { CandidateKind } from '#app/domain/vocabulary.ts'
import { barsOf, listCandidates } from '#app/queries/candidate.server.ts'
import { listFrozenCollectives, listFrozenOfficials } from '#app/queries/closing.server.ts'
import { subjectTarget } from '#app/queries/gate.server.ts'
import type { findRound } from '#app/queries/round.server.ts'
import { formatNumber, formatParts } from '#app/text/format.ts'
import { explainProblem } from '#app/text/problem.ts'
import { labels } from '#app/text/vocabulary.ts'
import type { Visit } from '../_web/visit.server.ts'

const PAGE = 100

type Round = NonNullable<ReturnType<typeof findRound>>

export function persons(
  { actor }: Visit,
  round: Round,
  { unitPath, search, after }: { unitPath: string; search: string; after?: number },
) {
  const result = round.kind === 'review' ? ('responsibility_review' as const) : ('eligible' as const)
  const { rows, next } = listFrozenOfficials(actor, round.closingId, {
    unitPath,
    result,
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

export function collectives({ actor }: Visit, round: Round, unitPath: string) {
  const result = round.kind === 'review' ? ('responsibility_review' as const) : ('eligible' as const)
  const proposed = new Set(
    listCandidates(actor, round, { part: 'collectives' })
      .filter(row => row.kind === 'collective')
      .map(row => row.unitId),
  )
  return listFrozenCollectives(actor, round.closingId, { unitPath, result })
    .slice(0, 200)
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
  if (kind === 'official' && target.guardPath) return explainProblem('guarded_person')
  const needed = round.kind === 'review' ? 'candidate.decide' : 'candidate.propose'
  if (!can(actor, needed, kind === 'official' ? target : { unitPath: target.unitPath }))
    return 'Cấp trên trực tiếp đề nghị.'
  const [bar] = barsOf(round, kind, subject)
  return bar ? explainProblem(bar) : null
}
