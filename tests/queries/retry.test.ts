import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { answerOf } from '#app/access/refusal.server.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { recordHelp } from '#app/queries/help.server.ts'
import { retryBusy } from '#app/queries/retry.server.ts'
import { db, prepared } from '#db/client.server.ts'
import { CAMPAIGN, dropProvince, helpForm, makeOfficial, makeProvince, unitNamed } from '#tests/make.ts'

beforeEach(() => makeProvince())
afterEach(dropProvince)

const HELD_MS = 300

/** Somebody else's transaction, and how it ends. */
function holdDatabase() {
  const other = new Database(db.$client.name)
  other.exec('begin immediate')
  return () => other.close()
}

/** Runs `work` and counts how often the process had time for something else meanwhile. */
async function countingBeats<T>(work: () => Promise<T>): Promise<{ result: T; beats: number }> {
  let beats = 0
  const timer = setInterval(() => {
    beats += 1
  }, 10)
  try {
    return { result: await work(), beats }
  } finally {
    clearInterval(timer)
  }
}

describe('writes while somebody else holds the database', () => {
  it('are done once it is free, and stop nobody until then', async () => {
    const { actor, officialId } = makeOfficial(unitNamed('Sở Nội vụ').id)
    const letGo = holdDatabase()
    setTimeout(letGo, HELD_MS)
    const write = (n: number) => retryBusy(() => recordHelp(actor, CAMPAIGN, { officialId, input: helpForm(n) }).ok)
    const { result, beats } = await countingBeats(() => Promise.all(Array.from({ length: 40 }, (_, n) => write(n))))
    expect(result).toEqual(Array.from({ length: 40 }, () => true))
    expect(prepared('select count(*) as n from help').get()).toEqual({ n: 40 })
    // SQLite's own waiting, 100 ms at a time, would have left it three
    expect(beats).toBeGreaterThan(5)
  })

  it('are told to come back when it does not come free', async () => {
    const letGo = holdDatabase()
    let tries = 0
    const write = () =>
      retryBusy(() => {
        tries += 1
      }).catch((thrown: unknown) => thrown)
    const { result, beats } = await countingBeats(() => Promise.all([write(), write(), write()]))
    letGo()
    expect(tries).toBe(0)
    for (const answer of result) {
      expect(answer).toBeInstanceOf(Refusal)
      const response = answerOf(answer as Refusal)
      expect(response.status).toBe(503)
      expect(response.headers.get('Retry-After')).toBe('2')
    }
    expect(beats).toBeGreaterThan(20)
  })
})
