import type { DisputeState } from '#app/domain/dispute.ts'
import { formatDay } from './format.ts'
import { type Waiting, waitingSentence } from './waiting.ts'

/** Labels for a dispute's state, alone in a chip. */
export const disputeStateLabels: Record<DisputeState, string> = {
  open: 'Chờ quyết định',
  upheld: 'Tính cho trường hợp đề nghị',
  dismissed: 'Giữ nguyên trường hợp đang được tính',
  lapsed: 'Không còn cần quyết định',
}

/** Explains a dispute on a record's own page; the other side is never named. */
export function explainDispute({
  state,
  isRaiser,
  decidedOn,
  ...term
}: {
  state: DisputeState
  /** false: it was raised by the other side */
  isRaiser: boolean
  decidedOn: string | null
} & Omit<Waiting, 'whom'>): string {
  const on = decidedOn === null ? '' : ` ngày ${formatDay(decidedOn)}`
  switch (state) {
    case 'open':
      return waitingSentence({ whom: 'người đứng đầu đơn vị chung gần nhất của hai bên quyết định', ...term })
    case 'lapsed':
      return 'Số liệu đã thay đổi nên đề nghị này không còn cần quyết định.'
    case 'upheld':
      return isRaiser
        ? `Theo quyết định${on}, người dân này được tính cho anh/chị khi trường hợp đủ điều kiện.`
        : `Theo quyết định${on}, người dân này được tính ở một trường hợp khác.`
    case 'dismissed':
      return `Theo quyết định${on}, người dân này vẫn được tính ở trường hợp ghi nhận trước.`
  }
}
