import { createHash } from 'node:crypto'
import type { Actor } from '#app/access/policy.ts'
import { prepared, snapshot, transact } from '#db/client.server.ts'
import { SEALED_AFTER } from '#db/covered-facts.ts'
import { COVERED_TABLES, type CoveredTable, factOf } from '#db/fact-hash.server.ts'
import { logEvent } from './event.server.ts'
import { inTurn } from './retry.server.ts'
import { inSteps, Pace, untilNone } from './steps.server.ts'

/** Rows that the first step of a seal takes, and any at most. */
const FIRST = 200
const MOST = 1000
/** Rows of an outdated round that the first step removes. */
const REMOVED_FIRST = 10

/** The rows of the access log that were written before rows were linked; sealed like facts, and compared like them. */
export const OLD_OPENINGS: CoveredTable & { where: string } = {
  name: 'access_log',
  key: ['id'],
  columns: ['at', 'account_id', 'what', 'subject_id', 'count'],
  defaults: [null, null, null, null, null],
  mayVanish: true,
  where: 'link is null',
}

/** What a seal reads: every covered table, and the rows of the access log without a link. */
const SEALED: readonly (CoveredTable & { where?: string })[] = [...COVERED_TABLES, OLD_OPENINGS]

export type Value = string | number | null

/** A statement over a covered table: key and covered columns, as `factOf` takes them. */
export function selectFacts({ name, key, columns, where }: CoveredTable & { where?: string }, more = ''): string {
  const kept = where === undefined ? '1' : where
  return `select ${[...key, ...columns].join(', ')} from ${name} where ${kept} ${more}`
}

/** `data` of the event that ends a round of sealing. `from`: last event before the round began. */
export type SealData = { round: number; from: number; facts: number; digest: string; found: number }

type Chunk = { id: number; part: string; eventId: number; upTo: string; hashes: string }

/** Rows of a round in their order; the last row with an empty part is where it began. */
export function* chunksOf(round: number): Generator<Chunk> {
  yield* prepared<Chunk>(
    `select id, part, event_id as eventId, up_to as upTo, hashes from fact_seal
      where round = @round and id >= (select max(id) from fact_seal where round = @round and part = '') order by id`,
  ).iterate({ round })
}

/** SHA-256 (base64url) over the rows of a round, and how many hashes they hold. */
export function digestOf(round: number): { digest: string; facts: number } {
  const digest = createHash('sha256')
  let facts = 0
  for (const { part, eventId, upTo, hashes } of chunksOf(round)) {
    digest.update(JSON.stringify([part, eventId, upTo, hashes]))
    facts += Object.keys(JSON.parse(hashes) as object).length
  }
  return { digest: digest.digest('base64url'), facts }
}

/** Returns true if facts must be sealed: a migration wrote some, or the database is older than events that hold hashes. */
export function isSealDue(): boolean {
  return !prepared("select 1 from event where subject = 'facts' and subject_id = ? and verb = 'seal'").get(SEALED_AFTER)
}

/**
 * Seals the facts that no event holds, as they are stored now: a hash of each in `fact_seal`, and one event with the
 * digest of all. Works in steps beside others; an interrupted one goes on where it was. `why`: the migration that makes
 * it due, or `again` after somebody looked into what was `found`.
 */
export async function sealFacts(actor: Actor, why: typeof SEALED_AFTER | 'again' = SEALED_AFTER, found = 0) {
  let { round, part, after } = await beginRound()
  for (;;) {
    const start = part === '' ? 0 : SEALED.findIndex(table => table.name === part)
    for (const table of SEALED.slice(start)) {
      await sealTable(round, table, after)
      after = undefined
    }
    const sum = digestOf(round)
    let isDone = false
    await inTurn(() => {
      isDone = endRound(actor, why, { round, found, ...sum })
    })
    if (isDone) break
    part = ''
  }
  await untilNone(new Pace(REMOVED_FIRST, MOST), most =>
    transact(
      () =>
        prepared('delete from fact_seal where id in (select id from fact_seal where round < ? limit ?)').run(
          round,
          most,
        ).changes,
    ),
  )
}

const lastEventId = () => prepared<number>('select coalesce(max(id), 0) from event').pluck().one()

const noteBegin = (round: number) =>
  prepared("insert into fact_seal (round, part, event_id, up_to, hashes) values (?, '', ?, '[]', '{}')").run(
    round,
    lastEventId(),
  )

/** The round to work on: the last one if no event ended it, else the next; and where in it to go on. */
async function beginRound(): Promise<{ round: number; part: string; after: Value[] | undefined }> {
  const last = prepared<{ round: number; part: string; upTo: string }>(
    'select round, part, up_to as upTo from fact_seal order by id desc limit 1',
  ).get()
  const isOpen =
    last !== undefined &&
    !prepared(
      "select 1 from event where subject = 'facts' and verb = 'seal' and json_extract(data, '$.round') = ?",
    ).get(last.round)
  if (isOpen) return { round: last.round, part: last.part, after: JSON.parse(last.upTo) as Value[] }
  const round = (last?.round ?? 0) + 1
  await inTurn(() => transact(() => noteBegin(round)))
  return { round, part: '', after: undefined }
}

type Step = { eventId: number; rows: Value[][] }

async function sealTable(round: number, table: CoveredTable & { where?: string }, from: Value[] | undefined) {
  const { name, key } = table
  let after = from?.length === key.length ? from : undefined
  const order = `order by ${key.join(', ')} limit @most`
  const later = `and (${key.join(', ')}) > (${key.map((_, n) => `@k${n}`).join(', ')})`
  const read = (most: number): Step =>
    snapshot(() => ({
      eventId: lastEventId(),
      rows: prepared<Value[]>(selectFacts(table, after ? `${later} ${order}` : order))
        .raw()
        .all({ most, ...Object.fromEntries((after ?? []).map((value, n) => [`k${n}`, value])) }),
    }))
  await inSteps<Step & { upTo: Value[]; hashes: string }>(new Pace(FIRST, MOST), {
    take(most) {
      const step = read(most)
      const upTo = step.rows.at(-1)?.slice(0, key.length)
      if (!upTo) return undefined
      const facts = step.rows.map(row => factOf(table, row))
      return { ...step, upTo, hashes: JSON.stringify(Object.fromEntries(facts.map(({ key, hash }) => [key, hash]))) }
    },
    write({ eventId, rows, upTo, hashes }) {
      transact(() =>
        prepared('insert into fact_seal (round, part, event_id, up_to, hashes) values (?, ?, ?, ?, ?)').run(
          round,
          name,
          eventId,
          JSON.stringify(upTo),
          hashes,
        ),
      )
      return rows.length
    },
    passed: ({ upTo }) => {
      after = upTo
    },
  })
}

/**
 * Logs the end of a round. If a server of an older version wrote meanwhile, whose events hold no hash, begins it again
 * and returns false.
 */
function endRound(actor: Actor, why: string, { round, ...sum }: Omit<SealData, 'from'>): boolean {
  return transact(tx => {
    const from = prepared<number>("select max(event_id) from fact_seal where round = ? and part = ''")
      .pluck()
      .one(round)
    if (prepared('select 1 from event where id > ? and seal is null limit 1').get(from)) {
      noteBegin(round)
      return false
    }
    logEvent(tx, actor, { verb: 'seal', subject: 'facts', subjectId: why, data: { round, from, ...sum } })
    return true
  })
}
