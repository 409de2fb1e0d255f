import type { ListView } from '#app/domain/list.ts'
import { formatNumber } from './format.ts'

/** Columns that together hold a name, a birth or a number of lines. */
export const spreadLabels = {
  ordinal: 'Số thứ tự',
  familyName: 'Họ và tên đệm',
  givenName: 'Tên (không có họ)',
  male: 'Nam (dấu x hoặc ngày sinh)',
  female: 'Nữ (dấu x hoặc ngày sinh)',
} as const

export const listProblems = {
  column_used_twice: 'Hai cột của tệp đang được chọn cho cùng một nội dung. Anh/chị giữ lại một cột.',
  hidden_unsaid: 'Anh/chị cho biết có lấy các dòng đang bị ẩn hay không.',
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
