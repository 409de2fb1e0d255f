import type { Sex } from '#app/domain/vocabulary.ts'
import { formatNumber } from './format.ts'
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

/** Beside the empty field of a number that is not shown whole. */
export const keptNumber = (tail: string) => `Đang ghi số …${tail}. Để trống nếu giữ nguyên.`
/** The same of another cell; a dash empties it. */
export const keptCell = 'Để trống nếu giữ nguyên; ghi “-” để bỏ.'
