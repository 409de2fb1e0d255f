import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { isWrittenDown } from '../scripts/guard.ts'
import { GUARDS } from '../scripts/guard-list.ts'

describe('a guard', () => {
  it.each(GUARDS.map(guard => [guard.name, guard] as const))(
    '%s: is where the list says, with its tests',
    (_, guard) => {
      expect(existsSync(guard.file), guard.file).toBe(true)
      expect(isWrittenDown(guard, readFileSync(guard.file, 'utf8')), guard.find).toBe(true)
      expect(guard.tests.filter(test => !existsSync(test))).toEqual([])
      expect(guard.tests.length).toBeGreaterThan(0)
    },
  )

  it('has a name of its own', () => {
    expect(new Set(GUARDS.map(({ name }) => name)).size).toBe(GUARDS.length)
  })
})
