import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { formatChainHead } from '#app/domain/event.ts'
import { type EventRow, eventHash, logEvent } from '#app/queries/event.server.ts'
import { chainHead, checkEventChain, walkEventChain } from '#app/queries/event-chain.server.ts'
import { prepared, transact } from '#db/client.server.ts'
import { dropProvince, grantTo, makeOfficial, makeProvince, statusOf, system, unitNamed } from '#tests/make.ts'

type Row = EventRow & { hash: string }

const EVENTS = 60
let events: Row[]
let held: string

/** One log of some dozen events with its triggers dropped, as somebody with the file in hand would have it. */
beforeAll(() => {
  makeProvince()
  while (chainHead().count < EVENTS)
    transact(tx =>
      logEvent(tx, system, { verb: 'edit', subject: 'unit', subjectId: chainHead().count, data: { count: 7 } }),
    )
  events = prepared('select * from event order by id').all() as Row[]
  held = formatChainHead(chainHead())
  prepared('drop trigger event_no_update').run()
  prepared('drop trigger event_no_delete').run()
})
afterAll(dropProvince)

const INSERT = `insert into event (id, at, actor_kind, account_id, campaign_id, verb, subject, subject_id, data,
  previous_hash, hash) values (@id, @at, @actor_kind, @account_id, @campaign_id, @verb, @subject, @subject_id, @data,
  @previous_hash, @hash)`

function put(rows: readonly Row[]) {
  transact(() => {
    prepared('delete from event').run()
    for (const row of rows) prepared(INSERT).run(row)
  })
}

/** Recomputes numbers and hashes of the rows, as a forger who knows the rule would. */
function rechain(rows: readonly Row[]): Row[] {
  let previous = ''
  return rows.map((row, n) => {
    const next = { ...row, id: n + 1, previous_hash: previous }
    previous = eventHash(next)
    return { ...next, hash: previous }
  })
}

const swap = (rows: readonly Row[], n: number, m: number) =>
  rows.map((row, at) => {
    const other = at === n ? rows[m] : at === m ? rows[n] : row
    return { ...(other ?? row), id: row.id }
  })

const FORGERIES: Record<string, (rows: Row[], n: number, m: number) => Row[]> = {
  'an event is edited': (rows, n) => rows.map((row, at) => (at === n ? { ...row, data: '{"count":8}' } : row)),
  'an event is deleted': (rows, n) => rows.filter((_, at) => at !== n),
  'an event is inserted': (rows, n) =>
    rows.flatMap((row, at) => (at === n ? [row, { ...row, id: row.id + 1000 }] : [row])),
  'two events are swapped': (rows, n, m) => swap(rows, n, m),
  'the end is cut off': (rows, n) => rows.slice(0, n),
  'an event is edited and the chain computed anew': (rows, n) =>
    rechain(rows.map((row, at) => (at === n ? { ...row, verb: 'drop' } : row))),
  'an event is deleted and the chain computed anew': (rows, n) => rechain(rows.filter((_, at) => at !== n)),
  'another acted': (rows, n) =>
    rows.map((row, at) => (at === n ? { ...row, account_id: (row.account_id ?? 0) + 1 } : row)),
  'another acted, and the chain is computed anew': (rows, n) =>
    rechain(rows.map((row, at) => (at === n ? { ...row, account_id: (row.account_id ?? 0) + 1 } : row))),
  'it happened at another time': (rows, n) => rows.map((row, at) => (at === n ? { ...row, at: row.at - 1 } : row)),
  'it happened at another time, and the chain is computed anew': (rows, n) =>
    rechain(rows.map((row, at) => (at === n ? { ...row, at: row.at - 1 } : row))),
  'the log forks and goes on as long as it was': (rows, n) =>
    rechain(rows.map((row, at) => (at < n ? row : { ...row, subject_id: `${row.subject_id}0` }))),
}

describe('a head noted down outside', () => {
  it.each(Object.entries(FORGERIES))('tells every time that %s', (_, forge) => {
    const place = fc.integer({ min: 0, max: EVENTS - 1 })
    fc.assert(
      fc.property(place, place, (n, m) => {
        fc.pre(n !== m)
        put(forge(events, n, m))
        const check = walkEventChain(held)
        expect([check?.brokenAt, check?.differsAt]).not.toEqual([null, null])
      }),
      { numRuns: 100 },
    )
  })

  it('raises no false alarm: neither untouched nor when the log has gone on', () => {
    put(events)
    for (let n = 0; n < 100; n += 1) {
      expect(walkEventChain(held)).toMatchObject({ brokenAt: null, differsAt: null })
      transact(tx => logEvent(tx, system, { verb: 'edit', subject: 'unit', subjectId: n }))
    }
    expect(walkEventChain('')).toMatchObject({ count: EVENTS + 100, brokenAt: null, differsAt: null })
  })

  it.each(['12', '12-abc', 'xin chào'])('is not “%s”', text => expect(walkEventChain(text)).toBeUndefined())
})

describe('the check', () => {
  it('is the auditor’s of the whole province', () => {
    const auditor = grantTo(makeOfficial(unitNamed('Thanh tra tỉnh').id).actor, 'auditor', 1)
    const admin = grantTo(makeOfficial(unitNamed('Thanh tra tỉnh').id).actor, 'admin', 1)
    put(events)
    expect(checkEventChain(auditor, held)).toMatchObject({ brokenAt: null, differsAt: null })
    expect(statusOf(() => checkEventChain(admin))).toBe(403)
  })
})
