import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { recount, rejudgeCampaign } from '#app/queries/judging/index.server.ts'
import { AIM_MS, inSteps, listenToHolds, nowAndThen, Pace, rowsInSteps } from '#app/queries/steps.server.ts'
import { db, prepared, transact } from '#db/client.server.ts'
import { CAMPAIGN, dropProvince, makeOfficial, makeProvince, system, unitNamed } from '#tests/make.ts'

beforeEach(() => makeProvince())
afterEach(() => {
  vi.restoreAllMocks()
  listenToHolds(() => undefined)
  dropProvince()
})

/** Makes a clock that stays still unless it is moved (ms). */
function standingClock() {
  let now = 1000
  vi.spyOn(performance, 'now').mockImplementation(() => now)
  return (ms: number) => {
    now += ms
  }
}

describe('the pace of a long job', () => {
  it('comes to steps that hold the writer as long as meant, whatever a row costs', async () => {
    const pass = standingClock()
    const holds: number[] = []
    listenToHolds((_kind, ms) => holds.push(ms))
    const cost = (n: number) => (n < 2000 ? 0.1 : 0.8)
    const rows = Array.from({ length: 4000 }, (_, n) => n)
    const done: number[] = []
    await rowsInSteps(rows, new Pace(150), chunk =>
      transact(() => {
        for (const n of chunk) pass(cost(n))
        done.push(...chunk)
      }),
    )
    expect(done).toEqual(rows)
    const settled = (from: number, to: number) =>
      holds.slice(from, to).every(ms => ms > AIM_MS / 2 && ms < AIM_MS * 1.5)
    expect(settled(3, 20)).toBe(true)
    expect(settled(-40, -1)).toBe(true)
    // where rows come to cost eight times as much, few steps are too long
    expect(holds.filter(ms => ms > 20).length).toBeLessThan(4)
  })

  it('is not misled by a step that had few rows, and never comes to a stop', () => {
    const pace = new Pace(100, 400)
    pace.note(1, { ms: 0.1, commitMs: 0 })
    expect(pace.rows).toBe(100)
    for (let n = 0; n < 20; n++) pace.note(pace.rows, { ms: 0.1, commitMs: 0 })
    expect(pace.rows).toBe(400)
    for (let n = 0; n < 40; n++) pace.note(pace.rows, { ms: 500, commitMs: 0 })
    expect(pace.rows).toBe(1)
  })

  it('leaves steps worth their commit where the disk alone takes longer than meant', () => {
    const pace = new Pace(100)
    for (let n = 0; n < 60; n++) pace.note(pace.rows, { ms: 30 + pace.rows * 0.1, commitMs: 30 })
    expect(pace.rows).toBeGreaterThan(20)
    expect(pace.rows).toBeLessThan(40)
  })
})

describe('steps', () => {
  it('let others write between them, who look only now and then', async () => {
    const other = new Database(db.$client.name, { timeout: 0 })
    const write = other.prepare('update unit set name = name where parent_id is null')
    let got = 0
    let tries = 0
    const looking = setInterval(() => {
      tries += 1
      try {
        write.run()
        got += 1
      } catch {
        // held just now
      }
    }, 2)
    let left = 30
    await inSteps(new Pace(1), {
      take: () => (left > 0 ? left : undefined),
      write: () => {
        transact(() => {
          for (const start = Date.now(); Date.now() - start < 10; );
        })
        left -= 1
        return 1
      },
    })
    clearInterval(looking)
    other.close()
    expect(tries).toBeGreaterThan(0)
    expect(got).toBeGreaterThanOrEqual(20)
  })

  it('wait for whoever writes, and do nothing twice', async () => {
    const other = new Database(db.$client.name)
    other.exec('begin immediate')
    setTimeout(() => other.exec('commit'), 60)
    const written: number[] = []
    await rowsInSteps([1, 2, 3], new Pace(2), chunk => transact(() => void written.push(...chunk)))
    other.close()
    expect(written).toEqual([1, 2, 3])
  })

  it('do not wait for the disk, while every other commit does', async () => {
    const modes: unknown[] = []
    const note = () => modes.push(db.$client.pragma('synchronous', { simple: true }))
    await rowsInSteps([1], new Pace(1), note)
    note()
    // 1: NORMAL, 2: FULL
    expect(modes).toEqual([1, 2])
  })

  it('tell a page the first time, and then no more than it reads', async () => {
    const pass = standingClock()
    const told: number[] = []
    const tell = nowAndThen(done => told.push(done))
    for (let n = 1; n <= 10; n++) {
      await tell(n, 10)
      pass(125)
    }
    expect(told).toEqual([1, 5, 9])
  })
})

describe('a rejudging', () => {
  it('repairs sums by the difference, with what others add meanwhile', async () => {
    const unit = unitNamed('Sở Nội vụ')
    makeOfficial(unit.id)
    prepared('update people_tally set officials = officials + 7, women = women + 1').run()
    expect(recount(CAMPAIGN).length).toBeGreaterThan(0)
    let isJoined = false
    await rejudgeCampaign(system, CAMPAIGN, () => {
      if (!isJoined) makeOfficial(unit.id)
      isJoined = true
    })
    expect(recount(CAMPAIGN)).toEqual([])
  })
})
