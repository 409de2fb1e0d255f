import { formatNumber } from './format.ts'

/** What the preview says of a list that is written in steps. */
export const LONG_ROSTER =
  'Danh sách trên 2.000 người được ghi lần lượt từng người, không dừng công việc của người khác. Nếu trong lúc ghi có dữ liệu thay đổi nên một dòng không còn khớp, dòng đó được để lại và nêu trong kết quả; các dòng khác vẫn được ghi.'

const LEFT_OUT_NAMED = 50

/** Names the rows that were left out by their place in the file; sheets are counted only where there are several. */
export function leftOutSentence(rows: readonly { sheet: number; row: number }[]): string {
  const named = rows
    .slice(0, LEFT_OUT_NAMED)
    .map(({ sheet, row }) => (sheet > 1 ? `dòng ${row} của trang thứ ${sheet}` : `dòng ${row}`))
  const more = rows.length - named.length
  return `${formatNumber(rows.length)} dòng được để lại vì dữ liệu đã thay đổi trong lúc nhập: ${named.join(', ')}${
    more > 0 ? ` và ${formatNumber(more)} dòng khác` : ''
  }. Anh/chị tải lại danh sách này lên để xem từng dòng cần sửa gì.`
}
