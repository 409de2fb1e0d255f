import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '#app/access/policy.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { listEvents } from '#app/queries/event.server.ts'
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

describe('listEvents', () => {
  it('is the auditor’s, of the whole province', () => {
    const admin = grantTo(makeOfficial(unitNamed('Sở Nội vụ').id).actor, 'admin', 1)
    const elsewhere = grantTo(makeOfficial(unitNamed('Sở Nội vụ').id).actor, 'auditor', unitNamed('Sở Nội vụ').id)
    for (const actor of [admin, elsewhere, { kind: 'anonymous' } satisfies Actor])
      expect(() => listEvents(actor, {})).toThrow(Refusal)
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
