import { execFile } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { backUp, restore, verifyBackup } from '#app/server/backup.ts'
import { openProvince } from '#app/server/database.ts'
import { setUnusableDemoAside } from '#app/server/demo.ts'
import { keepFilesPrivate } from '#app/server/private-files.ts'
import { readSettings } from '#app/server/settings.ts'
import { listBackups, makeBackup } from '#db/backup.server.ts'
import { closeDatabase, db, openDatabase, prepared } from '#db/client.server.ts'
import { tryHold } from '#db/lock.server.ts'
import { MasterKeyProblem, readMasterKey } from '#db/master-key.server.ts'
import { openToRead } from '#db/migration.server.ts'
import { MIGRATIONS } from '#db/schema-version.server.ts'
import { unpackRelease } from '#tests/fixtures/release.ts'

const KEY = Buffer.alloc(32, 7).toString('base64')
const OTHER = Buffer.alloc(32, 8).toString('base64')
const WRONG = /MASTER_KEY is not the key that this database was founded with/

let folder: string
let said: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'province-'))
  said = ''
  vi.spyOn(process.stdout, 'write').mockImplementation(text => {
    said += String(text)
    return true
  })
})
afterEach(() => {
  closeDatabase()
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true, force: true })
})

const settings = (masterKey = KEY, env: Record<string, string> = {}) =>
  readSettings({ NODE_ENV: 'test', DATA_DIR: folder, MASTER_KEY: masterKey, ...env })

/** A founded province, closed again; its file. */
function founded(env: Record<string, string> = {}): string {
  expect(openProvince(settings(KEY, env))).toEqual({ ok: true })
  db.$client.pragma('wal_checkpoint(TRUNCATE)')
  closeDatabase()
  return settings(KEY, env).databaseFile
}

/** A backup of the file in which nothing was found wrong; its name. */
async function backedUp(file: string): Promise<string> {
  const backup = await makeBackup(file, settings().backups.folder, Date.now(), async () => null)
  return backup.file
}

/** Makes the database one that a newer version migrated. */
function makeNewer(file: string) {
  openDatabase(file)
  prepared("insert into __drizzle_migrations (hash, created_at) values ('x', 9999999999999)").run()
  closeDatabase()
}

describe('a wrong master key', () => {
  it('is refused in words at the start and by every command that opens the province', () => {
    founded()
    const opened = openProvince(settings(OTHER))
    expect(opened).toEqual({ ok: false, message: expect.stringMatching(WRONG) })
    closeDatabase()
    expect(openProvince(settings())).toEqual({ ok: true })
  })

  it('is refused by backup, backup:check and restore, looked through before or not', async () => {
    const file = founded()
    const good = await backedUp(file)
    const bytes = readFileSync(file)
    for (const act of [
      () => backUp(settings(OTHER)),
      () => verifyBackup(settings(OTHER), good),
      () => restore(settings(OTHER), good),
    ]) {
      said = ''
      expect(await act()).toBe(1)
      expect(said).toMatch(WRONG)
    }
    expect(readFileSync(file).equals(bytes)).toBe(true)
    expect(listBackups(settings().backups.folder)).toEqual([basename(good)])
  })

  it('may be there while the keys are about to be wrapped under it', () => {
    founded()
    expect(openProvince(settings(OTHER), { isKeyOpen: true })).toEqual({ ok: true })
  })
})

describe('a file that is not of this version', () => {
  it('is refused in a sentence by the start, backup, backup:check and restore', async () => {
    const file = founded()
    makeNewer(file)
    const newer = await backedUp(file)
    expect(openProvince(settings())).toEqual({ ok: false, message: expect.stringMatching(/newer than this version/) })
    closeDatabase()
    for (const act of [
      () => backUp(settings()),
      () => verifyBackup(settings(), newer),
      () => restore(settings(), newer),
    ]) {
      said = ''
      expect(await act()).toBe(1)
      expect(said).toMatch(/newer than this version/)
    }
  })

  it('that is no database is refused in a sentence', () => {
    writeFileSync(join(folder, 'campaign.sqlite'), 'no database at all, only words'.repeat(200))
    expect(openProvince(settings())).toEqual({ ok: false, message: expect.stringMatching(/is no database/) })
  })

  it('but of an older one is read from a copy, and stays as it is', () => {
    const migrations = join(folder, 'migrations')
    cpSync(MIGRATIONS, migrations, { recursive: true })
    const journal = join(migrations, 'meta', '_journal.json')
    const { entries, ...rest } = JSON.parse(readFileSync(journal, 'utf8')) as { entries: { when: number }[] }
    const when = Math.max(...entries.map(entry => entry.when)) + 1
    const added = { idx: entries.length, version: '6', when, tag: '9001_shelf', breakpoints: true }
    writeFileSync(journal, JSON.stringify({ ...rest, entries: [...entries, added] }))
    writeFileSync(join(migrations, '9001_shelf.sql'), 'create table shelf (id integer primary key) STRICT;')
    const file = join(folder, 'old.sqlite')
    unpackRelease('0.1', file)
    const bytes = readFileSync(file)
    const close = openToRead(file, migrations)
    expect(prepared('select count(*) from shelf').pluck().get()).toBe(0)
    expect(prepared('select count(*) from help').pluck().get()).toBe(112)
    close()
    expect(readFileSync(file).equals(bytes)).toBe(true)
    expect(readdirSync(folder).filter(name => name.startsWith('old'))).toEqual(['old.sqlite'])
  })
})

describe('the demo', () => {
  const demo = (masterKey = KEY) => settings(masterKey, { DEMO: '1' })
  const names = () => readdirSync(folder).filter(name => /^demo.*sqlite$/.test(name))

  it.each([
    ['of another version', makeNewer, 'tệp do phiên bản khác tạo ra'],
    ['that is no database', (file: string) => writeFileSync(file, 'words'.repeat(1000)), 'không phải cơ sở dữ liệu'],
    ['under another key', () => undefined, 'khóa khác'],
  ])('sets a file %s aside under a dated name, says so, and founds another', (_name, spoil, reason) => {
    const file = founded({ DEMO: '1' })
    spoil(file)
    const bytes = readFileSync(file)
    const key = reason === 'khóa khác' ? OTHER : KEY
    setUnusableDemoAside(demo(key))
    expect(said).toMatch(reason)
    const [aside = ''] = names()
    expect(aside).toMatch(/^demo-\d{8}-\d{6}\.sqlite$/)
    expect(said).toContain(aside)
    expect(readFileSync(join(folder, aside)).equals(bytes)).toBe(true)
    expect(openProvince(demo(key))).toEqual({ ok: true })
    expect(names()).toHaveLength(2)
  })

  it('goes on with a good file, and leaves one that a server has open', () => {
    const file = founded({ DEMO: '1' })
    setUnusableDemoAside(demo())
    const letGo = tryHold(`${file}.worker`)
    setUnusableDemoAside(demo(OTHER))
    letGo?.()
    expect(names()).toEqual(['demo.sqlite'])
    expect(said).toBe('')
  })
})

describe('the master key', () => {
  const file = (text: string) => {
    const path = join(folder, 'master-key')
    writeFileSync(path, text)
    return path
  }

  it('comes from the environment or from a file, as a bare value or as keys:create prints it', () => {
    expect(readMasterKey({ MASTER_KEY: KEY })).toBe(KEY)
    expect(readMasterKey({ MASTER_KEY_FILE: file(`${KEY}\n`) })).toBe(KEY)
    expect(readMasterKey({ MASTER_KEY_FILE: file(`MASTER_KEY=${KEY}\n`) })).toBe(KEY)
    expect(readMasterKey({ MASTER_KEY: '', MASTER_KEY_FILE: '' })).toBeUndefined()
    expect(settings('', { MASTER_KEY_FILE: file(KEY) }).masterKey).toBe(KEY)
  })

  it.each([
    ['both are set', () => ({ MASTER_KEY: KEY, MASTER_KEY_FILE: file(KEY) }), /are both set/],
    ['the file is not there', () => ({ MASTER_KEY_FILE: join(folder, 'none') }), /there is no such file/],
    ['it is a folder', () => ({ MASTER_KEY_FILE: folder }), /it is a folder/],
    ['the file is empty', () => ({ MASTER_KEY_FILE: file(' \n') }), /names an empty file/],
  ])('is asked for in a sentence where %s', (_name, env, reason) => {
    expect(() => readMasterKey(env())).toThrow(MasterKeyProblem)
    expect(() => readMasterKey(env())).toThrow(reason)
  })
})

describe('files under umask 022', () => {
  const command = (...args: string[]) =>
    new Promise<string>((resolve, reject) => {
      const program = 'umask 022; exec "$0" --import tsx app/server/command.ts "$@"'
      const env = { ...process.env, DATA_DIR: join(folder, 'data'), MASTER_KEY: KEY }
      execFile('sh', ['-c', program, process.execPath, ...args], { env }, (error, out, err) =>
        error ? reject(new Error(`${out}${err}`)) : resolve(out),
      )
    })

  /** Everything below a folder with its rights. */
  function rightsBelow(path: string): [string, string][] {
    const { mode } = statSync(path)
    const own: [string, string] = [path, (mode & 0o777).toString(8)]
    if (!statSync(path).isDirectory()) return [own]
    return [own, ...readdirSync(path).flatMap(name => rightsBelow(join(path, name)))]
  }
  const loose = (path: string) =>
    rightsBelow(path).filter(([name, rights]) => rights !== (statSync(name).isDirectory() ? '700' : '600'))

  it('that commands write are for their own user alone', async () => {
    await command('account:create', 'quantri', 'Quản trị')
    await command('backup')
    const backups = join(folder, 'data', 'backups')
    const [backup = ''] = listBackups(backups)
    await command('restore', join(backups, backup))
    expect(rightsBelow(join(folder, 'data')).length).toBeGreaterThan(5)
    expect(loose(join(folder, 'data'))).toEqual([])
  }, 180_000)

  it('that an earlier version left open to others are closed to them', () => {
    const umask = process.umask()
    try {
      const data = join(folder, 'data')
      mkdirSync(join(data, 'backups'), { recursive: true })
      const names = ['campaign.sqlite', 'campaign.sqlite-wal', 'backups/4phu-20240612-190001.sqlite', 'notes.txt']
      for (const name of names) {
        writeFileSync(join(data, name), '')
        chmodSync(join(data, name), 0o644)
      }
      keepFilesPrivate(settings(KEY, { DATA_DIR: data }))
      const rights = names.map(name => (statSync(join(data, name)).mode & 0o777).toString(8))
      expect(rights).toEqual(['600', '600', '600', '644'])
      expect(process.umask()).toBe(0o077)
    } finally {
      process.umask(umask)
    }
  })
})
