import { describe, expect, it } from 'vitest'
import { ID_NUMBER_PROBLEMS } from '#app/domain/id-number.ts'
import { WORD_PROBLEMS } from '#app/domain/name-problem.ts'
import { PHONE_PROBLEMS } from '#app/domain/phone.ts'
import { rosterGroupSentence, rosterProblemSentence } from '#app/text/roster.ts'

const REASONS = [
  ...ID_NUMBER_PROBLEMS,
  ...WORD_PROBLEMS,
  ...PHONE_PROBLEMS,
  'birth_unreadable',
  'sex_unreadable',
] as const

describe('a problem of a roster', () => {
  it.each(REASONS)('%s: quotes what was written in one row, and nothing for several rows', reason => {
    const problem = { sheet: '', row: 2, column: 'name', reason } as const
    expect(rosterProblemSentence({ ...problem, value: 'Lê Văn 2' })).toContain('“Lê Văn 2”')
    expect(rosterGroupSentence(problem)).not.toMatch(/“|::|\s[.:]| {2}/)
  })
})
