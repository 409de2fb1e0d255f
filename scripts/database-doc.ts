import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { getTableConfig, type SQLiteTable } from 'drizzle-orm/sqlite-core'
import * as schema from '../db/schema.ts'

/** Writes docs/database.md from db/schema/*.ts; with --check only compares, and ends with 1 on a difference. */

const FOLDER = 'db/schema'
const FIRST = 'core.ts'
const TARGET = 'docs/database.md'

type Table = { name: string; summary: string; nulls: { column: string; meaning: string }[]; refersTo: string[] }

const oneLine = (comment: string) =>
  comment
    .replace(/^\/\*\*|\s*\*\/\s*$/g, '')
    .replace(/^\s*\* ?/gm, '')
    .replace(/\s+/g, ' ')
    .trim()

/** The columns of a table's source that a comment explains with "null: …" or "null …". */
function nullsIn(source: string): Table['nulls'] {
  return [...source.matchAll(/(\/\*\*(?:(?!\*\/)[\s\S])*\*\/)\s*(\w+): /g)].flatMap(([, comment = '', column = '']) => {
    const meaning = /\b[Nn]ull(?::| where| while| when| if| unless| until)[^.;]*/.exec(oneLine(comment))?.[0]
    return meaning === undefined ? [] : [{ column, meaning }]
  })
}

/** The tables of one file of the schema, in its order. */
function tablesOf(file: string): Table[] {
  const source = readFileSync(`${FOLDER}/${file}`, 'utf8')
  const parts = source.split(/^(?=\/\*\*|export const)/m)
  return parts.flatMap((part, index) => {
    const exported = /export const (\w+) = sqliteTable/.exec(part)?.[1]
    if (exported === undefined) return []
    const comment = part.startsWith('/**') ? part.slice(0, part.indexOf('*/') + 2) : (parts[index - 1] ?? '')
    // a name that the file says, which no type knows
    const table = (schema as unknown as Record<string, SQLiteTable>)[exported]
    if (table === undefined) throw new Error(`${file}: ${exported} is not exported by db/schema.ts`)
    const { name, foreignKeys } = getTableConfig(table)
    const refersTo = foreignKeys.map(key => getTableConfig(key.reference().foreignTable as SQLiteTable).name)
    const summary = comment.startsWith('/**') ? oneLine(comment) : ''
    return [{ name, summary, nulls: nullsIn(part), refersTo: [...new Set(refersTo)].sort() }]
  })
}

function areaOf(file: string): string {
  const source = readFileSync(`${FOLDER}/${file}`, 'utf8')
  const title = file.replace(/\.ts$/, '')
  const tables = tablesOf(file)
  const own = new Set(tables.map(table => table.name))
  const arrows = tables.flatMap(table =>
    table.refersTo
      .filter(name => name !== table.name && (own.has(name) || name !== 'account'))
      .map(name => `  ${name} ||--o{ ${table.name} : ""`),
  )
  return [
    `## ${title}`,
    '',
    oneLine(/^\/\*\*[\s\S]*?\*\//.exec(source)?.[0] ?? ''),
    '',
    ...(arrows.length === 0 ? [] : ['```mermaid', 'erDiagram', ...arrows, '```', '']),
    ...tables.flatMap(({ name, summary, nulls }) => [
      `- \`${name}\`${summary === '' ? '' : `: ${summary}`}`,
      ...nulls.map(({ column, meaning }) => `  - \`${column}\` ${meaning}`),
    ]),
    '',
  ].join('\n')
}

const files = readdirSync(FOLDER).filter(file => /sqliteTable\(/.test(readFileSync(`${FOLDER}/${file}`, 'utf8')))
files.sort((a, b) => Number(b === FIRST) - Number(a === FIRST) || a.localeCompare(b))

const text = `# The database

Made by \`npm run docs:database\` from \`db/schema/\`; edit the comments there, not this file.

SQLite, STRICT tables, one file for a province. \`…On\` is a calendar day (text YYYY-MM-DD, Asia/Ho_Chi_Minh), \`…At\` an instant (integer, milliseconds), \`…Cipher\` a sealed value, \`…Hash\` a keyed hash for matching.
An arrow leads from a table to those that refer to it; references to \`account\` (who did it) are left out.

${files.map(areaOf).join('\n')}`

if (process.argv.includes('--check')) {
  if (readFileSync(TARGET, 'utf8') !== text) {
    console.error(`${TARGET} is not what the schema says: npm run docs:database`)
    process.exit(1)
  }
} else writeFileSync(TARGET, text)
