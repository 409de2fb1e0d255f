import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { recordHelp } from '#app/queries/help.server.ts'
import { backUp, restore, verifyBackup } from '#app/server/backup.ts'
import {
  checkBackup,
  isLookedThrough,
  listBackups,
  makeBackup,
  restoreBackup,
  rotateBackups,
} from '#db/backup.server.ts'
import { closeDatabase, db, openDatabase, prepared } from '#db/client.server.ts'
import { CAMPAIGN, dropProvince, helpForm, makeOfficial, makeProvince, unitNamed } from '#tests/make.ts'

const KEY = Buffer.alloc(32, 7).toString('base64')

let folder: string
let database: string
beforeEach(() => {
  makeProvince()
  database = db.$client.name
  folder = mkdtempSync(join(tmpdir(), 'backup-'))
})
afterEach(() => {
  dropProvince()
  rmSync(folder, { recursive: true, force: true })
})

function record(n: number) {
  const { officialId, actor } = makeOfficial(unitNamed('Sở Y tế').id)
  const made = recordHelp(actor, CAMPAIGN, { officialId, input: helpForm(n) })
  if (!made.ok) throw new Error(JSON.stringify(made.problems))
}

const count = () => prepared('select count(*) as n from help').get()
const at = (n: number) => Date.UTC(2024, 5, 12, 19, 0, n)
const settings = () => ({
  databaseFile: database,
  masterKey: KEY,
  backups: { folder, keep: 2 },
  isDemo: false,
  asksFactor: true,
  provider: undefined,
  host: '',
  port: 0,
  dataDir: folder,
  publicUrl: '',
  campaignStartsAt: undefined,
  isBehindProxy: false,
  processes: 1,
  hasMail: false,
  logLevel: 'info',
})

describe('a backup', () => {
  it('holds what was written before it, restored it is the database again', async () => {
    record(1)
    const file = await makeBackup(database, folder, at(1))
    record(2)
    expect(await checkBackup(file)).toBeNull()
    expect(count()).toEqual({ n: 2 })
    closeDatabase()
    const kept = restoreBackup(file, database, at(2))
    openDatabase(database)
    expect(count()).toEqual({ n: 1 })
    closeDatabase()
    openDatabase(kept ?? '')
    expect(count()).toEqual({ n: 2 })
    closeDatabase()
    rmSync(kept ?? '')
    openDatabase(database)
  })

  it('is not put in the place of a database that is in use', async () => {
    const file = await makeBackup(database, folder, at(1))
    expect(() => restoreBackup(file, database, at(2))).toThrow(/in use/)
    record(1)
    expect(count()).toEqual({ n: 1 })
  })

  it('with one flipped byte, or cut short, or without its note, is refused', async () => {
    const file = await makeBackup(database, folder, at(1))
    const whole = readFileSync(file)
    const copy = join(folder, 'copy.sqlite')
    copyFileSync(`${file}.json`, `${copy}.json`)
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: whole.length - 1 }),
        fc.integer({ min: 0, max: 7 }),
        async (n, bit) => {
          const damaged = Buffer.from(whole)
          damaged[n] = (damaged[n] ?? 0) ^ (1 << bit)
          writeFileSync(copy, damaged)
          expect(await checkBackup(copy)).toBe('content_differs')
        },
      ),
      { numRuns: 50 },
    )
    writeFileSync(copy, whole.subarray(0, whole.length - 4096))
    expect(await checkBackup(copy)).toBe('content_differs')
    rmSync(`${copy}.json`)
    expect(await checkBackup(copy)).toBe('no_note')
    expect(await checkBackup(join(folder, 'none'))).toBe('no_backup')
  })

  it('is one of the newest that are kept', async () => {
    for (const n of [1, 2, 3, 4]) await makeBackup(database, folder, at(n))
    const cutShort = join(folder, '4phu-20240611-190000.sqlite.part')
    writeFileSync(cutShort, '')
    utimesSync(cutShort, 0, 0)
    expect(rotateBackups(folder, 2)).toEqual(['4phu-20240612-190002.sqlite', '4phu-20240612-190001.sqlite'])
    expect(listBackups(folder)).toEqual(['4phu-20240612-190004.sqlite', '4phu-20240612-190003.sqlite'])
    expect(readdirSync(folder)).toHaveLength(4)
  })
})

describe('the commands', () => {
  it('back up with a recount, and refuse to restore what a recount finds wrong', async () => {
    record(1)
    closeDatabase()
    expect(await backUp(settings())).toBe(0)
    const [good = ''] = listBackups(folder)
    expect(await verifyBackup({ masterKey: KEY }, join(folder, good))).toBe(0)
    expect(isLookedThrough(join(folder, good))).toBe(true)
    expect(await restore(settings(), join(folder, good))).toBe(0)
    openDatabase(database)
    expect(count()).toEqual({ n: 1 })
    prepared('update help_total set counted = counted + 1').run()
    closeDatabase()
    const bad = await makeBackup(database, folder, at(9))
    expect(isLookedThrough(bad)).toBe(false)
    expect(await checkBackup(bad)).toBeNull()
    expect(await restore(settings(), bad)).toBe(1)
    openDatabase(database)
  })
})
