import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Person } from '#app/access/policy.ts'
import { writeCollectionDays, writeOutreach } from '#app/documents/field-work-export.ts'
import { addDays } from '#app/domain/calendar.ts'
import { collectionOfTable, outreachOfTable } from '#app/domain/field-table.ts'
import { readExchanged } from '#app/imports/exchange-spec.ts'
import { campaignToday, moveClock } from '#app/queries/clock.server.ts'
import {
  addPoint,
  cancelPoint,
  enterCollectionDay,
  exportCollectionDays,
  findPoint,
  importCollectionDays,
  listPoints,
  listSchedule,
  previewCollectionDays,
} from '#app/queries/collection.server.ts'
import {
  answerDifficulty,
  countToAnswer,
  editDifficulty,
  findDifficulty,
  listDifficulties,
  raiseDifficulty,
  withdrawDifficulty,
} from '#app/queries/difficulty.server.ts'
import { listAreasOf } from '#app/queries/locality.server.ts'
import {
  addOffer,
  askOffer,
  countWishes,
  dropWish,
  endOffer,
  findOffer,
  handOver,
  listHandovers,
  listOffers,
  ownWishes,
  takeHandoverAgain,
} from '#app/queries/offer.server.ts'
import {
  exportOutreach,
  importOutreach,
  listOutreach,
  logOutreach,
  previewOutreach,
  sumOutreach,
  withdrawOutreach,
} from '#app/queries/outreach.server.ts'
import { listReminders } from '#app/queries/reminder.server.ts'
import { listUnitsFor } from '#app/queries/unit.server.ts'
import { officeLabels } from '#app/text/office-vocabulary.ts'
import { reminderAct } from '#app/text/reminder.ts'
import { db, prepared } from '#db/client.server.ts'
import { seal } from '#db/keys.server.ts'
import { offerRequest } from '#db/schema.ts'
import { CAMPAIGN, dropProvince, grantTo, makeOfficial, makeProvince, statusOf, unitNamed } from '#tests/make.ts'

const COMMUNE = 'UBND xã Tân Thành'
const DISTRICT = 'Thành phố Đồng Xoài'

let unitId = 0
let unitPath = ''
let coordinator: Person
let above: Person
let elsewhere: Person
let member: Person
let telecom: Person
let office: Person

beforeEach(() => {
  makeProvince()
  const commune = unitNamed(COMMUNE)
  unitId = commune.id
  unitPath = commune.path
  const granted = (role: Parameters<typeof grantTo>[1], place: string) =>
    grantTo(makeOfficial(unitNamed(place).id).actor, role, unitNamed(place).id)
  coordinator = granted('coordinator', COMMUNE)
  above = granted('head', DISTRICT)
  elsewhere = granted('coordinator', 'UBND phường Tân Phú')
  member = makeOfficial(unitId).actor
  telecom = granted('telecom_office', 'Tỉnh Bình Phước')
  office = granted('campaign_office', 'Tỉnh Bình Phước')
})
afterEach(dropProvince)

const events = (verb: string, subject: string) =>
  (prepared('select count(*) as n from event where verb = ? and subject = ?').get(verb, subject) as { n: number }).n

describe('outreach', () => {
  const ACTIVITY = {
    channel: 'meeting',
    heldOn: '2024-06-10',
    localityCode: '25207',
    place: 'Nhà văn hóa ấp 1',
    people: 40,
    note: null,
  } as const
  const log = (actor: Person, changes: Partial<Record<'heldOn' | 'localityCode', string>> = {}) =>
    logOutreach(actor, CAMPAIGN, { unitId, input: { ...ACTIVITY, ...changes } })
  const again = (actor: Person) => logOutreach(actor, CAMPAIGN, { unitId, input: ACTIVITY, isAnother: true })

  it('is logged by the unit and summed by channel and by unit below', () => {
    expect(log(coordinator)).toEqual({ ok: true })
    expect(again(above)).toEqual({ ok: true })
    const district = unitNamed(DISTRICT)
    expect(sumOutreach(above, CAMPAIGN, { unitId: district.id, unitPath: district.path })).toMatchObject({
      total: { sessions: 2, people: 80 },
      channels: expect.arrayContaining([{ channel: 'meeting', sessions: 2, people: 80 }]),
      below: [{ id: unitId, name: COMMUNE, sessions: 2, people: 80 }],
    })
    expect(events('add', 'outreach')).toBe(2)
    expect(exportOutreach(above, CAMPAIGN, district.path)).toHaveLength(2)
    expect(statusOf(() => exportOutreach(elsewhere, CAMPAIGN, unitPath))).toBe(404)
  })

  it('is not logged by others, for a day ahead, or at a place that there is not', () => {
    expect(statusOf(() => log(member))).toBe(404)
    expect(statusOf(() => log(elsewhere))).toBe(404)
    expect(statusOf(() => log(office))).toBe(403)
    expect(log(coordinator, { heldOn: '2024-06-13' })).toMatchObject({ problems: [{ reason: 'in_future' }] })
    expect(log(coordinator, { localityCode: '1' })).toMatchObject({ problems: [{ reason: 'locality_unknown' }] })
  })

  it('comes out of a table all or none, what stands already left out', () => {
    const row = (number: number, changes: object = {}) => ({ ...ACTIVITY, number, unitId, ...changes })
    const late = importOutreach(coordinator, CAMPAIGN, [row(2), row(3, { heldOn: '2024-06-13' })])
    expect(late).toEqual({ ok: false, number: 3, reason: 'in_future' })
    expect(sumOutreach(coordinator, CAMPAIGN, { unitId, unitPath }).total.sessions).toBe(0)
    const rows = [row(2), row(3, { people: 41 })]
    expect(importOutreach(coordinator, CAMPAIGN, rows)).toEqual({ ok: true, added: 2, known: 0 })
    expect(importOutreach(coordinator, CAMPAIGN, rows)).toEqual({ ok: true, added: 0, known: 2 })
    expect(statusOf(() => importOutreach(office, CAMPAIGN, [row(2, { people: 1 })]))).toBe(403)
  })

  it('its own export comes back unchanged; a preview refuses what saving would', async () => {
    log(coordinator)
    log(coordinator, { heldOn: '2024-06-11' })
    const { path } = unitNamed(DISTRICT)
    const told = { campaign: '128/KH-UBND', unitName: DISTRICT, asOf: Date.parse('2024-06-12T09:00+07:00') }
    const bytes = await writeOutreach(told, exportOutreach(above, CAMPAIGN, path))
    const rows = (await readExchanged('outreach', { bytes }))?.rows ?? []
    const known = {
      own: { unitId: unitNamed(DISTRICT).id, localityCode: null },
      units: listUnitsFor(above, 'outreach.log').filter(row => row.path.startsWith(path)),
      areas: listAreasOf(path, '2024-06-12').flatMap(({ options }) =>
        options.map(({ value, label }) => ({ id: value, name: label })),
      ),
      channels: officeLabels.outreachChannel,
    }
    const { activities, problems } = outreachOfTable(rows, known)
    expect([activities.length, problems]).toEqual([2, []])
    expect(previewOutreach(above, CAMPAIGN, activities)).toEqual({ fresh: [], known: 2, refused: [], isTooLong: false })
    const ahead = activities.map(row => ({ ...row, heldOn: '2024-06-13' }))
    expect(previewOutreach(above, CAMPAIGN, ahead)).toMatchObject({
      fresh: [],
      refused: [{ reason: 'in_future' }, { reason: 'in_future' }],
    })
    expect(exportOutreach(above, CAMPAIGN, path)).toHaveLength(2)
  })

  it('the same one twice is asked about', () => {
    expect(log(coordinator)).toEqual({ ok: true })
    expect(log(coordinator)).toMatchObject({ problems: [{ field: 'isAnother', reason: 'outreach_repeated' }] })
    expect(sumOutreach(coordinator, CAMPAIGN, { unitId, unitPath }).total.sessions).toBe(1)
    expect(again(coordinator)).toEqual({ ok: true })
    expect(sumOutreach(coordinator, CAMPAIGN, { unitId, unitPath }).total.sessions).toBe(2)
  })

  it('is logged where the unit acts: its localities, and those of the units below it', () => {
    for (const localityCode of ['25195', '689', '70'])
      expect(log(coordinator, { localityCode })).toMatchObject({
        problems: [{ field: 'localityCode', reason: 'locality_not_own' }],
      })
    const at = (place: string, localityCode: string) =>
      logOutreach(grantTo(makeOfficial(unitNamed(place).id).actor, 'coordinator', unitNamed(place).id), CAMPAIGN, {
        unitId: unitNamed(place).id,
        input: { ...ACTIVITY, localityCode },
      })
    expect(at(DISTRICT, '25195')).toEqual({ ok: true })
    expect(at(DISTRICT, '688')).toMatchObject({ problems: [{ reason: 'locality_not_own' }] })
    expect(at('Sở Y tế', '688')).toEqual({ ok: true })
    const offered = listAreasOf(unitPath, '2024-06-10').flatMap(({ options }) => options.map(({ value }) => value))
    expect(offered).toEqual(['25207'])
  })

  it('after the campaign it is listed apart, in no sum, until the last day of entry', () => {
    moveClock(coordinator, Date.parse('2024-07-08T08:00+07:00'))
    expect(log(coordinator)).toEqual({ ok: true })
    expect(log(coordinator, { heldOn: '2024-07-04' })).toEqual({ ok: true })
    expect(sumOutreach(coordinator, CAMPAIGN, { unitId, unitPath }).total).toEqual({ sessions: 1, people: 40 })
    expect(listOutreach(coordinator, CAMPAIGN, { unitPath }).rows.map(row => row.heldOn)).toEqual(['2024-06-10'])
    expect(listOutreach(coordinator, CAMPAIGN, { unitPath, part: 'after' }).rows.map(row => row.heldOn)).toEqual([
      '2024-07-04',
    ])
    expect(exportOutreach(coordinator, CAMPAIGN, unitPath)).toHaveLength(1)
    expect(exportOutreach(coordinator, CAMPAIGN, unitPath, 'after')).toHaveLength(1)
    moveClock(coordinator, Date.parse('2024-07-10T08:00+07:00'))
    expect(log(coordinator, { heldOn: '2024-07-05' })).toMatchObject({ problems: [{ reason: 'entry_over' }] })
  })

  it('leaves the sums when it is withdrawn', () => {
    log(coordinator)
    const [row] = listOutreach(office, CAMPAIGN, { unitPath }).rows
    expect(row?.mayWithdraw).toBe(false)
    expect(statusOf(() => withdrawOutreach(office, CAMPAIGN, row?.id ?? 0))).toBe(403)
    expect(statusOf(() => withdrawOutreach(elsewhere, CAMPAIGN, row?.id ?? 0))).toBe(404)
    expect(withdrawOutreach(coordinator, CAMPAIGN, row?.id ?? 0)).toEqual({ unitId })
    expect(sumOutreach(coordinator, CAMPAIGN, { unitId, unitPath }).total).toEqual({ sessions: 0, people: 0 })
    expect(statusOf(() => withdrawOutreach(coordinator, CAMPAIGN, row?.id ?? 0))).toBe(404)
  })
})

describe('collection points', () => {
  const POINT = {
    kind: 'mobile',
    name: 'Điểm ấp 1',
    localityCode: '25207',
    place: 'Nhà văn hóa ấp 1',
    fromOn: '2024-06-10',
    toOn: '2024-06-14',
    hours: '17 giờ – 20 giờ',
    dailyCapacity: 40,
  } as const
  const add = (actor = coordinator, changes: Partial<Record<'fromOn' | 'toOn', string>> = {}) => {
    const made = addPoint(actor, CAMPAIGN, { unitId, input: { ...POINT, ...changes } })
    if (!made.ok) throw new Error(JSON.stringify(made))
    return made.pointId
  }
  const DAY = { day: '2024-06-11', invited: 40, received: 30, sentOn: 20, approved: 0 }

  it('keep what they did each day, a day entered again replacing it', () => {
    const pointId = add()
    expect(enterCollectionDay(coordinator, CAMPAIGN, { pointId, input: DAY })).toEqual({ ok: true })
    expect(enterCollectionDay(above, CAMPAIGN, { pointId, input: { ...DAY, received: 35 } })).toEqual({ ok: true })
    const wrong = { ...DAY, day: '2024-06-12', received: 0, sentOn: 16 }
    expect(enterCollectionDay(coordinator, CAMPAIGN, { pointId, input: wrong })).toMatchObject({
      problems: [{ field: 'sentOn', reason: 'more_sent_than_received' }],
    })
    expect(findPoint(office, CAMPAIGN, pointId)).toMatchObject({
      received: 35,
      mayKeep: false,
      days: [{ received: 35 }],
    })
    expect(findPoint(elsewhere, CAMPAIGN, pointId)).toBeUndefined()
    expect(exportCollectionDays(above, CAMPAIGN, unitPath)).toMatchObject({
      within: [{ pointName: 'Điểm ấp 1', received: 35 }],
      after: [],
    })
    expect(statusOf(() => exportCollectionDays(elsewhere, CAMPAIGN, unitPath))).toBe(404)
    expect(statusOf(() => enterCollectionDay(office, CAMPAIGN, { pointId, input: DAY }))).toBe(403)
    expect(statusOf(() => enterCollectionDay(elsewhere, CAMPAIGN, { pointId, input: DAY }))).toBe(404)
    expect(statusOf(() => add(office))).toBe(403)
  })

  it('take the days of a table all or none, in the order of days', () => {
    const pointId = add()
    const later = { ...DAY, pointId, day: '2024-06-12', received: 0, sentOn: 10 }
    const days = [
      { ...later, number: 2 },
      { ...DAY, pointId, number: 3 },
    ]
    expect(importCollectionDays(coordinator, CAMPAIGN, days)).toEqual({ ok: true, added: 2 })
    const wrong = [
      { ...DAY, pointId, number: 2 },
      { ...later, number: 3, sentOn: 99 },
    ]
    expect(importCollectionDays(coordinator, CAMPAIGN, wrong)).toEqual({
      ok: false,
      number: 3,
      reason: 'more_sent_than_received',
    })
    expect(findPoint(coordinator, CAMPAIGN, pointId)).toMatchObject({ received: 30, sentOn: 30 })
  })

  it('their own export comes back unchanged; a preview refuses what saving would', async () => {
    const pointId = add()
    enterCollectionDay(coordinator, CAMPAIGN, { pointId, input: DAY })
    const { path } = unitNamed(DISTRICT)
    const told = { campaign: '128/KH-UBND', unitName: DISTRICT, asOf: Date.parse('2024-06-12T09:00+07:00') }
    const bytes = await writeCollectionDays(told, exportCollectionDays(above, CAMPAIGN, path).within)
    const rows = (await readExchanged('collection_days', { bytes }))?.rows ?? []
    const { days, problems } = collectionOfTable(rows, listPoints(above, CAMPAIGN, path))
    expect([days.length, problems]).toEqual([1, []])
    expect(previewCollectionDays(above, CAMPAIGN, days)).toEqual({ fresh: [], known: 1, refused: [], isTooLong: false })
    const ahead = days.map(row => ({ ...row, day: '2024-06-13' }))
    expect(previewCollectionDays(above, CAMPAIGN, ahead)).toMatchObject({
      fresh: [],
      refused: [{ reason: 'in_future' }],
    })
  })

  it('are announced where the unit acts; their days after the campaign are in no sum', () => {
    const elsewhereCode = { ...POINT, localityCode: '688' }
    expect(addPoint(coordinator, CAMPAIGN, { unitId, input: elsewhereCode })).toMatchObject({
      problems: [{ field: 'localityCode', reason: 'locality_not_own' }],
    })
    const pointId = add(coordinator, { fromOn: '2024-07-01', toOn: '2024-07-08' })
    const lateId = add(coordinator, { fromOn: '2024-07-05', toOn: '2024-07-20' })
    moveClock(coordinator, Date.parse('2024-07-08T08:00+07:00'))
    for (const day of ['2024-07-03', '2024-07-04'])
      expect(enterCollectionDay(coordinator, CAMPAIGN, { pointId, input: { ...DAY, day } })).toEqual({ ok: true })
    expect(findPoint(coordinator, CAMPAIGN, pointId)).toMatchObject({ received: 30, days: [{}, {}] })
    expect(listPoints(coordinator, CAMPAIGN, unitPath).map(row => [row.id, row.isAfter, row.received])).toEqual([
      [lateId, true, 0],
      [pointId, false, 30],
    ])
    expect(exportCollectionDays(coordinator, CAMPAIGN, unitPath)).toMatchObject({
      within: [{ day: '2024-07-03' }],
      after: [{ day: '2024-07-04' }],
    })
    moveClock(coordinator, Date.parse('2024-07-10T08:00+07:00'))
    expect(
      enterCollectionDay(coordinator, CAMPAIGN, { pointId: lateId, input: { ...DAY, day: '2024-07-10' } }),
    ).toMatchObject({ problems: [{ reason: 'entry_over' }] })
    expect(addPoint(coordinator, CAMPAIGN, { unitId, input: POINT })).toMatchObject({
      problems: [{ reason: 'entry_over' }],
    })
  })

  it('cancelled ones leave the schedule and keep their days', () => {
    const pointId = add()
    enterCollectionDay(coordinator, CAMPAIGN, { pointId, input: DAY })
    cancelPoint(coordinator, CAMPAIGN, pointId)
    expect(listSchedule(CAMPAIGN)).toEqual([])
    expect(listPoints(coordinator, CAMPAIGN, unitPath)[0]).toMatchObject({ received: 30 })
    expect(enterCollectionDay(coordinator, CAMPAIGN, { pointId, input: DAY })).toMatchObject({
      problems: [{ reason: 'point_cancelled' }],
    })
  })

  it('the schedule holds what is open today or later, with its district, and no person', () => {
    add(coordinator, { fromOn: '2024-06-01', toOn: '2024-06-11' })
    add(coordinator, { fromOn: '2024-06-12', toOn: '2024-06-12' })
    add(coordinator, { fromOn: '2024-06-20', toOn: '2024-06-21' })
    expect(listSchedule(CAMPAIGN).map(row => row.fromOn)).toEqual(['2024-06-12', '2024-06-20'])
    expect(Object.keys(listSchedule(CAMPAIGN)[0] ?? {})).toEqual([
      'id',
      'kind',
      'name',
      'localityCode',
      'area',
      'districtCode',
      'place',
      'fromOn',
      'toOn',
      'hours',
      'dailyCapacity',
    ])
    expect(listSchedule(CAMPAIGN)[0]?.districtCode).toBe('689')
    prepared(
      "insert into locality_belonging (locality_code, from_on, parent_code) select locality_code, '2024-06-01', '688' from collection_point limit 1",
    ).run()
    expect(listSchedule(CAMPAIGN)[0]?.districtCode).toBe('688')
  })
})

describe('offers', () => {
  const OFFER = {
    carrier: 'viettel',
    kind: 'sim',
    name: 'SIM 4G chính chủ',
    price: 0,
    terms: null,
    documentNumber: null,
    fromOn: '2024-06-01',
    toOn: null,
  } as const
  const WISH = {
    name: 'Thị Mai Lan',
    phone: '0541234567',
    localityCode: '25207',
    hamlet: null,
    consentChannel: 'paper',
  } as const
  const offerId = () => listOffers(CAMPAIGN)[0]?.id ?? 0
  const ask = (actor: Person, changes: Partial<Record<'name' | 'phone', string>> = {}) =>
    askOffer(actor, CAMPAIGN, { offerId: offerId(), input: { ...WISH, ...changes } })

  it('are the telecom office’s, and stand while they are in force', () => {
    expect(statusOf(() => addOffer(coordinator, CAMPAIGN, OFFER))).toBe(403)
    addOffer(telecom, CAMPAIGN, OFFER)
    addOffer(telecom, CAMPAIGN, { ...OFFER, toOn: '2024-06-11' })
    addOffer(telecom, CAMPAIGN, { ...OFFER, fromOn: '2024-06-12' })
    expect(listOffers(CAMPAIGN)).toHaveLength(2)
    for (const { id } of listOffers(CAMPAIGN)) endOffer(telecom, CAMPAIGN, id)
    expect(listOffers(CAMPAIGN)).toEqual([])
    expect(statusOf(() => endOffer(office, CAMPAIGN, 1))).toBe(403)
    expect(findOffer(CAMPAIGN, 1)?.isInForce).toBe(false)
  })

  it('a wish is sealed, counted without a person, handed over once', () => {
    addOffer(telecom, CAMPAIGN, OFFER)
    expect(ask(member)).toEqual({ ok: true })
    expect(ask(coordinator, { name: 'THỊ MAI LAN' })).toMatchObject({ problems: [{ reason: 'wish_known' }] })
    expect(ask(coordinator, { phone: '0541234568' })).toEqual({ ok: true })
    const stored = JSON.stringify(
      db
        .select()
        .from(offerRequest)
        .all()
        .map(row => ({
          ...row,
          citizenNameCipher: row.citizenNameCipher.toString('latin1'),
          citizenPhoneCipher: row.citizenPhoneCipher.toString('latin1'),
        })),
    )
    expect(stored).not.toContain('Mai Lan')
    expect(stored).not.toContain('0541234567')
    expect(countWishes(coordinator, CAMPAIGN)).toBeUndefined()
    expect(countWishes(telecom, CAMPAIGN)).toMatchObject([
      { carrier: 'viettel', localityCode: '25207', open: 2, all: 2 },
    ])
    expect(statusOf(() => handOver(coordinator, CAMPAIGN, 'viettel'))).toBe(403)
    expect(handOver(telecom, CAMPAIGN, 'mobifone')).toBeUndefined()
    const handed = handOver(telecom, CAMPAIGN, 'viettel')
    expect(handed?.rows).toMatchObject([{ name: 'Thị Mai Lan', phone: '0541234567' }, {}])
    expect(handOver(telecom, CAMPAIGN, 'viettel')).toBeUndefined()
    expect(countWishes(telecom, CAMPAIGN)).toMatchObject([{ open: 0, all: 2 }])
    expect(ask(member)).toMatchObject({ problems: [{ reason: 'wish_known' }] })
    const handoverId = handed?.handoverId ?? 0
    expect(statusOf(() => takeHandoverAgain(coordinator, CAMPAIGN, handoverId))).toBe(403)
    expect(takeHandoverAgain(telecom, CAMPAIGN, handoverId)).toEqual(handed)
    expect(statusOf(() => takeHandoverAgain(telecom, CAMPAIGN, handoverId + 1))).toBe(404)
    expect(listHandovers(telecom, CAMPAIGN)).toMatchObject([{ id: handoverId, carrier: 'viettel', count: 2 }])
    expect(listHandovers(coordinator, CAMPAIGN)).toEqual([])
    expect(events('export', 'offer_request')).toBe(2)
    const told = prepared("select group_concat(data) as data from event where subject = 'offer_request'").get() as {
      data: string
    }
    expect(told.data).not.toMatch(/Mai|0541/)
  })

  it('one entered twice before hashes were kept is handed over once', () => {
    addOffer(telecom, CAMPAIGN, OFFER)
    ask(member)
    ask(coordinator, { name: 'Người Khác' })
    prepared('update offer_request set wish_hash = null').run()
    const cipher = (column: string, value: string) =>
      seal({ campaignId: CAMPAIGN }, { table: 'offer_request', column, rowId: 2 }, value)
    prepared('update offer_request set citizen_name_cipher = ?, citizen_phone_cipher = ? where id = 2').run(
      cipher('citizen_name', 'thị mai lan'),
      cipher('citizen_phone', WISH.phone),
    )
    expect(handOver(telecom, CAMPAIGN, 'viettel')?.rows).toHaveLength(1)
    expect(handOver(telecom, CAMPAIGN, 'viettel')).toBeUndefined()
  })

  it('who entered a wish sees it, and may drop it until it is handed over', () => {
    addOffer(telecom, CAMPAIGN, OFFER)
    ask(member)
    const [wish] = ownWishes(member, CAMPAIGN)
    expect(wish?.citizenName).toBe('Thị Mai Lan')
    expect(ownWishes(coordinator, CAMPAIGN)).toEqual([])
    expect(statusOf(() => dropWish(coordinator, CAMPAIGN, wish?.id ?? 0))).toBe(404)
    dropWish(member, CAMPAIGN, wish?.id ?? 0)
    expect(ownWishes(member, CAMPAIGN)).toEqual([])
    ask(member)
    handOver(telecom, CAMPAIGN, 'viettel')
    expect(statusOf(() => dropWish(member, CAMPAIGN, ownWishes(member, CAMPAIGN)[0]?.id ?? 0))).toBe(404)
  })

  it('none is asked for once it is over', () => {
    addOffer(telecom, CAMPAIGN, { ...OFFER, toOn: '2024-06-13' })
    const id = offerId()
    moveClock(member, Date.parse('2024-06-14T08:00+07:00'))
    expect(askOffer(member, CAMPAIGN, { offerId: id, input: WISH })).toMatchObject({
      problems: [{ reason: 'offer_over' }],
    })
  })
})

describe('difficulties', () => {
  const raise = (actor = coordinator, route: 'campaign_office' | 'telecom_office' = 'telecom_office') =>
    raiseDifficulty(actor, CAMPAIGN, { unitId, route, title: 'Sóng 4G yếu', body: 'Ở ấp Đồng Tâm chỉ có 2G.' })

  it('are corrected and withdrawn by their unit; readers see when', () => {
    const difficultyId = raise()
    const edit = (actor: Person) =>
      editDifficulty(actor, CAMPAIGN, { difficultyId, title: 'Sóng yếu', body: 'Ở ấp Đồng Tâm.' })
    expect(statusOf(() => edit(telecom))).toBe(403)
    expect(statusOf(() => edit(elsewhere))).toBe(404)
    edit(coordinator)
    const answer = (words: string) => answerDifficulty(telecom, CAMPAIGN, { difficultyId, answer: words })
    answer('Đã ghi nhận.')
    const read = () => findDifficulty(member, CAMPAIGN, difficultyId)
    expect(read()).toMatchObject({
      title: 'Sóng yếu',
      editedAt: expect.any(Number),
      answerEditedAt: null,
      mayEdit: false,
    })
    answer('Lắp trạm.')
    expect(read()).toMatchObject({ answer: 'Lắp trạm.', answerEditedAt: expect.any(Number) })
    expect(statusOf(() => withdrawDifficulty(telecom, CAMPAIGN, difficultyId))).toBe(403)
    withdrawDifficulty(above, CAMPAIGN, difficultyId)
    expect(read()).toBeUndefined()
    expect(listDifficulties(coordinator, CAMPAIGN, {}).rows).toEqual([])
    const waiting = raise()
    withdrawDifficulty(coordinator, CAMPAIGN, waiting)
    expect(countToAnswer(telecom, CAMPAIGN)).toBe(0)
  })

  it('keep what they and their answers said before, for who could read it while it was open', () => {
    const difficultyId = raise()
    const answer = (words: string) => answerDifficulty(telecom, CAMPAIGN, { difficultyId, answer: words })
    const edit = (title: string) => editDifficulty(coordinator, CAMPAIGN, { difficultyId, title, body: 'Ở ấp 3.' })
    edit('Sóng yếu')
    edit('Sóng yếu')
    answer('Đã ghi nhận.')
    answer('Đã ghi nhận.')
    answer('Lắp trạm.')
    for (const actor of [coordinator, above, telecom])
      expect(findDifficulty(actor, CAMPAIGN, difficultyId)?.former).toMatchObject([
        { part: 'answer', title: '', body: 'Đã ghi nhận.' },
        { part: 'question', title: 'Sóng 4G yếu', body: 'Ở ấp Đồng Tâm chỉ có 2G.' },
      ])
    expect(findDifficulty(member, CAMPAIGN, difficultyId)).toMatchObject({ former: [], answer: 'Lắp trạm.' })
  })

  it('tell their unit, and who raised them for it, of the answer for a week, and again when it changes', () => {
    const own = raise()
    const fromAbove = raise(above)
    const tasksOf = (actor: Person, day = campaignToday()) =>
      listReminders(actor, CAMPAIGN, day)
        .filter(({ kind }) => kind === 'answers')
        .map(row => [row.count, reminderAct(row)?.to])
    expect(tasksOf(coordinator)).toEqual([])
    answerDifficulty(telecom, CAMPAIGN, { difficultyId: own, answer: 'Đã lắp.' })
    expect(tasksOf(coordinator)).toEqual([[1, `/kho-khan/${own}`]])
    expect([tasksOf(above), tasksOf(elsewhere), tasksOf(telecom)]).toEqual([[], [], []])
    answerDifficulty(telecom, CAMPAIGN, { difficultyId: fromAbove, answer: 'Đã lắp.' })
    expect(tasksOf(above)).toEqual([[1, `/kho-khan/${fromAbove}`]])
    expect(tasksOf(coordinator)).toEqual([[2, '/kho-khan']])
    const today = campaignToday()
    expect([tasksOf(above, addDays(today, 6)), tasksOf(above, addDays(today, 7))]).toEqual([
      [[1, `/kho-khan/${fromAbove}`]],
      [],
    ])
    withdrawDifficulty(above, CAMPAIGN, fromAbove)
    expect(tasksOf(above)).toEqual([])
    moveClock(member, Date.parse('2024-06-22T08:00+07:00'))
    expect(tasksOf(coordinator)).toEqual([])
    answerDifficulty(telecom, CAMPAIGN, { difficultyId: own, answer: 'Đã lắp hai trạm.' })
    expect(tasksOf(coordinator)).toEqual([[1, `/kho-khan/${own}`]])
  })

  it('are raised by units and answered by the office to which they go', () => {
    const difficultyId = raise()
    expect(statusOf(() => raise(member))).toBe(404)
    expect(statusOf(() => raise(office))).toBe(403)
    expect([countToAnswer(telecom, CAMPAIGN), countToAnswer(office, CAMPAIGN)]).toEqual([1, 0])
    const answer = (actor: Person) =>
      answerDifficulty(actor, CAMPAIGN, { difficultyId, answer: 'Lắp thêm trạm trong tháng 7.' })
    expect(statusOf(() => answer(office))).toBe(403)
    expect(statusOf(() => answer(coordinator))).toBe(403)
    expect(statusOf(() => answer(elsewhere))).toBe(404)
    answer(telecom)
    expect(countToAnswer(telecom, CAMPAIGN)).toBe(0)
    expect(findDifficulty(coordinator, CAMPAIGN, difficultyId)).toMatchObject({
      answer: 'Lắp thêm trạm trong tháng 7.',
      mayAnswer: false,
    })
  })

  it('open ones are seen by their unit, those above and the offices; answers by everyone', () => {
    const difficultyId = raise()
    for (const actor of [coordinator, above, office, telecom])
      expect(findDifficulty(actor, CAMPAIGN, difficultyId)).toBeDefined()
    for (const actor of [elsewhere, member]) {
      expect(findDifficulty(actor, CAMPAIGN, difficultyId)).toBeUndefined()
      expect(listDifficulties(actor, CAMPAIGN, {}).rows).toEqual([])
    }
    answerDifficulty(telecom, CAMPAIGN, { difficultyId, answer: 'Đã lắp.' })
    for (const actor of [elsewhere, member]) {
      expect(findDifficulty(actor, CAMPAIGN, difficultyId)?.answer).toBe('Đã lắp.')
      expect(listDifficulties(actor, CAMPAIGN, { state: 'answered' }).rows).toHaveLength(1)
    }
  })

  it.each([
    { search: 'song 4g', finds: 1 },
    { search: 'dong tam', finds: 1 },
    { search: 'Đồng  TÂM yếu', finds: 1 },
    { search: 'tram thang 7', finds: 1 },
    { search: 'song 5g', finds: 0 },
    { search: '', finds: 1 },
  ])('“$search” finds $finds, with marks or without, in title, body or answer', ({ search, finds }) => {
    const difficultyId = raise()
    answerDifficulty(telecom, CAMPAIGN, { difficultyId, answer: 'Lắp thêm trạm trong tháng 7.' })
    expect(listDifficulties(member, CAMPAIGN, { search }).rows).toHaveLength(finds)
  })
})
