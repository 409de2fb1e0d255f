import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Person } from '#app/access/policy.ts'
import { moveClock } from '#app/queries/clock.server.ts'
import { nudgeFor, nudgeGroup, nudgeOfficials, ownNudge } from '#app/queries/nudge.server.ts'
import { listCaused } from '#app/queries/official-cause.server.ts'
import { listReminders } from '#app/queries/reminder.server.ts'
import { titleOfUnit } from '#app/queries/unit-title.server.ts'
import { prepared } from '#db/client.server.ts'
import {
  CAMPAIGN,
  confirmNow,
  dropProvince,
  grantTo,
  makeOfficial,
  makeProvince,
  makeReader,
  meetObligations,
  recordMany,
  statusOf,
  toldBy,
  unitNamed,
} from '#tests/make.ts'

const TODAY = '2024-06-12'

beforeEach(() => makeProvince())
afterEach(dropProvince)

const opened = (officialId: number) =>
  prepared("update account set password_hash = 'x' where official_id = ?").run(officialId)

function scene() {
  const unit = unitNamed('UBND xã Tân Thành')
  const district = unitNamed('Thành phố Đồng Xoài')
  const [asleep, idle, waiting, finished] = ['Cao Thị An', 'Bùi Văn Bình', 'Lê Thị Chi', 'Đỗ Văn Dũng'].map(name =>
    makeOfficial(unit.id, { name }),
  ) as [Made, Made, Made, Made]
  for (const { officialId } of [idle, waiting, finished]) opened(officialId)
  for (const { officialId } of [waiting, finished]) meetObligations(officialId)
  const head = grantTo(makeOfficial(unit.id, { name: 'Hồ Văn Đạt' }).actor, 'head', unit.id)
  const above = grantTo(makeOfficial(district.id).actor, 'head', district.id)
  const reader = grantTo(makeOfficial(1).actor, 'campaign_office', 1)
  const elsewhere = grantTo(makeOfficial(unitNamed('Sở Y tế').id).actor, 'head', unitNamed('Sở Y tế').id)
  confirmNow(head, CAMPAIGN, recordMany(finished, 10))
  recordMany(waiting, 10)
  return { unit, district, asleep, idle, waiting, finished, head, above, reader, elsewhere }
}
type Made = ReturnType<typeof makeOfficial>

const causedOf = (actor: Person, unit: { id: number; path: string }, officials = 10) =>
  listCaused(actor, CAMPAIGN, { id: unit.id, path: unit.path, officials }, TODAY)

describe('the people of a board by cause', () => {
  it('come by name, each with what blocks first, without those who lack nothing', () => {
    const { unit, head } = scene()
    const { rows, isWhole } = causedOf(head, unit)
    expect(isWhole).toBe(true)
    expect(rows.map(({ name, causes }) => [name, causes[0]])).toEqual([
      ['Cao Thị An', 'not_activated'],
      ['Bùi Văn Bình', 'no_record'],
      ['Lê Thị Chi', 'awaiting'],
      ['Hồ Văn Đạt', 'not_activated'],
    ])
    expect(rows.find(({ name }) => name === 'Lê Thị Chi')).toMatchObject({ awaited: 10, lastRecordOn: TODAY })
  })

  it('of a unit with many people below are those alone who work at the unit itself', () => {
    const { district, above } = scene()
    expect(causedOf(above, district, 300).rows).toHaveLength(5)
    const { rows, isWhole } = causedOf(above, district, 301)
    expect([isWhole, rows.map(({ officialId }) => officialId)]).toEqual([false, [above.officialId]])
  })

  it('are seen by nobody who may not see the persons', () => {
    const { unit, elsewhere } = scene()
    expect(causedOf(elsewhere, unit).rows).toEqual([])
  })
})

describe('a reminder of one person', () => {
  it('is seen by them on their pages and in the mail for a week, and by nobody else', () => {
    const { unit, idle, finished, head } = scene()
    const { officialId } = idle
    expect(nudgeOfficials(head, CAMPAIGN, { unitId: unit.id, officialIds: [officialId] })).toEqual({ nudged: 1 })
    expect(ownNudge(idle.actor, CAMPAIGN, TODAY)).toMatchObject({ on: TODAY, unitName: titleOfUnit(unit.id) })
    expect(listReminders(idle.actor, CAMPAIGN, TODAY)[0]).toMatchObject({ kind: 'nudge', dueOn: '2024-07-03' })
    expect(ownNudge(finished.actor, CAMPAIGN, TODAY)).toBeNull()
    expect(ownNudge(idle.actor, CAMPAIGN, '2024-06-18')).not.toBeNull()
    expect(ownNudge(idle.actor, CAMPAIGN, '2024-06-19')).toBeNull()
    expect(toldBy("verb = 'remind'")).toEqual([expect.objectContaining({ on: TODAY, unitId: unit.id })])
  })

  it('goes once a day, from the unit or one above it', () => {
    const { unit, district, idle, head, above } = scene()
    const nudge = (actor: Person, unitId: number) =>
      nudgeOfficials(actor, CAMPAIGN, { unitId, officialIds: [idle.officialId] }).nudged
    expect([nudge(head, unit.id), nudge(head, unit.id), nudge(above, district.id)]).toEqual([1, 0, 0])
    moveClock(makeReader('admin'), Date.parse('2024-06-13T09:00+07:00'))
    expect(nudge(above, district.id)).toBe(1)
    expect(ownNudge(idle.actor, CAMPAIGN, '2024-06-13')?.unitName).toBe(titleOfUnit(district.id))
    expect(nudgeFor(head, CAMPAIGN, idle.officialId, '2024-06-13')?.nudgedOn).toBe('2024-06-13')
  })

  it('goes away once nothing is lacking', () => {
    const { unit, idle, head } = scene()
    nudgeOfficials(head, CAMPAIGN, { unitId: unit.id, officialIds: [idle.officialId] })
    meetObligations(idle.officialId)
    confirmNow(head, CAMPAIGN, recordMany(idle, 10))
    expect(ownNudge(idle.actor, CAMPAIGN, TODAY)).toBeNull()
  })

  it('passes over who cannot see it, who lacks nothing, whose rest waits for the unit, and oneself', () => {
    const { unit, asleep, waiting, finished, head } = scene()
    const own = head.officialId ?? 0
    opened(own)
    const officialIds = [asleep.officialId, waiting.officialId, finished.officialId, own]
    expect(nudgeOfficials(head, CAMPAIGN, { unitId: unit.id, officialIds })).toEqual({ nudged: 0 })
  })

  it('reaches a whole group of the board, and no other', () => {
    const { unit, idle, head } = scene()
    expect(nudgeGroup(head, CAMPAIGN, unit.id, 'awaiting')).toEqual({ nudged: 0 })
    expect(nudgeGroup(head, CAMPAIGN, unit.id, 'no_record')).toEqual({ nudged: 1 })
    expect(ownNudge(idle.actor, CAMPAIGN, TODAY)).not.toBeNull()
  })

  it('is for who keeps the list of people: others may not, and strangers find nobody', () => {
    const { unit, idle, reader, elsewhere } = scene()
    const nudge = (actor: Person) =>
      statusOf(() => nudgeOfficials(actor, CAMPAIGN, { unitId: unit.id, officialIds: [idle.officialId] }))
    expect([nudge(reader), nudge(elsewhere), nudge(idle.actor)]).toEqual([403, 404, 403])
    expect(nudgeFor(reader, CAMPAIGN, idle.officialId, TODAY)).toBeNull()
  })

  it('is of one campaign', () => {
    const { unit, idle, head } = scene()
    nudgeOfficials(head, CAMPAIGN, { unitId: unit.id, officialIds: [idle.officialId] })
    expect(ownNudge(idle.actor, CAMPAIGN + 1, TODAY)).toBeNull()
  })

  it('does not count records that wait as done once they are confirmed', () => {
    const { unit, waiting, head } = scene()
    const ids = prepared<number>('select id from help where official_id = ?').pluck().all(waiting.officialId)
    confirmNow(head, CAMPAIGN, ids)
    expect(causedOf(head, unit).rows.map(({ name }) => name)).not.toContain('Lê Thị Chi')
  })
})
