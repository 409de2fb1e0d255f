import type { EarlyAnswer, OwnRecord } from '#app/domain/early-check.ts'
import type { Sex } from '#app/domain/vocabulary.ts'
import { formatDay, formatInstant } from './format.ts'
import { NUMBER_ABROAD } from './number.ts'
import type { TermNames } from './terms.ts'

/** "Nam, sinh năm 1985.": what a number says of its holder, to be compared with the card, and where it is unusual. */
export const describeReading = ({ sex, birthYear, isAbroad }: { sex: Sex; birthYear: number; isAbroad: boolean }) =>
  `${sex === 'male' ? 'Nam' : 'Nữ'}, sinh năm ${birthYear}.${isAbroad ? ` ${NUMBER_ABROAD}` : ''}`

/** Leads from an own record to its form. */
export const OWN_RECORD = 'Bổ sung vào trường hợp đã ghi'

/** "ngày 10/4/2024, còn thiếu: SIM.": when an own record says the citizen was helped, and what it lacks. */
export function describeOwn({ helpedOn, lacks }: OwnRecord, names: TermNames): string {
  const lacking = lacks.map(outcome => names.outcome[outcome]).join(', ')
  return `ngày ${formatDay(helpedOn)}${lacking === '' ? '' : `, còn thiếu: ${lacking}`}.`
}

/** What is known of a citizen before the form is filled in; '': nothing to say. */
export function explainEarly({ own, assigned, isRecorded }: EarlyAnswer, names: TermNames): string {
  if (own) {
    return `Anh/chị đã ghi người này ${describeOwn(own, names)}`
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
