import { describe, expect, it } from 'vitest'
import { readVotes } from '#app/domain/council.ts'

const read = (text: string, isUnanimous = false) => readVotes(text, { total: 13, count: 3, isUnanimous })

describe('a table of votes', () => {
  it('is read as it is typed or pasted, in any order', () => {
    const { lines, problems } = read('2\t12\n1; 13\n\n3, 5, Chưa đủ hồ sơ.')
    expect(problems).toEqual([])
    expect(lines.get(1)).toEqual({ place: 1, votesFor: 13, reason: '' })
    expect(lines.get(2)).toEqual({ place: 2, votesFor: 12, reason: '' })
    expect(lines.get(3)).toEqual({ place: 3, votesFor: 5, reason: 'Chưa đủ hồ sơ.' })
  })

  it('gives all votes to those whom no line names, where everybody agreed', () => {
    const { lines, problems } = read('2; 9; Trùng thành tích.', true)
    expect(problems).toEqual([])
    expect([...lines.values()].map(({ place, votesFor }) => [place, votesFor])).toEqual([
      [2, 9],
      [1, 13],
      [3, 13],
    ])
  })

  it.each([
    ['một; 13', { code: 'line_unread', line: 1, text: 'một; 13' }],
    ['4; 13', { code: 'place_unknown', line: 1, place: 4 }],
    ['1; 13\n1; 12', { code: 'place_twice', line: 2, place: 1 }],
    ['1; 14', { code: 'too_many_votes', line: 1, place: 1 }],
    ['1; 13', { code: 'votes_missing', places: [2, 3] }],
  ])('%j says which line to mend', (text, problem) => {
    expect(read(text).problems).toEqual([problem])
  })
})
