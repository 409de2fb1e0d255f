import { describe, expect, it } from 'vitest'
import { foldName, nameSortKey } from '#app/domain/name.ts'

describe('foldName', () => {
  it.each([
    ['Điểu Thị Ngễnh', 'dieu thi ngenh'],
    ['  ĐỖ   VĂN ĐƯỢC ', 'do van duoc'],
    ['Nguyễn'.normalize('NFD'), 'nguyen'],
    ['Y Bih Ayŭn', 'y bih ayun'],
  ])('%s is found as %s', (name, folded) => {
    expect(foldName(name)).toBe(folded)
  })
})

describe('nameSortKey', () => {
  const sorted = (names: string[]) => names.toSorted((a, b) => (nameSortKey(a) < nameSortKey(b) ? -1 : 1))

  it('sorts by given name, then by family and middle names', () => {
    expect(sorted(['Trần Văn Bình', 'Lê Thị Ánh', 'Nguyễn Văn An', 'Đỗ Thị An'])).toEqual([
      'Đỗ Thị An',
      'Nguyễn Văn An',
      'Lê Thị Ánh',
      'Trần Văn Bình',
    ])
  })

  it('puts ă after a and before â, đ after d, ơ after ô, and letters before tones', () => {
    const given = ['Ân', 'Đức', 'Ăn', 'Dũng', 'Ớt', 'Ông', 'Oanh', 'Án', 'An', 'Ảnh'].map(name => `Lê ${name}`)
    expect(sorted(given)).toEqual(
      ['An', 'Án', 'Ảnh', 'Ăn', 'Ân', 'Dũng', 'Đức', 'Oanh', 'Ông', 'Ớt'].map(name => `Lê ${name}`),
    )
  })
})
