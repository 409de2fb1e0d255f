import { mkdirSync, mkdtempSync, rmSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { followPositions, positionsIn } from '#app/server/replica.ts'
import { readSettings } from '#app/server/settings.ts'
import { db, prepared, shortenLog } from '#db/client.server.ts'
import { replicaLagMs } from '#db/replica.server.ts'
import { dropProvince, makeProvince } from '#tests/make.ts'

const START = Date.parse('2026-01-01T00:00:00Z')

describe('a copy in a folder', () => {
  let folder: string
  beforeEach(() => {
    makeProvince()
    folder = mkdtempSync(join(tmpdir(), 'replica-'))
    db.$client.exec('drop trigger event_no_update; drop trigger event_no_delete; delete from event')
    shortenLog(db.$client.name)
  })
  afterEach(() => {
    dropProvince()
    rmSync(folder, { recursive: true, force: true })
  })

  function copiedAt(generation: string, at: number) {
    const segments = join(folder, 'generations', generation, 'wal')
    mkdirSync(segments, { recursive: true })
    utimesSync(segments, at / 1000, at / 1000)
  }

  const eventsAt = (...times: number[]) => {
    for (const at of times)
      prepared(
        `insert into event (at, actor_kind, verb, subject, subject_id, data, previous_hash, hash)
         values (?, 'system', 'record', 'help', '1', '{}', '', '')`,
      ).run(at)
    // the log holds nothing more then
    expect(shortenLog(db.$client.name)).toBe(true)
  }

  it('is behind since the first commit that it does not hold, not since the last', () => {
    copiedAt('a', START - 60_000)
    copiedAt('b', START)
    for (let n = -100; n <= 0; n++) eventsAt(START + n * 1000)
    expect(replicaLagMs(folder, START + 3_600_000)).toBe(0)
    eventsAt(START + 5000, START + 6000, START + 90_000)
    expect(replicaLagMs(folder, START + 100_000)).toBe(95_000)
    copiedAt('b', START + 5500)
    expect(replicaLagMs(folder, START + 100_000)).toBe(94_000)
    copiedAt('b', START + 91_000)
    expect(replicaLagMs(folder, START + 100_000)).toBe(0)
  })

  it('that holds nothing is behind since the first of all events', () => {
    eventsAt(START, START + 1000)
    expect(replicaLagMs(folder, START + 5000)).toBe(5000)
    expect(replicaLagMs(join(folder, 'none'), START + 5000)).toBe(5000)
  })

  it('is behind by a commit that is no event', () => {
    const before = Date.now() - 5000
    copiedAt('a', before)
    prepared('update account set display_name = display_name where id = 0').run()
    prepared('create table shelf (id integer primary key) strict').run()
    const lag = replicaLagMs(folder, Date.now() + 2000)
    expect(lag).toBeGreaterThan(1900)
    expect(lag).toBeLessThan(5000)
  })
})

describe('a copy that Litestream tells of', () => {
  const told = (read: [number, number], copied: [number, number]) => `# HELP litestream_shadow_wal_index x
litestream_replica_wal_index{db="/a.sqlite",name="sftp"} ${copied[0]}
litestream_replica_wal_offset{db="/a.sqlite",name="sftp"} ${copied[1]}
litestream_shadow_wal_index{db="/a.sqlite"} ${read[0]}
litestream_shadow_wal_size{db="/a.sqlite"} ${read[1]}
`
  it('is behind since the oldest part was read that it has not got', () => {
    const follower = followPositions(0)
    const see = (at: number, read: [number, number], copied: [number, number]) => {
      const found = positionsIn(told(read, copied))
      if (found) follower.see(found, at)
      return follower.lagMs(at)
    }
    expect(see(5000, [0, 100], [0, 100])).toBe(0)
    expect(see(10_000, [0, 8.44632e5], [0, 100])).toBe(0)
    expect(see(15_000, [0, 900_000], [0, 100])).toBe(5000)
    expect(see(20_000, [1, 50], [0, 844_632])).toBe(5000)
    expect(see(25_000, [1, 50], [1, 50])).toBe(0)
    // a new generation counts from the start
    expect(see(30_000, [0, 10], [0, 0])).toBe(0)
    expect(see(40_000, [0, 10], [0, 10])).toBe(0)
  })

  it('is behind since Litestream last answered', () => {
    const follower = followPositions(1000)
    expect(follower.lagMs(2000)).toBe(0)
    expect(follower.lagMs(61_000)).toBe(60_000)
    expect(positionsIn('go_goroutines 12\n')).toBeUndefined()
  })
})

describe('the settings', () => {
  const settingsOf = (env: Record<string, string>) => readSettings(env as NodeJS.ProcessEnv)
  it('name the copy and the hours between backups, or say what is wrong', () => {
    expect(settingsOf({}).replica).toBeUndefined()
    expect(settingsOf({ REPLICA_DIR: '/copies' }).replica).toEqual({ folder: '/copies' })
    const metricsUrl = 'http://127.0.0.1:9090/metrics'
    expect(settingsOf({ REPLICA_METRICS: metricsUrl }).replica).toEqual({ metricsUrl })
    expect(() => settingsOf({ REPLICA_METRICS: '9090' })).toThrow(/REPLICA_METRICS is an address/)
    expect(settingsOf({}).backups.everyHours).toBe(24)
    expect(settingsOf({ BACKUP_EVERY: '6' }).backups.everyHours).toBe(6)
    for (const BACKUP_EVERY of ['0', '25', '1.5', 'abc'])
      expect(() => settingsOf({ BACKUP_EVERY })).toThrow(/BACKUP_EVERY is a whole number from 1 to 24/)
  })
})
