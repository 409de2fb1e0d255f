import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { HelpInput } from '#app/domain/help.ts'
import { PARAMETERS, PLAN_128, type Regulation, regulationParameters } from '#app/domain/regulation.ts'
import { parametersOf } from '#app/domain/scenario.ts'
import type { Outcome, OutcomeValue } from '#app/domain/vocabulary.ts'
import { figureOf } from '#app/queries/aggregate.server.ts'
import { addRegulation, createCampaign } from '#app/queries/campaign.server.ts'
import { closingForJob, listClosings, startClosing } from '#app/queries/closing.server.ts'
import { freezeClosing } from '#app/queries/closing-freeze.server.ts'
import { recomputeHash } from '#app/queries/closing-rows.server.ts'
import { editHelp, recordHelp } from '#app/queries/help.server.ts'
import { confirmHelp } from '#app/queries/help-confirmation.server.ts'
import { findHelp } from '#app/queries/help-view.server.ts'
import { campaignIds, changePeople, recount, rejudgeCampaign, rulesOf } from '#app/queries/judging/index.server.ts'
import { storedStanding } from '#app/queries/judging/standing.server.ts'
import { computeScenario, createScenario, findScenario } from '#app/queries/scenario.server.ts'
import { db, prepared } from '#db/client.server.ts'
import {
  CAMPAIGN,
  dropProvince,
  grantTo,
  helpForm,
  makeOfficial,
  makeProvince,
  NOW,
  system,
  unitNamed,
} from '#tests/make.ts'

beforeEach(() => makeProvince())
afterEach(() => {
  for (const campaignId of campaignIds()) expect(recount(campaignId)).toEqual([])
  dropProvince()
})

const setClock = (at: number) =>
  prepared('update clock set real_at = ?, campaign_at = ? where id = 1').run(Date.now(), at)
const agency = () => unitNamed('Sở Nội vụ')
const MINUTE = 60_000

function made<T extends { ok: boolean }>(result: T): Extract<T, { ok: true }> {
  if (!result.ok) throw new Error(JSON.stringify(result))
  return result as Extract<T, { ok: true }>
}

type Values = Partial<Record<Outcome, OutcomeValue>>

function outcomesOf(values: Values): HelpInput['outcomes'] {
  const all: Values = { vneid_installed: 'achieved', eid_activated: 'achieved', sim_signature: 'achieved', ...values }
  return Object.fromEntries(
    Object.entries(all).map(([outcome, value]) => [outcome, { value, on: value === 'achieved' ? '2024-04-04' : null }]),
  )
}

type Made = ReturnType<typeof makeOfficial>

const record = (who: Made, n: number, values: Values = {}) =>
  made(
    recordHelp(who.actor, CAMPAIGN, {
      officialId: who.officialId,
      input: helpForm(n, { outcomes: outcomesOf(values) }),
    }),
  ).helpId

function edit(who: Made, helpId: number, n: number, values: Values) {
  const revision = findHelp(who.actor, CAMPAIGN, helpId)?.revision ?? 0
  made(
    editHelp(who.actor, CAMPAIGN, { helpId, revision, input: helpForm(n, { outcomes: outcomesOf(values) }) }) as {
      ok: true
    },
  )
}

const reasonOf = (who: Made, helpId: number) => findHelp(who.actor, CAMPAIGN, helpId)?.verdictReason
const office = () => grantTo(makeOfficial(1).actor, 'campaign_office', 1)
const head = () => grantTo(makeOfficial(1).actor, 'head', 1)

async function putInForce(changes: Partial<Regulation>, by = office()) {
  const { version, regulation } = rulesOf(CAMPAIGN)
  const input = { basedOn: version, documentNumber: '1/UBND', decidedOn: '2024-06-01', note: '' }
  made(addRegulation(by, CAMPAIGN, { ...input, parameters: { ...regulation, ...changes } }))
  await rejudgeCampaign(system, CAMPAIGN, () => undefined)
}

describe('another must-achieve outcome', () => {
  it('judges by the instant at which that one was achieved (K3)', async () => {
    const [a, b] = [makeOfficial(agency().id), makeOfficial(agency().id)]
    setClock(NOW)
    const first = record(a, 1, { sim_signature: 'not_yet' })
    setClock(NOW + 10 * MINUTE)
    const second = record(b, 1)
    setClock(NOW + 20 * MINUTE)
    edit(a, first, 1, {})
    confirmHelp(head(), CAMPAIGN, [first, second])
    expect([reasonOf(a, first), reasonOf(b, second)]).toEqual(['confirmed', 'duplicate_claim'])
    await putInForce({ mustAchieve: 'sim_signature' })
    expect([reasonOf(a, first), reasonOf(b, second)]).toEqual(['duplicate_claim', 'confirmed'])
    await putInForce({ mustAchieve: 'eid_activated' })
    expect([reasonOf(a, first), reasonOf(b, second)]).toEqual(['confirmed', 'duplicate_claim'])
  })

  it('takes the instant of a record as old as the first schema from what is known', async () => {
    const a = makeOfficial(agency().id)
    setClock(NOW)
    const helpId = record(a, 1)
    prepared('update help_outcome set claimed_at = null').run()
    runFill()
    const claims = prepared(
      'select outcome, claimed_at as at from help_outcome where help_id = ? order by outcome',
    ).all(helpId) as { at: number }[]
    const { received } = prepared('select received_at as received from help where id = ?').get(helpId) as {
      received: number
    }
    expect(claims.map(({ at }) => at)).toEqual([received, received, received])
  })
})

/** The statements of the migration that fill what it added. */
function runFill() {
  const text = readFileSync('db/migrations/0002_rules_at_their_edges.sql', 'utf8')
  const fills = text
    .split('--> statement-breakpoint')
    .filter(statement => !/ALTER TABLE|CREATE TABLE `/.test(statement))
  for (const statement of fills) db.$client.exec(statement)
}

describe('sums by outcome', () => {
  it('count each outcome by itself, achieved and had before apart, the phone too', () => {
    const a = makeOfficial(agency().id)
    const ids = [
      record(a, 1, { phone_4g: 'achieved' }),
      record(a, 2, { sim_signature: 'already_had', phone_4g: 'already_had' }),
      record(a, 3, { sim_signature: 'not_yet', phone_4g: 'achieved' }),
    ]
    confirmHelp(head(), CAMPAIGN, ids)
    expect(figureOf(CAMPAIGN, 'locality', '70').help).toMatchObject({
      counted: 2,
      eidActivatedAchieved: 2,
      eidActivatedHad: 0,
      simSignatureAchieved: 1,
      simSignatureHad: 1,
      phone4gAchieved: 1,
      phone4gHad: 1,
    })
    expect(figureOf(CAMPAIGN, 'unit', agency().id).help).toMatchObject({ phone4gAchieved: 1 })
    edit(a, ids[0] ?? 0, 1, { phone_4g: 'already_had' })
    expect(figureOf(CAMPAIGN, 'locality', '70').help).toMatchObject({ phone4gAchieved: 0, phone4gHad: 2 })
  })

  it('are filled by the migration for what was recorded before it', () => {
    const youth = prepared("select id from chapter where association = 'youth' order by id desc limit 1").get() as {
      id: number
    }
    const [a, b, c] = [
      makeOfficial(agency().id),
      makeOfficial(unitNamed('UBND xã Tân Thành').id, { category: 'part_time', fromOn: '2024-05-01' }),
      makeOfficial(unitNamed('Sở Y tế').id),
    ]
    changePeople([b.officialId], () =>
      prepared("insert into membership (official_id, chapter_id, from_on) values (?, ?, '2024-01-01')").run(
        b.officialId,
        youth.id,
      ),
    )
    const ids = [
      record(a, 1, { phone_4g: 'achieved' }),
      record(b, 2, { sim_signature: 'already_had' }),
      record(b, 4),
      record(c, 3, { phone_4g: 'already_had' }),
    ]
    confirmHelp(head(), CAMPAIGN, ids)
    expect(recount(CAMPAIGN)).toEqual([])
    prepared('update help set counted_outcomes = null').run()
    prepared(
      `update help_total set eid_activated_achieved = 0, eid_activated_had = 0, sim_signature_achieved = 0,
         sim_signature_had = 0, phone4g_achieved = 0, phone4g_had = 0`,
    ).run()
    expect(recount(CAMPAIGN)).not.toEqual([])
    runFill()
    expect(recount(CAMPAIGN)).toEqual([])
  })
})

describe('the other reading of the quota', () => {
  /** Records that the two readings judge apart: A lacks the SIM, B had the account, C is later than A of one citizen. */
  function recorded() {
    const [a, b, c] = [makeOfficial(agency().id), makeOfficial(agency().id), makeOfficial(agency().id)]
    const ids = [
      record(a, 1, { sim_signature: 'not_yet' }),
      record(b, 2, { eid_activated: 'already_had' }),
      record(c, 1),
      record(c, 3, { vneid_installed: 'already_had', eid_activated: 'already_had', sim_signature: 'already_had' }),
      record(c, 4),
    ]
    confirmHelp(head(), CAMPAIGN, ids)
    return { a, b, c, ids }
  }
  const counting = () =>
    prepared("select id, verdict_kind = 'counts' as counted, counts_any as other from help order by id").all() as {
      id: number
      counted: number
      other: number
    }[]

  it('in force counts exactly what was shown beside before, and shows the first beside (K112)', async () => {
    const { a, c } = recorded()
    const before = counting()
    expect(before.map(row => row.other)).toEqual([1, 1, 0, 0, 1])
    await putInForce({ quotaReading: 'any' })
    const after = counting()
    expect(after.map(row => row.counted)).toEqual(before.map(row => row.other))
    expect(after.map(row => row.other)).toEqual(before.map(row => row.counted))
    expect(storedStanding(CAMPAIGN, a.officialId)).toMatchObject({ counted: 1, countedAny: 0 })
    expect(storedStanding(CAMPAIGN, c.officialId)).toMatchObject({ counted: 1, countedAny: 1 })
  })

  it('leaves what is frozen as it is; a replay of it equals a close under the other reading', async () => {
    const { a } = recorded()
    prepared('insert into target_decision (campaign_id, official_id, citizens, created_at) values (1, ?, 1, 1)').run(
      a.officialId,
    )
    await rejudgeCampaign(system, CAMPAIGN, () => undefined)
    setClock(Date.parse('2024-07-08T09:00+07:00'))
    const by = office()
    const close = async (reason: 'close' | 'correction') => {
      expect(startClosing(by, CAMPAIGN, { reason, note: 'x' })).toMatchObject({ ok: true })
      const open = listClosings(CAMPAIGN).find(row => row.frozenAt === null)
      const closing = closingForJob(open?.id ?? 0)
      if (!closing) throw new Error('no closing')
      await freezeClosing(by, closing, () => undefined)
      prepared("update job set state = 'done'").run()
      return closingForJob(closing.id) as NonNullable<ReturnType<typeof closingForJob>>
    }
    const frozen = await close('close')
    const { scenarioId } = createScenario(by, CAMPAIGN, {
      closingId: frozen.id,
      name: 'Cách khác',
      parameters: { ...parametersOf(PLAN_128), countsAny: true },
    })
    await computeScenario(scenarioId, () => undefined)
    const replayed = findScenario(by, CAMPAIGN, scenarioId)?.result?.officials.after
    await putInForce({ quotaReading: 'any' }, by)
    expect(recomputeHash(frozen)).toBe(frozen.hash)
    const later = await close('correction')
    expect(later.summary.officials).toEqual(replayed)
    const frozenAt = (version: number, count: 'counted' | 'countedAny') =>
      prepared(
        `select official_id as id, json_extract(facts, '$.counts.${count}') as count from official_assessment
          where from_version <= @version and coalesce(to_version, 99) > @version order by 1`,
      ).all({ version })
    expect(frozenAt(2, 'counted')).toEqual(frozenAt(1, 'countedAny'))
    expect(frozenAt(2, 'counted')).not.toEqual(frozenAt(1, 'counted'))
  })

  it('of a version stored before it is the one of before', () => {
    const { quotaReading: _, ...stored } = PLAN_128
    expect(regulationParameters.parse(stored).quotaReading).toBe('all')
  })
})

describe('a parameter that no rule reads', () => {
  it('is refused, not dropped', () => {
    const parameters = { ...PLAN_128, quota: 12, readsMinds: true } as Regulation
    const input = { basedOn: 1, documentNumber: '1', decidedOn: '2024-06-01', note: '' }
    expect(addRegulation(office(), CAMPAIGN, { ...input, parameters })).toEqual({
      ok: false,
      problem: 'parameter_unknown',
    })
    const made = createCampaign(office(), {
      code: '2',
      name: 'Hai',
      issuer: 'UBND',
      issuedOn: '2024-06-01',
      parameters,
      annexOf: null,
    })
    expect(made).toMatchObject({ ok: false, problems: [{ reason: 'parameter_unknown' }] })
  })

  it('is none of the schema', () => {
    expect(Object.keys(regulationParameters.shape).sort()).toEqual(Object.keys(PARAMETERS).sort())
  })
})
