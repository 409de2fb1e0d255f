import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { runningCampaigns } from '#app/queries/campaign.server.ts'
import { listIndicators } from '#app/queries/campaign-indicator.server.ts'
import { campaignNow } from '#app/queries/clock.server.ts'
import { rulesOf } from '#app/queries/judging/rules.server.ts'
import { findPlan } from '#app/queries/plan.server.ts'
import { currentProvince } from '#app/queries/province.server.ts'
import { attempt, db, prepared, snapshot, transact } from '#db/client.server.ts'
import { untilWritten } from '#db/until-written.server.ts'
import { CAMPAIGN, dropProvince, makeProvince, NOW } from '#tests/make.ts'

let other: Database.Database

beforeEach(() => {
  makeProvince()
  other = new Database(db.$client.name)
})
afterEach(() => {
  other.close()
  dropProvince()
})

const write = 'update campaign set name = ? where id = 1'
let reads = 0
const nameOf = untilWritten((id: number) => {
  reads += 1
  return prepared<string>('select name from campaign where id = ?').pluck().one(id)
})

/** Gives way to other code, as each request does. */
const later = () => Promise.resolve()

test('reads once for each argument until something is written', async () => {
  reads = 0
  const name = nameOf(CAMPAIGN)
  expect([nameOf(CAMPAIGN), nameOf(CAMPAIGN)]).toEqual([name, name])
  await later()
  expect(nameOf(CAMPAIGN)).toBe(name)
  expect(reads).toBe(1)
})

test('keeps what was read while this connection writes nothing of it', () => {
  reads = 0
  nameOf(CAMPAIGN)
  prepared("update account set display_name = 'x'").run()
  nameOf(CAMPAIGN)
  expect(reads).toBe(1)
  prepared(write).run('x')
  prepared<string>("update campaign set name = 'y' returning name").pluck().get()
  expect(nameOf(CAMPAIGN)).toBe('y')
  expect(reads).toBe(2)
})

test('sees what this connection wrote immediately, and that it was taken back', () => {
  const before = nameOf(CAMPAIGN)
  transact(() => {
    prepared(write).run('một')
    expect(nameOf(CAMPAIGN)).toBe('một')
    expect(() =>
      attempt(() => {
        prepared(write).run('hai')
        expect(nameOf(CAMPAIGN)).toBe('hai')
        throw new Error('taken back')
      }),
    ).toThrow('taken back')
    expect(nameOf(CAMPAIGN)).toBe('một')
  })
  expect(() =>
    transact(() => {
      prepared(write).run('ba')
      expect(nameOf(CAMPAIGN)).toBe('ba')
      throw new Error('whole')
    }),
  ).toThrow('whole')
  expect(nameOf(CAMPAIGN)).toBe('một')
  prepared(write).run(before)
  expect(nameOf(CAMPAIGN)).toBe(before)
})

test('sees what another process wrote: in the next run of code, and in a transaction immediately', async () => {
  nameOf(CAMPAIGN)
  other.prepare(write).run('một')
  await later()
  expect(nameOf(CAMPAIGN)).toBe('một')
  other.prepare(write).run('hai')
  transact(() => expect(nameOf(CAMPAIGN)).toBe('hai'))
  other.prepare(write).run('ba')
  snapshot(() => expect(nameOf(CAMPAIGN)).toBe('ba'))
})

test('keeps nothing of a state that a snapshot saw, once it is over', () => {
  snapshot(() => {
    const before = nameOf(CAMPAIGN)
    other.prepare(write).run('mới')
    expect(nameOf(CAMPAIGN)).toBe(before)
  })
  expect(nameOf(CAMPAIGN)).toBe('mới')
})

test('clock, rules, plan, indicators and province follow what another process writes', async () => {
  const shown = () => [
    campaignNow() < NOW + 60_000,
    rulesOf(CAMPAIGN).version,
    findPlan(CAMPAIGN).code,
    listIndicators(CAMPAIGN)[0]?.name,
    currentProvince().name,
    runningCampaigns('2024-06-12')[0]?.regulation.endsOn,
  ]
  const before = shown()
  await later()
  expect(shown()).toEqual(before)
  other.exec(`
    update clock set campaign_at = campaign_at + 86400000;
    insert into regulation (campaign_id, version, parameters, document_number, decided_on, note, created_at)
      select campaign_id, version + 1, json_set(parameters, '$.endsOn', '2024-07-02'), 'mới', decided_on, note, created_at from regulation
       where campaign_id = 1 order by version desc limit 1;
    update campaign set code = 'mới' where id = 1;
    update campaign_indicator set name = 'mới' where campaign_id = 1;
    update province set name = 'mới';`)
  await later()
  expect(shown()).toEqual([false, 2, 'mới', 'mới', 'mới', '2024-07-02'])
})
