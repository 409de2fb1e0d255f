import type { Actor } from '#app/access/policy.ts'
import type { EventSubject } from '#app/domain/event.ts'
import { grouped } from '#app/domain/grouping.ts'
import { notFound, type Result } from '#app/domain/refusal.ts'
import type { RosterHindrance, RosterPlan } from '#app/domain/roster/plan.ts'
import { refKey } from '#app/domain/roster/row.ts'
import { prepared, snapshot, type Tx, transact } from '#db/client.server.ts'
import { logEvent } from './event.server.ts'
import {
  type Batch,
  type BatchContent,
  closeBatch,
  existingImport,
  findBatch,
  type PlannedContent,
} from './import-batch.server.ts'
import { startJob } from './job.server.ts'
import { inTurn } from './retry.server.ts'
import { identifiedBy, planOf } from './roster.server.ts'
import { entriesOf, type RosterEntry, writePeople } from './roster-writer.server.ts'
import { inSteps, nowAndThen, Pace } from './steps.server.ts'

/** The longest list (people) that is written completely or not at all; a longer one is written in steps. */
const MOST_AT_ONCE = 2000

type Ask = { batchId: number; planKey: string }

/**
 * Starts the job that applies what a preview showed (`planKey`), or that continues a batch which is being applied.
 * `hasConsent`: the reader agreed to how texts of old encodings were converted; asked only where there are any.
 */
export function startApply(
  actor: Actor,
  { batchId, planKey, hasConsent }: Ask & { hasConsent: boolean },
): Result<{ jobId: number }, RosterHindrance> {
  const { content, cursor } = existingImport<BatchContent>(actor, 'roster', batchId)
  if (actor.kind !== 'person') throw notFound()
  if (content?.stage !== 'planned' || content.planKey !== planKey) return { ok: false, problem: 'plan_moved' }
  if (!isReady(content)) return { ok: false, problem: 'rows_open' }
  const mayAsk = content.reading.conversions.length > 0 && cursor === null
  if (mayAsk && !hasConsent) return { ok: false, problem: 'consent_needed' }
  const { accountId } = actor
  return transact(() => ({ ok: true, jobId: startJob(actor, 'roster_apply', { batchId, planKey, accountId }) }))
}

/** Returns true if nothing prevents the batch: every row was read, planned, and identifies its person. */
export function isReady({ reading, plan }: { reading: { problems: unknown[] }; plan: RosterPlan }): boolean {
  return reading.problems.length === 0 && plan.problems.length === 0 && plan.proposals.length === 0
}

/** Returns true for a plan that is written in steps. */
export const isLong = ({ create, update }: { create: number; update: number }, atOnce = MOST_AT_ONCE) =>
  create + update > atOnce

type Applied = Result<{ unitId: number }, RosterHindrance>

/**
 * Applies a batch of up to 2,000 people completely or not at all, in one transaction; begins a longer one, which
 * `continueBatch` then writes. Plans its rows again, and refuses if the plan differs from the one named. A batch
 * applied or begun before stays as it is. `atOnce`: another limit than 2,000.
 */
export function applyBatch(actor: Actor, { batchId, planKey }: Ask, atOnce?: number): Applied {
  const batch = existingImport<BatchContent>(actor, 'roster', batchId)
  const { content, revision } = batch
  const done: Applied = { ok: true, unitId: batch.unit.id }
  if (batch.appliedAt !== null || batch.cursor !== null) return done
  if (content?.stage !== 'planned') return { ok: false, problem: 'plan_moved' }
  const problemOf = ({ plan, planKey: present }: ReturnType<typeof planOf>): RosterHindrance | undefined => {
    if (present !== planKey) return 'plan_moved'
    return isReady({ ...content, plan }) ? undefined : 'rows_open'
  }
  const mark = rosterMark()
  const planned = snapshot(() => planOf(actor, batch, content))
  const problem = problemOf(planned)
  if (problem) return { ok: false, problem }
  const { plan } = planned
  return transact(tx => {
    const isSame = prepared('select 1 from import_batch where id = ? and revision = ?').get(batchId, revision)
    if (!isSame) return { ok: false, problem: 'plan_moved' }
    if (isLong({ create: plan.creates.length, update: plan.updates.length }, atOnce)) {
      prepared('update import_batch set cursor = 0 where id = ?').run(batchId)
      return done
    }
    const late = isUnmoved(mark) ? undefined : problemOf(planOf(actor, batch, content))
    if (late) return { ok: false, problem: late }
    writePeople(actor, batch, content, entriesOf(plan))
    finish(tx, actor, batch, content)
    return done
  })
}

/** Closes a batch whose people are written, and logs how many. */
function finish(tx: Tx, actor: Actor, batch: Batch, { plan, reading, association }: PlannedContent) {
  const left = leftOut(batch.id)
  const created = plan.creates.length - left.filter(({ fate }) => fate === 'create').length
  closeBatch(batch.id)
  logEvent(tx, actor, {
    verb: 'import',
    subject: 'import_batch',
    subjectId: batch.id,
    data: {
      unitId: batch.unit.id,
      association,
      created,
      edited: plan.creates.length + plan.updates.length - left.length - created,
      conversions: reading.conversions.length,
    },
  })
}

/* ---------- in steps ---------- */

/** People whom the first step of a long list writes, and any at most. */
const FIRST = 5
const MOST = 100
/** People who are checked ahead of their steps, while others may write. */
const AHEAD = 300

/** A row of a batch that was left out: its place in the file (`sheet` counts from 1), and its planned effect. */
export type LeftOut = { sheet: number; row: number; fate: 'create' | 'update' }

/** The rows that the steps of a batch left out, because what they say no longer fits; by the event log. */
export function leftOut(batchId: number): LeftOut[] {
  const rows = prepared<string>(
    "select data from event where subject = 'import_batch' and subject_id = ? and verb = 'drop' order by id",
  )
    .pluck()
    .all(String(batchId))
  return rows.map(data => JSON.parse(data) as LeftOut)
}

/** Subjects of the events of writes that change what a roster is planned against. */
const PLANNED_AGAINST = [
  'account',
  'campaign',
  'chapter',
  'clock',
  'official',
  'role_grant',
  'transfer',
  'unit',
] as const
const SUBJECTS = JSON.stringify(PLANNED_AGAINST satisfies readonly EventSubject[])

/** Marks the state that rosters are planned against: the id of the last event. */
const rosterMark = () => prepared<number>('select coalesce(max(id), 0) from event').pluck().one()

/** Returns true if nothing that rosters are planned against has changed since a mark. */
const isUnmoved = (mark: number) =>
  prepared('select 1 from event where id > ? and +subject in (select value from json_each(?)) limit 1').get(
    mark,
    SUBJECTS,
  ) === undefined

/**
 * Writes a batch that was begun to its end, from where it stopped. Each step is one transaction and leaves its people whole.
 * A row that no longer fits, because the same people were changed since the plan was checked, is left out and logged.
 * `progress` receives the number of people passed and the total.
 */
export async function continueBatch(actor: Actor, batchId: number, progress: (done: number, total: number) => void) {
  const batch = findBatch(actor, batchId)
  if (batch?.content?.stage !== 'planned' || batch.cursor === null || batch.appliedAt !== null) return
  const { content } = batch
  const steps = new RosterSteps(actor, batch, content)
  const tell = nowAndThen(progress)
  await inSteps(new Pace(FIRST, MOST), {
    take: most => steps.take(most),
    write: step => steps.write(step),
    passed: step => steps.passed(step),
    told: () => tell(steps.cursor, steps.total),
  })
  await inTurn(() => transact(tx => finish(tx, actor, batch, content)))
}

/** People, and which of them still fit (`fit`); valid until somebody else writes about people after `mark`. */
type Checked = { entries: readonly RosterEntry[]; mark: number; fit: ReadonlySet<RosterEntry> }

/** The people of a begun batch, step by step. */
class RosterSteps {
  cursor: number
  private readonly entries: readonly RosterEntry[]
  private readonly rowsOf: ReturnType<typeof rowsReader>
  /** the people who were checked ahead, from the cursor on; undefined: they must be checked */
  private ahead: Checked | undefined
  /** the state that the last step left, for `passed`; undefined: others had written before it */
  private left: number | undefined

  constructor(
    private readonly actor: Actor,
    private readonly batch: Batch,
    private readonly content: PlannedContent,
  ) {
    this.cursor = batch.cursor ?? 0
    this.entries = entriesOf(content.plan)
    this.rowsOf = rowsReader(content)
  }

  get total() {
    return this.entries.length
  }

  take(most: number): Checked | undefined {
    if (this.cursor >= this.total) return undefined
    if (!this.ahead?.entries.length) {
      const entries = this.entries.slice(this.cursor, this.cursor + AHEAD)
      this.ahead = { entries, mark: rosterMark(), fit: snapshot(() => this.fitting(entries)) }
    }
    return { ...this.ahead, entries: this.ahead.entries.slice(0, most) }
  }

  write({ entries, mark, fit }: Checked): number {
    return transact(tx => {
      const isSame = isUnmoved(mark)
      const fits = isSame ? fit : this.fitting(entries)
      const fitting = entries.filter(entry => fits.has(entry))
      writePeople(this.actor, this.batch, this.content, fitting)
      for (const entry of entries.filter(row => !fits.has(row))) this.leaveOut(tx, entry)
      const { changes } = prepared('update import_batch set cursor = ? where id = ? and cursor = ?').run(
        this.cursor + entries.length,
        this.batch.id,
        this.cursor,
      )
      if (changes === 0) throw new Error(`batch ${this.batch.id} is applied by two workers`)
      this.left = isSame ? rosterMark() : undefined
      return entries.length
    })
  }

  /** Moves on behind a step that was written. */
  passed({ entries }: Checked) {
    this.cursor += entries.length
    this.ahead =
      this.ahead && this.left !== undefined
        ? { ...this.ahead, entries: this.ahead.entries.slice(entries.length), mark: this.left }
        : undefined
  }

  /** Which of these people would still be planned as they were. */
  private fitting(entries: readonly RosterEntry[]): Set<RosterEntry> {
    const rows = this.rowsOf(entries)
    const known = entries.flatMap(entry => ('official' in entry ? [] : [entry.officialId]))
    const { plan } = planOf(this.actor, this.batch, { ...this.content, reading: { rows } }, found =>
      identifiedBy(found, known),
    )
    const present = new Map([...plan.creates, ...plan.updates].map(entry => [refKey(entry), JSON.stringify(entry)]))
    return new Set(entries.filter(entry => present.get(refKey(entry)) === JSON.stringify(entry)))
  }

  private leaveOut(tx: Tx, entry: RosterEntry) {
    const sheets = [...new Set(this.content.reading.rows.map(({ sheet }) => sheet))]
    const data: LeftOut = {
      sheet: sheets.indexOf(entry.sheet) + 1,
      row: entry.row,
      fate: 'official' in entry ? 'create' : 'update',
    }
    logEvent(tx, this.actor, { verb: 'drop', subject: 'import_batch', subjectId: this.batch.id, data })
  }
}

/** Returns a function that finds all rows of some people of a plan, in the order of the file. */
function rowsReader({ reading, plan }: PlannedContent) {
  const places = new Map(reading.rows.map((row, n) => [refKey(row), n]))
  const repeats = grouped(
    plan.unchanged.filter(row => row.repeats !== undefined),
    row => row.repeats && refKey(row.repeats),
  )
  return (entries: readonly RosterEntry[]) =>
    entries
      .flatMap(entry => [entry, ...(repeats.get(refKey(entry)) ?? [])])
      .flatMap(row => places.get(refKey(row)) ?? [])
      .sort((a, b) => a - b)
      .flatMap(n => reading.rows[n] ?? [])
}
