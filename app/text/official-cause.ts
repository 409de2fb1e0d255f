import type { Cause } from '#app/domain/official-cause.ts'
import type { ObligationPart } from '#app/domain/vocabulary.ts'
import { formatDay, formatNumber } from './format.ts'
import type { TermNames } from './terms.ts'

type Names = Pick<TermNames, 'shortPart'>
type Part = Extract<Cause, ObligationPart>

const isPart = (cause: Cause, { shortPart }: Names): cause is Part => cause in shortPart

/** What the people of a group have in common: "chưa kích hoạt tài khoản", "thiếu chữ ký số". */
export function causeText(cause: Cause, names: Names): string {
  if (isPart(cause, names)) return `thiếu ${names.shortPart[cause]}`
  return CAUSE_TEXTS[cause]
}

const CAUSE_TEXTS: Record<Exclude<Cause, ObligationPart>, string> = {
  not_activated: 'chưa kích hoạt tài khoản',
  no_record: 'chưa ghi trường hợp nào',
  stopped: 'từ 14 ngày trở lên chưa ghi thêm',
  under_way: 'đang thực hiện, chưa đủ chỉ tiêu',
  awaiting: 'chờ đơn vị xác nhận',
}

/** "5 người thiếu chữ ký số". */
export const causeCount = (count: number, cause: Cause, names: Names) =>
  `${formatNumber(count)} người ${causeText(cause, names)}`

type Lacking = {
  causes: readonly Cause[]
  awaited: number
  lastRecordOn: string | null
  counted: number
  target: number | null
}

/**
 * Says in one sentence what a person lacks and why, the first that blocks first: "Thiếu chữ ký số, cổng tỉnh; 3 mục chờ
 * đơn vị xác nhận · được tính 4/10 · ghi gần nhất 12/5/2024".
 */
export function explainCauses({ causes, awaited, lastRecordOn, counted, target }: Lacking, names: Names): string {
  const parts = causes.filter(cause => isPart(cause, names))
  const said = causes.flatMap(cause => {
    if (isPart(cause, names))
      return cause === parts[0] ? [`thiếu ${parts.map(part => names.shortPart[part]).join(', ')}`] : []
    if (cause === 'stopped') return [`dừng từ ngày ${formatDay(lastRecordOn ?? '')}`]
    if (cause === 'under_way') return ['đang thực hiện']
    return [cause === 'awaiting' ? `${formatNumber(awaited)} mục chờ đơn vị xác nhận` : CAUSE_TEXTS[cause]]
  })
  const sentence = [
    said.join('; '),
    target === null ? '' : `được tính ${formatNumber(counted)}/${formatNumber(target)}`,
    lastRecordOn === null || causes.includes('stopped') ? '' : `ghi gần nhất ${formatDay(lastRecordOn)}`,
  ]
    .filter(Boolean)
    .join(' · ')
  return `${sentence.charAt(0).toLocaleUpperCase('vi')}${sentence.slice(1)}`
}
