import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { isClockBelieved } from '#app/domain/clock-trust.ts'
import { isRemovalDue } from '#app/domain/retention.ts'
import { removeIfDue } from '#app/jobs/retention.server.ts'
import { isClockTrusted } from '#app/queries/clock.server.ts'
import { logEvent } from '#app/queries/event.server.ts'
import { lastRemoval } from '#app/queries/retention.server.ts'
import { prepared, transact } from '#db/client.server.ts'
import { dropProvince, makeOfficial, makeProvince, system, unitNamed } from '#tests/make.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const YEARS_MS = 3 * 365 * DAY_MS
/** The log of a test begins when the province was founded, at the true time. */
const START = Date.now() + HOUR_MS

let said = ''
beforeEach(() => {
  makeProvince()
  said = ''
  vi.useFakeTimers({ toFake: ['Date'], now: START })
  vi.spyOn(process.stderr, 'write').mockImplementation(text => {
    said += String(text)
    return true
  })
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
  dropProvince()
})

const act = () =>
  transact(tx => logEvent(tx, system, { verb: 'edit', subject: 'account', subjectId: 1, data: { wantsDigest: true } }))
/** Half a week of a province at work: an event every six hours, the clock then at its end. */
function work() {
  for (let at = START; at <= START + 4 * DAY_MS; at += 6 * HOUR_MS) {
    vi.setSystemTime(at)
    act()
  }
}
function makePerishable() {
  const { accountId } = makeOfficial(unitNamed('Sở Nội vụ').id)
  prepared('insert into activation_code (account_id, code_hash, created_at, expires_at) values (?, ?, 0, ?)').run(
    accountId,
    'c',
    Date.now(),
  )
  prepared('insert into device_account (device_hash, account_id, seen_at) values (?, ?, ?)').run(
    'd',
    accountId,
    Date.now(),
  )
}
const left = () =>
  ['activation_code', 'device_account'].map(table => prepared(`select count(*) from ${table}`).pluck().get())

describe('a clock that is set three years ahead', () => {
  it('destroys nothing, also when people write events meanwhile, and hinders nothing when it is set back', async () => {
    work()
    makePerishable()
    const before = left()
    const true_ = Date.now()
    vi.setSystemTime(true_ + YEARS_MS)
    await removeIfDue(Date.now())
    act()
    vi.setSystemTime(true_ + YEARS_MS + 75_000)
    await removeIfDue(Date.now())
    expect(left()).toEqual(before)
    expect(lastRemoval()).toBeNull()
    expect(said).toContain('nothing is removed')
    // nor while it is before the newest event
    vi.setSystemTime(true_ + HOUR_MS)
    expect(isClockTrusted(Date.now())).toBe(false)
    act()
    expect(isClockTrusted(Date.now())).toBe(true)
    await removeIfDue(Date.now())
    expect(lastRemoval()?.at).toBe(Date.now())
  })

  it('is believed when a day of events has followed it: it may be the true one after a long silence', () => {
    work()
    vi.setSystemTime(Date.now() + 20 * DAY_MS)
    act()
    expect(isClockTrusted(Date.now())).toBe(false)
    vi.setSystemTime(Date.now() + 23 * HOUR_MS)
    act()
    expect(isClockTrusted(Date.now())).toBe(false)
    vi.setSystemTime(Date.now() + 2 * HOUR_MS)
    expect(isClockTrusted(Date.now())).toBe(true)
  })
})

it('a province at work, and one that keeps still for a day, is cleared each day', async () => {
  work()
  await removeIfDue(Date.now())
  expect(lastRemoval()?.at).toBe(Date.now())
  for (let n = 0; n < 5; n++) {
    vi.setSystemTime(Date.now() + DAY_MS + 60_000)
    await removeIfDue(Date.now())
    expect(lastRemoval()?.at).toBe(Date.now())
  }
})

it('a removal that was noted by a clock ahead does not put the next one off', () => {
  expect(isRemovalDue(START + YEARS_MS, START)).toBe(true)
})

it('an empty log has nothing to compare', () => {
  expect(isClockBelieved(START, { newest: null, hasWitness: false, hasOlder: false })).toBe(true)
})
