import { readdirSync, readFileSync } from 'node:fs'
import { getTableColumns, getTableName, isTable } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import { describe, expect, it } from 'vitest'
import { COVERED, SEALED_AFTER } from '#db/covered-facts.ts'
import { COVERED_TABLES } from '#db/fact-hash.server.ts'
import { FACT_TABLES } from '#db/fact-tables.ts'
import * as schema from '#db/schema.ts'
import { SEALED_TABLES } from '#db/sealed-columns.ts'

const tables = Object.values(schema).flatMap(value => (isTable(value) ? [value as SQLiteTable] : []))
const coverageOf = (table: SQLiteTable) => COVERED[getTableName(table) as keyof typeof COVERED]

/** Columns of a covered table that are neither covered nor left out with a reason; the key always is covered. */
function unclassified(table: SQLiteTable): string[] {
  const coverage = coverageOf(table)
  if (coverage === undefined || 'why' in coverage) return []
  const { key } = COVERED_TABLES.find(({ name }) => name === getTableName(table)) ?? { key: [] as readonly string[] }
  const said = new Set<string>([...coverage.covers, ...Object.values(coverage.leaves ?? {}).flat()])
  const isKey = (field: string) => key.includes(field.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`))
  return Object.keys(getTableColumns(table)).filter(field => !said.has(field) && !isKey(field))
}

describe('db/covered-facts.ts', () => {
  it('says of each table whether events prove it', () => {
    expect(tables.map(getTableName).filter(name => !(name in COVERED))).toEqual([])
  })

  it('has each column of a covered table: name a new one under `covers`, or under `leaves` with why', () => {
    const missing = tables.flatMap(table => unclassified(table).map(field => `${getTableName(table)}.${field}`))
    expect(missing).toEqual([])
  })

  it('covers no sealed value, name, phone or free text', () => {
    const sealed = SEALED_TABLES.flatMap(({ table, columns }) => columns.map(({ name }) => `${table}.${name}`))
    const covered = COVERED_TABLES.flatMap(({ name, columns }) => columns.map(column => `${name}.${column}`))
    expect(covered.filter(column => sealed.includes(column))).toEqual([])
    const personal = /(_cipher|\.name|[^n]_name|name_folded|\.login|birth_on|hamlet|\.note|\.body|reason_text|message)$/
    expect(covered.filter(column => personal.test(column))).toEqual([])
  })

  it('covers what verdicts rest on, except for what is computed and the lines of extracts', () => {
    const left = FACT_TABLES.filter(name => 'why' in COVERED[name])
    expect(left).toEqual([
      ...['extract_fact', 'standing', 'help_tally', 'help_total', 'people_tally', 'result_tally', 'help_queue'],
    ])
  })

  it('seals again after the newest migration that writes a covered table', () => {
    const names = COVERED_TABLES.map(({ name }) => name).join('|')
    const writes = new RegExp(`\\b(?:update|insert into|delete from)\\s+[\`"]?(?:${names})\\b`, 'i')
    const later = readdirSync('db/migrations')
      .filter(
        file => file.endsWith('.sql') && file > '0010' && writes.test(readFileSync(`db/migrations/${file}`, 'utf8')),
      )
      .map(file => file.slice(0, -'.sql'.length))
    expect([SEALED_AFTER, ...later].sort().at(-1)).toBe(SEALED_AFTER)
  })
})
