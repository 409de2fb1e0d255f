import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { isRebuild, rebuiltTable } from '#db/rebuild.server.ts'
import { MIGRATIONS, readMigrations } from '#db/schema-version.server.ts'

/** Migrations that provinces have run, with the SHA-256 of their files: none is edited any more. */
const FROZEN: Record<string, string> = {
  '0000_founding': '2bcf955d34920f120852ca74d0cbc83740fe504694d576f21b0682710fd93044',
}

const migrations = readMigrations(MIGRATIONS)
const later = migrations.filter(({ tag }) => tag !== '0000_founding')

it('of a released version is never edited', () => {
  for (const [tag, hash] of Object.entries(FROZEN)) {
    const bytes = readFileSync(`${MIGRATIONS}/${tag}.sql`)
    expect([tag, createHash('sha256').update(bytes).digest('hex')]).toEqual([tag, hash])
  }
})

it('is listed once in the journal, in the order of numbers and moments', () => {
  const files = readdirSync(MIGRATIONS)
    .filter(name => name.endsWith('.sql'))
    .map(name => name.slice(0, -'.sql'.length))
  expect(migrations.map(({ tag }) => tag)).toEqual(files.sort())
  const numbers = migrations.map(({ tag }) => Number(/^(\d{4})_/.exec(tag)?.[1]))
  expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b))
  const moments = migrations.map(({ when }) => when)
  expect(moments).toEqual([...new Set(moments)].sort((a, b) => a - b))
})

it('says in its first line for which issue it is', () => {
  for (const { tag, statements } of later) expect([tag, statements[0]]).toEqual([tag, expect.stringMatching(ISSUE)])
})

it('changes a table once for an issue', () => {
  const seen = new Map<string, string>()
  for (const { tag, statements } of later) {
    const issue = ISSUE.exec(statements[0] ?? '')?.[1]
    for (const table of new Set(statements.flatMap(changedTable))) {
      const key = `issue ${issue}, table ${table}`
      expect([key, seen.get(key) ?? tag]).toEqual([key, tag])
      seen.set(key, tag)
    }
  }
})

const ISSUE = /^-- issue (\d+): \S/

/** The table whose definition a statement makes or changes, if it does. */
function changedTable(statement: string): string[] {
  if (isRebuild(statement)) return [rebuiltTable(statement)]
  const name = /\b(?:alter|create|drop)\s+table\s+(?:if\s+(?:not\s+)?exists\s+)?[`"]?(\w+)/i.exec(statement)?.[1]
  return name === undefined ? [] : [name]
}
