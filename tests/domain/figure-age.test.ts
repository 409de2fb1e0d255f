import { describe, expect, it } from 'vitest'
import { ageOf } from '#app/domain/figure-age.ts'
import { collectiveGaps } from '#app/text/assessment.ts'
import { explainAge } from '#app/text/figure-age.ts'

describe('the age of a figure', () => {
  it.each([
    ['2024-06-11', '2024-06-18', { days: 7, isOld: false }],
    ['2024-06-11', '2024-06-19', { days: 8, isOld: true }],
    ['2024-06-11', '2024-06-10', { days: 0, isOld: false }],
  ])('of %s on %s', (asOfOn, today, age) => {
    expect(ageOf(asOfOn, today)).toEqual(age)
  })

  it('is said from the eighth day on (A12)', () => {
    expect(explainAge('2024-06-11', '2024-06-12')).toBe('ngày 11/6/2024')
    expect(explainAge('2024-06-11', '2024-07-10')).toBe('ngày 11/6/2024, đã 29 ngày')
  })

  it('stands where collectives are judged by it, and nothing is claimed where none is entered (A10)', () => {
    expect(collectiveGaps(null, '2024-07-10')).toContain('chưa được nhập')
    expect(collectiveGaps('2024-06-11', '2024-07-10')).toContain(
      'số liệu chính thức mới nhất, ngày 11/6/2024, đã 29 ngày',
    )
    expect(collectiveGaps('2024-06-11', '2024-07-10')).not.toContain('chưa được nhập')
  })
})
