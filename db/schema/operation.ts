/** Log, jobs, clock, go-live list. */
import { sql } from 'drizzle-orm'
import { blob, check, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { ACCESS_KINDS } from '../../app/domain/access-log.ts'
import { GO_LIVE_ITEMS } from '../../app/domain/go-live.ts'
import { account, campaign, unit } from './core.ts'
import { oneOf } from './one-of.ts'
import { ref } from './ref.ts'

/** việc trước khi vận hành chính thức: that an item was done, when, and by which document. Append-only, the newest counts. */
export const goLiveItem = sqliteTable(
  'go_live_item',
  {
    id: integer().primaryKey(),
    item: text({ enum: GO_LIVE_ITEMS }).notNull(),
    doneOn: text().notNull(),
    documentNumber: text().notNull(),
    note: text().notNull(),
    createdAt: integer().notNull(),
    createdBy: ref(() => account.id),
  },
  t => [check('go_live_item_item', oneOf(t.item, GO_LIVE_ITEMS))],
)

/** Append-only, hash-chained: hash = SHA-256(previous hash, and this row's content). No citizen's data in `data`. */
export const event = sqliteTable(
  'event',
  {
    id: integer().primaryKey(),
    /** real clock */
    at: integer().notNull(),
    actorKind: text({ enum: ['person', 'token', 'anonymous', 'system'] }).notNull(),
    accountId: integer(),
    campaignId: integer(),
    verb: text().notNull(),
    subject: text().notNull(),
    subjectId: text().notNull(),
    /** JSON */
    data: text().notNull(),
    previousHash: text().notNull(),
    hash: text().notNull(),
    /** JSON: table → key → hashes of a covered fact before and after (db/fact-hash.server.ts); null: wrote none */
    facts: text(),
    /** HMAC of `hash` under `log_key`; null: written before facts were sealed */
    seal: text(),
  },
  t => [index('event_subject').on(t.subject, t.subjectId), index('event_account').on(t.accountId)],
)

/** Who opened or took away whose data, when (real clock); two years long only added to (triggers). No name, nothing sealed. */
export const accessLog = sqliteTable(
  'access_log',
  {
    id: integer().primaryKey(),
    at: integer().notNull(),
    accountId: ref(() => account.id),
    what: text({ enum: ACCESS_KINDS }).notNull(),
    /** the id of what was opened; of whom a list is, where it was one */
    subjectId: text().notNull(),
    /** how many people were shown */
    count: integer().notNull(),
    /** HMAC under `log_key` of the link before and this row; null: written before rows were linked */
    link: text(),
  },
  t => [
    check('access_log_what', oneOf(t.what, ACCESS_KINDS)),
    check('access_log_count', sql`${t.count} > 0`),
    index('access_log_subject').on(t.subjectId, t.what),
    index('access_log_account').on(t.accountId),
    index('access_log_at').on(t.at),
  ],
)

/** The key, wrapped by the master key, that seals events, links openings and signs the logs' heads. */
export const logKey = sqliteTable(
  'log_key',
  {
    id: integer().primaryKey(),
    wrapped: blob({ mode: 'buffer' }).notNull(),
    createdAt: integer().notNull(),
  },
  t => [check('log_key_one_row', sql`${t.id} = 1`)],
)

/** Where each log ends: rows cut off at its end are missed. */
export const logHead = sqliteTable(
  'log_head',
  {
    log: text({ enum: ['event', 'access_log'] }).primaryKey(),
    lastId: integer().notNull(),
    /** hash or link of the last row */
    hash: text().notNull(),
    /** smallest id that was not removed as expired */
    firstId: integer().notNull(),
    /** HMAC of the rest under `log_key` */
    seal: text().notNull(),
  },
  t => [check('log_head_log', oneOf(t.log, ['event', 'access_log']))],
)

/** Hashes of facts that no event holds yet, some hundred a row; the event that ends the round holds a digest. */
export const factSeal = sqliteTable(
  'fact_seal',
  {
    id: integer().primaryKey(),
    round: integer().notNull(),
    /** table; '': the round began here */
    part: text().notNull(),
    /** last event when these rows were read */
    eventId: integer().notNull(),
    /** JSON: key of the last row, where the next step goes on */
    upTo: text().notNull(),
    /** JSON: key → hash */
    hashes: text().notNull(),
  },
  t => [index('fact_seal_round').on(t.round)],
)

export const JOB_KINDS = [
  'roster_plan',
  'roster_apply',
  'rejudge',
  'demo_load',
  'extract_read',
  'extract_apply',
  'extract_undo',
  'inspection_draw',
  'worklist_plan',
  'worklist_apply',
  'help_plan',
  'help_apply',
  'digest',
  'closing',
  'replay',
  'round_papers',
] as const

export const job = sqliteTable(
  'job',
  {
    id: integer().primaryKey(),
    kind: text({ enum: JOB_KINDS }).notNull(),
    /** JSON */
    input: text().notNull(),
    state: text({ enum: ['queued', 'running', 'done', 'failed'] }).notNull(),
    done: integer().notNull().default(0),
    total: integer().notNull().default(0),
    /** JSON: what came out, or the reason code of the failure */
    result: text(),
    createdAt: integer().notNull(),
    /** null: by the system */
    createdBy: integer().references(() => account.id),
    /** the worker's last sign of life in this job */
    aliveAt: integer(),
    finishedAt: integer(),
    /** how often a worker took it; a stop that gave it back does not count */
    attempts: integer().notNull().default(0),
    /** when the present attempt began (ms); null: never taken */
    startedAt: integer(),
  },
  t => [
    check('job_kind', oneOf(t.kind, JOB_KINDS)),
    check('job_state', oneOf(t.state, ['queued', 'running', 'done', 'failed'])),
    index('job_state').on(t.state),
  ],
)

/** The kinds of lists that come in from files. */
const LISTS = ['roster', 'help', 'worklist', 'units', 'localities'] as const

/**
 * An import from the upload on: the preview shows its plan, apply names it. File and plan are sealed, for they hold
 * staff's numbers, and gone (an empty blob) once applied or a week old.
 */
export const importBatch = sqliteTable('import_batch', {
  id: integer().primaryKey(),
  kind: text({ enum: LISTS }).notNull(),
  unitId: ref(() => unit.id),
  fileName: text().notNull(),
  planCipher: blob({ mode: 'buffer' }).notNull(),
  createdAt: integer().notNull(),
  createdBy: ref(() => account.id),
  appliedAt: integer(),
  /** counts how often the content was replaced */
  revision: integer().notNull().default(0),
  /** people of a long roster's plan that its steps have passed; null: not begun, or applied at once */
  cursor: integer(),
  /** null: a roster, which is of every campaign, or stored before batches named theirs */
  campaignId: integer().references(() => campaign.id),
})

/** The lists whose heads are remembered. */
const HEADED_LISTS = [...LISTS, 'outreach', 'collection_days', 'indicator_figures'] as const

/** What the heads of a unit's lists mean, as a person said last; a proposal for the next file. */
export const listHeads = sqliteTable(
  'list_heads',
  {
    unitId: ref(() => unit.id),
    list: text({ enum: HEADED_LISTS }).notNull(),
    /** JSON: folded words of a head → the list's column, '' where it is not used */
    heads: text().notNull(),
  },
  t => [primaryKey({ columns: [t.unitId, t.list] }), check('list_heads_list', oneOf(t.list, HEADED_LISTS))],
)

/** One row: campaign instant = campaignAt + (real now − realAt). It only moves forward. */
export const clock = sqliteTable(
  'clock',
  {
    id: integer().primaryKey(),
    realAt: integer().notNull(),
    campaignAt: integer().notNull(),
  },
  t => [check('clock_one_row', sql`${t.id} = 1`)],
)
