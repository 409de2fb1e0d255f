import { setImmediate } from 'node:timers/promises'
import type { Actor } from '#app/access/policy.ts'
import { subtreeEnd } from '#app/access/scope.server.ts'
import type { AssessmentReason } from '#app/domain/assessment.ts'
import type { Day } from '#app/domain/calendar.ts'
import {
  assessFrozenCollective,
  assessFrozenOfficial,
  type FrozenOfficial,
  type MemberSums,
  type StoredCollective,
} from '#app/domain/closing.ts'
import { compareCandidates, isCollective, type RankFacts } from '#app/domain/round.ts'
import { partBases, type RestsOn, type Standing } from '#app/domain/standing.ts'
import { prepared, transact } from '#db/client.server.ts'
import { earlierAwards } from './award.server.ts'
import { type Candidate, isSealed, listCandidates } from './candidate.server.ts'
import { roundOf } from './candidate-step.server.ts'
import { logEvent } from './event.server.ts'
import { IS_COUNTED, IS_VERIFIED, regulationOf } from './judging/index.server.ts'
import { formerUnits } from './official-posting.server.ts'
import type { Round } from './round.server.ts'

/** Counted records of one official: ids, those verified among them, and the day on which the target was reached. */
type RecordSources = { counted: number[]; verified: number[]; completedOn: Day | null }

/** A candidate with the data that a list prints; `standing` and `sums` null: no figures. */
export type ListedCandidate = Candidate & {
  position: string
  /** the unit where they worked for at least half of the campaign before the cut-off; null: no other unit */
  formerUnit: string | null
  standing: Standing | null
  sums: MemberSums | null
  reported: number | null
  reasons: AssessmentReason[]
  obligations: OwnParts | null
  sources: RecordSources
  /** khen thưởng đã có; null: none is on record, and nobody was asked */
  earlierAwards: readonly string[] | null
  completedOn: Day | null
}

/** A person's own parts: how many are met of those borne, and what each rests on. */
type OwnParts = { met: number; borne: number; bases: RestsOn[] }

/** How many candidates are read before other requests get a turn. */
const CHUNK = 250

/**
 * Returns the list of a round as far as the actor may see it, in the order of domain 9. It contains candidates passed
 * on by home affairs (`isWhole`: everybody under way), with frozen figures and the ids of their records. Read in
 * chunks.
 */
export async function collectRound(
  actor: Actor,
  campaignId: number,
  { roundId, isWhole }: { roundId: number; isWhole: boolean },
): Promise<{ round: Round; persons: ListedCandidate[]; collectives: ListedCandidate[] }> {
  const round = roundOf(campaignId, roundId)
  const rows = listCandidates(actor, round).filter(
    ({ stage, ended }) => isWhole || ended === 'decide' || stage === 'council' || stage === 'decision',
  )
  const listed: ListedCandidate[] = []
  for (let n = 0; n < rows.length; n += CHUNK) {
    listed.push(...listOf(round, rows.slice(n, n + CHUNK)))
    await setImmediate()
  }
  const ordered = ranked(round, listed)
  return {
    round,
    persons: ordered.filter(({ kind }) => kind === 'official' || kind === 'outside_person'),
    collectives: ordered.filter(({ kind }) => kind === 'collective' || kind === 'outside_collective'),
  }
}

/** Returns the facts that rank a candidate. */
export function rankFactsOf(row: ListedCandidate): RankFacts {
  return {
    kind: row.kind,
    isWoman: row.sex === 'female',
    women: row.sums?.women ?? 0,
    officials: row.sums?.officials ?? 0,
    counted: row.standing?.counts.counted ?? row.sums?.counted ?? null,
    target: row.standing?.target ?? row.sums?.target ?? 0,
    verified: row.standing?.counts.verified ?? row.sums?.verified ?? 0,
    completedOn: row.completedOn,
  }
}

/**
 * Candidates as their lists print them: collectives, people, each sealed annex, each in the order of domain 9; once decided,
 * in that of their numbers in the register, which followed the lists of that day.
 */
export const inListOrder = (of: Round, rows: readonly Candidate[]): ListedCandidate[] => ranked(of, listOf(of, rows))

/** Collectives, then people, then each command's annex by form of award, whose numbers in the register are a range. */
const partOf = (row: Candidate) =>
  isCollective(row.kind) ? '0' : isSealed(row) ? `2 ${row.guardPath} ${row.form}` : '1'
const compareParts = (a: string, b: string) => Number(a > b) - Number(a < b)

function ranked(of: Pick<Round, 'isDecided'>, rows: readonly ListedCandidate[]): ListedCandidate[] {
  const numberOf = ({ certificateNumber }: Candidate) =>
    of.isDecided && certificateNumber !== null ? Number(certificateNumber) : null
  return rows.toSorted((a, b) => {
    const [first, second] = [numberOf(a), numberOf(b)]
    if (first !== null && second !== null) return first - second
    return compareParts(partOf(a), partOf(b)) || compareCandidates(rankFactsOf(a), rankFactsOf(b)) || a.id - b.id
  })
}

/** Candidates with their figures; some at a time. */
export function listOf(round: Round, rows: readonly Candidate[]): ListedCandidate[] {
  const { campaignId } = round
  const { regulation } = regulationOf(regulationIdOf(round))
  const officialIds = rows.flatMap(row => (row.kind === 'official' && row.officialId !== null ? [row.officialId] : []))
  const unitIds = rows.flatMap(row => (row.kind === 'collective' ? [row.unitId] : []))
  const persons = frozenFacts<FrozenOfficial>(round, 'official_assessment', 'official_id', officialIds)
  const collectives = frozenFacts<StoredCollective>(round, 'collective_assessment', 'unit_id', unitIds)
  const awards = earlierAwards(campaignId, { officialIds, unitIds })
  const targets = new Map<number, number | null>()
  const standings = new Map(
    [...persons].map(([id, facts]) => {
      const assessed = assessFrozenOfficial(facts, { regulation, countsAny: false }, false)
      targets.set(id, assessed.standing.target)
      return [id, assessed]
    }),
  )
  const sources = sourcesOf(campaignId, targets)
  const positions = positionsOf(officialIds)
  const former = formerUnits(officialIds, regulation)
  return rows.map((row): ListedCandidate => {
    const base = {
      ...row,
      position: '',
      formerUnit: null,
      standing: null,
      sums: null,
      reported: null,
      reasons: [],
      obligations: null,
      sources: { counted: [], verified: [], completedOn: null },
      earlierAwards: row.outside?.awards ?? null,
      completedOn: null,
    }
    if (row.kind === 'official' && row.officialId !== null) {
      const assessed = standings.get(row.officialId)
      if (!assessed) return base
      const { standing, reasons } = assessed
      const own = sources.get(row.officialId) ?? base.sources
      return {
        ...base,
        position: positions.get(`${row.officialId}:${row.unitId}`) ?? '',
        formerUnit: former.get(row.officialId) ?? null,
        standing,
        reasons,
        reported: standing.counts.reported,
        obligations: partsOf(standing),
        sources: own,
        completedOn: own.completedOn,
        earlierAwards: awards.ofOfficial.get(row.officialId) ?? null,
      }
    }
    const stored = row.kind === 'collective' ? collectives.get(row.unitId) : undefined
    if (!stored) return base
    const { sums, ...own } = stored
    return {
      ...base,
      sums,
      reasons: assessFrozenCollective(own, sums, { regulation }).reasons,
      reported: sums.reported,
      completedOn: completionOf(round, row.unitPath, sums.target),
      earlierAwards: awards.ofUnit.get(row.unitId) ?? null,
    }
  })
}

/**
 * The day on which a collective's people reached the sum of their targets: the records of those frozen in it, wherever
 * they were made. Null: never, or no target.
 */
function completionOf({ campaignId, closingVersion }: Round, unitPath: string, target: number): Day | null {
  if (target <= 0) return null
  const rows = prepared<{ day: Day; count: number }>(
    `select h.helped_on as day, count(*) as count from official_assessment a join unit u on u.id = a.unit_id
       join help h on h.campaign_id = a.campaign_id and h.official_id = a.official_id and ${IS_COUNTED}
      where a.campaign_id = @campaignId and a.from_version <= @version
        and (a.to_version is null or a.to_version > @version) and u.path >= @from and u.path < @end
      group by h.helped_on order by h.helped_on`,
  ).all({ campaignId, version: closingVersion, from: unitPath, end: subtreeEnd(unitPath) })
  let counted = 0
  for (const { day, count } of rows) {
    counted += count
    if (counted >= target) return day
  }
  return null
}

/** Parts of the own obligations that are met, of those borne, with what they rest on; null: none is borne. */
function partsOf({ parts }: Standing): OwnParts | null {
  const bases = partBases(parts)
  if (bases.length === 0) return null
  return { met: bases.filter(({ basis }) => basis !== null).length, borne: bases.length, bases }
}

function regulationIdOf({ closingId }: Round): number {
  const row = prepared<{ id: number }>('select regulation_id as id from closing where id = ?').one(closingId)
  return row.id
}

function frozenFacts<Facts>(
  { campaignId, closingVersion }: Round,
  table: 'official_assessment' | 'collective_assessment',
  column: 'official_id' | 'unit_id',
  ids: readonly number[],
): Map<number, Facts> {
  const rows = prepared<{ id: number; facts: string }>(
    `select ${column} as id, facts from ${table} where campaign_id = ? and ${column} in (select value from json_each(?))
        and from_version <= ? and (to_version is null or to_version > ?)`,
  ).all(campaignId, JSON.stringify(ids), closingVersion, closingVersion)
  return new Map(rows.map(({ id, facts }) => [id, JSON.parse(facts) as Facts]))
}

/** The counted records of officials, by official: what a printed figure leads back to. No citizen is read. */
function sourcesOf(campaignId: number, targets: ReadonlyMap<number, number | null>): Map<number, RecordSources> {
  const rows = prepared<{ id: number; officialId: number; helpedOn: Day; isVerified: number }>(
    `select id, official_id as officialId, helped_on as helpedOn, ${IS_VERIFIED} as isVerified from help
      where campaign_id = ? and official_id in (select value from json_each(?)) and ${IS_COUNTED}
      order by official_id, helped_on, id`,
  ).all(campaignId, JSON.stringify([...targets.keys()]))
  const sources = new Map<number, RecordSources>()
  for (const { id, officialId, helpedOn, isVerified } of rows) {
    const own = sources.get(officialId) ?? { counted: [], verified: [], completedOn: null }
    own.counted.push(id)
    if (isVerified) own.verified.push(id)
    if (own.counted.length === targets.get(officialId)) own.completedOn = helpedOn
    sources.set(officialId, own)
  }
  return sources
}

/** Positions at each unit where these officials were posted, the latest. */
function positionsOf(officialIds: readonly number[]): Map<string, string> {
  const rows = prepared<{ officialId: number; unitId: number; position: string }>(
    `select official_id as officialId, unit_id as unitId, position from posting
      where official_id in (select value from json_each(?)) order by from_on`,
  ).all(JSON.stringify(officialIds))
  return new Map(rows.map(({ officialId, unitId, position }) => [`${officialId}:${unitId}`, position]))
}

/** Returns the province's totals of the frozen version behind a round; no personal data. */
export function frozenTotals({ campaignId, closingVersion }: Round) {
  return prepared<{ officials: number; eligible: number; reported: number; counted: number; verified: number }>(
    `select count(*) as officials, coalesce(sum(result = 'eligible'), 0) as eligible,
            coalesce(sum(facts ->> '$.counts.reported'), 0) as reported,
            coalesce(sum(facts ->> '$.counts.counted'), 0) as counted,
            coalesce(sum(facts ->> '$.counts.verified'), 0) as verified
       from official_assessment where campaign_id = ? and from_version <= ? and (to_version is null or to_version > ?)`,
  ).one(campaignId, closingVersion, closingVersion)
}

/** Notes that a document or list of a round was taken out: which, by whom, how many rows. */
export function logRoundExport(
  actor: Actor,
  campaignId: number,
  { roundId, document, rows }: { roundId: number; document: string; rows: number },
) {
  transact(tx =>
    logEvent(tx, actor, { verb: 'export', subject: 'round', subjectId: roundId, campaignId, data: { document, rows } }),
  )
}
