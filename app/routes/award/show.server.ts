import { canSomewhere } from '#app/access/policy.ts'
import { dayOf } from '#app/domain/calendar.ts'
import { compareCandidates, takesProposals } from '#app/domain/round.ts'
import { ROUND_STAGES, type RoundStage } from '#app/domain/vocabulary.ts'
import { papersOf, ROUND_PAPER_NAMES } from '#app/jobs/papers/round.server.ts'
import { UNIT_PAPER_NAMES, UNIT_PAPERS } from '#app/jobs/papers/unit.server.ts'
import { scopeUnits } from '#app/queries/aggregate.server.ts'
import { barsOfCandidate, findCandidate, listCandidates } from '#app/queries/candidate.server.ts'
import { changedCandidates } from '#app/queries/candidate-change.server.ts'
import { mayStep, proposalProblem } from '#app/queries/candidate-step.server.ts'
import { hasDistricts } from '#app/queries/locality.server.ts'
import { currentBundle } from '#app/queries/paper-bundle.server.ts'
import { paperGapsOf } from '#app/queries/paper-gap.server.ts'
import { countStations, findRound, hasDraftPapers } from '#app/queries/round.server.ts'
import { mayReopen } from '#app/queries/round-decision.server.ts'
import { listOf, rankFactsOf } from '#app/queries/round-list.server.ts'
import { annexesFor } from '#app/queries/sealed-annex.server.ts'
import { titledChoices } from '#app/queries/unit-title.server.ts'
import { formatInstant, formatNumber, formatParts } from '#app/text/format.ts'
import { placeLabel, stageLabels, whereabouts } from '#app/text/round.ts'
import type { ReadArgs, Visit } from '../_web/visit.server.ts'
import { found, idOf } from '../_web/visit.server.ts'
import { roundPage } from './params.ts'

const PAGE = 100
/** Up to so many are put in the order of domain 9 on the page; a longer list keeps the order of proposals. */
const MOST_RANKED = 500

/** A round with one page of its candidates, as the reader may see them. */
export function readRound({ actor, campaign, today }: Visit, { params, url }: ReadArgs) {
  const round = found(findRound(actor, campaign.id, idOf(params.roundId)))
  const { isOfCollectives, stage, isEnded, page = 0, candidateId, day = '' } = roundPage.read(url)
  const part = isOfCollectives ? ('collectives' as const) : ('persons' as const)
  const all = listCandidates(actor, round, { part, stage, ended: isEnded ? ['drop', 'revoke'] : undefined })
  // a list for review is no order of merit
  const isRanked = round.kind === 'commendation' && all.length <= MOST_RANKED
  const shown = isRanked
    ? listOf(round, all)
        .toSorted((a, b) => compareCandidates(rankFactsOf(a), rankFactsOf(b)) || a.id - b.id)
        .slice(page * PAGE, (page + 1) * PAGE)
    : listOf(round, all.slice(page * PAGE, (page + 1) * PAGE))
  const may = (action: 'pass' | 'return' | 'drop', row: (typeof all)[number]) =>
    mayStep(actor, action, { ...row, round })
  const rows = shown.map((row, n) => ({
    id: row.id,
    place: page * PAGE + n + 1,
    name: row.name,
    where: whereabouts(row),
    state: placeLabel(round.kind, row, hasDistricts(today)),
    figures: figuresOf(row),
    bars: row.ended === null ? barsOfCandidate(round, row) : [],
    mayPass: may('pass', row),
    mayReturn: may('return', row),
    mayDrop: may('drop', row),
  }))
  return {
    round: {
      id: round.id,
      kind: round.kind,
      name: round.name,
      closingVersion: round.closingVersion,
      isProvisional: round.isProvisional,
      newerVersion: round.newerVersion,
      proposalsDueOn: round.proposalsDueOn,
      individualCap: round.individualCap,
      collectiveCap: round.collectiveCap,
      isFrozen: round.isFrozen,
      isDecided: round.isDecided,
      frozenOn: round.frozenAt === null ? null : dayOf(round.frozenAt),
      hash: round.hash,
      decisionNumber: round.decisionNumber,
      decisionOn: round.decisionOn,
      mayManage: round.mayManage,
      takesProposals: takesProposals(round, today),
      mayReopen: round.mayManage && mayReopen(round),
    },
    filter: { isOfCollectives, stage, isEnded },
    isRanked,
    rows,
    page,
    total: all.length,
    groups: isEnded
      ? []
      : groupsFor(
          all.map(row => ({ stage: row.stage, mayPass: may('pass', row) })),
          hasDistricts(today),
        ),
    hasMore: (page + 1) * PAGE < all.length,
    changed: changedCandidates(actor, round).map(row => {
      const of =
        all.find(({ id }) => id === row.id) ??
        found(findCandidate(actor, campaign.id, { roundId: round.id, candidateId: row.id }))
      return {
        ...row,
        mayDrop: mayStep(actor, 'drop', { ...of, round }),
        mayRevoke: mayStep(actor, 'revoke', { ...of, round }),
      }
    }),
    stations: countStations(round.id),
    refusedName: all.find(row => row.id === candidateId)?.name,
    mayPropose:
      proposalProblem(round) === null &&
      (round.kind === 'review' ? round.mayManage : canSomewhere(actor, 'candidate.propose')),
    seesPersons: canSomewhere(actor, 'candidate.view') && actor.grants.length > 0,
    day,
    ...papersFor(actor, round),
  }
}

/** The papers that the reader makes: home affairs the round's, heads and coordinators their unit's. */
function papersFor(actor: Visit['actor'], round: NonNullable<ReturnType<typeof findRound>>) {
  const made = round.mayManage ? currentBundle(round.id) : undefined
  return {
    areDrafts: hasDraftPapers(round),
    papers: round.mayManage
      ? papersOf(round.kind).map(document => ({ document, name: ROUND_PAPER_NAMES[document] }))
      : [],
    bundle: made === undefined ? null : { files: made.files, madeAt: formatInstant(made.createdAt) },
    ownUnits:
      round.kind === 'review' || !canSomewhere(actor, 'candidate.propose')
        ? []
        : titledChoices(scopeUnits(actor, 'candidate.propose')),
    unitPapers: UNIT_PAPERS.map(document => ({ document, name: UNIT_PAPER_NAMES[document] })),
    gaps: round.mayManage ? paperGapsOf(round.campaignId) : [],
    annexes: round.kind === 'review' ? [] : annexesFor(actor, round),
  }
}

/** How many at each station the reader may pass on, where there are several; barred ones are left out on the way. */
function groupsFor(rows: readonly { stage: RoundStage; mayPass: boolean }[], hasDistrictLevel: boolean) {
  const labels = stageLabels(hasDistrictLevel)
  return ROUND_STAGES.flatMap(stage => {
    const count = rows.filter(row => row.stage === stage && row.mayPass).length
    return count < 2 ? [] : [{ stage, label: labels[stage], count }]
  })
}

type Listed = ReturnType<typeof listOf>[number]

function figuresOf(row: Listed): string {
  const counted = row.standing?.counts.counted ?? row.sums?.counted
  const target = row.standing ? row.standing.target : row.sums?.target
  const verified = row.standing?.counts.verified ?? row.sums?.verified
  if (counted === undefined || verified === undefined) return 'Không thuộc đối tượng giao chỉ tiêu'
  const parts = target ? formatParts(counted, target) : formatNumber(counted)
  return `Được tính ${parts}, đã đối chiếu ${formatNumber(verified)}`
}
