import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readSession, startSession } from '#app/access/session.server.ts'
import { walkEventChain } from '#app/queries/event-chain.server.ts'
import { recordHelp } from '#app/queries/help.server.ts'
import { recount } from '#app/queries/judging/index.server.ts'
import { faultOf } from '#app/queries/retry.server.ts'
import { together } from '#app/queries/together.server.ts'
import { db, openDatabase, prepared, type StorageFault } from '#db/client.server.ts'
import { CAMPAIGN, dropProvince, helpForm, makeOfficial, makeProvince, unitNamed } from '#tests/make.ts'

beforeEach(() => makeProvince())
afterEach(() => {
  expect(recount(CAMPAIGN)).toEqual([])
  expect(walkEventChain('')?.brokenAt).toBeNull()
  dropProvince()
})

const stored = () => prepared('select count(*) from help').pluck().get() as number

/** Each makes the storage take no more writes (the full one: soon) and returns how to heal it. */
const FAULTS: Record<Exclude<StorageFault, 'failed'>, () => () => void> = {
  full() {
    const pages = db.$client.pragma('page_count', { simple: true }) as number
    db.$client.pragma(`max_page_count = ${pages}`)
    return () => db.$client.pragma('max_page_count = 1000000')
  },
  read_only() {
    db.$client.pragma('query_only = ON')
    return () => db.$client.pragma('query_only = OFF')
  },
  busy() {
    const held = db.$client
    held.exec('begin immediate')
    openDatabase(held.name)
    return () => held.close()
  },
}

describe.each(Object.entries(FAULTS))('a storage that is %s', (name, befall) => {
  it('refuses records, keeps those that it acknowledged, and takes records again afterwards', () => {
    const { actor, officialId } = makeOfficial(unitNamed('Sở Nội vụ').id)
    const record = (n: number) => recordHelp(actor, CAMPAIGN, { officialId, input: helpForm(n) })
    const heal = befall()
    let acknowledged = 0
    let fault: StorageFault | undefined
    while (fault === undefined && acknowledged < 500)
      try {
        record(acknowledged)
        acknowledged += 1
      } catch (error) {
        fault = faultOf(error)
      }
    expect(fault).toBe(name)
    heal()
    expect(stored()).toBe(acknowledged)
    record(1000)
    expect(stored()).toBe(acknowledged + 1)
  })

  it('tells each of those that were to be written together, and has written none that it refused', async () => {
    const { actor, officialId } = makeOfficial(unitNamed('Sở Nội vụ').id)
    const heal = befall()
    let acknowledged = 0
    let refused = 0
    for (let first = 0; refused === 0 && first < 500; first += 10) {
      const results = await Promise.allSettled(
        Array.from({ length: 10 }, (_, n) =>
          together(() => recordHelp(actor, CAMPAIGN, { officialId, input: helpForm(first + n) })),
        ),
      )
      for (const result of results)
        if (result.status === 'fulfilled') acknowledged += 1
        else {
          expect(faultOf(result.reason)).toBe(name)
          refused += 1
        }
    }
    expect(refused).toBeGreaterThan(0)
    heal()
    expect(stored()).toBe(acknowledged)
  })

  it('does not sign out whoever reads while their session is due for renewal', async () => {
    const { accountId } = makeOfficial(unitNamed('Sở Nội vụ').id)
    const cookie = await startSession(accountId, { campaignId: CAMPAIGN, userAgent: 'thử', isProven: false })
    prepared('update session set created_at = ?, seen_at = ?').run(Date.now() - 3_600_000, Date.now() - 3_600_000)
    const request = new Request('http://127.0.0.1/', { headers: { Cookie: cookie.split(';')[0] ?? '' } })
    const heal = befall()
    expect((await readSession(request))?.accountId).toBe(accountId)
    heal()
    expect((await readSession(request))?.accountId).toBe(accountId)
    expect(prepared('select expires_at from session').pluck().get()).toBeGreaterThan(Date.now() + 86_400_000)
  })
})
