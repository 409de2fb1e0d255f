import { formatDay } from './format.ts'

export const accountStateLabels = {
  active: 'Đang sử dụng',
  not_activated: 'Chưa kích hoạt',
  disabled: 'Đã khóa',
} as const

/** How long a grant holds, and whether it does today. */
export function explainGrant({
  fromOn,
  toOn,
  state,
}: {
  fromOn: string
  toOn: string | null
  state: 'valid' | 'future' | 'ended'
}): string {
  if (toOn !== null && toOn < fromOn) return `Định cấp từ ${formatDay(fromOn)}, đã kết thúc trước khi có hiệu lực`
  const span = toOn === null ? `Từ ${formatDay(fromOn)}` : `Từ ${formatDay(fromOn)} đến hết ${formatDay(toOn)}`
  if (state === 'ended') return `${span}, đã kết thúc`
  return state === 'future' ? `${span}, chưa đến ngày` : span
}
