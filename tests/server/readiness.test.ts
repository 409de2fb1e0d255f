import { rmSync, utimesSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { startPulse } from '#app/jobs/pulse.server.ts'
import { makeReadiness } from '#app/server/readiness.ts'
import { db, openDatabase, prepared, tryWrite } from '#db/client.server.ts'
import { useMasterKey } from '#db/keys.server.ts'
import { workerLock } from '#db/lock.server.ts'
import { newestMigration } from '#db/schema-version.server.ts'
import { dropProvince, makeProvince } from '#tests/make.ts'
import { settingsFor } from './settings.ts'

const MIGRATION = newestMigration('db/migrations')
let lock: string

beforeEach(() => {
  makeProvince()
  lock = workerLock(db.$client.name)
  writeFileSync(lock, '')
})
afterEach(() => {
  dropProvince()
  rmSync(lock, { force: true })
})

const look = (migration = MIGRATION) => makeReadiness(settingsFor(db.$client.name), migration)()

it('is ready on a founded province with a living worker', () => {
  expect(look()).toEqual([])
})

it('names another schema, by the migration that the code has', () => {
  expect(look((MIGRATION ?? 0) + 1)).toEqual(['schema'])
  prepared('insert into __drizzle_migrations (hash, created_at) values (?, ?)').run('newer', (MIGRATION ?? 0) + 1)
  expect(look()).toEqual(['schema'])
})

it('names a key that does not open', () => {
  const key = (byte: number) => Buffer.alloc(32, byte).toString('base64')
  useMasterKey(key(8))
  expect(look()).toEqual(['key'])
  useMasterKey(key(7))
  expect(look()).toEqual([])
})

it('names a storage that takes no write, and tries one every ten seconds at most', () => {
  const isReady = makeReadiness(settingsFor(db.$client.name), MIGRATION)
  expect(isReady()).toEqual([])
  db.$client.pragma('query_only = ON')
  expect(isReady()).toEqual([])
  expect(look()).toEqual(['write'])
})

it('names a worker without a sign of life for a minute, or at all', () => {
  const old = Date.now() / 1000 - 61
  utimesSync(lock, old, old)
  expect(look()).toEqual(['worker'])
  rmSync(lock)
  expect(look()).toEqual(['worker'])
})

it('a write goes through to the log and makes the database no larger', () => {
  const held = db.$client
  held.pragma('wal_checkpoint(TRUNCATE)')
  const size = held.pragma('page_count', { simple: true })
  for (let n = 0; n < 20; n++) expect(tryWrite()).toBeUndefined()
  const [{ log }] = held.pragma('wal_checkpoint(PASSIVE)') as [{ log: number }]
  expect(log).toBeGreaterThan(0)
  expect(held.pragma('page_count', { simple: true })).toBe(size)
  held.exec('begin immediate')
  openDatabase(held.name)
  expect(tryWrite()).toBe('busy')
  held.close()
})

it('the worker’s sign of life moves while it holds the work, and not before', () => {
  const age = () => look().includes('worker')
  const old = Date.now() / 1000 - 3600
  utimesSync(lock, old, old)
  const idle = startPulse(db.$client.name, () => false)
  idle.beat()
  expect(age()).toBe(true)
  const held = startPulse(db.$client.name, () => true)
  held.beat()
  expect(age()).toBe(false)
  idle.stop()
  held.stop()
})
