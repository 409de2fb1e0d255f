import { describe, expect, it } from 'vitest'
import { paceWord } from '#app/domain/pace-word.ts'

describe('the word of pace', () => {
  const word = (earliest: string | null, latest: string | null) => paceWord({ earliest, latest }, '2024-07-03')

  it('is on time where even the slow days reach the total by the last day', () => {
    expect(word('2024-06-24', '2024-07-03')).toBe('on_time')
  })

  it('is open where only the fast days do', () => {
    expect(word('2024-07-03', '2024-07-04')).toBe('may_miss')
    expect(word('2024-06-30', null)).toBe('may_miss')
  })

  it('is missed where not even the fast days do', () => {
    expect(word('2024-07-04', '2024-08-11')).toBe('will_miss')
    expect(word(null, null)).toBe('will_miss')
  })
})
