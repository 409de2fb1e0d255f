import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { closeDatabase, db, openDatabase, prepared } from '#db/client.server.ts'
import { migrateDatabase } from '#db/migration.server.ts'

let folder: string
let migrations: string
let file: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'migration-'))
  migrations = join(folder, 'migrations')
  file = join(folder, 'campaign.sqlite')
  cpSync('db/migrations', migrations, { recursive: true })
  openDatabase(file)
  migrateDatabase(migrations)
  prepared(
    "insert into locality (code, level, name, type, path) values ('70', 'province', 'Bình Phước', 'Tỉnh', '/70/')",
  ).run()
  db.$client.pragma('wal_checkpoint(TRUNCATE)')
})
afterEach(() => {
  closeDatabase()
  rmSync(folder, { recursive: true, force: true })
})

/** Adds a migration that comes after those there are. */
function add(tag: string, ...statements: string[]) {
  const journal = join(migrations, 'meta', '_journal.json')
  const { entries, ...rest } = JSON.parse(readFileSync(journal, 'utf8')) as { entries: { when: number }[] }
  const when = Math.max(...entries.map(entry => entry.when)) + 1
  writeFileSync(
    journal,
    JSON.stringify({
      ...rest,
      entries: [...entries, { idx: entries.length, version: '6', when, tag, breakpoints: true }],
    }),
  )
  writeFileSync(join(migrations, `${tag}.sql`), statements.join('--> statement-breakpoint\n'))
}

const tables = () => prepared("select name from sqlite_master where type = 'table' order by name").pluck().all()
const applied = () => prepared('select count(*) from __drizzle_migrations').pluck().get()
const beside = () => readdirSync(folder).filter(name => name.includes('migrating'))
/** Migrations that the project has. */
const FOUNDED = (JSON.parse(readFileSync('db/migrations/meta/_journal.json', 'utf8')) as { entries: unknown[] }).entries
  .length
const GOOD = ['create table shelf (id integer primary key, code text not null references locality (code)) STRICT;']

describe('a migration', () => {
  it('is applied once, with the data there', () => {
    add('0001_shelf', ...GOOD, "insert into shelf (id, code) values (1, '70');")
    migrateDatabase(migrations)
    migrateDatabase(migrations)
    expect(prepared('select code from shelf').pluck().all()).toEqual(['70'])
    expect(applied()).toBe(FOUNDED + 1)
    expect(beside()).toEqual([])
    expect(db.$client.pragma('foreign_keys', { simple: true })).toBe(1)
    expect(db.$client.pragma('busy_timeout', { simple: true })).toBe(100)
  })

  it.each([
    [
      'with a statement that fails',
      ['create table second (id integer primary key) STRICT;', 'insert into nowhere values (1);'],
      /no such table/,
    ],
    [
      'that leaves references to nothing',
      [
        "delete from locality where code = '70';",
        "insert into locality (code, parent_code, level, name, type, path) values ('71', '99', 'district', 'x', 'x', 'x');",
      ],
      /refers to rows/,
    ],
    ['that forgets STRICT', ['create table second (id integer primary key);'], /not STRICT/],
  ])('%s leaves the database as it was, byte for byte, with those before it', (_name, statements, reason) => {
    add('0001_shelf', ...GOOD)
    add('0002_bad', ...statements)
    const before = { tables: tables(), bytes: readFileSync(file) }
    expect(() => migrateDatabase(migrations)).toThrow(reason)
    expect(() => migrateDatabase(migrations)).toThrow(/0002_bad/)
    expect(tables()).toEqual(before.tables)
    expect(applied()).toBe(FOUNDED)
    expect(beside()).toEqual([])
    db.$client.pragma('wal_checkpoint(TRUNCATE)')
    expect(readFileSync(file).equals(before.bytes)).toBe(true)
    expect(db.$client.pragma('foreign_keys', { simple: true })).toBe(1)
  })

  it('is applied by one of the processes that start at once, the others wait for it', async () => {
    add('0001_shelf', ...GOOD, "insert into shelf (id, code) values (1, '70');")
    closeDatabase()
    const program = `import { openDatabase } from './db/client.server.ts'
      import { migrateDatabase } from './db/migration.server.ts'
      openDatabase(${JSON.stringify(file)}); migrateDatabase(${JSON.stringify(migrations)})`
    const codes = await Promise.all(
      Array.from({ length: 3 }, () => {
        const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
          stdio: ['ignore', 'inherit', 'inherit'],
        })
        return new Promise(resolve => child.once('exit', resolve))
      }),
    )
    expect(codes).toEqual([0, 0, 0])
    openDatabase(file)
    expect(applied()).toBe(FOUNDED + 1)
    expect(prepared('select count(*) from shelf').pluck().get()).toBe(1)
  })
})
