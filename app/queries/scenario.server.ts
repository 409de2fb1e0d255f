import { and, desc, eq, inArray } from 'drizzle-orm'
import { type Actor, permit } from '#app/access/policy.ts'
import { within } from '#app/access/scope.server.ts'
import {
  assessFrozenCollective,
  assessFrozenOfficial,
  type FrozenOfficial,
  isBarred,
  isProvisional,
  type StoredCollective,
} from '#app/domain/closing.ts'
import { notFound } from '#app/domain/refusal.ts'
import { differencesOf, readingOf, type ScenarioParameters } from '#app/domain/scenario.ts'
import type { CollectiveResult, OfficialResult } from '#app/domain/vocabulary.ts'
import { db, transact } from '#db/client.server.ts'
import { account, closing, official, scenario, unit } from '#db/schema.ts'
import { campaignNow } from './clock.server.ts'
import { type ClosingSummary, closingForJob, findClosing, type Moved } from './closing.server.ts'
import { MemberTree } from './closing-freeze.server.ts'
import { frozenPage, validCollectives } from './closing-rows.server.ts'
import { logEvent } from './event.server.ts'
import { startJob } from './job.server.ts'
import { regulationOf } from './judging/index.server.ts'
import { unitIdOn } from './official-posting.server.ts'
import { inTurn } from './retry.server.ts'
import { rootUnit } from './unit.server.ts'
import { unitTitles } from './unit-title.server.ts'

/** Moves between lists; `moves` counts all, `movers` names the first thousands by id. */
type Moves<Result> = {
  before: Partial<Record<Result & string, number>>
  after: Partial<Record<Result & string, number>>
  moves: Moved<Result>[]
  movers: { id: number; from: Result; to: Result }[]
}
type ScenarioResult = { officials: Moves<OfficialResult>; collectives: Moves<CollectiveResult> }

const MOST_MOVERS = 5000

function permitComputing(actor: Actor) {
  permit(actor, 'scenario.compute', { unitPath: rootUnit().path })
}

/**
 * Saves a replay of a frozen closing under other parameters and starts its job; returns both. Changes no round and no
 * assessment. 404 where the closing is not there or not frozen.
 */
export function createScenario(
  actor: Actor,
  campaignId: number,
  { closingId, name, parameters }: { closingId: number; name: string; parameters: ScenarioParameters },
): { scenarioId: number; jobId: number } {
  permitComputing(actor)
  const of = findClosing(campaignId, closingId)
  if (!of || of.frozenAt === null || actor.kind !== 'person') throw notFound()
  const differences = differencesOf(parameters, regulationOf(of.regulationId).regulation)
  const { accountId } = actor
  return transact(tx => {
    const { id } = tx
      .insert(scenario)
      .values({
        closingId,
        name,
        parameters: JSON.stringify(differences),
        createdAt: campaignNow(),
        createdBy: accountId,
      })
      .returning({ id: scenario.id })
      .get()
    logEvent(tx, actor, {
      verb: 'create',
      subject: 'scenario',
      subjectId: id,
      campaignId,
      data: { closingId, differences },
    })
    return { scenarioId: id, jobId: startJob(actor, 'replay', { campaignId, scenarioId: id }) }
  })
}

const COLUMNS = {
  id: scenario.id,
  name: scenario.name,
  parameters: scenario.parameters,
  createdAt: scenario.createdAt,
  createdBy: account.displayName,
  result: scenario.result,
  closingId: closing.id,
  version: closing.version,
  regulationId: closing.regulationId,
  closingStartedAt: closing.startedAt,
  closingSummary: closing.summary,
}

function rowsOf(actor: Actor, campaignId: number, scenarioId?: number) {
  permitComputing(actor)
  return db
    .select(COLUMNS)
    .from(scenario)
    .innerJoin(closing, eq(closing.id, scenario.closingId))
    .innerJoin(account, eq(account.id, scenario.createdBy))
    .where(and(eq(closing.campaignId, campaignId), scenarioId === undefined ? undefined : eq(scenario.id, scenarioId)))
    .orderBy(desc(scenario.id))
    .limit(100)
    .all()
    .map(({ parameters, result, closingSummary, ...row }) => ({
      ...row,
      isProvisional: isProvisional(
        { version: row.version, on: (JSON.parse(closingSummary) as ClosingSummary).on },
        regulationOf(row.regulationId).regulation,
      ),
      differences: JSON.parse(parameters) as Partial<ScenarioParameters>,
      result: result === null ? null : (JSON.parse(result) as ScenarioResult),
      /** a rehearsal that was recomputed since is not the one that this replay used */
      isOutdated: row.version === 0 && row.closingStartedAt > row.createdAt,
    }))
}

/** The replays of a campaign, the newest first. */
export function listScenarios(actor: Actor, campaignId: number) {
  return rowsOf(actor, campaignId)
}

/** One replay; undefined where the campaign has none of that id. */
export function findScenario(actor: Actor, campaignId: number, scenarioId: number) {
  return rowsOf(actor, campaignId, scenarioId)[0]
}

/** Returns names and units of officials whom the actor may see; others are left out. */
export function namesOf(actor: Actor, officialIds: readonly number[], day: string) {
  const rows = db
    .select({ id: official.id, name: official.name, unitId: unit.id })
    .from(official)
    .innerJoin(unit, eq(unit.id, unitIdOn(official.id, day)))
    .where(
      and(
        inArray(official.id, [...officialIds]),
        within(actor, 'assessment.view', {
          unitPath: unit.path,
          guardPath: unit.guardPath,
          officialId: official.id,
        }),
      ),
    )
    .all()
  const titleOf = unitTitles(rows.map(row => row.unitId))
  return new Map(rows.map(row => [row.id, { ...row, unitName: titleOf(row.unitId) }]))
}

/** Titles of units by their ids. */
export function unitNamesOf(unitIds: readonly number[]): Map<number, string> {
  const titleOf = unitTitles(unitIds)
  return new Map(unitIds.map(id => [id, titleOf(id)]))
}

/**
 * Computes a replay: assesses every frozen official and collective once more under the scenario's parameters, and
 * compares with the frozen results. Writes only the scenario's own row. A restart begins from the first row.
 */
export async function computeScenario(scenarioId: number, progress: (done: number, total: number) => void) {
  const row = db.select().from(scenario).where(eq(scenario.id, scenarioId)).get()
  const of = row && closingForJob(row.closingId)
  if (!row || !of) return
  const { campaignId, version } = of
  const { regulation } = regulationOf(of.regulationId)
  const reading = readingOf(regulation, JSON.parse(row.parameters) as Partial<ScenarioParameters>)
  const stored = validCollectives(campaignId, version).map(({ facts, ...rest }) => ({
    ...rest,
    facts: JSON.parse(facts) as StoredCollective,
  }))
  const barred = new Set(stored.filter(({ facts }) => isBarred(facts)).map(({ unitId }) => unitId))
  const officials = new Ledger<OfficialResult>()
  const collectives = new Ledger<CollectiveResult>()
  const sums = new MemberTree()
  const total = Object.values(of.summary.officials ?? {}).reduce((sum, count) => sum + count, 0) + stored.length
  let done = 0
  for (let rows = frozenPage(campaignId, version, 0); rows.length > 0; ) {
    for (const { officialId, result, facts } of rows) {
      const frozen = JSON.parse(facts) as FrozenOfficial
      const { standing, result: to } = assessFrozenOfficial(frozen, reading, barred.has(frozen.unitId))
      sums.add(frozen, standing)
      officials.note(officialId, result, to)
    }
    done += rows.length
    await inTurn(() => progress(done, total))
    rows = frozenPage(campaignId, version, rows.at(-1)?.officialId ?? 0)
  }
  for (const { unitId, result, facts } of stored)
    collectives.note(unitId, result, assessFrozenCollective(facts, sums.get(unitId) ?? facts.sums, reading).result)
  const result: ScenarioResult = { officials: officials.close(), collectives: collectives.close() }
  await inTurn(() => {
    db.update(scenario)
      .set({ result: JSON.stringify(result) })
      .where(eq(scenario.id, scenarioId))
      .run()
  })
}

/** Counts the lists before and after, and who moves between them. */
class Ledger<Result extends string> {
  private readonly before: Partial<Record<Result, number>> = {}
  private readonly after: Partial<Record<Result, number>> = {}
  private readonly counts = new Map<string, Moved<Result> & { from: Result }>()
  private readonly movers: { id: number; from: Result; to: Result }[] = []

  note(id: number, from: Result, to: Result) {
    this.before[from] = (this.before[from] ?? 0) + 1
    this.after[to] = (this.after[to] ?? 0) + 1
    if (from === to) return
    const key = `${from} ${to}`
    const move = this.counts.get(key) ?? { from, to, count: 0 }
    move.count += 1
    this.counts.set(key, move)
    if (this.movers.length < MOST_MOVERS) this.movers.push({ id, from, to })
  }

  close(): Moves<Result> {
    const moves = [...this.counts.values()].sort((a, b) => b.count - a.count)
    return { before: this.before, after: this.after, moves, movers: this.movers }
  }
}
