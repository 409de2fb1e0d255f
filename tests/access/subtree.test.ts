import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Action, can, type Person } from '#app/access/policy.ts'
import { inSubtree, within } from '#app/access/scope.server.ts'
import { db, prepared } from '#db/client.server.ts'
import { unit } from '#db/schema.ts'
import { dropProvince, makeProvince } from '#tests/make.ts'

/** Paths that begin alike as texts: a unit’s subtree does not include a longer number with the same first digits. */
const PATHS = ['/1/7/', '/1/7/25/', '/1/70/', '/1/70/7/', '/1/71/', '/1/8/', '/17/']
const INSIDE = ['/1/7/', '/1/7/25/']
const ACTION: Action = 'unit.view'
const head: Person = {
  kind: 'person',
  accountId: 1,
  officialId: 1,
  on: '2024-06-12',
  grants: [{ role: 'head', unitId: 7, unitPath: '/1/7/' }],
}

beforeAll(() => {
  makeProvince()
  prepared("update unit set path = '/x/' || id || '/'").run()
  const ids = prepared('select id from unit limit ?').all(PATHS.length) as { id: number }[]
  for (const [n, { id }] of ids.entries()) prepared('update unit set path = ? where id = ?').run(PATHS[n], id)
})
afterAll(dropProvince)

const pathsWhere = (condition: ReturnType<typeof sql>) =>
  db
    .select({ path: unit.path })
    .from(unit)
    .where(sql`${unit.path} not like '/x/%' and ${condition}`)
    .all()
    .map(({ path }) => path)
    .sort()

describe('a subtree', () => {
  it('is asked of one unit', () => {
    expect(PATHS.filter(unitPath => can(head, ACTION, { unitPath }))).toEqual(INSIDE)
  })

  it('is listed by the access matrix in SQL', () => {
    expect(pathsWhere(within(head, ACTION, { unitPath: unit.path }))).toEqual(INSIDE)
  })

  it('is listed below a path', () => {
    expect(pathsWhere(inSubtree(unit.path, '/1/7/'))).toEqual(INSIDE)
  })
})
