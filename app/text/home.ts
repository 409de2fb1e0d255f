import type { OwnState } from '#app/domain/standing.ts'
import { formatDay, formatNumber } from './format.ts'

/**
 * Says what is done and missing of an official's own, in the one sentence that home, assessment, board, reminders and
 * mail share: days, citizens counted and waiting at the unit, own parts to be done and waiting there.
 */
export function ownSentence(
  left: number,
  {
    counted,
    target,
    shortage,
    awaiting,
    toDo,
    withUnit,
    isOwnNameLeft,
  }: Omit<OwnState, 'toDo' | 'withUnit'> & {
    toDo: readonly unknown[]
    withUnit: readonly unknown[]
  },
): string {
  const days = left > 0 ? `Còn ${formatNumber(left)} ngày` : 'Đợt cao điểm đã kết thúc'
  const waits = awaiting > 0 && `${formatNumber(awaiting)} trường hợp chờ đơn vị xác nhận`
  const citizens = [citizensSentence({ counted, target, shortage }), waits].filter(Boolean).join(', ')
  const parts = [
    toDo.length > 0 && `${formatNumber(toDo.length)} nội dung bản thân cần làm`,
    withUnit.length > 0 &&
      `${formatNumber(withUnit.length)} nội dung bản thân chờ đơn vị xác nhận${isOwnNameLeft ? ' (chữ ký số đã chứng minh, còn SIM chính chủ)' : ''}`,
  ].filter(Boolean)
  return `${days}. ${[citizens, parts.join(', ')].filter(Boolean).join('; ')}.`
}

function citizensSentence({ counted, target, shortage }: Pick<OwnState, 'counted' | 'target' | 'shortage'>): string {
  if (target === null) return `Được tính ${formatNumber(counted)} người dân, không có chỉ tiêu`
  const figures = `Được tính ${formatNumber(counted)}/${formatNumber(target)} người dân`
  if (shortage > 0) return `${figures}, còn thiếu ${formatNumber(shortage)}`
  return counted > target ? `${figures}, vượt ${formatNumber(counted - target)}` : `${figures}, đã đủ chỉ tiêu`
}

/** Says that nothing waits, and which date comes next. */
export function nothingWaits(next: { what: 'begins' | 'ends' | 'final_report'; on: string } | null): string {
  if (next === null) return 'Việc của anh/chị và của đơn vị anh/chị phụ trách sẽ hiện ở đây.'
  const dates = {
    begins: 'đợt cao điểm bắt đầu',
    ends: 'đợt cao điểm kết thúc',
    final_report: 'hết hạn báo cáo tổng kết',
  }
  return `Ngày cần nhớ tiếp theo: ${formatDay(next.on)}, ${dates[next.what]}.`
}
