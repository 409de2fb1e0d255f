import { and, asc, eq, inArray, isNotNull, isNull, ne, or, type SQL } from 'drizzle-orm'
import { type Actor, can, type Target } from '#app/access/policy.ts'
import { within } from '#app/access/scope.server.ts'
import type { OutsiderBar } from '#app/domain/outsider.ts'
import { type CandidacyBar, candidacyBars } from '#app/domain/round.ts'
import type {
  CandidateAction,
  CandidateKind,
  CollectiveResult,
  CountingBasis,
  OfficialResult,
  RoundKind,
  RoundStage,
  Sex,
} from '#app/domain/vocabulary.ts'
import { db, prepared } from '#db/client.server.ts'
import { account, candidate, candidateStep, official, unit } from '#db/schema.ts'
import { isAwarded } from './award.server.ts'
import { campaignToday } from './clock.server.ts'
import { currentClosing, frozenCollective, frozenOfficial } from './closing.server.ts'
import { gatesOn, IS_COUNTED, regulationOf, type Subject } from './judging/index.server.ts'
import { targetOf } from './official.server.ts'
import { outsiderBarOf } from './outsider.server.ts'
import { isFinalReportMissing } from './report.server.ts'
import { type Round, roundById } from './round.server.ts'
import { unitTitles } from './unit-title.server.ts'

/** A unit's description of a person from outside the rosters. */
export type Outside = {
  name: string
  description: string
  sex: Sex | null
  birthYear: number | null
  /** khen thưởng đã có; empty: none, as the unit was told; missing: entered before this was asked */
  awards?: readonly string[]
}

const CANDIDATE_COLUMNS = {
  id: candidate.id,
  roundId: candidate.roundId,
  kind: candidate.kind,
  officialId: candidate.officialId,
  unitId: candidate.unitId,
  unitPath: unit.path,
  unitKind: unit.kind,
  guardPath: unit.guardPath,
  name: official.name,
  sex: official.sex,
  birthYear: official.birthYear,
  form: candidate.form,
  outside: candidate.outside,
  outsideNumberHash: candidate.outsideNumberHash,
  achievement: candidate.achievement,
  exceptionReason: candidate.exceptionReason,
  disclosedAt: candidate.disclosedAt,
  stage: candidate.stage,
  ended: candidate.ended,
  certificateNumber: candidate.certificateNumber,
  proposedAt: candidate.proposedAt,
}

type Stored = Omit<typeof candidate.$inferSelect, 'outside'> & {
  unitName: string
  unitPath: string
  unitKind: (typeof unit.$inferSelect)['kind']
  guardPath: string | null
  name: string | null
  sex: Sex | null
  birthYear: number | null
  outside: string
}
/**
 * A candidate as stored, under the name by which lists call it; `guardPath` null once a person of the armed forces agreed
 * to be named.
 */
export type Candidate = Omit<Stored, 'name' | 'outside'> & {
  name: string
  outside: Outside | null
  /** posted in the armed forces at the cut-off, whether they agreed to be named or not */
  isArmed: boolean
}

function readCandidate({ outside, ...stored }: Stored): Candidate {
  const guardPath = stored.disclosedAt === null ? stored.guardPath : null
  const row = { ...stored, guardPath }
  const told =
    row.kind === 'outside_person' || row.kind === 'outside_collective' ? (JSON.parse(outside) as Outside) : null
  return {
    ...row,
    isArmed: stored.kind === 'official' && stored.guardPath !== null,
    outside: told,
    name: told?.name ?? row.name ?? row.unitName,
    sex: told?.sex ?? row.sex,
    birthYear: told?.birthYear ?? row.birthYear,
  }
}

/** Candidates joined to their official and unit, the unit by its title. */
export function candidateRows(where: SQL | undefined): Candidate[] {
  const rows = db
    .select(CANDIDATE_COLUMNS)
    .from(candidate)
    .innerJoin(unit, eq(unit.id, candidate.unitId))
    .leftJoin(official, eq(official.id, candidate.officialId))
    .where(where)
    .orderBy(asc(candidate.id))
    .all()
  const titleOf = unitTitles(rows.map(({ unitId }) => unitId))
  return rows.map(row => readCandidate({ ...row, unitName: titleOf(row.unitId) }))
}

/**
 * Returns the target of a permission check about a candidate. Only officials are guarded persons (domain 3). A
 * collective is its unit, and a person from outside does not belong to the unit that proposes them.
 */
export function candidateTarget(row: Pick<Candidate, 'kind' | 'officialId' | 'unitPath' | 'guardPath'>): Target {
  if (row.kind !== 'official' || row.officialId === null) return { unitPath: row.unitPath }
  const { headPaths } = targetOf(row.officialId, campaignToday())
  return { unitPath: row.unitPath, officialId: row.officialId, guardPath: row.guardPath, headPaths }
}

/** True for a person of the armed forces who did not agree to be named outside their own tree. */
export const isSealed = ({ kind, guardPath }: Pick<Candidate, 'kind' | 'guardPath'>) =>
  kind === 'official' && guardPath !== null

/** Candidates for review are visible only to actors who may see due process. */
const viewOf = (kind: RoundKind) => (kind === 'review' ? 'review.view' : 'candidate.view')

/** Seeing the candidates of a round of this kind, as SQL. */
function candidatesWithin(actor: Actor, kind: RoundKind): SQL | undefined {
  return or(
    within(actor, viewOf(kind), {
      unitPath: unit.path,
      guardPath: unit.guardPath,
      officialId: candidate.officialId,
    }),
    and(ne(candidate.kind, 'official'), within(actor, viewOf(kind), { unitPath: unit.path })),
    and(
      isNotNull(candidate.disclosedAt),
      within(actor, viewOf(kind), { unitPath: unit.path, officialId: candidate.officialId }),
    ),
  )
}

/** Filter of a round's list. `part`: persons or collectives, on the rosters or not. */
type CandidateFilter = {
  part?: 'persons' | 'collectives'
  stage?: RoundStage
  /** those ended by these; undefined: those under way or decided */
  ended?: readonly CandidateAction[]
}

export const PERSONS = ['official', 'outside_person'] as const
export const COLLECTIVES = ['collective', 'outside_collective'] as const

/** Candidates of a round as far as the actor may see them, in the order of their proposal. */
export function listCandidates(
  actor: Actor,
  round: Pick<Round, 'id' | 'kind'>,
  { part, stage, ended }: CandidateFilter = {},
): Candidate[] {
  return candidateRows(
    and(
      eq(candidate.roundId, round.id),
      candidatesWithin(actor, round.kind),
      part ? inArray(candidate.kind, part === 'persons' ? [...PERSONS] : [...COLLECTIVES]) : undefined,
      stage ? eq(candidate.stage, stage) : undefined,
      ended
        ? inArray(candidate.ended, [...ended])
        : or(isNull(candidate.ended), and(isNotNull(candidate.ended), eq(candidate.ended, 'decide'))),
    ),
  )
}

/** One's own candidacies in a campaign, with the round that each is of. */
export function ownCandidacies(actor: Actor, campaignId: number) {
  if (actor.kind !== 'person' || actor.officialId === null) return []
  return candidateRows(eq(candidate.officialId, actor.officialId)).flatMap(row => {
    const round = roundById(campaignId, row.roundId)
    return round ? [{ ...row, roundName: round.name, roundKind: round.kind }] : []
  })
}

/** Returns the subject of a candidacy, for gates and awards; null: from outside the rosters. */
export function subjectOf(row: Pick<Candidate, 'kind' | 'officialId' | 'unitId'>): Subject | null {
  if (row.kind === 'official' && row.officialId !== null) return { officialId: row.officialId }
  return row.kind === 'collective' ? { unitId: row.unitId } : null
}

/** Returns a subject's frozen result in one version of a campaign's assessments; null: none. Checks no permission. */
export function resultIn(
  campaignId: number,
  version: number,
  subject: Subject | null,
): OfficialResult | CollectiveResult | null {
  if (subject === null) return null
  const [table, column, id] =
    'officialId' in subject
      ? ['official_assessment', 'official_id', subject.officialId]
      : ['collective_assessment', 'unit_id', subject.unitId]
  const row = prepared<{ result: OfficialResult | CollectiveResult }>(
    `select result from ${table} where campaign_id = ? and ${column} = ? and from_version <= ?
        and (to_version is null or to_version > ?)`,
  ).get(campaignId, id, version, version)
  return row?.result ?? null
}

/**
 * Returns what bars a candidacy today (domain 9): frozen lists, the present final report, gates, awards, other rounds.
 */
export function barsOf(
  round: Round,
  kind: CandidateKind,
  subject: Subject | null,
  { outsiderBar = null, hasReasons = false }: { outsiderBar?: OutsiderBar | null; hasReasons?: boolean } = {},
): CandidacyBar[] {
  const { campaignId } = round
  const newest = currentClosing(campaignId)?.version ?? round.closingVersion
  return candidacyBars(round.kind, {
    kind,
    result: resultIn(campaignId, round.closingVersion, subject),
    newestResult: resultIn(campaignId, newest, subject),
    isFinalReportMissing: subject !== null && isReportMissing(round, subject),
    gates: subject === null ? [] : gatesOn(campaignId, subject, campaignToday()),
    isAwarded: subject !== null && isAwarded(campaignId, subject),
    isElsewhere: subject !== null && isInOtherRound(round, kind, subject),
    outsiderBar,
    hasReasons,
  })
}

/** `barsOf` for a candidate who was entered; somebody from outside is compared with the rosters as they are today. */
export const barsOfCandidate = (round: Round, row: Candidate): CandidacyBar[] =>
  barsOf(round, row.kind, subjectOf(row), {
    outsiderBar: outsiderBarOf(round.campaignId, row),
    hasReasons: row.exceptionReason !== '',
  })

/**
 * Returns true if a missing final report bars the candidacy now. It bars the collective itself and, if the frozen
 * regulation says so, the unit's people too.
 */
function isReportMissing(round: Round, subject: Subject): boolean {
  const { campaignId, closingVersion } = round
  if ('unitId' in subject) return isFinalReportMissing(campaignId, subject.unitId)
  const frozen = prepared<{ unitId: number; regulationId: number }>(
    `select a.unit_id as unitId, c.regulation_id as regulationId from official_assessment a, closing c
      where c.id = ? and a.campaign_id = c.campaign_id and a.official_id = ? and a.from_version <= ?
        and (a.to_version is null or a.to_version > ?)`,
  ).get(round.closingId, subject.officialId, closingVersion, closingVersion)
  if (!frozen || !regulationOf(frozen.regulationId).regulation.collectiveBarsMembers) return false
  return isFinalReportMissing(campaignId, frozen.unitId)
}

function isInOtherRound(round: Round, kind: CandidateKind, subject: Subject): boolean {
  const [column, id] = 'officialId' in subject ? ['official_id', subject.officialId] : ['unit_id', subject.unitId]
  return (
    prepared(
      `select 1 from candidate c join round r on r.id = c.round_id
        where r.campaign_id = ? and r.kind = ? and r.id <> ? and c.kind = ? and c.${column} = ? and c.ended is null limit 1`,
    ).get(round.campaignId, round.kind, round.id, kind, id) !== undefined
  )
}

/** A candidate's way so far, in order; who took each step by name. */
export function stepsOf(candidateId: number) {
  return db
    .select({
      id: candidateStep.id,
      stage: candidateStep.stage,
      action: candidateStep.action,
      reason: candidateStep.reason,
      votesFor: candidateStep.votesFor,
      votesTotal: candidateStep.votesTotal,
      takenAt: candidateStep.takenAt,
      takenBy: account.displayName,
    })
    .from(candidateStep)
    .innerJoin(account, eq(account.id, candidateStep.takenBy))
    .where(eq(candidateStep.candidateId, candidateId))
    .orderBy(asc(candidateStep.id))
    .all()
}

/** Returns a candidate with its round, for permitted actors; undefined if not visible. */
export function findCandidate(
  actor: Actor,
  campaignId: number,
  { roundId, candidateId }: { roundId: number; candidateId: number },
) {
  const round = roundById(campaignId, roundId)
  const row = round && candidateRows(and(eq(candidate.id, candidateId), eq(candidate.roundId, roundId)))[0]
  if (!row) return undefined
  const target = candidateTarget(row)
  return can(actor, viewOf(round.kind), target) ? { ...row, round, target } : undefined
}

/** The frozen figures of a candidate; null: from outside the rosters, or not in that version. */
export function frozenFiguresOf(actor: Actor, round: Round, row: Candidate) {
  if (row.kind === 'official' && row.officialId !== null) {
    const frozen = frozenOfficial(actor, round.closingId, row.officialId)
    return frozen ? { of: 'person' as const, frozen } : null
  }
  if (row.kind !== 'collective') return null
  const frozen = frozenCollective(actor, round.closingId, row.unitId)
  return frozen ? { of: 'collective' as const, frozen } : null
}

/** Counted records of an official by what each rests on; counts only, no citizen. */
export function basesOfOfficial(campaignId: number, officialId: number): Partial<Record<CountingBasis, number>> {
  const rows = prepared<{ basis: CountingBasis; count: number }>(
    `select basis, count(*) as count from help
      where campaign_id = ? and official_id = ? and ${IS_COUNTED} and basis is not null group by basis`,
  ).all(campaignId, officialId)
  return Object.fromEntries(rows.map(({ basis, count }) => [basis, count]))
}

/** Returns concluded inspections with an official's records; only the head may see how their signals were answered. */
export function inspectionsOfOfficial(campaignId: number, officialId: number) {
  return prepared<{ inspectionId: number; concludedAt: number; drawn: number; held: number; untrue: number }>(
    `select i.id as inspectionId, i.concluded_at as concludedAt, count(*) as drawn,
            sum(p.result = 'true') as held, sum(p.result = 'untrue' and p.overturned_at is null) as untrue
       from inspection_pick p join inspection i on i.id = p.inspection_id join help h on h.id = p.help_id
      where i.campaign_id = ? and h.official_id = ? and i.concluded_at is not null
      group by i.id order by i.concluded_at`,
  ).all(campaignId, officialId)
}

/** Counts the citizens' answers about an official's records, without those set aside. */
export function answersOfOfficial(campaignId: number, officialId: number): { all: number; yes: number } {
  return prepared<{ all: number; yes: number }>(
    `select count(*) as "all", coalesce(sum(a.answer = 'yes'), 0) as yes from citizen_answer a join help h on h.id = a.help_id
      where h.campaign_id = ? and h.official_id = ? and a.set_aside_at is null`,
  ).one(campaignId, officialId)
}
