import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Person } from '#app/access/policy.ts'
import { issueActivations } from '#app/queries/account.server.ts'
import { listActivations } from '#app/queries/activation.server.ts'
import { findUnitBoard, findUnitHeading } from '#app/queries/board.server.ts'
import { recordHelp } from '#app/queries/help.server.ts'
import { listHelp, listToConfirm, waitingHelp } from '#app/queries/help-list.server.ts'
import { findHelp } from '#app/queries/help-view.server.ts'
import { recount } from '#app/queries/judging/index.server.ts'
import { findOfficial, listOfficials } from '#app/queries/official.server.ts'
import { transferOfficial } from '#app/queries/transfer.server.ts'
import { db, prepared } from '#db/client.server.ts'
import { clock } from '#db/schema.ts'
import {
  CAMPAIGN,
  confirmNow,
  dropProvince,
  grantTo,
  helpForm,
  makeOfficial,
  makeProvince,
  NOW,
  returnNow,
  statusOf,
  system,
  unitNamed,
} from '#tests/make.ts'

beforeEach(() => makeProvince())
afterEach(dropProvince)

const CUT_OFF = '2024-07-03'

function scene() {
  const unit = unitNamed('UBND xã Tân Thành')
  const district = unitNamed('Thành phố Đồng Xoài')
  const head = makeOfficial(unit.id, { name: 'Bùi Đức Thịnh' })
  const coordinator = makeOfficial(unit.id, { name: 'Cao Thị Đào' })
  const above = makeOfficial(district.id)
  return {
    unit,
    district,
    official: makeOfficial(unit.id, { name: 'Điểu Thị Ngễnh' }),
    second: makeOfficial(unit.id, { name: 'Nguyễn Văn Ước' }),
    head: { ...head, actor: grantTo(head.actor, 'head', unit.id) },
    coordinator: { ...coordinator, actor: grantTo(coordinator.actor, 'coordinator', unit.id) },
    above: { ...above, actor: grantTo(above.actor, 'head', district.id) },
    other: grantTo(makeOfficial(unitNamed('Sở Y tế').id).actor, 'head', unitNamed('Sở Y tế').id),
    rootHead: grantTo(makeOfficial(1).actor, 'head', 1),
    leader: grantTo(makeOfficial(1).actor, 'province_leader', 1),
  }
}

let citizens = 0
/** A complete record of a citizen of their own, waiting for the unit. */
function record(
  { officialId, actor }: { officialId: number; actor: Person },
  by: Person = actor,
  helpedOn = '2024-05-10',
): number {
  citizens += 2 // numbers that follow each other would be a question of their own
  const made = recordHelp(by, CAMPAIGN, { officialId, input: helpForm(citizens, { helpedOn }) })
  if (!made.ok) throw new Error(JSON.stringify(made.problems))
  return made.helpId
}

const waitFor = (actor: Person, unitPath: string) => waitingHelp(actor, CAMPAIGN, { unitPath })

describe('the queue', () => {
  it('holds for each what they may confirm, and counts just that', () => {
    const { unit, official, head, coordinator, above, other, leader } = scene()
    const [ofOfficial, ofHead, ofCoordinator] = [record(official), record(head), record(coordinator)]
    const entered = record(official, coordinator.actor)
    expect(waitFor(head.actor, unit.path).others).toEqual([ofOfficial, ofCoordinator, entered])
    expect(waitFor(coordinator.actor, unit.path).others).toEqual([ofOfficial])
    expect(waitFor(above.actor, unit.path).others).toEqual([ofOfficial, ofHead, ofCoordinator, entered])
    expect(waitFor(other, unit.path).total).toBe(0)
    expect(waitFor(leader, unit.path).total).toBe(0)
    expect(waitFor(official.actor, unit.path).total).toBe(0)
  })

  it('puts a burst on top as a question, with the records that still wait', () => {
    const { unit, official, second, head } = scene()
    const burst = Array.from({ length: 6 }, (_, minute) => {
      db.update(clock)
        .set({ realAt: Date.now(), campaignAt: NOW + minute * 60_000 })
        .run()
      return record(official)
    })
    const calm = record(second)
    confirmNow(head.actor, CAMPAIGN, [burst[0] ?? 0])
    const { total, questions, others } = waitFor(head.actor, unit.path)
    expect(total).toBe(6)
    expect(questions).toEqual([
      {
        kind: 'burst',
        officialId: official.officialId,
        figures: { count: 6, minutes: expect.any(Number) },
        helpIds: burst.slice(1),
        shown: burst.slice(1),
      },
    ])
    expect(others).toEqual([calm])
  })

  it('keeps a record made before the first posting, where the tallies put it', () => {
    const { unit, head } = scene()
    const late = makeOfficial(unit.id, { fromOn: '2024-06-01' })
    const helpId = record(late, late.actor, '2024-05-10')
    expect(waitFor(head.actor, unit.path).others).toEqual([helpId])
    expect(findUnitBoard(head.actor, CAMPAIGN, unit.id, '2024-06-12')?.help.awaiting).toBe(1)
  })
})

describe('confirmNow and returnNow', () => {
  it.each([
    ['the head, of their people', 'head', 'official', null],
    ['the coordinator, of their people', 'coordinator', 'official', null],
    ['the level above, of a head', 'above', 'head', null],
    ['the head, their own', 'head', 'head', 403],
    ["the coordinator, the head's", 'coordinator', 'head', 403],
    ['the official, their own', 'official', 'official', 403],
    ['another official of the unit', 'second', 'official', 404],
    ['the head of another unit', 'other', 'official', 404],
    ['a leader of the province', 'leader', 'official', 404],
  ] as const)('%s', (_, who, whose, status) => {
    const people = scene()
    const person = people[who]
    const actor = 'actor' in person ? person.actor : person
    const helpId = record(people[whose])
    expect(statusOf(() => returnNow(actor, CAMPAIGN, { helpIds: [helpId], reason: 'Xem lại ngày' }))).toBe(status)
    const another = record(people[whose])
    expect(statusOf(() => confirmNow(actor, CAMPAIGN, [another]))).toBe(status)
    expect(recount(CAMPAIGN)).toEqual([])
  })

  it('in armed-forces units only from within their own tree', () => {
    const { rootHead } = scene()
    const army = unitNamed('Bộ Chỉ huy Quân sự tỉnh')
    const soldier = makeOfficial(army.id, { category: 'soldier' })
    const own = grantTo(makeOfficial(army.id).actor, 'head', army.id)
    const helpId = record(soldier)
    expect(waitFor(rootHead, '/1/').total).toBe(0)
    expect(statusOf(() => confirmNow(rootHead, CAMPAIGN, [helpId]))).toBe(404)
    expect(confirmNow(own, CAMPAIGN, [helpId])).toEqual({ confirmed: 1, left: [] })
  })

  it('leave a record entered by oneself in another name to somebody else', () => {
    const { official, coordinator, head } = scene()
    const helpId = record(official, coordinator.actor)
    expect(confirmNow(coordinator.actor, CAMPAIGN, [helpId])).toEqual({ confirmed: 0, left: [helpId] })
    expect(confirmNow(head.actor, CAMPAIGN, [helpId])).toEqual({ confirmed: 1, left: [] })
  })

  it('take many at once, and leave and name what is not theirs', () => {
    const { official, second, head, coordinator } = scene()
    const ids = [record(official), record(official), record(second)]
    const own = record(head)
    expect(statusOf(() => confirmNow(head.actor, CAMPAIGN, [own]))).toBe(403)
    expect(listHelp(head.actor, CAMPAIGN, { kind: 'counts' }).rows).toEqual([])
    expect(confirmNow(head.actor, CAMPAIGN, [...ids, ...ids, own])).toEqual({ confirmed: 3, left: [own] })
    const returning = { helpIds: [...ids.slice(0, 2), own], reason: 'Thiếu ngày' }
    expect(returnNow(coordinator.actor, CAMPAIGN, returning)).toEqual({ returned: 2, left: [own] })
    expect(findHelp(official.actor, CAMPAIGN, ids[0] ?? 0)).toMatchObject({
      verdictReason: 'returned',
      returnReason: 'Thiếu ngày',
    })
    expect(listToConfirm(head.actor, CAMPAIGN, [own, ...ids]).map(row => row.id)).toEqual(ids)
    expect(recount(CAMPAIGN)).toEqual([])
  })
})

describe('the board', () => {
  it('counts records where they were made and people where they are at the cut-off, and lists what it counts', () => {
    const { unit, district, official, head, above } = scene()
    const before = record(official, official.actor, '2024-05-10')
    confirmNow(head.actor, CAMPAIGN, [before])
    const elsewhere = unitNamed('UBND phường Tân Phú')
    const move = { unitId: elsewhere.id, position: 'Công chức', category: 'civil_servant', isLeader: false } as const
    transferOfficial(system, { officialId: official.officialId, ...move, fromOn: '2024-06-01' })
    const board = (unitId: number) => findUnitBoard(above.actor, CAMPAIGN, unitId, '2024-06-12')
    expect(board(unit.id)).toMatchObject({ help: { reported: 1, counted: 1 }, people: { counted: 0 } })
    expect(board(elsewhere.id)).toMatchObject({ help: { reported: 0, counted: 0 }, people: { counted: 1 } })
    expect(board(district.id)?.help.counted).toBe(1)
    expect(board(district.id)?.children.find(row => row.id === unit.id)?.help.counted).toBe(1)
    expect(listHelp(head.actor, CAMPAIGN, { unitPath: unit.path }).rows.map(row => row.id)).toEqual([before])
    expect(listHelp(above.actor, CAMPAIGN, { unitPath: elsewhere.path }).rows).toEqual([])
    expect(recount(CAMPAIGN)).toEqual([])
  })

  it('lists the records of a unit page by page, however many its people made elsewhere since', () => {
    const { unit, official, second, above } = scene()
    const made = [record(official), record(second), record(official)]
    const elsewhere = unitNamed('UBND phường Tân Phú')
    const move = { unitId: elsewhere.id, position: 'Công chức', category: 'civil_servant', isLeader: false } as const
    transferOfficial(system, { officialId: official.officialId, ...move, fromOn: '2024-06-01' })
    const later = Array.from({ length: 40 }, () => record(official, official.actor, '2024-06-02'))
    const last = record(second)
    const pagesOf = (actor: Person, unitPath: string, limit: number) => {
      const ids: number[] = []
      for (let before: number | undefined; ; ) {
        const { rows, next } = listHelp(actor, CAMPAIGN, { unitPath, limit, ...(before && { before }) })
        ids.push(...rows.map(row => row.id))
        if (next === null) return ids
        before = next
      }
    }
    for (const limit of [1, 2, 50]) {
      expect(pagesOf(above.actor, unit.path, limit)).toEqual([last, ...made.toReversed()])
      expect(pagesOf(above.actor, elsewhere.path, limit)).toEqual(later.toReversed())
    }
  })

  it('runs up the records day by day until today', () => {
    const { unit, official, head } = scene()
    confirmNow(head.actor, CAMPAIGN, [
      record(official, official.actor, '2024-04-04'),
      record(official, official.actor, '2024-04-06'),
    ])
    const series = findUnitBoard(head.actor, CAMPAIGN, unit.id, '2024-04-07')?.series
    expect(series?.days).toHaveLength(91)
    expect(series?.counted.slice(0, 5)).toEqual([1, 1, 2, 2, null])
  })

  it.each([
    ['the head', 'head', { people: true, records: true, confirm: true, assign: true, exempt: true }],
    ['the coordinator', 'coordinator', { people: true, records: true, confirm: true, assign: false, exempt: true }],
    [
      'a leader of the province',
      'leader',
      { people: false, records: false, confirm: false, assign: false, exempt: false },
    ],
    ['the head of another unit', 'other', undefined],
    ['an official of the unit', 'official', undefined],
  ] as const)('opens to %s', (_, who, allowed) => {
    const people = scene()
    const person = people[who]
    const heading = findUnitHeading('actor' in person ? person.actor : person, CAMPAIGN, people.unit.id)
    if (allowed === undefined) expect(heading).toBeUndefined()
    else expect(heading?.allowed).toMatchObject(allowed)
  })

  it('shows an armed-forces unit from outside as figures alone', () => {
    const { rootHead } = scene()
    const army = unitNamed('Bộ Chỉ huy Quân sự tỉnh')
    const soldier = makeOfficial(army.id, { category: 'soldier' })
    expect(findUnitHeading(rootHead, CAMPAIGN, army.id)?.allowed).toMatchObject({
      people: false,
      records: false,
      confirm: false,
    })
    expect(findUnitBoard(rootHead, CAMPAIGN, army.id, '2024-06-12')?.people.officials).toBe(1)
    expect(listOfficials(rootHead, CAMPAIGN, { unitPath: army.path }).rows).toEqual([])
    expect(findOfficial(rootHead, soldier.officialId, CUT_OFF)).toBeUndefined()
  })

  it('links the units above that the reader may open', () => {
    const { unit, head, above } = scene()
    const seen = (actor: Person) => findUnitHeading(actor, CAMPAIGN, unit.id)?.above.map(row => row.isSeen)
    expect(seen(head.actor)).toEqual([false, false])
    expect(seen(above.actor)).toEqual([false, true])
  })
})

describe('listOfficials', () => {
  it.each([1, 2, 3, 4, 5])('goes through every page of %i once, those who lack most first', limit => {
    const { unit, official, head } = scene()
    confirmNow(head.actor, CAMPAIGN, [record(official), record(official)])
    const names: string[] = []
    let after: { id: number } | undefined
    for (let page = 0; page < 10; page++) {
      const { rows, next } = listOfficials(head.actor, CAMPAIGN, { unitPath: unit.path, limit, after })
      names.push(...rows.map(row => row.name))
      if (next === null) break
      after = { id: next }
    }
    expect(names).toEqual(['Cao Thị Đào', 'Bùi Đức Thịnh', 'Nguyễn Văn Ước', 'Điểu Thị Ngễnh'])
  })

  it('passes over the first, by name and by what is lacking', () => {
    const { unit, head } = scene()
    for (const sort of ['name', 'lacking'] as const) {
      const all = listOfficials(head.actor, CAMPAIGN, { unitPath: unit.path, sort }).rows
      expect(all).toHaveLength(4)
      const { rows, next } = listOfficials(head.actor, CAMPAIGN, { unitPath: unit.path, sort, skip: 1, limit: 2 })
      expect(rows).toEqual(all.slice(1, 3))
      expect(next).toBe(all[2]?.officialId)
      expect(listOfficials(head.actor, CAMPAIGN, { unitPath: unit.path, sort, skip: 4 }).rows).toEqual([])
    }
  })

  it.each([
    ['without marks', { search: 'dieu ngenh' }, ['Điểu Thị Ngễnh']],
    ['by the beginning of a word', { search: 'Ươ' }, ['Nguyễn Văn Ước']],
    ['who has no record', { lacking: 'any_record' }, ['Cao Thị Đào', 'Bùi Đức Thịnh', 'Nguyễn Văn Ước']],
  ] as const)('finds %s', (_, filter, names) => {
    const { unit, official, head } = scene()
    record(official)
    expect(listOfficials(head.actor, CAMPAIGN, { unitPath: unit.path, ...filter }).rows.map(row => row.name)).toEqual(
      names,
    )
  })
})

describe('transferOfficial', () => {
  const move = { position: 'Công chức', category: 'civil_servant', isLeader: false, fromOn: '2024-06-01' } as const

  it('leaves no two postings on one day where the present one has an end already', () => {
    const { unit, district, official } = scene()
    prepared('update posting set to_on = ? where official_id = ?').run('2024-06-30', official.officialId)
    const made = transferOfficial(system, {
      officialId: official.officialId,
      unitId: district.id,
      ...move,
    })
    expect(made).toEqual({ ok: true, waits: null })
    const postings = prepared(
      'select unit_id as unitId, to_on as toOn from posting where official_id = ? order by from_on',
    ).all(official.officialId)
    expect(postings).toEqual([
      { unitId: unit.id, toOn: '2024-05-31' },
      { unitId: district.id, toOn: null },
    ])
  })

  it('is not open to oneself, to other units, or back in time', () => {
    const { district, official, head, other } = scene()
    const go = (actor: Person, officialId: number, fromOn = '2024-06-01') =>
      transferOfficial(actor, { officialId, unitId: district.id, ...move, fromOn })
    expect(statusOf(() => go(head.actor, head.officialId))).toBe(403)
    expect(statusOf(() => go(other, official.officialId))).toBe(403)
    expect(go(head.actor, official.officialId, '2019-12-31')).toEqual({
      ok: false,
      problems: [{ field: 'fromOn', reason: 'before_present_posting' }],
    })
    expect(transferOfficial(head.actor, { officialId: official.officialId, ...move, unitId: 999_999 })).toEqual({
      ok: false,
      problems: [{ field: 'unitId', reason: 'unit_unknown' }],
    })
  })
})

describe('activation codes', () => {
  it('are handed to those of the unit, never to oneself or to who holds a role beyond one’s command', () => {
    const { unit, official, head, coordinator, above } = scene()
    const admin = makeOfficial(unit.id)
    grantTo(admin.actor, 'admin', 1)
    const listed = listActivations(coordinator.actor, { unitPath: unit.path, isMissing: true }).rows
    expect(listed.find(row => row.officialId === coordinator.officialId)).toBeUndefined()
    const open = listed.filter(row => row.mayReset).map(row => row.officialId)
    expect(open).toContain(official.officialId)
    expect(open).not.toContain(head.officialId)
    expect(open).not.toContain(admin.officialId)
    const issue = (actor: Person, officialId: number) => statusOf(() => issueActivations(actor, [officialId]))
    expect(issue(coordinator.actor, official.officialId)).toBeNull()
    expect(issue(coordinator.actor, head.officialId)).toBe(403)
    expect(issue(coordinator.actor, coordinator.officialId)).toBe(403)
    expect(issue(head.actor, coordinator.officialId)).toBeNull()
    expect(issue(head.actor, admin.officialId)).toBe(403)
    expect(issue(above.actor, head.officialId)).toBeNull()
  })
})
