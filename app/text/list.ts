import type { ListChoice, ListHead, ListView } from '#app/domain/list.ts'
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

/** The heads of filled columns that are not used, in quotation marks. */
function unusedHeads({ heads }: Pick<ListView, 'heads'>, choice?: Pick<ListChoice, 'columns'>): string {
  const used = choice && new Set(Object.values(choice.columns))
  const isUsed = ({ at, column }: ListHead) => (used ? used.has(at) : column !== null)
  return heads
    .filter(head => !isUsed(head) && head.words !== '' && head.samples.length > 0)
    .map(({ words }) => `“${words}”`)
    .join(', ')
}

/** How many rows are totals and signatures, and from which row on; '' for none. */
const footerWords = ({ footer }: Pick<ListView, 'footer'>): string =>
  footer ? `${formatNumber(footer.rows)} dòng tổng cộng, ký tên từ dòng ${formatNumber(footer.row)}` : ''

/** What of a file is not read: other sheets, columns, totals and signatures; '' where all is read. */
export function leftUnread({ view, choice }: { view: ListView; choice?: ListChoice }): string {
  const { sheet, others } = view
  const left = others.map(other => `“${other.sheet}”`).join(', ')
  const unused = unusedHeads(view, choice)
  const footer = footerWords(view)
  return [
    left === '' ? '' : `đọc trang “${sheet}”, không đọc ${left}`,
    unused === '' ? '' : `không dùng cột ${unused}`,
    footer === '' ? '' : `bỏ qua ${footer}`,
  ]
    .filter(Boolean)
    .join(' · ')
}

/** Where a table was read, which of its filled columns are not used, and which rows are no entries. */
export function columnsSentence(view: ListView): string {
  const unused = unusedHeads(view)
  const footer = footerWords(view)
  return [
    readSentence(view),
    unused === '' ? '' : `Không dùng cột ${unused}.`,
    footer === '' ? '' : `Bỏ qua ${footer}.`,
  ]
    .filter(Boolean)
    .join(' ')
}
