import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '#app/access/policy.ts'
import { checkEventChain, listEvents } from '#app/queries/event.server.ts'
import { addUnit, renameUnit } from '#app/queries/unit.server.ts'
import { prepared } from '#db/client.server.ts'
import { dropProvince, grantTo, makeOfficial, makeProvince, system, unitNamed } from '#tests/make.ts'

beforeEach(() => makeProvince())
afterEach(dropProvince)

function auditor(): Actor {
  return grantTo(makeOfficial(unitNamed('Thanh tra tỉnh').id).actor, 'auditor', 1)
}

/** Writes that leave three events behind, and the id of the first. */
function threeEvents(): number {
  const made = addUnit(system, {
    parentId: unitNamed('Sở Nội vụ').id,
    kind: 'department',
    block: 'state',
    name: 'Ban Thi đua',
    headTitle: 'Trưởng ban',
    localityCode: null,
  })
  if (!made.ok) throw new Error('refused')
  renameUnit(system, { unitId: made.unitId, name: 'Ban Thi đua – Khen thưởng', headTitle: 'Trưởng ban' })
  renameUnit(system, { unitId: made.unitId, name: 'Ban Khen thưởng', headTitle: 'Trưởng ban' })
  return (prepared('select max(id) as id from event').get() as { id: number }).id - 2
}

describe('the event log', () => {
  it.each(['update event set verb = verb', 'delete from event'])('refuses “%s”', statement => {
    threeEvents()
    expect(() => prepared(statement).run()).toThrow('append-only')
  })
})

describe('checkEventChain', () => {
  it('finds an untouched chain whole, and tells how many events it holds', () => {
    const first = threeEvents()
    const { count, head, brokenAt } = checkEventChain(auditor())
    expect(brokenAt).toBeNull()
    expect(count).toBe(first + 2)
    expect(prepared('select hash from event where id = ?').get(count)).toEqual({ hash: head })
  })

  /** What somebody with the database file in hand might do, the triggers dropped; `n` is the first of three events. */
  const forgeries: { forgery: string; run: (n: number) => void; brokenAt: (n: number) => number | null }[] = [
    {
      forgery: 'an event edited',
      run: n => prepared("update event set data = '{}' where id = ?").run(n + 1),
      brokenAt: n => n + 1,
    },
    {
      forgery: 'an event edited and its own hash left to fit nothing after it',
      run: n => prepared("update event set hash = 'x' where id = ?").run(n),
      brokenAt: n => n,
    },
    {
      forgery: 'an event deleted from the middle',
      run: n => prepared('delete from event where id = ?').run(n + 1),
      brokenAt: n => n + 2,
    },
    {
      forgery: 'an event deleted and the ids closed up',
      run: n => {
        prepared('delete from event where id = ?').run(n + 1)
        prepared('update event set id = ? where id = ?').run(n + 1, n + 2)
      },
      brokenAt: n => n + 1,
    },
    {
      forgery: 'an event inserted at the end without its hash',
      run: n =>
        prepared(
          `insert into event select ?, at, actor_kind, account_id, campaign_id, verb, subject, subject_id, data, hash, hash
             from event where id = ?`,
        ).run(n + 3, n + 2),
      brokenAt: n => n + 3,
    },
    {
      forgery: 'two events swapped',
      run: n => {
        prepared('update event set id = -1 where id = ?').run(n)
        prepared('update event set id = ? where id = ?').run(n, n + 1)
        prepared('update event set id = ? where id = -1').run(n + 1)
      },
      brokenAt: n => n,
    },
  ]

  it.each(forgeries)('detects $forgery', ({ run, brokenAt }) => {
    const n = threeEvents()
    prepared('drop trigger event_no_update').run()
    prepared('drop trigger event_no_delete').run()
    run(n)
    expect(checkEventChain(auditor()).brokenAt).toBe(brokenAt(n))
  })

  it('tells events cut off at the end by count and last hash', () => {
    const n = threeEvents()
    const before = checkEventChain(auditor())
    prepared('drop trigger event_no_delete').run()
    prepared('delete from event where id = ?').run(n + 2)
    const after = checkEventChain(auditor())
    expect(after.brokenAt).toBeNull()
    expect(after.count).toBe(before.count - 1)
    expect(after.head).not.toBe(before.head)
  })
})

describe('listEvents', () => {
  it('is the auditor’s, of the whole province', () => {
    const admin = grantTo(makeOfficial(unitNamed('Sở Nội vụ').id).actor, 'admin', 1)
    const elsewhere = grantTo(makeOfficial(unitNamed('Sở Nội vụ').id).actor, 'auditor', unitNamed('Sở Nội vụ').id)
    for (const actor of [admin, elsewhere, { kind: 'anonymous' } satisfies Actor])
      expect(() => listEvents(actor, {})).toThrow(Response)
    expect(listEvents(auditor(), {}).rows.length).toBeGreaterThan(0)
  })

  it('comes newest first, page by page, each event once', () => {
    threeEvents()
    const actor = auditor()
    const all = listEvents(actor, { limit: 1000 }).rows.map(row => row.id)
    expect(all).toEqual([...all].sort((a, b) => b - a))
    const paged: number[] = []
    let before: number | undefined
    do {
      const page = listEvents(actor, { limit: 7, before })
      paged.push(...page.rows.map(row => row.id))
      before = page.next ?? undefined
    } while (before !== undefined)
    expect(paged).toEqual(all)
  })

  it.each([
    { filter: { verb: 'rename' as const }, n: 2 },
    { filter: { subject: 'unit' as const }, n: 3 },
    { filter: { subject: 'unit' as const, verb: 'add' as const }, n: 1 },
    { filter: { day: '2000-01-01' }, n: 0 },
    { filter: { login: 'nobody' }, n: 0 },
  ])('is narrowed by $filter to $n', ({ filter, n }) => {
    threeEvents()
    expect(listEvents(auditor(), filter).rows).toHaveLength(n)
  })

  it('names who acted, but nobody of an armed-forces unit', () => {
    const office = grantTo(makeOfficial(unitNamed('Sở Nội vụ').id, { name: 'Lê Thị Dân' }).actor, 'campaign_office', 1)
    const officer = grantTo(
      makeOfficial(unitNamed('Công an tỉnh (thường trực Tổ công tác Đề án 06)').id).actor,
      'campaign_office',
      1,
    )
    const { id, name } = unitNamed('Sở Nội vụ')
    for (const actor of [office, officer]) renameUnit(actor, { unitId: id, name, headTitle: 'Giám đốc' })
    const [byOfficer, byOffice] = listEvents(auditor(), { verb: 'rename' }).rows
    expect(byOffice?.who?.displayName).toBe('Lê Thị Dân')
    expect(byOfficer).toMatchObject({ accountId: officer.accountId, who: null })
  })
})
