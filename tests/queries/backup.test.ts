import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { recordHelp } from '#app/queries/help.server.ts'
import { backUp, restore, verifyBackup } from '#app/server/backup.ts'
import {
  checkBackup,
  isLookedThrough,
  listBackups,
  listWithDoubtful,
  makeBackup,
  newestGoodBackup,
  removeCutShort,
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
/** Makes a backup under its name, as if it had been checked. */
const made = async (n: number) => (await makeBackup(database, folder, at(n), async () => null)).file
const settings = () => ({
  databaseFile: database,
  masterKey: KEY,
  backups: { folder, keep: 2, everyHours: 24 },
  replica: undefined,
  isDemo: false,
  asksFactor: true,
  provider: undefined,
  portals: [],
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

/** Lists what a restore left beside the database. */
const besideDatabase = () =>
  readdirSync(dirname(database)).filter(name => name.startsWith(`${basename(database)}.`) && /part|before/.test(name))

/** Another reader, which keeps the log from being taken into the file. */
function openBeside(file: string) {
  const client = new Database(file)
  client.exec('begin; select count(*) from help')
  client.prepare('select count(*) from help').get()
  return client
}

describe('a backup', () => {
  it('holds what was written before it, restored it is the database again', async () => {
    record(1)
    const file = await made(1)
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
    const file = await made(1)
    expect(() => restoreBackup(file, database, at(2))).toThrow(/in use/)
    expect(besideDatabase()).toEqual([])
    record(1)
    expect(count()).toEqual({ n: 1 })
  })

  it('with one flipped byte, or cut short, or without its note, is refused', async () => {
    const file = await made(1)
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

  it('has its name, and the note that it was looked through, only where nothing was found wrong', async () => {
    const seen: string[] = []
    const look = async (file: string) => {
      seen.push(file)
      expect(listBackups(folder)).toEqual([])
      expect(await checkBackup(file)).toBeNull()
      return 'a figure'
    }
    const first = await makeBackup(database, folder, at(1), look)
    expect(first).toEqual({ file: join(folder, '4phu-20240612-190001.sqlite.doubtful'), problem: 'a figure' })
    expect(newestGoodBackup(folder, at(9))).toBeUndefined()
    const second = await makeBackup(database, folder, at(2), look)
    expect(seen).toHaveLength(2)
    expect(readdirSync(folder).sort()).toEqual([basename(second.file), `${basename(second.file)}.json`])
    expect(await made(3)).toBe(join(folder, '4phu-20240612-190003.sqlite'))
    expect(newestGoodBackup(folder, at(9))).toMatchObject({ name: '4phu-20240612-190003.sqlite', madeAt: at(3) })
    expect(newestGoodBackup(folder, at(2))).toBeUndefined()
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777, name).toBe(0o600)
  })

  it('that was cut short leaves nothing', async () => {
    const file = await made(1)
    const cut = ['.part', '.part-journal', '.part.json'].map(end => `4phu-20240611-190000.sqlite${end}`)
    for (const name of [...cut, '4phu-20240610-190000.sqlite.json', '.2024-06-11'])
      writeFileSync(join(folder, name), '')
    removeCutShort(folder)
    expect(readdirSync(folder).sort()).toEqual([basename(file), `${basename(file)}.json`])
  })

  it('is removed only where enough good ones are newer', async () => {
    for (const n of [1, 2, 3]) await made(n)
    // as it was made before: a name without a check
    for (const n of [4, 5]) writeFileSync(join(folder, `4phu-20240612-19000${n}.sqlite`), '')
    expect(rotateBackups(folder, 3)).toEqual([])
    for (const n of [0, 6]) writeFileSync(join(folder, `4phu-20240612-19000${n}.sqlite.doubtful`), '')
    expect(rotateBackups(folder, 2)).toEqual(['4phu-20240612-190001.sqlite', '4phu-20240612-190000.sqlite.doubtful'])
    expect(listBackups(folder)).toHaveLength(4)
    expect(listWithDoubtful(folder)[0]).toBe('4phu-20240612-190006.sqlite.doubtful')
  })

  it('is one of the newest that are kept', async () => {
    for (const n of [1, 2, 3, 4]) await made(n)
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
    expect(await verifyBackup(settings(), join(folder, good))).toBe(0)
    expect(isLookedThrough(join(folder, good))).toBe(true)
    expect(await restore(settings(), join(folder, good))).toBe(0)
    openDatabase(database)
    expect(count()).toEqual({ n: 1 })
    prepared('update help_total set counted = counted + 1').run()
    closeDatabase()
    const { file: bad } = await makeBackup(database, folder, at(9), async () => 'a figure')
    expect(isLookedThrough(bad)).toBe(false)
    expect(await checkBackup(bad)).toBeNull()
    expect(await restore(settings(), bad)).toBe(1)
    openDatabase(database)
  })

  it('restore a file without its note once it was looked through whole, with the log that lies beside it', async () => {
    record(1)
    const bare = join(folder, 'copy.sqlite')
    const held = openBeside(database)
    record(2)
    // as another tool copies: file and log, the newest record in the log alone
    copyFileSync(database, bare)
    copyFileSync(`${database}-wal`, `${bare}-wal`)
    held.close()
    record(3)
    closeDatabase()
    expect(await verifyBackup(settings(), bare)).toBe(0)
    expect(await restore(settings(), bare)).toBe(0)
    openDatabase(database)
    expect(count()).toEqual({ n: 2 })
    expect(readdirSync(folder).sort()).toEqual(['copy.sqlite', 'copy.sqlite-wal'])
  })

  it.each([
    ['a figure that is not what the facts say', 'update help_total set counted = counted + 1'],
    ['an event that does not fit', "drop trigger event_no_update; update event set data = '{}'"],
    ['no tables of ours', 'drop table help_outcome'],
  ])('refuse a file without its note that has %s', async (_, harm) => {
    record(1)
    const { file } = await makeBackup(database, folder, at(1), async () => null)
    rmSync(`${file}.json`)
    const client = new Database(file)
    client.pragma('foreign_keys = OFF')
    client.exec(harm)
    client.close()
    closeDatabase()
    expect(await verifyBackup(settings(), file)).toBe(1)
    expect(await restore(settings(), file)).toBe(1)
    openDatabase(database)
    expect(count()).toEqual({ n: 1 })
    expect(besideDatabase()).toEqual([])
  })

  it('refuse a file that is no database, or is under another key', async () => {
    const file = join(folder, 'text.sqlite')
    writeFileSync(file, 'no database '.repeat(1000))
    closeDatabase()
    expect(await restore(settings(), file)).toBe(1)
    const bare = join(folder, 'bare.sqlite')
    copyFileSync(database, bare)
    expect(await restore({ ...settings(), masterKey: undefined }, bare)).toBe(1)
    openDatabase(database)
  })
})
