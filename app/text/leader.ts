import type { IndicatorSaid } from '#app/domain/leader.ts'
import { formatNumber } from './format.ts'
import { paceLabels } from './pace.ts'

/** An indicator in one word, for the leaders of the province. */
export const saidLabels: Record<IndicatorSaid, string> = {
  ...paceLabels,
  reached: 'Đạt',
  old_figure: 'Số liệu đã cũ',
  no_figures: 'Chưa có số liệu',
  no_target: 'Không giao chỉ tiêu',
}

/** What a day needs from now on, and what a day of the last week brought: "cần 313/ngày, tuần qua 60". */
export function explainPerDay({
  neededPerDay,
  perDay,
}: {
  neededPerDay: number | null
  perDay: number | null
}): string {
  const needed = neededPerDay !== null && `cần ${formatNumber(neededPerDay)}/ngày`
  const done = perDay !== null && `tuần qua ${formatNumber(perDay)}`
  return [needed, done].filter(Boolean).join(', ')
}

/** "Ngày thứ 70/91"; before the first and after the last day it says so. */
export function campaignDayText(day: number, length: number): string {
  if (day < 1) return 'Đợt cao điểm chưa bắt đầu'
  return day > length ? 'Đợt cao điểm đã kết thúc' : `Ngày thứ ${day}/${length}`
}
