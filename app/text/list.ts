import type { ListView } from '#app/domain/list.ts'
import type { DayOrder } from '#app/domain/written-day.ts'
import { formatNumber } from './format.ts'

/** Columns that together hold a name, a birth or a number of lines. */
export const spreadLabels = {
  ordinal: 'Số thứ tự',
  familyName: 'Họ và tên đệm',
  givenName: 'Tên (không có họ)',
  male: 'Nam (dấu x hoặc ngày sinh)',
  female: 'Nữ (dấu x hoặc ngày sinh)',
  birthDay: 'Ngày (của ngày sinh)',
  birthMonth: 'Tháng (của ngày sinh)',
  birthYear: 'Năm (của ngày sinh)',
} as const

/** The choice of what comes first in a column of days. */
export const dayOrders: Record<DayOrder, string> = {
  day_first: 'Ngày đứng trước: 05/6 là ngày 5 tháng 6',
  month_first: 'Tháng đứng trước: 05/6 là ngày 6 tháng 5',
}

export const listProblems = {
  column_used_twice: 'Hai cột của tệp đang được chọn cho cùng một nội dung. Anh/chị giữ lại một cột.',
  hidden_unsaid: 'Anh/chị cho biết có lấy các dòng đang bị ẩn hay không.',
  days_unsaid: 'Anh/chị cho biết trong cột ngày, ngày hay tháng đứng trước.',
  fonts_unsaid: 'Anh/chị xem các chữ đã chuyển và đánh dấu nếu đúng.',
} as const

/** "Còn thiếu: Nơi hỗ trợ, Người dân đồng ý.", or '' where nothing lacks. */
export function missingSentence(columns: readonly string[]): string {
  return columns.length === 0
    ? ''
    : `Còn thiếu: ${columns.join('; ')}. Anh/chị chọn cột của tệp, hoặc ghi một lần cho cả danh sách.`
}

/** Which sheet and row the columns were read from, and what is left out. */
export function readSentence({ sheet, headRow, rows, others }: ListView): string {
  const where = sheet === '' ? '' : ` ở trang “${sheet}”`
  const left = others.map(other => `“${other.sheet}” (${formatNumber(other.rows)} dòng)`).join(', ')
  return `Đọc được ${formatNumber(rows)} dòng${where}, tiêu đề ở dòng ${formatNumber(headRow)}.${
    left === '' ? '' : ` Không đọc các trang ${left}.`
  }`
}

/** Which sheet was read, where a file has several; '' where it has one. */
export const otherSheets = ({ sheet, others }: Pick<ListView, 'sheet' | 'others'>): string =>
  others.length === 0 ? '' : `đọc trang “${sheet}”, không đọc ${others.map(other => `“${other.sheet}”`).join(', ')}`

/** Where a table was read, and which of its filled columns are not used. */
export function columnsSentence(view: ListView): string {
  const unused = view.heads
    .filter(({ column, words, samples }) => column === null && words !== '' && samples.length > 0)
    .map(({ words }) => `“${words}”`)
  return [readSentence(view), unused.length === 0 ? '' : `Không dùng cột ${unused.join(', ')}.`]
    .filter(Boolean)
    .join(' ')
}
