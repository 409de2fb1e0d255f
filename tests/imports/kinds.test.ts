import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { DAY_KINDS } from '../fixtures/kinds/days.ts'
import { OTHER_KINDS } from '../fixtures/kinds/elsewhere.ts'
import { NUMBER_KINDS } from '../fixtures/kinds/numbers.ts'
import { TABLE_KINDS } from '../fixtures/kinds/tables.ts'
import { WORD_KINDS } from '../fixtures/kinds/words.ts'

/** Kinds of trouble that users of similar systems reported in public, 1 to 45; no kind has the number 4. */
const ALL = [...NUMBER_KINDS, ...DAY_KINDS, ...WORD_KINDS, ...TABLE_KINDS, ...OTHER_KINDS]
const NUMBERS = Array.from({ length: 45 }, (_, n) => n + 1).filter(kind => kind !== 4)
/** The reported input, and two of our own. */
const LEAST = 3

describe('every kind', () => {
  it('is there once', () => {
    expect(ALL.map(({ kind }) => kind).sort((a, b) => a - b)).toEqual(NUMBERS)
  })

  it.each(ALL.map(({ kind, what, ...rest }) => [kind, what, rest] as const))(
    '%i (%s) has three inputs or tests at least, each another one',
    (_kind, _what, { inputs, tests = [] }) => {
      const given = new Set([...inputs.map(({ given }) => given), ...tests.map(([file, title]) => `${file} ${title}`)])
      expect(given.size).toBeGreaterThanOrEqual(LEAST)
    },
  )

  it.each(ALL.flatMap(({ tests = [] }) => tests))('%s holds “%s”', (file, title) => {
    expect(title).not.toBe('')
    expect(readFileSync(file, 'utf8')).toContain(title)
  })
})

describe.each(ALL.filter(({ inputs }) => inputs.length > 0))('$kind, $what', ({ inputs }) => {
  it.each(inputs)('$given', async ({ read, right }) => {
    expect(await read()).toEqual(right)
  })
})
