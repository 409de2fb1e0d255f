import type { EarlyAnswer } from '#app/domain/early-check.ts'
import type { Sex } from '#app/domain/vocabulary.ts'
import { formatDay, formatInstant } from './format.ts'
import { labels } from './vocabulary.ts'

/** "Nam, sinh năm 1985": what a number says of its holder, to be compared with the card. */
export const describeReading = ({ sex, birthYear }: { sex: Sex; birthYear: number }) =>
  `${sex === 'male' ? 'Nam' : 'Nữ'}, sinh năm ${birthYear}.`

/** Leads from an own record to its form. */
export const OWN_RECORD = 'Bổ sung vào trường hợp đã ghi'

/** What is known of a citizen before the form is filled in; '': nothing to say. */
export function explainEarly({ own, assigned, isRecorded }: EarlyAnswer): string {
  if (own) {
    const lacks = own.lacks.map(outcome => labels.outcome[outcome]).join(', ')
    return `Anh/chị đã ghi người này ngày ${formatDay(own.helpedOn)}${lacks === '' ? '' : `, còn thiếu: ${lacks}`}.`
  }
  return [
    assigned === null
      ? ''
      : 'Người này có trong danh sách phân công của anh/chị; các mục còn trống đã điền theo danh sách.',
    isRecorded === true
      ? 'Người này đã được người khác ghi nhận. Anh/chị vẫn ghi được; hệ thống xét ai ghi trước.'
      : '',
  ]
    .filter(Boolean)
    .join(' ')
}

/** What this phone keeps of a citizen, for the form that begins to record them once more. */
export const explainKept = ({ enteredAt, saved }: { enteredAt: number; saved: unknown }) =>
  `Anh/chị đã ghi người này trên máy này lúc ${formatInstant(enteredAt)}${
    saved === null ? ', chưa gửi xong' : ' và hệ thống đã nhận; có mạng thì bổ sung được'
  }.`
