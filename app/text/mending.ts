import { MOST_EARLY_CHECKS } from '#app/domain/early-check.ts'
import type { Sex } from '#app/domain/vocabulary.ts'
import { formatNumber } from './format.ts'
import { NUMBER_ABROAD } from './number.ts'
import { labels } from './vocabulary.ts'

/** By what somebody sees that a row is about whom they meant; `birth`: a day in words or a year, null unknown. */
export const describeRow = ({
  row,
  numberTail,
  sex,
  birth,
}: {
  row: number
  numberTail: string | null
  sex: Sex | null
  birth: string | number | null
}) =>
  [
    `Dòng ${formatNumber(row)}`,
    numberTail === null ? '' : `số …${numberTail}`,
    sex === null ? '' : labels.sex[sex].toLowerCase(),
    birth === null ? '' : `sinh ${birth}`,
  ]
    .filter(Boolean)
    .join(' · ')

/** Said within the limit of domain 5 of a citizen whom another official recorded; never by whom or when. */
const RECORDED = {
  record: 'Đã có người khác ghi nhận. Dòng này vẫn ghi được; hệ thống xét ai ghi trước.',
  worklist: 'Đã có người khác ghi nhận. Dòng này vẫn vào danh sách và được tính là đã xong.',
} as const

/** What is said beside a row that is taken all the same; `list` is what the row goes into. */
export const rowNotes = (
  { isAbroad, isRecorded }: { isAbroad: boolean; isRecorded: boolean },
  list: keyof typeof RECORDED,
): string[] => [...(isRecorded ? [RECORDED[list]] : []), ...(isAbroad ? [NUMBER_ABROAD] : [])]

/** How many rows the word about others' records was asked for; '' where for all. */
export const askedOf = (asked: number, rows: number): string =>
  asked >= rows
    ? ''
    : `Mỗi ngày phần mềm cho biết với nhiều nhất ${formatNumber(MOST_EARLY_CHECKS)} người là đã có người khác ghi nhận hay chưa; ở bảng này là ${formatNumber(asked)} dòng đầu.`

/** "dòng 4, 7 và 59 dòng khác": the first of `total` rows by name. */
export function nameRows(named: readonly string[], total: number): string {
  const more = total > named.length ? ` và ${formatNumber(total - named.length)} dòng khác` : ''
  return `dòng ${named.join(', ')}${more}`
}

/** Beside the empty field of a number that is not shown whole. */
export const keptNumber = (tail: string) => `Đang ghi số …${tail}. Để trống nếu giữ nguyên.`
/** The same of another cell; a dash empties it. */
export const keptCell = 'Để trống nếu giữ nguyên; ghi “-” để bỏ.'
