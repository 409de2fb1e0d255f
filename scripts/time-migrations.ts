import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { closeDatabase, db, openDatabase, prepared } from '#db/client.server.ts'
import { migrateDatabase } from '#db/migration.server.ts'
import { MIGRATIONS, pendingOf, readMigrations } from '#db/schema-version.server.ts'
import { unpackRelease } from '#tests/fixtures/release.ts'

/**
 * Times each migration on a province of the largest expected size. It takes the kept database of a release and
 * multiplies its records by plain inserts to `RECORDS` (3,000,000). Sealed values and the log's chain no longer fit,
 * but no migration reads them. Then `help` itself is rebuilt, the most expensive thing that a migration can do. `npm
 * run test:migration`, or `FILE=copy.sqlite npm run test:migration` for a copy of an existing database; it is changed.
 */
const RECORDS = Number(process.env.RECORDS ?? 3_000_000)
const RELEASE = process.env.RELEASE ?? '0.1'

const folder = mkdtempSync(join(process.env.TMPDIR ?? tmpdir(), 'migrations-'))
const say = (text: string) => process.stdout.write(`${text}\n`)
const seconds = (ms: number) => (ms / 1000).toFixed(1)

/** Runs `work` and says how long it took. */
function timed(what: string, work: () => void) {
  const start = performance.now()
  work()
  say(`${what}: ${seconds(performance.now() - start)} s`)
}

/** What differs between a row and its `k`-th copy, by column; ids of records and events are moved up. */
const COPIES = {
  help: { id: 'id + k * step', submission_key: "submission_key || '-' || k", citizen_hash: "citizen_hash || '-' || k" },
  help_outcome: { help_id: 'help_id + k * step' },
  event: { id: 'id + k * step' },
} as const

function multiply(table: keyof typeof COPIES, times: number) {
  const columns = prepared(`select name from pragma_table_xinfo('${table}') where hidden = 0`).pluck().all() as string[]
  const key = table === 'help_outcome' ? 'help_id' : 'id'
  const step = prepared(`select max(${key}) from ${table}`).pluck().get() as number
  const moved: Record<string, string> = COPIES[table]
  const values = columns.map(name => (moved[name] ?? `\`${name}\``).replaceAll('step', String(step)))
  const indexes = prepared(
    "select name, sql from sqlite_schema where type = 'index' and tbl_name = ? and sql is not null",
  )
  const kept = indexes.all(table) as { name: string; sql: string }[]
  for (const { name } of kept) db.$client.exec(`drop index \`${name}\``)
  // copies in the order of their ids, which is how a table takes them quickest
  prepared(
    `with recursive copies (k) as (select 1 union all select k + 1 from copies where k < ?)
     insert into ${table} (${columns.map(name => `\`${name}\``).join(', ')})
     select ${values.join(', ')} from copies cross join (select * from ${table} where ${key} <= ${step})`,
  ).run(times)
  for (const { sql } of kept) db.$client.exec(sql)
}

function makeLarge(file: string) {
  unpackRelease(RELEASE, file)
  openDatabase(file)
  db.$client.pragma('synchronous = OFF')
  db.$client.pragma('foreign_keys = OFF')
  const times = Math.ceil(RECORDS / (prepared('select count(*) from help').pluck().get() as number)) - 1
  db.$client.transaction(() => {
    multiply('help', times)
    multiply('help_outcome', times)
    multiply('event', Math.ceil(times / 2))
  })()
  db.$client.pragma('wal_checkpoint(TRUNCATE)')
  closeDatabase()
}

/** The migrations, and after them one that gives `help` the definition that it has. */
function withRebuild(): string {
  const changed = join(folder, 'migrations')
  cpSync(MIGRATIONS, changed, { recursive: true })
  const journal = join(changed, 'meta', '_journal.json')
  const { entries, ...rest } = JSON.parse(readFileSync(journal, 'utf8')) as { entries: { when: number }[] }
  const when = Math.max(...entries.map(entry => entry.when)) + 1
  const added = { idx: entries.length, version: '6', when, tag: '9999_rebuild_help', breakpoints: true }
  writeFileSync(journal, JSON.stringify({ ...rest, entries: [...entries, added] }))
  const text = prepared("select sql from sqlite_schema where type = 'table' and name = 'help'").pluck().get() as string
  writeFileSync(join(changed, '9999_rebuild_help.sql'), `-- rebuild\n${text};`)
  return changed
}

try {
  const file = process.env.FILE ?? join(folder, 'campaign.sqlite')
  if (!process.env.FILE) timed('made', () => makeLarge(file))
  openDatabase(file)
  const records = prepared('select count(*) from help').pluck().get() as number
  say(`${records} records, ${(statSync(file).size / 1e9).toFixed(2)} GB`)
  const told = (tag: string, took: number) => say(`  ${tag}: ${took.toFixed(1)} s with the write lock`)
  const { length } = pendingOf(db.$client, readMigrations(MIGRATIONS))
  timed(`${length} pending migrations, rehearsal and all`, () => migrateDatabase(MIGRATIONS, { told }))
  timed('help rebuilt, rehearsal and all', () => migrateDatabase(withRebuild(), { told }))
  if (prepared('select count(*) from help').pluck().get() !== records) throw new Error('records were lost')
} finally {
  closeDatabase()
  rmSync(folder, { recursive: true, force: true })
}
