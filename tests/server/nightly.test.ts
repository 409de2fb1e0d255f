import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Registry } from 'prom-client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { registerCopies } from '#app/server/copy-metrics.ts'
import { openProvince } from '#app/server/database.ts'
import { backUpWhenDue } from '#app/server/nightly.ts'
import { readSettings, type Settings } from '#app/server/settings.ts'
import { isLookedThrough, listBackups } from '#db/backup.server.ts'
import { claimBackup, noteBackupFailure, readBackupState } from '#db/backup-state.server.ts'
import { closeDatabase, db, prepared, shortenLog } from '#db/client.server.ts'

/** Node's arguments for the operator's commands out of their source. */
const COMMAND = ['--import', 'tsx', 'app/server/command.ts']
const HOUR_MS = 3_600_000

let folder: string
let settings: Settings
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nightly-'))
  set({ DATA_DIR: join(folder, 'data'), BACKUP_DIR: join(folder, 'backups') })
  openProvince(settings)
})
afterEach(() => {
  closeDatabase()
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true, force: true })
})

function set(env: Record<string, string>) {
  for (const [name, value] of Object.entries({ MASTER_KEY: Buffer.alloc(32, 7).toString('base64'), DEMO: '', ...env }))
    vi.stubEnv(name, value)
  settings = readSettings(process.env)
}

type Entry = Record<string, unknown>

/** Looks once, as a server does at its start, until `until` holds of what was logged; then stops as a server does. */
async function look(until: (log: { info: Entry[]; error: Entry[] }) => boolean | Promise<boolean>) {
  const log = { info: [] as Entry[], error: [] as Entry[] }
  const stop = backUpWhenDue(settings, COMMAND, {
    info: entry => log.info.push(entry as Entry),
    error: entry => log.error.push(entry as Entry),
  })
  await comesAbout(
    () => until(log),
    () => JSON.stringify(log),
  )
  await stop()
  return log
}

const files = () => (existsSync(settings.backups.folder) ? readdirSync(settings.backups.folder).sort() : [])
const pause = (ms: number) => new Promise<true>(resolve => setTimeout(() => resolve(true), ms))

async function comesAbout(holds: () => boolean | Promise<boolean>, seen = () => files().join(' ')) {
  for (const end = Date.now() + 60_000; !(await holds()); await pause(2))
    if (Date.now() > end) throw new Error(`it does not come about: ${seen()}`)
}

async function metrics() {
  const registry = new Registry()
  registerCopies(registry, settings, () => null)
  const text = await registry.metrics()
  return Object.fromEntries([...text.matchAll(/^(\w+) (\S+)$/gm)].map(([, name, value]) => [name, Number(value)]))
}

/** The instant of the last failure, `hours` further back. */
function moveFailureBack(hours: number) {
  const { failures, lastFailure } = readBackupState(settings.databaseFile)
  const { at = 0 } = lastFailure ?? {}
  noteBackupFailure(settings.databaseFile, at - hours * HOUR_MS, 'other', '')
  return failures + 1
}

describe('the backup that is made by itself', { timeout: 120_000 }, () => {
  it('is made, looked through and counted, and not made twice', async () => {
    const begun = Date.now()
    const { info, error } = await look(log => log.info.length > 0)
    expect(error).toEqual([])
    expect(info).toMatchObject([{ backup: 'done' }])
    const [name = ''] = listBackups(settings.backups.folder)
    expect(isLookedThrough(join(settings.backups.folder, name))).toBe(true)
    expect(files()).toEqual([name, `${name}.json`])
    const { backup_last_ok_timestamp_seconds: lastOk, backup_duration_seconds: took, ...more } = await metrics()
    expect(lastOk).toBeGreaterThanOrEqual(begun / 1000)
    expect(took).toBeGreaterThan(0)
    expect(more).toEqual({ backup_failures_total: 0, backup_folder_writable: 1 })
    expect(statSync(`${settings.databaseFile}-wal`).size).toBe(0)
    await look(() => pause(200))
    expect(files()).toHaveLength(2)
  })

  it('in which a figure is wrong is no backup: an error, one doubtful file, and an hour’s rest', async () => {
    prepared(
      `insert into help_total (campaign_id, dimension, key, reported, counted, verified, counted_any, awaiting)
       values (1, 'locality', '70', 1, 1, 0, 1, 0)`,
    ).run()
    const { info, error } = await look(log => log.error.length > 0)
    expect(info).toEqual([])
    expect(error).toMatchObject([{ backup: 'failed', reason: 'tallies_differ', code: 1 }])
    expect(String(error[0]?.sentence)).toMatch(/doubtful: \d+ figures are not what the facts say/)
    expect(listBackups(settings.backups.folder)).toEqual([])
    const [doubtful = ''] = files()
    expect(files()).toEqual([doubtful, `${doubtful}.json`])
    expect(doubtful).toMatch(/\.sqlite\.doubtful$/)
    expect(await metrics()).toMatchObject({ backup_last_ok_timestamp_seconds: 0, backup_failures_total: 1 })

    // a restart within the hour writes no further file
    await look(() => pause(1500))
    expect(files()).toEqual([doubtful, `${doubtful}.json`])
    const counted = moveFailureBack(1)
    await look(log => log.error.length > 0)
    expect(files()).toHaveLength(2)
    expect(files()).not.toContain(doubtful)
    expect(readBackupState(settings.databaseFile).failures).toBe(counted + 1)
  })

  it('that is killed with its server is told, made up for at once, and leaves nothing behind', async () => {
    const child = spawn(process.execPath, [...COMMAND, 'backup', 'due'], { stdio: ['ignore', 'inherit', 'inherit'] })
    const gone = new Promise(resolve => child.once('exit', resolve))
    await comesAbout(() => files().some(name => name.endsWith('.part')))
    child.kill('SIGKILL')
    await gone
    expect(readBackupState(settings.databaseFile).running).toMatchObject({ pid: child.pid })
    for (const end of ['.part-journal', '.part.json'])
      writeFileSync(join(settings.backups.folder, `4phu-20240612-190000.sqlite${end}`), '')
    const { error } = await look(log => log.info.length > 0)
    expect(error).toMatchObject([{ backup: 'failed', reason: 'interrupted' }])
    expect(String(error[0]?.sentence)).toContain(`process ${child.pid}`)
    const [name = ''] = listBackups(settings.backups.folder)
    expect(files()).toEqual([name, `${name}.json`])
    expect(readBackupState(settings.databaseFile).running).toBeNull()
  })

  it('that is killed alone is an error too', async () => {
    const { error } = await look(log => {
      const { running } = readBackupState(settings.databaseFile)
      if (running && files().length > 0 && log.error.length === 0)
        try {
          process.kill(running.pid, 'SIGKILL')
        } catch {
          // it is gone already
        }
      return log.error.length > 0
    })
    expect(error).toMatchObject([{ backup: 'failed', reason: 'interrupted', code: null }])
    expect(readBackupState(settings.databaseFile)).toMatchObject({ failures: 1, running: null })
  })

  it('is broken off by a stop, which is no failure', async () => {
    const { info, error } = await look(() => readBackupState(settings.databaseFile).running !== null)
    expect([info, error]).toEqual([[], []])
    expect(readBackupState(settings.databaseFile)).toMatchObject({ failures: 0, running: null })
    expect(listBackups(settings.backups.folder)).toEqual([])
  })

  it('waits while another process makes one', async () => {
    const claim = claimBackup(settings.databaseFile, Date.now())
    expect(claimBackup(settings.databaseFile, Date.now())).toBeUndefined()
    const { info, error } = await look(() => pause(2500))
    expect([info, error, files()]).toEqual([[], [], []])
    claim?.release()
    await look(log => log.info.length > 0)
    expect(listBackups(settings.backups.folder)).toHaveLength(1)
  })

  it.each([
    ['cannot be made', () => writeFileSync(join(folder, 'backups'), ''), /cannot be made into one/],
    [
      'lies on what takes no files',
      () => set({ DATA_DIR: join(folder, 'data'), BACKUP_DIR: '/proc/4phu' }),
      /BACKUP_DIR/,
    ],
  ])('whose folder %s is told at once in a sentence, and the server goes on', async (_, spoil, sentence) => {
    spoil()
    const { error } = await look(log => log.error.length > 1)
    for (const entry of error) {
      expect(entry).toMatchObject({ backup: 'failed', reason: 'folder' })
      expect(entry.sentence).toMatch(sentence)
      expect(JSON.stringify(entry)).not.toMatch(/ {4}at |node:/)
    }
    expect(await metrics()).toMatchObject({ backup_failures_total: 1, backup_folder_writable: 0 })
  })

  it('whose folder is not this user’s is told the same way', async () => {
    const root = process.getuid?.() === 0
    mkdirSync(settings.backups.folder, { mode: 0o555 })
    if (root) return expect(await metrics()).toMatchObject({ backup_folder_writable: 1 })
    const { error } = await look(log => log.error.length > 0)
    expect(error[0]?.sentence).toMatch(/this user may not write there/)
  })
})

describe('the write-ahead log', () => {
  it('is empty once the province is founded: the file alone holds all', () => {
    expect(statSync(`${settings.databaseFile}-wal`).size).toBe(0)
    expect(statSync(settings.databaseFile).size).toBeGreaterThan(1_000_000)
  })

  it('that a reader let grow is cut back once the reader is gone', () => {
    const beside = join(folder, 'data')
    const size = () => statSync(join(beside, 'campaign.sqlite-wal')).size
    const blob = Buffer.alloc(1_000_000)
    prepared('create table bulk (id integer primary key, bytes blob not null) strict').run()
    const write = (megabytes: number) => {
      for (let n = 0; n < megabytes; n++) prepared('insert into bulk (bytes) values (?)').run(blob)
    }
    const { Database } = { Database: db.$client.constructor as new (file: string) => typeof db.$client }
    const reader = new Database(settings.databaseFile)
    reader.exec('begin')
    reader.prepare('select count(*) from bulk').get()
    write(120)
    expect(size()).toBeGreaterThan(110_000_000)
    expect(shortenLog(settings.databaseFile)).toBe(false)
    reader.close()
    // the next checkpoint copies the whole log, and the next commit begins the log again
    write(2)
    expect(size()).toBeLessThanOrEqual(64 * 1024 * 1024)
    expect(shortenLog(settings.databaseFile)).toBe(true)
    expect(size()).toBe(0)
  })
})
