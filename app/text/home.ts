import { openToOfficial, type Standing, shortageOf } from '#app/domain/standing.ts'
import { formatNumber } from './format.ts'

/** Says what is missing, in one sentence: days, citizens, and own obligations that wait for the official. */
export function missingSentence(left: number, { counts: { counted }, target, obligations }: Standing) {
  const days = left > 0 ? `Còn ${left} ngày` : 'Đợt cao điểm đã kết thúc'
  const open = openToOfficial(obligations)
  const shortage = shortageOf(target, counted)
  const missing = [
    shortage > 0 && `${formatNumber(shortage)} người dân`,
    open.length > 0 && `${open.length} nội dung bản thân`,
  ].filter(Boolean)
  if (missing.length > 0) return `${days}, còn thiếu ${missing.join(' và ')}.`
  if (target === null) return `${days}. Anh/chị không có chỉ tiêu số người dân.`
  const beyond = counted > target ? `, vượt ${formatNumber(counted - target)} người dân` : ''
  return `${days}. Anh/chị đã đủ chỉ tiêu${beyond}.`
}
