import { is } from 'drizzle-orm'
import { CasingCache } from 'drizzle-orm/casing'
import { getTableConfig, SQLiteTable } from 'drizzle-orm/sqlite-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { db, prepared, refreshPlans } from '#db/client.server.ts'
import * as schema from '#db/schema.ts'
import { dropProvince, makeProvince } from '#tests/make.ts'

beforeAll(() => makeProvince())
afterAll(dropProvince)

const tables = Object.values(schema).filter(value => is(value, SQLiteTable)) as SQLiteTable[]
const casing = new CasingCache('snake_case')
const all = (text: string) => prepared(text).all() as Record<string, unknown>[]

describe.each(tables.map(table => [getTableConfig(table).name, getTableConfig(table)] as const))(
  '%s',
  (name, intended) => {
    const columnName = (column: (typeof intended.columns)[number]) => casing.getColumnCasing(column)

    it('has the columns of db/schema.ts', () => {
      const stored = all(`pragma table_info(${name})`).map(row => ({
        name: row.name,
        type: String(row.type).toLowerCase(),
        notNull: row.notnull === 1 || row.pk !== 0,
        hasDefault: row.dflt_value !== null,
      }))
      const columns = intended.columns.map(column => ({
        name: columnName(column),
        type: column.getSQLType().toLowerCase(),
        notNull: column.notNull || column.primary,
        hasDefault: column.hasDefault && column.default !== undefined,
      }))
      expect(stored).toEqual(columns)
    })

    it('is STRICT and holds every check', () => {
      const row = prepared('select sql from sqlite_master where type = ? and name = ?').get('table', name) as {
        sql: string
      }
      expect(row.sql).toMatch(/\) STRICT(, WITHOUT ROWID)?$/)
      for (const check of intended.checks) expect(row.sql).toContain(`CONSTRAINT "${check.name}" CHECK`)
    })

    it('has the indexes and foreign keys', () => {
      const indexes = all(`pragma index_list(${name})`).filter(row => row.origin === 'c')
      const unique = intended.columns.filter(column => column.isUnique).length
      expect(indexes).toHaveLength(intended.indexes.length + unique)
      for (const index of intended.indexes)
        expect(indexes).toContainEqual(
          expect.objectContaining({ name: index.config.name, unique: index.config.unique ? 1 : 0 }),
        )
      // a key over two columns has a line for each
      const keys = new Set(all(`pragma foreign_key_list(${name})`).map(row => row.id))
      expect(keys.size).toBe(intended.foreignKeys.length)
    })
  },
)

describe('the connection', () => {
  it('writes through to the disk before it acknowledges', () => {
    expect(db.$client.pragma('synchronous', { simple: true })).toBe(2)
    expect(db.$client.pragma('journal_mode', { simple: true })).toBe('wal')
    expect(db.$client.pragma('foreign_keys', { simple: true })).toBe(1)
  })

  it.each(['event', 'regulation'])('%s is append-only', table => {
    expect(() => prepared(`update ${table} set id = id`).run()).toThrow(/append-only|never edited/)
    expect(() => prepared(`delete from ${table}`).run()).toThrow(/append-only|never deleted/)
  })
})

describe('the plans', () => {
  const rows = (table: string) => all(`select * from ${table}`).length

  it('rest on every table that holds something, from the first look on', () => {
    prepared('drop table if exists sqlite_stat1').run()
    refreshPlans()
    const looked = new Set(all('select tbl from sqlite_stat1').map(row => row.tbl))
    for (const table of ['unit', 'locality', 'help', 'event']) {
      if (rows(table) > 0) expect(looked, table).toContain(table)
    }
    expect(looked).toContain('unit')
  })

  it('stay the same whatever is asked: samples of values are thrown away', () => {
    db.$client.pragma('analysis_limit = 0')
    db.$client.exec('analyze')
    expect(rows('sqlite_stat4')).toBeGreaterThan(0)
    refreshPlans()
    expect(rows('sqlite_stat4')).toBe(0)
    expect(rows('sqlite_stat1')).toBeGreaterThan(0)
  })
})
