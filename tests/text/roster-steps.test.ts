import { expect, it } from 'vitest'
import { leftOutSentence } from '#app/text/roster-steps.ts'

it('names rows that were left out by their place in the file, and counts those beyond 50', () => {
  expect(
    leftOutSentence([
      { sheet: 1, row: 8 },
      { sheet: 2, row: 12 },
    ]),
  ).toBe(
    '2 dòng được để lại vì dữ liệu đã thay đổi trong lúc nhập: dòng 8, dòng 12 của trang thứ 2. Anh/chị tải lại danh sách này lên để xem từng dòng cần sửa gì.',
  )
  const many = Array.from({ length: 1060 }, (_, n) => ({ sheet: 1, row: n + 2 }))
  expect(leftOutSentence(many)).toMatch(/^1\.060 dòng .*dòng 51 và 1\.010 dòng khác\. /)
})
