import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Person } from '#app/access/policy.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { PLAN_128, type Regulation } from '#app/domain/regulation.ts'
import { regulationFields, regulationInput } from '#app/domain/regulation-input.ts'
import {
  addRegulation,
  changedParameters,
  createCampaign,
  defaultCampaignId,
  findAnnex,
  findCampaign,
  listRegulations,
  setIndicatorTargets,
} from '#app/queries/campaign.server.ts'
import { recordHelp } from '#app/queries/help.server.ts'
import { findHelp } from '#app/queries/help-view.server.ts'
import { recount, rejudgeCampaign } from '#app/queries/judging/index.server.ts'
import { storedStanding } from '#app/queries/judging/standing.server.ts'
import { prepared } from '#db/client.server.ts'
import { INDICATORS } from '#tests/indicators.ts'
import {
  CAMPAIGN,
  confirmNow,
  dropProvince,
  grantTo,
  helpForm,
  makeOfficial,
  makeProvince,
  system,
  toldBy,
  unitNamed,
} from '#tests/make.ts'

beforeEach(() => makeProvince())
afterEach(dropProvince)

const office = (): Person => grantTo(makeOfficial(unitNamed('Sở Tài chính').id).actor, 'campaign_office', 1)

const SECOND: Regulation = {
  ...PLAN_128,
  startsOn: '2024-05-01',
  endsOn: '2024-06-30',
  finalReportOn: '2024-07-05',
  quota: 3,
}

function secondCampaign(changes: Partial<Parameters<typeof createCampaign>[1]> = {}, by = office()) {
  return createCampaign(by, {
    code: '200/KH-UBND',
    name: 'Đợt cao điểm thứ hai',
    issuer: 'UBND tỉnh Bình Phước',
    issuedOn: '2024-04-25',
    parameters: SECOND,
    annexOf: CAMPAIGN,
    ...changes,
  })
}

function made<T extends { ok: boolean }>(result: T): Extract<T, { ok: true }> {
  if (!result.ok) throw new Error(JSON.stringify(result))
  return result as Extract<T, { ok: true }>
}

const tallies = (campaignId: number) =>
  ['help_tally', 'help_total', 'people_tally'].map(table =>
    prepared(`select * from ${table} where campaign_id = ? order by dimension, key`).all(campaignId),
  )

/** A confirmed help record of citizen `n`, and whose it is. */
function helped(campaignId: number, n: number, day: string) {
  const unit = unitNamed('Sở Nội vụ')
  const official = makeOfficial(unit.id)
  const head = grantTo(makeOfficial(unit.id).actor, 'head', unit.id)
  const { helpId } = made(
    recordHelp(official.actor, campaignId, { officialId: official.officialId, input: helpForm(n, { helpedOn: day }) }),
  )
  confirmNow(head, campaignId, [helpId])
  return { official, helpId, reason: () => findHelp(official.actor, campaignId, helpId)?.verdictReason }
}

describe('a second campaign', () => {
  it('has dates, targets, standings, keys and records of its own, and leaves the first as it was', async () => {
    const first = helped(CAMPAIGN, 1, '2024-05-10')
    const by = office()
    const before = tallies(CAMPAIGN)

    const { campaignId, jobId } = made(secondCampaign({}, by))
    expect(prepared('select kind, input from job where id = ?').get(jobId)).toEqual({
      kind: 'rejudge',
      input: JSON.stringify({ campaignId }),
    })
    await rejudgeCampaign(system, campaignId, () => undefined)
    expect(storedStanding(campaignId, first.official.officialId)).toMatchObject({ target: 3, counted: 0 })
    expect(storedStanding(CAMPAIGN, first.official.officialId)).toMatchObject({ target: 10, counted: 1 })

    const hashes = () => prepared('select distinct citizen_hash from help').all()
    expect(hashes()).toHaveLength(1)
    const { helpId } = made(
      recordHelp(first.official.actor, campaignId, {
        officialId: first.official.officialId,
        input: helpForm(1, { helpedOn: '2024-05-10' }),
      }),
    )
    expect(hashes()).toHaveLength(2)
    expect(findHelp(first.official.actor, campaignId, helpId)?.verdictReason).toBe('awaiting_confirmation')
    expect(findHelp(first.official.actor, CAMPAIGN, helpId)).toBeUndefined()
    expect(first.reason()).toBe('confirmed')

    expect(tallies(CAMPAIGN)).toEqual(before)
    expect(recount(CAMPAIGN)).toEqual([])
    expect(recount(campaignId)).toEqual([])
  })

  it('knows its officials by keys of its own: nobody helps themself there either', () => {
    const { officialId, actor, number } = makeOfficial(unitNamed('Sở Nội vụ').id, { number: '070090999999' })
    const { campaignId } = made(secondCampaign())
    const input = helpForm(1, { helpedOn: '2024-05-10', citizen: { number } })
    expect(recordHelp(actor, campaignId, { officialId, input })).toMatchObject({
      ok: false,
      problems: [{ reason: 'self_claim' }],
    })
  })

  it.each([
    {
      annexOf: CAMPAIGN,
      total: 27547,
      daily: Math.ceil(27547 / 60),
      what: 'the first’s annex, shared out over 60 days',
    },
    { annexOf: null, total: 0, daily: 0, what: 'an empty annex' },
  ])('starts with $what', ({ annexOf, total, daily }) => {
    const { campaignId } = made(secondCampaign({ annexOf, indicators: INDICATORS }))
    const row = findAnnex(campaignId).rows.find(({ localityCode }) => localityCode === '689')
    expect(row?.figures.eid_activated).toMatchObject({ total, daily })
  })

  it('is refused where its number is taken', () => {
    expect(secondCampaign({ code: '128/KH-UBND' })).toMatchObject({ ok: false, problems: [{ reason: 'code_taken' }] })
  })

  it('is the campaign office’s to make', () => {
    const head = grantTo(makeOfficial(1).actor, 'head', 1)
    expect(() =>
      createCampaign(head, {
        code: 'x',
        name: 'x',
        issuer: 'x',
        issuedOn: '2024-04-25',
        parameters: SECOND,
        annexOf: null,
      }),
    ).toThrow(Refusal)
  })

  it.each([
    { today: '2024-04-10', shows: 'first' },
    { today: '2024-06-01', shows: 'first' },
    { today: '2024-07-02', shows: 'first' },
    { today: '2025-01-01', shows: 'second' },
  ])('on $today a new session shows the $shows', ({ today, shows }) => {
    const { campaignId } = made(secondCampaign())
    expect(defaultCampaignId(today)).toBe(shows === 'second' ? campaignId : CAMPAIGN)
  })
})

describe('addRegulation', () => {
  const version = (parameters: Regulation, basedOn = 1) => ({
    parameters,
    basedOn,
    documentNumber: '300/QĐ-UBND',
    decidedOn: '2024-06-01',
    note: '',
  })

  it('puts the next version in force and judges everything by it, the older one kept', async () => {
    const { reason, official } = helped(CAMPAIGN, 1, '2024-04-04')
    expect(reason()).toBe('confirmed')
    const result = addRegulation(office(), CAMPAIGN, version({ ...PLAN_128, startsOn: '2024-04-05', quota: 12 }))
    expect(result).toMatchObject({ ok: true, version: 2 })
    await rejudgeCampaign(system, CAMPAIGN, () => undefined)
    expect(reason()).toBe('outside_period')
    expect(storedStanding(CAMPAIGN, official.officialId)).toMatchObject({ target: 12, counted: 0 })
    expect(recount(CAMPAIGN)).toEqual([])
    expect(listRegulations(CAMPAIGN).map(row => [row.version, row.parameters.quota])).toEqual([
      [2, 12],
      [1, 10],
    ])
  })

  it('lets the annex’s daily shares follow the dates', () => {
    addRegulation(office(), CAMPAIGN, version({ ...PLAN_128, endsOn: '2024-07-13', finalReportOn: '2024-07-20' }))
    const row = findAnnex(CAMPAIGN).rows.find(({ localityCode }) => localityCode === '689')
    expect(row?.figures.eid_activated).toMatchObject({ total: 27547, daily: Math.ceil(27547 / 100) })
  })

  it.each([
    { situation: 'nothing differs', input: version(PLAN_128), problem: 'nothing_changed' },
    {
      situation: 'only the order of a list differs',
      input: version({ ...PLAN_128, requiredOutcomes: [...PLAN_128.requiredOutcomes].reverse() }),
      problem: 'nothing_changed',
    },
    {
      situation: 'somebody was quicker',
      input: version({ ...PLAN_128, quota: 12 }, 0),
      problem: 'version_moved',
    },
  ])('is refused where $situation', ({ input, problem }) => {
    expect(addRegulation(office(), CAMPAIGN, input)).toEqual({ ok: false, problem })
    expect(findCampaign(CAMPAIGN)?.version).toBe(1)
  })

  it.each(['update regulation set note = note', 'delete from regulation'])(
    'is the only way: “%s” is refused',
    statement => {
      expect(() => prepared(statement).run()).toThrow(/never/)
    },
  )
})

describe('the regulation form', () => {
  const fields = { ...regulationFields(PLAN_128), basedOn: '1', documentNumber: '300/QĐ-UBND', decidedOn: '2024-06-01' }
  const problemsOf = (changes: object) =>
    regulationInput
      .safeParse({ ...fields, ...changes })
      .error?.issues.map(issue => [issue.path.join('.'), issue.message]) ?? []

  it('starts with the regulation in force and reads it back unchanged', () => {
    const read = regulationInput.parse(fields)
    expect(changedParameters(PLAN_128, read.parameters)).toEqual([])
    expect(read.parameters).toEqual(PLAN_128)
  })

  it.each<{ situation: string; changes: object; problems: string[][] }>([
    { situation: 'a share with a comma', changes: { toleratedUntrueShare: '2,5' }, problems: [] },
    {
      situation: 'a share over all',
      changes: { toleratedUntrueShare: '101' },
      problems: [['toleratedUntrueShare', 'out_of_range']],
    },
    { situation: 'no quota', changes: { quota: '' }, problems: [['quota', 'required']] },
    { situation: 'a quota in words', changes: { quota: 'mười' }, problems: [['quota', 'not_a_number']] },
    { situation: 'a quota of none', changes: { quota: '0' }, problems: [['quota', 'out_of_range']] },
    {
      situation: 'an end before the start',
      changes: { endsOn: '2024-04-03' },
      problems: [['endsOn', 'ends_before_start']],
    },
    {
      situation: 'the last report before the end',
      changes: { finalReportOn: '2024-07-02' },
      problems: [['finalReportOn', 'ends_before_start']],
    },
    {
      situation: 'no outcome required',
      changes: { requiredOutcomes: [] },
      problems: [['requiredOutcomes', 'required']],
    },
    {
      situation: 'a must-achieve outcome that is not required',
      changes: { mustAchieve: 'portal_account' },
      problems: [['mustAchieve', 'must_achieve_not_required']],
    },
    { situation: 'no document', changes: { documentNumber: ' ' }, problems: [['documentNumber', 'required']] },
  ])('$situation', ({ changes, problems }) => {
    expect(problemsOf(changes)).toEqual(problems)
  })
})

describe('the annex', () => {
  it('sums as the plan prints it: the daily sum is the sum of the rounded shares', () => {
    const { sums, rows } = findAnnex(CAMPAIGN)
    expect(rows).toHaveLength(11)
    expect(sums.eid_activated).toEqual({ total: 357_048, daily: 3974 })
    expect(sums.id_card_first).toEqual({ total: 8676, daily: 102 })
    expect(sums.id_card_mobile).toEqual({ total: 11_207, daily: 129 })
    expect(sums.phone_4g).toEqual({ total: 22_095, daily: 253 })
    expect(sums.sim_signature).toEqual({ total: 374_443, daily: 4165 })
  })

  it('changes by a district’s row, the changed cells alone on record', () => {
    const totals = {
      id_card_first: 943,
      id_card_mobile: 1583,
      eid_activated: 27_551,
      phone_4g: 2790,
      sim_signature: 60_926,
    }
    setIndicatorTargets(office(), CAMPAIGN, { localityCode: '689', totals })
    expect(findAnnex(CAMPAIGN).sums.eid_activated).toEqual({ total: 357_052, daily: 3974 })
    expect(toldBy("verb = 'set_target' and actor_kind = 'person'")).toEqual([
      { indicator: 'eid_activated', from: 27_547, to: 27_551 },
    ])
  })
})
