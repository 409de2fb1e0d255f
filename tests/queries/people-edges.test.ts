import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Person } from '#app/access/policy.ts'
import { PLAN_128 } from '#app/domain/regulation.ts'
import { listAlike } from '#app/queries/alike.server.ts'
import { createCampaign } from '#app/queries/campaign.server.ts'
import { closingForJob, listClosings, startClosing } from '#app/queries/closing.server.ts'
import { freezeClosing } from '#app/queries/closing-freeze.server.ts'
import { listForLookup } from '#app/queries/extract-lookup.server.ts'
import { recordHelp } from '#app/queries/help.server.ts'
import { findHelp } from '#app/queries/help-view.server.ts'
import { campaignIds, change, recount, rejudgeCampaign } from '#app/queries/judging/index.server.ts'
import { storedStanding } from '#app/queries/judging/standing.server.ts'
import { findLocality, listCommunes, listLocalitiesBelow } from '#app/queries/locality.server.ts'
import { countAssessments, listAssessments, ownAssessment } from '#app/queries/official-assessment.server.ts'
import { giveNotice, listUnnotified } from '#app/queries/review-step.server.ts'
import { transferOfficial } from '#app/queries/transfer.server.ts'
import { prepared } from '#db/client.server.ts'
import {
  CAMPAIGN,
  citizenNumber,
  confirmNow,
  dropProvince,
  grantTo,
  helpForm,
  makeOfficial,
  makeProvince,
  statusOf,
  system,
  unitNamed,
} from '#tests/make.ts'
import { importRoster } from '#tests/roster.ts'

beforeEach(() => makeProvince())
afterEach(() => {
  for (const campaignId of campaignIds()) expect(recount(campaignId)).toEqual([])
  dropProvince()
})

const AFTER_CLOSE = Date.parse('2024-07-08T09:00+07:00')
const setClock = (at: number) =>
  prepared('update clock set real_at = ?, campaign_at = ? where id = 1').run(Date.now(), at)
const agency = () => unitNamed('Sở Nội vụ')
const headOf = (unitId: number) => grantTo(makeOfficial(1).actor, 'head', unitId)
const person = (n: number, number: string | null = citizenNumber(n)) => ({
  staffCode: `CB${n}`,
  name: `Lê Văn ${['Không', 'Một', 'Hai', 'Ba', 'Bốn'][n]}`,
  birthYear: 1990,
  number,
})

/** A record of citizen `n` by a new official of the agency, confirmed. */
function helped(n: number) {
  const unit = agency()
  const official = makeOfficial(unit.id)
  const recorded = recordHelp(official.actor, CAMPAIGN, { officialId: official.officialId, input: helpForm(n) })
  if (!recorded.ok) throw new Error(JSON.stringify(recorded))
  const head = headOf(unit.id)
  confirmNow(head, CAMPAIGN, [recorded.helpId])
  return { unit, head, official, helpId: recorded.helpId }
}

const counted = (campaignId: number, unitId: number) =>
  prepared("select counted from help_total where campaign_id = ? and dimension = 'unit' and key = ?")
    .pluck()
    .get(campaignId, String(unitId))

/** A campaign of 2025, in which everybody posted until now has a standing. */
async function campaignOf2025(): Promise<number> {
  const office: Person = grantTo(makeOfficial(1).actor, 'campaign_office', 1)
  const made = createCampaign(office, {
    code: '45/KH-UBND',
    name: 'Đợt năm 2025',
    issuer: 'UBND tỉnh Bình Phước',
    issuedOn: '2025-01-10',
    parameters: { ...PLAN_128, startsOn: '2025-02-01', endsOn: '2025-04-30', finalReportOn: '2025-05-08' },
    annexOf: null,
  })
  if (!made.ok) throw new Error(JSON.stringify(made))
  await rejudgeCampaign(system, made.campaignId, () => undefined)
  return made.campaignId
}

describe('a citizen who comes to be known as staff', () => {
  it('by a roster that brings a new official is counted once (K58)', async () => {
    const { unit, official, head } = helped(1)
    expect(await importRoster(head, unit.id, [person(1)], '2024-04-04')).toBe(true)
    expect(storedStanding(CAMPAIGN, official.officialId)).toMatchObject({ reported: 1, counted: 1 })
    expect(counted(CAMPAIGN, unit.id)).toBe(1)
    // a later write takes the standing on as it is
    recordHelp(official.actor, CAMPAIGN, { officialId: official.officialId, input: helpForm(2) })
    expect(storedStanding(CAMPAIGN, official.officialId)).toMatchObject({ reported: 2, counted: 1 })
  })

  it('by a roster that gives a known official a number is counted once (K59)', async () => {
    const { unit, official, head } = helped(1)
    expect(await importRoster(head, unit.id, [person(1, null)], '2024-04-04')).toBe(true)
    expect(await importRoster(head, unit.id, [person(1)], '2024-04-04')).toBe(true)
    expect(storedStanding(CAMPAIGN, official.officialId)).toMatchObject({ reported: 1, counted: 1 })
    expect(counted(CAMPAIGN, unit.id)).toBe(1)
  })

  it('and is the very official who recorded it no longer counts, nor twice less', async () => {
    const unit = agency()
    const head = headOf(unit.id)
    await importRoster(head, unit.id, [person(1, null)], '2024-04-04')
    const officialId = prepared("select id from official where staff_code = 'CB1'").pluck().get() as number
    const recorded = recordHelp(head, CAMPAIGN, { officialId, input: helpForm(1) })
    if (!recorded.ok) throw new Error(JSON.stringify(recorded))
    confirmNow(headOf(unit.id), CAMPAIGN, [recorded.helpId])
    expect(counted(CAMPAIGN, unit.id)).toBe(1)
    await importRoster(head, unit.id, [person(1)], '2024-04-04')
    expect(findHelp(head, CAMPAIGN, recorded.helpId)?.verdictReason).toBe('self_claim')
    expect(storedStanding(CAMPAIGN, officialId)).toMatchObject({ reported: 1, counted: 0 })
    expect(counted(CAMPAIGN, unit.id)).toBe(0)
  })
})

describe('who is first posted after the cut-off', () => {
  it('has no target, assessment or notice in the campaign that ended (K96)', async () => {
    setClock(AFTER_CLOSE)
    const unit = agency()
    const head = headOf(unit.id)
    expect(await importRoster(head, unit.id, [person(1)], '2024-07-08')).toBe(true)
    const officialId = prepared("select id from official where staff_code = 'CB1'").pluck().get() as number
    expect(storedStanding(CAMPAIGN, officialId)).toMatchObject({ unitId: null, target: null, shortage: 0 })
    expect(
      prepared("select officials from people_tally where campaign_id = ? and dimension = 'unit' and key = ?")
        .pluck()
        .get(CAMPAIGN, String(unit.id)),
    ).toBeUndefined()
    const home = grantTo(makeOfficial(1).actor, 'home_affairs', 1)
    const listed = listAssessments(home, CAMPAIGN, { unitPath: unit.path, limit: 100 }).rows
    expect(listed.map(row => row.officialId)).not.toContain(officialId)
    expect(countAssessments(home, CAMPAIGN, { unitPath: unit.path }).total).toBe(0)
    expect(listUnnotified(head, CAMPAIGN, { unitPath: unit.path, limit: 100 }).rows).toEqual([])
    const notice = () =>
      giveNotice(head, CAMPAIGN, { subject: { officialId }, body: 'Chưa hoàn thành', documentNumber: '1/TB' })
    expect(statusOf(() => expect(notice().ok).toBe(false)) ?? 404).toBe(404)

    const office = grantTo(makeOfficial(1).actor, 'campaign_office', 1)
    expect(startClosing(office, CAMPAIGN, { reason: 'close', note: '' })).toMatchObject({ ok: true })
    const closing = closingForJob(listClosings(CAMPAIGN)[0]?.id ?? 0)
    if (!closing) throw new Error('no closing')
    await freezeClosing(office, closing, () => undefined)
    expect(prepared('select count(*) from official_assessment where official_id = ?').pluck().get(officialId)).toBe(0)
  })

  it('still has what they recorded of earlier days at their first unit', async () => {
    setClock(AFTER_CLOSE)
    const unit = agency()
    const official = makeOfficial(unit.id, { fromOn: '2024-07-08' })
    const recorded = recordHelp(official.actor, CAMPAIGN, { officialId: official.officialId, input: helpForm(1) })
    if (!recorded.ok) throw new Error(JSON.stringify(recorded))
    confirmNow(headOf(unit.id), CAMPAIGN, [recorded.helpId])
    expect(counted(CAMPAIGN, unit.id)).toBe(1)
    expect(storedStanding(CAMPAIGN, official.officialId)).toMatchObject({ unitId: null, counted: 1, target: null })
    expect(ownAssessment(official.actor, CAMPAIGN)).toMatchObject({ result: 'exempt', target: null })
  })

  it('enters a later campaign and none before it (K107)', async () => {
    const later = await campaignOf2025()
    setClock(Date.parse('2025-02-10T09:00+07:00'))
    const unit = agency()
    await importRoster(headOf(unit.id), unit.id, [person(1)], '2025-02-10')
    const officialId = prepared("select id from official where staff_code = 'CB1'").pluck().get() as number
    expect(storedStanding(later, officialId)).toMatchObject({ unitId: unit.id, target: 10 })
    expect(storedStanding(CAMPAIGN, officialId)).toMatchObject({ unitId: null, target: null })
  })
})

describe('a transfer', () => {
  it('is right in every campaign, whoever asks for it', async () => {
    const { official, helpId } = helped(1)
    const later = await campaignOf2025()
    const to = unitNamed('Sở Y tế')
    const moved = transferOfficial(system, {
      officialId: official.officialId,
      unitId: to.id,
      position: 'Chuyên viên',
      category: 'civil_servant',
      isLeader: false,
      fromOn: '2024-06-12',
    })
    expect(moved).toEqual({ ok: true, waits: null })
    for (const campaignId of [CAMPAIGN, later])
      expect(storedStanding(campaignId, official.officialId)).toMatchObject({ unitId: to.id })
    expect(findHelp(official.actor, CAMPAIGN, helpId)?.verdictReason).toBe('confirmed')
  })
})

describe('where a commune belongs', () => {
  it('is data with a day: a record stays with the district of the day helped (K54)', () => {
    prepared(
      "insert into locality_belonging (locality_code, from_on, parent_code) values ('25195', '2024-05-01', '688')",
    ).run()
    const official = makeOfficial(agency().id)
    for (const [n, helpedOn] of ['2024-04-20', '2024-05-20'].entries())
      recordHelp(official.actor, CAMPAIGN, { officialId: official.officialId, input: helpForm(n, { helpedOn }) })
    const reported = (code: string) =>
      prepared("select reported from help_total where dimension = 'locality' and key = ?").pluck().get(code)
    expect(['70', '689', '688', '25195'].map(reported)).toEqual([2, 1, 1, 2])
  })

  const move = (fromOn: string, parentCode: string) =>
    prepared("insert into locality_belonging (locality_code, from_on, parent_code) values ('25195', ?, ?)").run(
      fromOn,
      parentCode,
    )
  const holders = (on: string) =>
    ['689', '688', '690'].filter(code => listLocalitiesBelow(code, on).some(row => row.code === '25195'))

  it('is asked with the day by lists, paths and targets, and seen as soon as it is written (K54)', () => {
    expect(holders('2024-06-01')).toEqual(['689'])
    move('2024-05-01', '688')
    expect([holders('2024-04-30'), holders('2024-05-01')]).toEqual([['689'], ['688']])
    expect(findLocality('25195', '2024-05-01')).toMatchObject({ parentCode: '688', path: '/70/688/25195/' })
    expect(listCommunes('2024-05-01').flatMap(({ communes }) => communes)).toHaveLength(
      listCommunes('2024-04-30').flatMap(({ communes }) => communes).length,
    )
    move('2024-05-20', '690')
    expect([holders('2024-05-19'), holders('2024-05-20')]).toEqual([['688'], ['690']])
  })

  it('decides by the day helped which records an office looks up (K54)', () => {
    move('2024-05-01', '688')
    const official = makeOfficial(agency().id)
    for (const [n, helpedOn] of ['2024-04-20', '2024-05-20'].entries())
      recordHelp(official.actor, CAMPAIGN, { officialId: official.officialId, input: helpForm(n, { helpedOn }) })
    const office = grantTo(makeOfficial(1).actor, 'campaign_office', 1)
    const lookedUp = (localityCode: string) =>
      listForLookup(office, CAMPAIGN, { source: 'police', localityCode, purpose: 'verify' })?.length
    expect(['70', '689', '688', '25195'].map(lookedUp)).toEqual([2, 1, 1, 2])
  })
})

describe('a full list of a district', () => {
  it.each([
    { asOfOn: '2024-04-30', reason: 'confirmed' },
    { asOfOn: '2024-05-01', reason: 'not_in_extract' },
  ])('of $asOfOn covers the communes that belonged to it then (K54)', ({ asOfOn, reason }) => {
    prepared(
      "insert into locality_belonging (locality_code, from_on, parent_code) values ('25195', '2024-05-01', '688')",
    ).run()
    const { official, helpId } = helped(1)
    const hash = prepared('select citizen_hash from help').pluck().get() as string
    change(CAMPAIGN, { citizens: [hash] }, () => {
      prepared(
        `insert into extract (id, campaign_id, source, as_of_on, outcomes, is_full_list, state, applied_at)
         values (1, ?, 'police', ?, '["eid_activated"]', 1, 'applied', 1)`,
      ).run(CAMPAIGN, asOfOn)
      prepared("insert into extract_scope (extract_id, locality_code) values (1, '688')").run()
    })
    expect(findHelp(official.actor, CAMPAIGN, helpId)?.verdictReason).toBe(reason)
  })
})

describe('the former unit', () => {
  const moved = (fromOn: string) => {
    const official = makeOfficial(agency().id)
    transferOfficial(system, {
      officialId: official.officialId,
      unitId: unitNamed('Sở Y tế').id,
      position: 'Chuyên viên',
      category: 'civil_servant',
      isLeader: false,
      fromOn,
    })
    return official
  }

  it.each([
    { fromOn: '2024-06-03', former: 'Sở Nội vụ' },
    { fromOn: '2024-05-20', former: 'Sở Nội vụ' },
    { fromOn: '2024-05-19', former: null },
  ])('of a move on $fromOn is $former (A9b)', ({ fromOn, former }) => {
    const { officialId, actor } = moved(fromOn)
    const home = grantTo(makeOfficial(1).actor, 'home_affairs', 1)
    const { rows } = listAssessments(home, CAMPAIGN, { unitPath: unitNamed('Sở Y tế').path, limit: 100 })
    expect(rows.find(row => row.officialId === officialId)?.formerUnit).toBe(former)
    expect(ownAssessment(actor, CAMPAIGN)?.formerUnit).toBe(former)
  })
})

describe('two officials who may be one person', () => {
  const born = (officialId: number, on: string | null, number: 'known' | 'missing' = 'known') =>
    prepared('update official set birth_on = ?, number_hash = iif(?, null, number_hash) where id = ?').run(
      on,
      Number(number === 'missing'),
      officialId,
    )
  const pair = (name = 'Lê Thị Trùng') => [
    makeOfficial(agency().id, { name, sex: 'female' }).officialId,
    makeOfficial(unitNamed('Sở Y tế').id, { name, sex: 'female' }).officialId,
  ]
  const alikeOf = (actor: Person, ids: number[]) => {
    const found = listAlike(actor, ids)
    return ids.map(id => found.get(id) ?? [])
  }

  it('are both flagged, each with the other and their unit (K62)', () => {
    const [first = 0, second = 0] = pair()
    for (const id of [first, second]) born(id, '1980-05-04')
    const coordinator = grantTo(makeOfficial(1).actor, 'coordinator', agency().id)
    expect(alikeOf(coordinator, [first, second])).toEqual([
      [{ officialId: second, name: 'Lê Thị Trùng', unitName: 'Sở Y tế', isSeen: false, isMixed: false }],
      [{ officialId: first, name: 'Lê Thị Trùng', unitName: 'Sở Nội vụ', isSeen: true, isMixed: false }],
    ])
  })

  it('by their birth year alone only where a number is missing', () => {
    const [first = 0, second = 0] = pair()
    const coordinator = grantTo(makeOfficial(1).actor, 'coordinator', 1)
    expect(alikeOf(coordinator, [first, second])).toEqual([[], []])
    born(second, null, 'missing')
    expect(alikeOf(coordinator, [first, second]).map(rows => rows.length)).toEqual([1, 1])
  })

  it('are not people of other birth dates or names', () => {
    const [first = 0, second = 0] = pair()
    const other = makeOfficial(agency().id, { name: 'Lê Thị Trúng', sex: 'female' }).officialId
    born(first, '1980-05-04')
    born(second, '1980-05-05')
    born(other, '1980-05-04')
    expect(alikeOf(grantTo(makeOfficial(1).actor, 'coordinator', 1), [first, second, other])).toEqual([[], [], []])
  })

  it('of a guarded tree are not told of by name', () => {
    const [first = 0] = pair()
    const second = makeOfficial(unitNamed('Bộ Chỉ huy Quân sự tỉnh').id, { name: 'Lê Thị Trùng', sex: 'female' })
    born(first, '1980-05-04')
    born(second.officialId, '1980-05-04')
    expect(alikeOf(grantTo(makeOfficial(1).actor, 'coordinator', agency().id), [first])).toEqual([[]])
  })

  it('are those of whom one row gave the number of one and the staff code of the other (K62)', async () => {
    const { head, unit } = helped(9)
    expect(await importRoster(head, unit.id, [person(1), { ...person(2), number: null }], '2024-04-04')).toBe(true)
    const [one = 0, two = 0] = ['CB1', 'CB2'].map(
      code => prepared('select id from official where staff_code = ?').pluck().get(code) as number,
    )
    expect(alikeOf(head, [one, two])).toEqual([[], []])
    expect(await importRoster(head, unit.id, [{ ...person(1), staffCode: 'cb2' }], '2024-04-04')).toBe(false)
    const other = (officialId: number, name: string) => [
      { officialId, name, unitName: 'Sở Nội vụ', isSeen: true, isMixed: true },
    ]
    expect(alikeOf(head, [one, two])).toEqual([other(two, 'Lê Văn Hai'), other(one, 'Lê Văn Một')])
    // said once more it stays one flag
    await importRoster(head, unit.id, [{ ...person(1), staffCode: 'cb2' }], '2024-04-04')
    expect(alikeOf(head, [one])).toEqual([other(two, 'Lê Văn Hai')])
  })
})
