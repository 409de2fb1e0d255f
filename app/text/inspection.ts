import type { Interval } from '#app/domain/inspection.ts'
import type { PickResult } from '#app/domain/vocabulary.ts'
import { formatShare } from './format.ts'
import { officeLabels } from './office-vocabulary.ts'

/** A stratum by the part of the unit and whether a signal marks its records. */
export function stratumLabel({ unitName, isMarked }: { unitName: string; isMarked: boolean }): string {
  return isMarked ? `${unitName}, có dấu hiệu cần hỏi lại` : unitName
}

/** Where a drawn citizen lives: "Ấp 3, xã Tân Thành"; a hamlet that is not written is named so. */
export const placeInWords = (hamlet: string, commune: string): string => `${hamlet || 'Chưa ghi ấp'}, ${commune}`

/** An interval of a share as it is printed: `0,49% đến 13,71%`. */
export function formatInterval({ low, high }: Interval): string {
  return `${low === 0 ? '0%' : formatShare(low, 1)} đến ${formatShare(high, 1)}`
}

/** A result after an appeal: an 'untrue' that was overturned says so. */
export function resultLabel(pick: { result: PickResult | null; overturnedAt: number | null }): string {
  if (pick.result === null) return 'Chưa có kết quả'
  if (pick.overturnedAt !== null) return 'Kiến nghị được chấp nhận'
  return officeLabels.pickResult[pick.result]
}

/** How anyone replays a draw, in the words of `drawOrder` (domain/inspection.ts). */
export const REPLAY_RULE =
  'Với mỗi trường hợp, tính SHA-256 của chuỗi “mã chọn mẫu:mã trường hợp” (ví dụ “abc:123”), viết dạng thập lục phân chữ thường, rồi sắp xếp tăng dần. Mỗi nhóm lấy lần lượt từ đầu theo số lượng được phân bổ; khi không gặp được người dân thì lấy trường hợp kế tiếp của nhóm.'

/** The pages of an inspection's statements, by the last part of their address. */
export const statementPages = {
  'tra-loi': {
    title: 'Trả lời về kết quả kiểm tra',
    label: 'Trả lời của đơn vị',
    submit: 'Gửi trả lời',
    follows: 'Mỗi cuộc kiểm tra được trả lời một lần. Tổ kiểm tra và cơ quan thường trực đọc trước khi kết luận.',
  },
  'ket-luan': {
    title: 'Kết luận báo cáo không đúng thực tế',
    label: 'Lý do, căn cứ',
    submit: 'Ghi kết luận',
    follows:
      'Khi có kết luận này, đơn vị không được xem xét thi đua, khen thưởng{place}. Kết luận có thể rút, kèm lý do; mọi lần đều được lưu.',
  },
  'rut-ket-luan': {
    title: 'Rút kết luận',
    label: 'Lý do rút',
    submit: 'Rút kết luận',
    follows: 'Kết luận cũ vẫn được lưu cùng lý do rút; đơn vị được xem xét trở lại.',
  },
} as const

export const isInspectionStatement = (word: string | undefined): word is keyof typeof statementPages =>
  word !== undefined && Object.hasOwn(statementPages, word)
