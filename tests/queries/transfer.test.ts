import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Actor, Person } from '#app/access/policy.ts'
import type { Day } from '#app/domain/calendar.ts'
import { assessedAmong } from '#app/domain/transfer.ts'
import { moveClock } from '#app/queries/clock.server.ts'
import { recount, rejudgeCampaign } from '#app/queries/judging/index.server.ts'
import { storedStanding } from '#app/queries/judging/standing.server.ts'
import { listReminders } from '#app/queries/reminder.server.ts'
import { decideAreaTarget } from '#app/queries/target.server.ts'
import { answerTransfer, transferOfficial, withdrawTransfer } from '#app/queries/transfer.server.ts'
import { existingTransfer, listTransfers, waitingTransfer } from '#app/queries/transfer-list.server.ts'
import { titleOfUnit } from '#app/queries/unit-title.server.ts'
import { prepared } from '#db/client.server.ts'
import {
  CAMPAIGN,
  done,
  dropProvince,
  grantTo,
  makeOfficial,
  makeProvince,
  makeReader,
  statusOf,
  system,
  unitNamed,
} from '#tests/make.ts'

beforeEach(() => makeProvince())
afterEach(() => {
  expect(recount(CAMPAIGN)).toEqual([])
  dropProvince()
})

const holder = (role: 'head' | 'coordinator', place: string) => {
  const made = makeOfficial(unitNamed(place).id)
  return { ...made, actor: grantTo(made.actor, role, unitNamed(place).id) }
}

function scene() {
  const from = unitNamed('UBND xã Tân Thành')
  const to = unitNamed('UBND phường Tân Phú')
  return {
    from,
    to,
    official: makeOfficial(from.id, { name: 'Điểu Thị Ngễnh' }),
    coordinator: holder('coordinator', from.name),
    receiver: holder('coordinator', to.name),
    above: holder('head', 'Thành phố Đồng Xoài'),
    other: holder('head', 'Sở Y tế'),
  }
}

const POSTING = { position: 'Công chức', category: 'civil_servant', isLeader: false } as const
const go = (actor: Actor, officialId: number, unitId: number, fromOn: Day = '2024-06-10') =>
  transferOfficial(actor, { officialId, unitId, ...POSTING, fromOn })
function ask(actor: Person, officialId: number, unitId: number, fromOn?: Day): number {
  const { waits } = done(go(actor, officialId, unitId, fromOn))
  if (!waits) throw new Error('it does not wait')
  return waits.transferId
}
const accept = (actor: Person, transferId: number) =>
  answerTransfer(actor, { transferId, answer: 'accepted', reason: null })
const placeOf = (officialId: number) => storedStanding(CAMPAIGN, officialId)?.unitId
const laterOn = (day: Day) => expect(moveClock(makeReader('admin'), Date.parse(`${day}T09:00+07:00`)).ok).toBe(true)

describe('a transfer to a unit that the asker has no charge of', () => {
  it('changes nothing until it is accepted, and then runs from the day asked for', () => {
    const { from, to, official, coordinator, receiver } = scene()
    const { officialId } = official
    const transferId = ask(coordinator.actor, officialId, to.id)
    expect(placeOf(officialId)).toBe(from.id)
    expect(prepared('select count(*) from posting where official_id = ?').pluck().get(officialId)).toBe(1)
    laterOn('2024-06-14')
    expect(accept(receiver.actor, transferId)).toEqual({ ok: true, officialId })
    expect(placeOf(officialId)).toBe(to.id)
    expect(
      prepared('select unit_id as unitId, from_on as fromOn, to_on as toOn from posting where official_id = ?').all(
        officialId,
      ),
    ).toEqual([
      { unitId: from.id, fromOn: '2020-01-01', toOn: '2024-06-09' },
      { unitId: to.id, fromOn: '2024-06-10', toOn: null },
    ])
  })

  it('names for whom and until when it waits, and reminds whose turn it is, nobody else', () => {
    const { to, official, coordinator, receiver, above } = scene()
    ask(coordinator.actor, official.officialId, to.id)
    expect(waitingTransfer(coordinator.actor, official.officialId)).toMatchObject({
      waitsFor: titleOfUnit(to.id),
      dueOn: '2024-06-19',
      isOverdue: false,
      mayAnswer: false,
      mayWithdraw: true,
    })
    const reminded = (actor: Person, today: Day) =>
      listReminders(actor, CAMPAIGN, today).filter(({ kind }) => kind === 'transfers')
    expect(reminded(receiver.actor, '2024-06-12')).toEqual([
      { kind: 'transfers', count: 1, dueOn: '2024-06-19', unit: { id: to.id, name: titleOfUnit(to.id) } },
    ])
    expect(reminded(above.actor, '2024-06-12')).toEqual([])
    expect(reminded(coordinator.actor, '2024-06-12')).toEqual([])
    laterOn('2024-06-20')
    expect(reminded(above.actor, '2024-06-20')).toHaveLength(1)
  })

  it('is answered by the receiving unit alone for five working days, by those above both after that', () => {
    const { to, official, coordinator, receiver, above, other } = scene()
    const transferId = ask(coordinator.actor, official.officialId, to.id)
    expect(statusOf(() => accept(other.actor, transferId))).toBe(404)
    expect(statusOf(() => accept(coordinator.actor, transferId))).toBe(403)
    expect(statusOf(() => accept(above.actor, transferId))).toBe(403)
    expect(existingTransfer(receiver.actor, transferId).mayAnswer).toBe(true)
    laterOn('2024-06-20')
    expect(accept(above.actor, transferId)).toMatchObject({ ok: true })
    expect(accept(receiver.actor, transferId)).toEqual({
      ok: false,
      problems: [{ field: 'answer', reason: 'transfer_answered' }],
    })
  })

  it('is not answered by who asked, though they have charge of both units', () => {
    const { to, official, coordinator, above } = scene()
    const both = grantTo(coordinator.actor, 'coordinator', to.id)
    const transferId = ask(both, official.officialId, to.id)
    expect(statusOf(() => accept(both, transferId))).toBe(403)
    // the receiving unit has nobody else: those above decide at once
    prepared('update role_grant set to_on = ? where unit_id = ? and account_id <> ?').run(
      '2024-06-01',
      to.id,
      coordinator.accountId,
    )
    expect(accept(above.actor, transferId)).toMatchObject({ ok: true })
  })

  it('goes to the campaign office where nobody is above both but who asked', () => {
    const { official, coordinator } = scene()
    const office = makeReader('campaign_office')
    const away = unitNamed('Sở Tư pháp')
    const transferId = ask(coordinator.actor, official.officialId, away.id)
    expect(existingTransfer(office, transferId).mayAnswer).toBe(true)
    const root = holder('head', 'Tỉnh Bình Phước')
    expect(existingTransfer(office, transferId).mayAnswer).toBe(false)
    expect(existingTransfer(root.actor, transferId).mayAnswer).toBe(true)
  })

  it('may be refused with a reason or withdrawn, and asked again', () => {
    const { from, to, official, coordinator, receiver } = scene()
    const { officialId } = official
    const first = ask(coordinator.actor, officialId, to.id)
    expect(go(coordinator.actor, officialId, to.id)).toEqual({
      ok: false,
      problems: [{ field: 'unitId', reason: 'transfer_waits' }],
    })
    done(answerTransfer(receiver.actor, { transferId: first, answer: 'refused', reason: 'Chưa có biên chế' }))
    const second = ask(coordinator.actor, officialId, to.id)
    expect(statusOf(() => withdrawTransfer(receiver.actor, second))).toBe(403)
    withdrawTransfer(coordinator.actor, second)
    expect(placeOf(officialId)).toBe(from.id)
    expect(listTransfers(receiver.actor, to.path).map(({ state }) => state)).toEqual(['withdrawn', 'refused'])
  })

  it('is overtaken by a move of the system', () => {
    const { to, official, coordinator, receiver } = scene()
    const transferId = ask(coordinator.actor, official.officialId, to.id)
    done(go(system, official.officialId, unitNamed('UBND phường Tân Bình').id))
    expect(existingTransfer(receiver.actor, transferId).state).toBe('withdrawn')
  })
})

describe('a transfer that needs no consent', () => {
  it('is one within a unit, or of the system', () => {
    const { from, to, official, coordinator } = scene()
    expect(go(coordinator.actor, official.officialId, from.id)).toEqual({ ok: true, waits: null })
    expect(go(system, official.officialId, to.id, '2024-06-11')).toEqual({ ok: true, waits: null })
    expect(placeOf(official.officialId)).toBe(to.id)
  })
})

describe('a transfer that somebody above both units orders', () => {
  it('waits for the receiving unit like every move; heads are moved from above', () => {
    const { from, to, coordinator, receiver, above } = scene()
    const head = holder('head', from.name)
    expect(statusOf(() => go(coordinator.actor, head.officialId, to.id))).toBe(403)
    const transferId = ask(above.actor, head.officialId, to.id)
    expect(placeOf(head.officialId)).toBe(from.id)
    expect(waitingTransfer(above.actor, head.officialId)).toMatchObject({
      waitsFor: titleOfUnit(to.id),
      mayAnswer: false,
    })
    expect(accept(receiver.actor, transferId)).toMatchObject({ ok: true })
    expect(placeOf(head.officialId)).toBe(to.id)
  })

  it('is never answered by who ordered it: where the unit has nobody else, the next level does, or the office', () => {
    const { official, above } = scene()
    const office = makeReader('campaign_office')
    const alone = unitNamed('UBND phường Tân Bình')
    const transferId = ask(above.actor, official.officialId, alone.id)
    expect(statusOf(() => accept(above.actor, transferId))).toBe(403)
    expect(existingTransfer(office, transferId).mayAnswer).toBe(true)
    const root = holder('head', 'Tỉnh Bình Phước')
    expect(existingTransfer(root.actor, transferId).mayAnswer).toBe(true)
    laterOn('2024-06-20')
    expect(statusOf(() => accept(above.actor, transferId))).toBe(403)
    expect(accept(root.actor, transferId)).toMatchObject({ ok: true })
  })
})

describe('a posting around the cut-off', () => {
  const at = (unitId: number, fromOn: Day, toOn: Day | null = null) => ({ unitId, fromOn, toOn })
  const rules = { endsOn: '2024-07-03', shortPostingDays: 30 }
  it.each([
    [
      'there for the day alone and back',
      [at(1, '2020-01-01', '2024-07-02'), at(2, '2024-07-03', '2024-07-03'), at(1, '2024-07-04')],
      1,
    ],
    ['from–to within 30 days', [at(1, '2020-01-01', '2024-06-19'), at(2, '2024-06-20', '2024-07-19')], 1],
    ['from–to of 31 days', [at(1, '2020-01-01', '2024-06-19'), at(2, '2024-06-20', '2024-07-20')], 2],
    ['without an end', [at(1, '2020-01-01', '2024-07-02'), at(2, '2024-07-03')], 2],
    [
      'back by way of a third unit',
      [
        at(1, '2020-01-01', '2024-06-30'),
        at(2, '2024-07-01', '2024-07-10'),
        at(3, '2024-07-11', '2024-07-20'),
        at(1, '2024-07-21'),
      ],
      1,
    ],
    [
      'two short ones in a row',
      [at(1, '2020-01-01', '2024-06-27'), at(2, '2024-06-28', '2024-07-01'), at(3, '2024-07-02', '2024-07-08')],
      1,
    ],
    ['taken on for a short time', [at(2, '2024-06-20', '2024-07-10')], 2],
    ['taken on again after a gap', [at(1, '2020-01-01', '2024-01-01'), at(2, '2024-06-20', '2024-07-10')], 2],
  ])('%s', (_, postings, unitId) => {
    expect(assessedAmong(postings, rules)?.unitId).toBe(unitId)
  })

  it('moves everything where a version has no rule on it', () => {
    const postings = [at(1, '2020-01-01', '2024-07-02'), at(2, '2024-07-03', '2024-07-03'), at(1, '2024-07-04')]
    expect(assessedAmong(postings, { ...rules, shortPostingDays: 0 })?.unitId).toBe(2)
  })

  it('that parks somebody elsewhere leaves sums and assessment at the former unit', () => {
    const { from, to, official } = scene()
    const officialsAt = (unitId: number) =>
      prepared("select officials from people_tally where campaign_id = 1 and dimension = 'unit' and key = ?")
        .pluck()
        .get(String(unitId))
    const before = [officialsAt(from.id), officialsAt(to.id)]
    done(go(system, official.officialId, to.id, '2024-07-03'))
    expect(placeOf(official.officialId)).toBe(to.id)
    done(go(system, official.officialId, from.id, '2024-07-04'))
    expect(placeOf(official.officialId)).toBe(from.id)
    expect([officialsAt(from.id), officialsAt(to.id)]).toEqual(before)
  })
})

describe('a lowered area target', () => {
  it('holds for who was there on the day of the decision, and does not follow somebody posted later', async () => {
    const { to, official } = scene()
    const there = makeOfficial(to.id)
    const police = makeReader('campaign_office')
    const input = { target: 6, documentNumber: '5/QĐ-UBND', reason: null }
    done(decideAreaTarget(police, CAMPAIGN, { unitId: to.id, input }))
    done(go(system, official.officialId, to.id, '2024-06-20'))
    await rejudgeCampaign(system, CAMPAIGN, () => undefined)
    expect(storedStanding(CAMPAIGN, there.officialId)?.target).toBe(6)
    expect(storedStanding(CAMPAIGN, official.officialId)).toMatchObject({ unitId: to.id, target: 10 })
  })

  it('that is higher than the quota holds for everybody', async () => {
    const { to, official } = scene()
    const input = { target: 12, documentNumber: '5/QĐ-UBND', reason: null }
    done(decideAreaTarget(makeReader('campaign_office'), CAMPAIGN, { unitId: to.id, input }))
    done(go(system, official.officialId, to.id, '2024-06-20'))
    await rejudgeCampaign(system, CAMPAIGN, () => undefined)
    expect(storedStanding(CAMPAIGN, official.officialId)?.target).toBe(12)
  })
})
