import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { getTableName, isTable } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { logEvent } from '#app/queries/event.server.ts'
import { change, changePeople, writeUnjudged } from '#app/queries/judging/index.server.ts'
import { db, type FactTx, type Tx } from '#db/client.server.ts'
import { FACT_TABLES } from '#db/fact-tables.ts'
import { inserterOf } from '#db/inserter.server.ts'
import * as schema from '#db/schema.ts'

const ROOM = 'app/queries/judging/'

/** Files that write to fact tables without judging, and why no stored verdict, standing or sum is wrong afterwards. */
const UNJUDGED: Record<string, string> = {
  'app/jobs/demo/list-writer.server.ts': 'a bulk load, summed up at its end',
  'app/jobs/demo/people-writer.server.ts': 'a bulk load, summed up at its end',
  'app/jobs/demo/proof-writer.server.ts': 'a bulk load, summed up at its end',
  'app/jobs/demo/province.ts': 'empties the tables that the bulk load then fills',
  'app/jobs/demo/staff-evidence.server.ts': 'a bulk load, summed up at its end',
  'app/jobs/demo/steps.server.ts': 'a bulk load, summed up at its end',
  'app/queries/campaign.server.ts': 'a new campaign has no records; the job rejudge is queued for the standings',
  'app/queries/exemption.server.ts': 'adds a scan of the document: no verdict reads it',
  'app/queries/extract-apply.server.ts': 'deletes the facts of an extract that no longer counts',
  'app/queries/extract-stage.server.ts': 'stages the facts of an extract that does not count yet',
  'app/queries/extract.server.ts': 'an extract begins to count, or ceases to, only as its cursor moves',
  'app/queries/inspection-check.server.ts': 'findings count once the inspection is concluded',
  'app/queries/inspection-draw.server.ts': 'a draw has no findings yet',
  'app/queries/inspection-outcome.server.ts': 'a unit answers: no verdict reads it',
  'app/queries/join-offer.server.ts': 'an offer is no fact; the membership goes through changePeople',
  'app/queries/key-destruction.server.ts': 'keeps with each record what the destroyed hashes said',
  'app/queries/key-rotation.server.ts': 'seals the same values again',
  'app/queries/search-key.server.ts': 'brings search keys in step with names: no verdict reads them',
  'app/queries/signature-again.server.ts':
    'what a list says of a kept signature; a part that rested on one is judged by change',
  'app/queries/target.server.ts': 'the job rejudge is queued with the decision for an area',
}

const files = ['app', 'db'].flatMap(folder =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(path => join(folder, path)),
)
const texts = new Map(files.filter(path => /\.tsx?$/.test(path)).map(path => [path, readFileSync(path, 'utf8')]))
const having = (pattern: RegExp) => [...texts].filter(([, text]) => pattern.test(text)).map(([path]) => path)

/** Statements in raw SQL that write a fact table, or one whose name is put in, past the `write` of a `FactTx`. */
function strayWrites(path: string, text: string): string[] {
  const names = `(?:${FACT_TABLES.join('|')})\\b|\\$\\{`
  const write = new RegExp(
    `(?:insert(?: or \\w+)? into|replace into|update(?: or \\w+)?|delete from)\\s+["\`]?(?:${names})`,
    'gi',
  )
  return [...text.matchAll(write)].flatMap(({ index, 0: found }) => {
    const before = text.slice(0, index)
    const line = before.slice(before.lastIndexOf('\n') + 1)
    if (/^\s*(\*|\/\/)/.test(line)) return []
    return /\.write\(\s*['"`][^'"`]*$/.test(before) ? [] : [`${path}: ${found}`]
  })
}

describe('a fact table', () => {
  it('is a table of the schema', () => {
    const names = Object.values(schema).flatMap(table => (isTable(table) ? [getTableName(table)] : []))
    expect(FACT_TABLES.filter(name => !names.includes(name))).toEqual([])
  })

  it('is written in raw SQL through a transaction of the judging room only', () => {
    const stray = [...texts].flatMap(([path, text]) => strayWrites(path, text))
    // texts that the room keeps apart from their use, and a rebuild by a migration
    expect(stray.filter(found => !found.startsWith(ROOM) && !found.startsWith('db/rebuild'))).toEqual([])
  })

  it('is written in the room with the transaction that it hands out', () => {
    const past = [...texts].filter(
      ([path, text]) => path.startsWith(ROOM) && /prepared\(\s*\w*(update|insert)/i.test(text),
    )
    expect(past.map(([path]) => path)).toEqual([])
  })

  it('is written without judging by those who say why', () => {
    const callers = having(/\bwriteUnjudged\(/).filter(path => !path.startsWith(ROOM))
    expect(callers.sort()).toEqual(Object.keys(UNJUDGED).sort())
  })

  it('takes no transaction that the room did not hand out', () => {
    const casts = having(/\bas (unknown as )?FactTx\b/)
    expect(casts).toEqual([
      'app/queries/judging/change.server.ts',
      'app/queries/judging/standing.server.ts',
      'db/inserter.server.ts',
    ])
  })

  it('is refused by the compiler to a connection and to a plain transaction', () => {
    const compiled = (tx: Tx) => {
      // @ts-expect-error a fact needs more than the connection
      db.insert(schema.help)
      // @ts-expect-error a fact needs more than a transaction
      tx.insert(schema.help)
      // @ts-expect-error likewise
      tx.update(schema.obligation)
      // @ts-expect-error likewise
      tx.delete(schema.membership)
      // @ts-expect-error likewise
      inserterOf(schema.citizenAnswer)
      // @ts-expect-error an event belongs to a transaction
      logEvent(db, { kind: 'system' }, { verb: 'edit', subject: 'unit', subjectId: 1 })
      const right = (facts: FactTx) => [facts.insert(schema.help), facts.delete(schema.account), facts.write('')]
      return [tx.insert(schema.account), change(1, {}, right), changePeople([], right), writeUnjudged(right)]
    }
    expect(compiled).toBeTypeOf('function')
  })
})
