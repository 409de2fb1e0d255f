import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { closeDatabase, db, openDatabase, prepared } from '#db/client.server.ts'
import { migrateDatabase } from '#db/migration.server.ts'
import { SchemaRefusal } from '#db/schema-version.server.ts'
import { unpackRelease } from '#tests/fixtures/release.ts'

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
/** Changes the text of a migration's file. */
function edit(tag: string) {
  const path = join(migrations, `${tag}.sql`)
  writeFileSync(path, `${readFileSync(path, 'utf8')}\n-- edited`)
}

/** Takes the newest migration out of the folder, as an older version has it. */
function takeOutNewest() {
  const journal = join(migrations, 'meta', '_journal.json')
  const { entries, ...rest } = JSON.parse(readFileSync(journal, 'utf8')) as { entries: { tag: string }[] }
  writeFileSync(journal, JSON.stringify({ ...rest, entries: entries.slice(0, -1) }))
}

const OWN = (JSON.parse(readFileSync('db/migrations/meta/_journal.json', 'utf8')) as { entries: unknown[] }).entries
  .length
const applied = () => prepared('select count(*) from __drizzle_migrations').pluck().get()
const beside = () => readdirSync(folder).filter(name => name.includes('migrating'))
const GOOD = ['create table shelf (id integer primary key, code text not null references locality (code)) STRICT;']

describe('a migration', () => {
  it('is applied once, with the data there', () => {
    add('9001_shelf', ...GOOD, "insert into shelf (id, code) values (1, '70');")
    migrateDatabase(migrations)
    migrateDatabase(migrations)
    expect(prepared('select code from shelf').pluck().all()).toEqual(['70'])
    expect(applied()).toBe(OWN + 1)
    expect(beside()).toEqual([])
    expect(db.$client.pragma('foreign_keys', { simple: true })).toBe(1)
    expect(db.$client.pragma('busy_timeout', { simple: true })).toBe(100)
  })

  it('passes over the tables that Litestream keeps in the database', () => {
    prepared('create table _litestream_seq (id integer primary key, seq integer)').run()
    prepared('create table _litestream_lock (id integer)').run()
    add('9001_shelf', ...GOOD)
    migrateDatabase(migrations)
    expect(applied()).toBe(OWN + 1)
    add('9002_lookalike', 'create table xlitestream_seq (id integer primary key);')
    expect(() => migrateDatabase(migrations)).toThrow(/xlitestream_seq is not STRICT/)
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
    add('9001_shelf', ...GOOD)
    add('9002_bad', ...statements)
    const before = { tables: tables(), bytes: readFileSync(file) }
    expect(() => migrateDatabase(migrations)).toThrow(reason)
    expect(() => migrateDatabase(migrations)).toThrow(/9002_bad/)
    expect(tables()).toEqual(before.tables)
    expect(applied()).toBe(OWN)
    expect(beside()).toEqual([])
    db.$client.pragma('wal_checkpoint(TRUNCATE)')
    expect(readFileSync(file).equals(before.bytes)).toBe(true)
    expect(db.$client.pragma('foreign_keys', { simple: true })).toBe(1)
  })

  it('comes to a database of each version before, whose covered facts are watched from then on', {
    timeout: 120_000,
  }, () => {
    const journal = join(migrations, 'meta', '_journal.json')
    const whole = readFileSync(journal, 'utf8')
    const { entries, ...rest } = JSON.parse(whole) as { entries: unknown[] }
    for (let count = 1; count < entries.length; count += 1) {
      closeDatabase()
      const older = join(folder, `of-${count}.sqlite`)
      writeFileSync(journal, JSON.stringify({ ...rest, entries: entries.slice(0, count) }))
      openDatabase(older)
      migrateDatabase(migrations)
      closeDatabase()
      writeFileSync(journal, whole)
      openDatabase(older)
      migrateDatabase(migrations)
      const watched = prepared("select name from temp.sqlite_schema where name = 'covered_portal_login_insert'")
      expect([count, watched.pluck().all().length]).toEqual([count, 1])
    }
  })

  it('is applied by one of the processes that start at once, the others wait for it', async () => {
    add('9001_shelf', ...GOOD, "insert into shelf (id, code) values (1, '70');")
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
    expect(applied()).toBe(OWN + 1)
    expect(prepared('select count(*) from shelf').pluck().get()).toBe(1)
  })
})

describe('a database of another version', () => {
  /** Expects that the database is as it was, and that the message names the reason. */
  function expectRefusal(reason: RegExp) {
    const before = { tables: tables(), applied: applied() }
    expect(() => migrateDatabase(migrations)).toThrow(SchemaRefusal)
    expect(() => migrateDatabase(migrations)).toThrow(reason)
    expect({ tables: tables(), applied: applied() }).toEqual(before)
  }

  it('founded by an edit of the founding is refused', () => {
    edit('0000_founding')
    expectRefusal(/campaign\.sqlite was founded by another 0000_founding/)
  })

  it('founded at another moment is refused', () => {
    prepared('update __drizzle_migrations set created_at = 1 where rowid = 1').run()
    expectRefusal(/founded by another 0000_founding/)
  })

  it('with a migration that was edited since is refused by its name', () => {
    add('9001_shelf', ...GOOD)
    migrateDatabase(migrations)
    edit('9001_shelf')
    expectRefusal(/another migration 9001_shelf/)
  })

  it('is refused by its name too where more is pending', () => {
    add('9001_shelf', ...GOOD)
    migrateDatabase(migrations)
    edit('9001_shelf')
    add('9002_second', 'create table second (id integer primary key) STRICT;')
    expectRefusal(/another migration 9001_shelf/)
  })

  it('newer than the code is refused', () => {
    add('9001_shelf', ...GOOD)
    migrateDatabase(migrations)
    takeOutNewest()
    expectRefusal(/is newer than this version: it had 1 migrations after/)
  })

  it('that skipped a migration is refused', () => {
    add('9001_shelf', ...GOOD)
    add('9002_second', 'create table second (id integer primary key) STRICT;')
    migrateDatabase(migrations)
    prepared('delete from __drizzle_migrations where rowid = ?').run(OWN + 1)
    expectRefusal(/lacks migration 9001_shelf/)
  })

  it('of another program is refused, and stays as it is', () => {
    closeDatabase()
    openDatabase(join(folder, 'other.sqlite'))
    prepared('create table note (id integer primary key)').run()
    expect(() => migrateDatabase(migrations)).toThrow(/is no database of this product: it has a table note/)
    expect(tables()).toEqual(['note'])
  })
})

describe('a rebuilt table', () => {
  const SHELF = [
    'create table shelf (id integer primary key autoincrement, code text not null references locality (code), label text not null, high integer not null check (high > 0)) STRICT;',
    'create index shelf_code on shelf (code);',
    'create table book (id integer primary key, shelf_id integer not null references shelf (id)) STRICT;',
    "create virtual table shelf_search using fts5 (label, content='shelf', content_rowid='id');",
    'create trigger shelf_search_insert after insert on shelf begin insert into shelf_search (rowid, label) values (new.id, new.label); end;',
    "create trigger shelf_no_delete before delete on shelf when old.high > 5 begin select raise(abort, 'a high shelf stays'); end;",
    'create trigger book_counts after insert on book begin update shelf set high = high + 1 where id = new.shelf_id; end;',
    "insert into shelf values (1, '70', 'Luat', 9), (2, '70', 'Truyen', 3), (7, '70', 'Tho', 1);",
    'delete from shelf where id = 7;',
    'insert into book (id, shelf_id) values (1, 1);',
  ]
  const REBUILD = `-- rebuild
-- wide: high * 2
create table shelf (id integer primary key autoincrement, code text not null references locality (code), label text not null, high integer not null check (high between 1 and 99), wide integer not null, note text) STRICT;`

  it('keeps rows, references, indexes, triggers, numbers given and full text, and has its new CHECK', () => {
    add('9001_shelf', ...SHELF)
    migrateDatabase(migrations)
    add('9002_wide', REBUILD)
    migrateDatabase(migrations)
    expect(prepared('select id, code, label, high, wide, note from shelf').raw().all()).toEqual([
      [1, '70', 'Luat', 10, 20, null],
      [2, '70', 'Truyen', 3, 6, null],
    ])
    expect(() => prepared("insert into shelf values (3, '70', 'x', 100, 1, null)").run()).toThrow(/CHECK/)
    expect(() => prepared("insert into shelf values (3, '99', 'x', 1, 1, null)").run()).toThrow(/FOREIGN KEY/)
    expect(() => prepared('delete from shelf where id = 1').run()).toThrow(/a high shelf stays/)
    expect(() => prepared('delete from shelf where id = 2').run()).not.toThrow()
    expect(() => prepared('insert into book values (2, 2)').run()).toThrow(/FOREIGN KEY/)
    prepared('insert into book values (3, 1)').run()
    expect(prepared('select high from shelf').pluck().get()).toBe(11)
    prepared("insert into shelf (code, label, high, wide) values ('70', 'Bao', 1, 1)").run()
    const found = prepared('select rowid from shelf_search where shelf_search match ?').pluck()
    expect([found.get('luat'), found.get('bao')]).toEqual([1, 8])
    expect(prepared("select 1 from sqlite_schema where name = 'shelf_code'").get()).toBeDefined()
    expect(tables()).not.toContain('shelf__rebuilt')
  })

  it('that a row does not fit leaves the database as it was', () => {
    add('9001_shelf', ...SHELF)
    migrateDatabase(migrations)
    add('9002_low', REBUILD.replace('between 1 and 99', '< 5'))
    expect(() => migrateDatabase(migrations)).toThrow(/9002_low failed on a copy of the database \(CHECK/)
    expect(prepared('select count(*) from shelf').pluck().get()).toBe(2)
  })

  it.each(['official', 'help', 'event', 'unit', 'locality', 'wrapped_key', 'help_outcome'])(
    'of the province itself, %s, keeps all that belongs to it',
    name => {
      closeDatabase()
      const old = join(folder, 'release.sqlite')
      unpackRelease('0.1', old)
      openDatabase(old)
      migrateDatabase(migrations)
      const schema = () =>
        prepared(
          `select type, name, tbl_name, iif(type = 'table' and name = ?, '', sql) as sql from sqlite_schema
            where sql is not null order by type, name`,
        ).all(name)
      const rows = () => prepared(`select * from ${name} order by 1, 2`).raw().all()
      const before = { schema: schema(), rows: rows() }
      const text = prepared("select sql from sqlite_schema where type = 'table' and name = ?").pluck().get(name)
      add('9001_rebuilt', `-- rebuild\n${String(text)};`)
      migrateDatabase(migrations)
      expect(schema()).toEqual(before.schema)
      expect(rows()).toEqual(before.rows)
      const checks = (sql: string) => sql.match(/CHECK|FOREIGN KEY|NOT NULL|STRICT|WITHOUT ROWID/g)
      const rebuilt = prepared("select sql from sqlite_schema where type = 'table' and name = ?").pluck().get(name)
      expect(checks(String(rebuilt))).toEqual(checks(String(text)))
      expect(before.rows.length).toBeGreaterThan(0)
      expect(db.$client.pragma('integrity_check', { simple: true })).toBe('ok')
    },
  )
})
