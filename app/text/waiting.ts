import { formatDay } from './format.ts'

/** For whom something waits, until when, and whether that day has passed. */
export type Waiting = { whom: string; dueOn: string; isOverdue: boolean }

/**
 * Says for whom something waits and until when: "Chờ X, đến hết ngày 14/6/2024". `then`: what happens after that day,
 * a whole sentence.
 */
export function waitingSentence({ whom, dueOn, isOverdue }: Waiting, then = ''): string {
  const until = isOverdue ? `đã quá hạn ${formatDay(dueOn)}` : `đến hết ngày ${formatDay(dueOn)}`
  return [`Chờ ${whom}, ${until}.`, then].filter(Boolean).join(' ')
}

/** What follows the last day of the nearest who may answer. */
export const AND_ABOVE = 'Sau ngày đó cấp trên cũng được nhắc.'

/** Several people, any of whom may answer; `others` where none of them is known yet. */
export const anyOf = (names: readonly string[], others: string) => (names.length > 0 ? names.join(' hoặc ') : others)

/** For whom an office's role waits. */
export function grantWaits({ seconds, ...term }: { seconds: readonly string[] } & Omit<Waiting, 'whom'>): string {
  const whom = anyOf(seconds, 'một quản trị khác hoặc người đứng đầu cơ quan của người này')
  return waitingSentence({ whom: `${whom} đồng ý`, ...term })
}

/** Until when the reader may give the roles that a list planned. */
export const planDue = ({ dueOn, isOverdue }: Omit<Waiting, 'whom'>) =>
  isOverdue
    ? `Hạn đồng ý là ngày ${formatDay(dueOn)}; nay vẫn đồng ý được.`
    : `Anh/chị xem rồi đồng ý đến hết ngày ${formatDay(dueOn)}.`

/** For whom the receipt of an account waits. */
export function receiptWaits({ vouchers, ...term }: { vouchers: readonly string[] } & Omit<Waiting, 'whom'>): string {
  const whom = anyOf(vouchers, 'người giữ vai trò khác của đơn vị, hoặc cấp trên')
  return waitingSentence({ whom: `${whom} ghi đã tự nhận tài khoản`, ...term }, AND_ABOVE)
}

/** For whom the second signature of an inspection waits. */
export function signatureWaits({ names, ...term }: { names: readonly string[] } & Omit<Waiting, 'whom'>): string {
  const whom = anyOf(names, 'một người khác mà cơ quan thường trực đưa vào tổ')
  return waitingSentence({ whom: `${whom} ký thứ hai`, ...term }, 'Sau ngày đó cơ quan thường trực cũng được nhắc.')
}

/** For whom a request or an appeal about a result waits. */
export function officeWaits(term: Omit<Waiting, 'whom'>): string {
  return waitingSentence({ whom: 'cơ quan thường trực quyết định', ...term })
}

/** For whom an act of two people at the end of a campaign waits, and until when. */
export function secondWaits({ seconds, dueOn }: { seconds: readonly string[]; dueOn: string }): string {
  return `Chờ ${anyOf(seconds, 'một người khác của cơ quan thường trực hoặc Sở Nội vụ')} xác nhận, đến hết ngày ${formatDay(dueOn)}. Khi chưa có ai xác nhận, chưa có gì thay đổi.`
}

/** For whom the destruction of a campaign's keys waits; `dueOn` is the first day on which it may be confirmed. */
export function destructionWaits({ seconds, dueOn }: { seconds: readonly string[]; dueOn: string }): string {
  const whom = anyOf(seconds, 'một người khác của cơ quan thường trực hoặc quản trị')
  return `Chờ ${whom} xác nhận, từ ngày ${formatDay(dueOn)}. Khi chưa có ai xác nhận, dữ liệu giữ nguyên.`
}
