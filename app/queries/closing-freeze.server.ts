import type { Actor } from '#app/access/policy.ts'
import type { Day } from '#app/domain/calendar.ts'
import {
  addMember,
  assessFrozenCollective,
  assessFrozenOfficial,
  canonical,
  type FrozenCollective,
  type FrozenOfficial,
  isBarred,
  type MemberSums,
  noMembers,
  type Reading,
  type StoredCollective,
} from '#app/domain/closing.ts'
import type { Regulation } from '#app/domain/regulation.ts'
import type { CollectiveResult, OfficialResult, Sex } from '#app/domain/vocabulary.ts'
import { prepared, snapshot, transact } from '#db/client.server.ts'
import { campaignNow } from './clock.server.ts'
import type { Closing, ClosingSummary } from './closing.server.ts'
import { movedCounts } from './closing-moves.server.ts'
import { beginHash, frozenPage, validCollectives } from './closing-rows.server.ts'
import { unitEvidence } from './collective-assessment.server.ts'
import { logEvent } from './event.server.ts'
import {
  datedFactsOf,
  dueProcessOn,
  failedInspections,
  gatesOn,
  gatherFacts,
  regulationOf,
} from './judging/index.server.ts'
import { inTurn } from './retry.server.ts'
import { inSteps, nowAndThen, Pace, rowsInSteps } from './steps.server.ts'

type Progress = (done: number, total: number) => void

/** Rows of officials or collectives that the first step stores, and that any stores at most. */
const FIRST_ROWS = 20
const MOST_ROWS = 1000
/**
 * How long a step's own work is meant to hold the writer (ms). Officials' rows are of very different length, and on a busy
 * machine a step is held up: nobody waits for a close as they wait for a page.
 */
const FREEZE_AIM_MS = 3
/** Officials or collectives who are read, assessed and compared together; no more are left for the last reading. */
const CHUNK = 200

const freezePace = () => new Pace(FIRST_ROWS, MOST_ROWS, FREEZE_AIM_MS)

/** Within this long (ms) after the instant that it names as its own a write is there to be read. */
const SETTLED_MS = 500

type Run = {
  actor: Actor
  closing: Closing
  regulation: Regulation
  reading: Reading
  /** the closing's day, on which due process and gates are weighed */
  on: Day
  /** units out of consideration, as the officials' rows are computed with */
  barred: ReadonlySet<number>
}

/**
 * Computes a closing to its end, from its last saved step. First freezes all officials posted at the cut-off, chunk
 * by chunk in the order of ids. Then freezes once more those refreshed meanwhile, so that all facts are of one moment.
 * Last come the collectives, from the frozen rows of their people, and the hash over everything.
 *
 * Pages stay usable: rows are computed and compared with those that hold while others may write, and a step stores those
 * that differ alone. If a worker dies, another continues after the last step.
 */
export async function freezeClosing(actor: Actor, closing: Closing, progress: Progress) {
  if (closing.frozenAt !== null) return
  const { campaignId } = closing
  const { regulation } = regulationOf(closing.regulationId)
  const { on } = closing.summary
  const total = countPeople(campaignId) + unitsInOrder(regulation.endsOn).length
  let run: Run = {
    actor,
    closing,
    regulation,
    reading: { regulation, countsAny: false },
    on,
    barred: new Set(closing.summary.barred ?? barredUnits(campaignId, on, regulation)),
  }

  const tell = nowAndThen(progress)
  let done = countPeople(campaignId, closing.summary.cursor)
  const changed = new ChangedRows(closing, 'official', {
    // read before the lock is taken: officials who change in between count as refreshed, and are assessed again at the
    // end
    idsAfter: after => peopleAfter(campaignId, after, CHUNK),
    nextOf: ids => assessPeople(run, ids),
    from: closing.summary.cursor,
  })
  await inSteps(freezePace(), {
    take: most => changed.take(most),
    write: ({ rows, last }) => {
      if (rows.length > 0)
        transact(() => {
          for (const next of rows) storeOfficial(closing, next)
          saveSummary(closing.id, { ...closing.summary, cursor: last, barred: [...run.barred] })
        })
      return rows.length
    },
    passed: step => {
      changed.pass(step)
      done += step.read
    },
    told: () => tell(done, total),
  })

  const evidence = await catchUp(run, barred => {
    run = { ...run, barred }
    return run
  })
  const { sums, hash, officials } = await readOfficials(run, () => tell(done, total))

  const collectives = counter<CollectiveResult>()
  const held = validCollectives(campaignId, closing.version).map(row => row.unitId)
  const units = [...new Set([...unitsInOrder(regulation.endsOn), ...held])].sort((a, b) => a - b)
  const moved = new ChangedRows(closing, 'collective', {
    idsAfter: after => units.filter(unitId => unitId > after).slice(0, CHUNK),
    nextOf: ids => ids.map(unitId => assessUnit(run, unitId, { frozen: evidence(unitId), sums: sums.get(unitId) })),
  })
  await inSteps(freezePace(), {
    take: most => moved.take(most),
    write: ({ rows }) => {
      if (rows.length > 0)
        transact(() => {
          for (const next of rows) storeCollective(closing, next)
        })
      return rows.length
    },
    passed: step => {
      moved.pass(step)
      done += step.read
    },
    told: () => tell(done, total),
  })
  for (const row of validCollectives(campaignId, closing.version)) {
    hash.update(`collective ${row.unitId} ${row.result} ${row.facts}\n`)
    collectives.add(row.result)
  }
  const digest = hash.digest('hex')
  // counted before the lock is asked for: over the whole province it takes seconds, and the write may be tried again
  const moves = closing.version === 1 ? undefined : movedCounts(closing)
  const outcome = { officials: officials.counts, collectives: collectives.counts, moved: moves, hash: digest }
  await inTurn(() => finish(run, outcome))
}

type Held = { fromVersion: number; result: string; facts: string }
/** What is to hold of an official or collective; without facts: there is nothing to assess any more. */
type Next = { id: number } | { id: number; unitId: number; result: OfficialResult | CollectiveResult; facts: string }

/** True where storing `next` would change nothing: the same row holds, or none does and none is to. */
function isHeld(next: Next, held: Held | undefined): boolean {
  if (!('facts' in next)) return held === undefined
  return held !== undefined && held.facts === next.facts && held.result === next.result
}

/** A part of the changed rows: `last`: the id behind which the next one begins; `read`: how many ids it is about. */
type ChangedPart = { rows: readonly Next[]; last: number; read: number }

/**
 * Walks over officials or collectives in the order of ids, a chunk at a time: computes what is to hold of each and compares
 * it with what does. Hands out those that differ, a few at a time; the same ones until they are passed.
 */
class ChangedRows {
  /** of the chunk what is not passed yet: its ids, and those of its rows that differ */
  private ids: readonly number[] = []
  private rows: readonly Next[] = []
  private last: number

  constructor(
    private readonly closing: Closing,
    private readonly kind: Subject['kind'],
    private readonly of: {
      idsAfter: (after: number) => readonly number[]
      nextOf: (ids: readonly number[]) => readonly Next[]
      from?: number
    },
  ) {
    this.last = of.from ?? 0
  }

  /** The next `most` rows at most, none where a whole chunk is as it was; undefined at the end. */
  take(most: number): ChangedPart | undefined {
    if (this.ids.length === 0) {
      this.ids = this.of.idsAfter(this.last)
      this.rows = changedOf(this.closing, this.kind, this.of.nextOf(this.ids))
    }
    const end = this.ids.at(-1)
    if (end === undefined) return undefined
    const rows = this.rows.slice(0, most)
    const last = rows.length < this.rows.length ? (rows.at(-1)?.id ?? end) : end
    return { rows, last, read: this.ids.filter(id => id <= last).length }
  }

  /** Goes on behind a part that was stored. */
  pass({ rows, last }: ChangedPart) {
    this.ids = this.ids.filter(id => id > last)
    this.rows = this.rows.slice(rows.length)
    this.last = last
  }
}

/** Computes the officials' rows from the present facts, read for all together; writes nothing. */
function assessPeople(run: Run, officialIds: readonly number[]): Next[] {
  const frozenOf = frozenFactsOf(run, officialIds)
  return officialIds.map(officialId => {
    const frozen = frozenOf(officialId)
    if (!frozen) return { id: officialId }
    const { result } = assessFrozenOfficial(frozen, run.reading, run.barred.has(frozen.unitId))
    return { id: officialId, unitId: frozen.unitId, result, facts: canonical(frozen) }
  })
}

/** Returns the frozen facts of each official; undefined for officials without a posting at the cut-off. */
function frozenFactsOf({ closing: { campaignId }, regulation, on }: Run, officialIds: readonly number[]) {
  const gathered = gatherFacts(campaignId, officialIds, regulation)
  const failed = failedInspections(campaignId, officialIds)
  const datedOf = datedFactsOf(campaignId, officialIds, on, regulation)
  const people = prepared<{ id: number; sex: Sex | null }>(
    'select id, sex from official where id in (select value from json_each(?))',
  ).all(JSON.stringify(officialIds))
  const sexes = new Map(people.map(({ id, sex }) => [id, sex]))
  return (officialId: number): FrozenOfficial | undefined => {
    const facts = gathered.get(officialId)
    if (!facts?.place) return undefined
    const { place, decided, counts, parts, exemptParts } = facts
    return {
      unitId: place.unitId,
      category: place.category as FrozenOfficial['category'],
      isLeader: place.isLeader === 1,
      sex: sexes.get(officialId) ?? null,
      decided,
      counts,
      parts,
      exemptParts: [...exemptParts].sort(),
      failedInspections: failed.get(officialId) ?? 0,
      ...datedOf(officialId),
    }
  }
}

/** Where the rows of officials and of collectives are: their table, its key's column, and how a row is dropped or ended. */
const ROWS = {
  official: {
    table: 'official_assessment',
    key: 'official_id',
    drop: 'delete from official_assessment',
    end: 'update official_assessment set to_version = @version',
  },
  collective: {
    table: 'collective_assessment',
    key: 'unit_id',
    drop: 'delete from collective_assessment',
    end: 'update collective_assessment set to_version = @version',
  },
} as const
type Subject = { kind: keyof typeof ROWS; id: number }

/** Matches the rows of `table` that hold in a version. */
const HOLDS = 'campaign_id = @campaignId and from_version <= @version and (to_version is null or to_version > @version)'

/** Those of the computed rows that are not held as they are. */
function changedOf(closing: Closing, kind: Subject['kind'], next: readonly Next[]): Next[] {
  const { table, key } = ROWS[kind]
  const { campaignId, version } = closing
  const rows = prepared<Held & { id: number }>(
    `select ${key} as id, from_version as fromVersion, result, facts from ${table}
      where ${HOLDS} and ${key} in (select value from json_each(@ids))`,
  ).all({ campaignId, version, ids: JSON.stringify(next.map(({ id }) => id)) })
  const held = new Map(rows.map(row => [row.id, row]))
  return next.filter(row => !isHeld(row, held.get(row.id)))
}

/** Ends the row that holds where `next` is another, and stores `next` by `insert`, from this version on. */
function replaceRow({ campaignId, version }: Closing, { kind, id }: Subject, next: Next, insert: () => void) {
  const { table, key, drop, end } = ROWS[kind]
  const held = prepared<Held>(
    `select from_version as fromVersion, result, facts from ${table} where ${HOLDS} and ${key} = @id`,
  ).get({ campaignId, version, id })
  if (isHeld(next, held)) return
  if (held)
    prepared(
      `${held.fromVersion === version ? drop : end}
        where campaign_id = @campaignId and ${key} = @id and from_version = @fromVersion`,
    ).run({ campaignId, id, fromVersion: held.fromVersion, version })
  insert()
}

/** Until which version a row holds that begins with this one; null: it is not known. A rehearsal's hold for it alone. */
const endOf = ({ version }: Closing) => (version === 0 ? 1 : null)

function storeOfficial(closing: Closing, next: Next) {
  const { campaignId, version } = closing
  replaceRow(closing, { kind: 'official', id: next.id }, next, () => {
    if (!('facts' in next)) return
    prepared(
      `insert into official_assessment (campaign_id, official_id, from_version, to_version, unit_id, result, facts)
       values (?, ?, ?, ?, ?, ?, ?)`,
    ).run(campaignId, next.id, version, endOf(closing), next.unitId, next.result, next.facts)
  })
}

/** Computes a collective's row from its own facts and the sums of its people; without them there is none. */
function assessUnit(
  { reading }: Run,
  unitId: number,
  { frozen, sums }: { frozen: FrozenCollective | undefined; sums: MemberSums | undefined },
): Next {
  if (!frozen || !sums) return { id: unitId }
  const stored: StoredCollective = { ...frozen, sums }
  return {
    id: unitId,
    unitId,
    result: assessFrozenCollective(stored, stored.sums, reading).result,
    facts: canonical(stored),
  }
}

function storeCollective(closing: Closing, next: Next) {
  const { campaignId, version } = closing
  replaceRow(closing, { kind: 'collective', id: next.id }, next, () => {
    if (!('facts' in next)) return
    prepared(
      `insert into collective_assessment (campaign_id, unit_id, from_version, to_version, result, facts)
       values (?, ?, ?, ?, ?, ?)`,
    ).run(campaignId, next.id, version, endOf(closing), next.result, next.facts)
  })
}

/**
 * Freezes again the officials refreshed since the computation began, repeatedly until few are left. Those are read
 * together with the collectives' own facts from one state of the database, and then written. So everything frozen is
 * of one moment. If a collective meanwhile becomes barred, or no longer is, its people are frozen again too.
 */
async function catchUp(run: Run, rebar: (barred: Set<number>) => Run): Promise<CollectiveFactsOf> {
  const { campaignId } = run.closing
  const pace = freezePace()
  let { since } = run.closing.summary
  for (;;) {
    const mark = Date.now()
    const late = refreshedSince(campaignId, since)
    if (late.length <= CHUNK) break
    for (let start = 0; start < late.length; start += CHUNK)
      await storeInSteps(run, assessPeople(run, late.slice(start, start + CHUNK)), pace)
    // a write names its instant a moment before it is there to be read
    since = mark - SETTLED_MS
  }
  const { rows, evidence } = snapshot(() => {
    const barred = new Set(barredUnits(campaignId, run.on, run.regulation))
    const moved = run.regulation.collectiveBarsMembers
      ? [...barred, ...run.barred].filter(unitId => barred.has(unitId) !== run.barred.has(unitId))
      : []
    const late = [...refreshedSince(campaignId, since), ...moved.flatMap(unitId => peopleOf(campaignId, unitId))]
    return {
      rows: assessPeople(rebar(barred), late),
      evidence: collectiveFacts(campaignId, run.on, run.regulation),
    }
  })
  await storeInSteps(run, rows, pace)
  return evidence
}

const storeInSteps = ({ closing }: Run, rows: readonly Next[], pace: Pace) =>
  rowsInSteps(changedOf(closing, 'official', rows), pace, chunk =>
    transact(() => {
      for (const next of chunk) storeOfficial(closing, next)
    }),
  )

/** Undefined for a unit that was closed by the cut-off. */
type CollectiveFactsOf = (unitId: number) => FrozenCollective | undefined

/** Returns the present facts of the collectives that are frozen besides those of their people. */
function collectiveFacts(campaignId: number, on: Day, regulation: Regulation): CollectiveFactsOf {
  const evidenceOf = unitEvidence(campaignId, '/')
  const facts = new Map(
    unitsInOrder(regulation.endsOn).map(unitId => [
      unitId,
      {
        ...evidenceOf(unitId),
        dueProcess: dueProcessOn(campaignId, { unitId }, on, regulation),
        gates: gatesOn(campaignId, { unitId }, on),
      },
    ]),
  )
  return unitId => facts.get(unitId)
}

function barredUnits(campaignId: number, on: Day, regulation: Regulation): number[] {
  const factsOf = collectiveFacts(campaignId, on, regulation)
  return unitsInOrder(regulation.endsOn).filter(unitId => {
    const facts = factsOf(unitId)
    return facts !== undefined && isBarred(facts)
  })
}

/** Sums the officials' rows up under every unit above them, counts their results, and begins the hash with them. */
async function readOfficials(run: Run, breathe: () => Promise<void>) {
  const { campaignId, version } = run.closing
  const hash = beginHash(run.closing)
  const officials = counter<OfficialResult>()
  const sums = new MemberTree()
  for (let rows = frozenPage(campaignId, version, 0); rows.length > 0; ) {
    for (const row of rows) {
      hash.update(`official ${row.officialId} ${row.result} ${row.facts}\n`)
      officials.add(row.result)
      const frozen = JSON.parse(row.facts) as FrozenOfficial
      const { standing } = assessFrozenOfficial(frozen, run.reading, run.barred.has(frozen.unitId))
      sums.add(frozen, standing)
    }
    await breathe()
    rows = frozenPage(campaignId, version, rows.at(-1)?.officialId ?? 0)
  }
  return { hash, officials, sums }
}

/** Sums of people under their unit and every unit above it. */
export class MemberTree {
  private readonly sums = new Map<number, MemberSums>()
  private readonly above = new Map<number, number[]>()

  add(frozen: FrozenOfficial, standing: Parameters<typeof addMember>[2]) {
    for (const unitId of this.unitsAbove(frozen.unitId)) {
      const sums = this.sums.get(unitId) ?? noMembers()
      addMember(sums, frozen, standing, 1)
      this.sums.set(unitId, sums)
    }
  }

  /** Undefined for a unit without people. */
  get(unitId: number): MemberSums | undefined {
    return this.sums.get(unitId)
  }

  private unitsAbove(unitId: number): number[] {
    const known = this.above.get(unitId)
    if (known) return known
    const { path } = prepared<{ path: string }>('select path from unit where id = ?').one(unitId)
    const ids = path
      .split('/')
      .filter(id => id !== '')
      .map(Number)
    this.above.set(unitId, ids)
    return ids
  }
}

function finish(
  { actor, closing }: Run,
  outcome: Pick<ClosingSummary, 'officials' | 'collectives' | 'moved'> & { hash: string },
) {
  const { hash, ...counts } = outcome
  const summary: ClosingSummary = { ...closing.summary, ...counts, cursor: 0, barred: [] }
  transact(tx => {
    prepared('update closing set frozen_at = ?, summary = ?, hash = ? where id = ?').run(
      campaignNow(),
      JSON.stringify(summary),
      hash,
      closing.id,
    )
    logEvent(tx, actor, {
      verb: 'conclude',
      subject: 'closing',
      subjectId: closing.id,
      campaignId: closing.campaignId,
      data: { version: closing.version, hash },
    })
  })
}

function saveSummary(closingId: number, summary: ClosingSummary) {
  prepared('update closing set summary = ? where id = ?').run(JSON.stringify(summary), closingId)
}

function counter<Result extends string>() {
  const counts: Partial<Record<Result, number>> = {}
  const add = (result: Result) => {
    counts[result] = (counts[result] ?? 0) + 1
  }
  return { counts, add }
}

function peopleAfter(campaignId: number, cursor: number, most: number): number[] {
  return prepared<number>(
    'select official_id from standing where campaign_id = ? and official_id > ? order by official_id limit ?',
  )
    .pluck()
    .all(campaignId, cursor, most)
}

function countPeople(campaignId: number, upTo?: number): number {
  return prepared<number>(
    'select count(*) from standing where campaign_id = ? and official_id <= coalesce(?, official_id)',
  )
    .pluck()
    .one(campaignId, upTo ?? null)
}

function refreshedSince(campaignId: number, since: number): number[] {
  return prepared<number>('select official_id from standing where campaign_id = ? and refreshed_at >= ?')
    .pluck()
    .all(campaignId, since)
}

function peopleOf(campaignId: number, unitId: number): number[] {
  return prepared<number>('select official_id from standing where campaign_id = ? and unit_id = ?')
    .pluck()
    .all(campaignId, unitId)
}

/** The collectives of the cut-off `endsOn`: a unit that was closed later is among them. */
function unitsInOrder(endsOn: Day): number[] {
  return prepared<number>(
    "select id from unit where kind <> 'province' and (closed_on is null or closed_on > ?) order by id",
  )
    .pluck()
    .all(endsOn)
}
