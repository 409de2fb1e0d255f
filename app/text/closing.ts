import type { FrozenChange } from '#app/domain/closing.ts'
import { CLOSING_REASONS } from '#app/domain/vocabulary.ts'
import { formatNumber } from './format.ts'
import { labels } from './vocabulary.ts'

/** Names a version of the assessments: the rehearsal, or its number. */
export function versionName(version: number): string {
  return version === 0 ? 'Bản tính thử' : `Phiên bản ${version}`
}

/** Why the assessments of a closed campaign are computed once more. */
export const LATER_REASONS = CLOSING_REASONS.filter(reason => reason !== 'rehearsal' && reason !== 'close')

/** Heads a frozen list: which version, by which rules, as of which day. */
export function frozenNote(
  { version, on }: { version: number; on: string },
  { code, regulationVersion }: { code: string; regulationVersion: number },
): string {
  const name = version === 0 ? 'Bản tính thử, chưa phải kết quả' : `Kết quả xét đã chốt, phiên bản ${version}`
  return `${name}, ngày ${on}, theo quy định phiên bản ${regulationVersion} của đợt ${code}. Hệ thống không tự xếp loại và không xử lý trách nhiệm.`
}

const CHANGES: Record<FrozenChange['code'], string> = {
  counted: 'được tính',
  verified: 'đã đối chiếu',
  failed_inspections: 'kiểm tra không đúng',
  posting: 'vị trí công tác',
  target: 'chỉ tiêu',
  obligations: 'nội dung bản thân',
  exemptions: 'miễn, giảm',
  due_process: 'các bước xem xét trách nhiệm',
  gates: 'vướng mắc',
  person: 'thông tin cá nhân',
  reported: 'số ghi nhận',
}

/** Names an official's facts that differ between two versions: "được tính 11 → 10; vướng mắc". */
export function explainChanges(changes: readonly FrozenChange[]): string {
  if (changes.length === 0) return 'Quy định áp dụng thay đổi'
  return changes
    .map(change =>
      'from' in change
        ? `${CHANGES[change.code]} ${formatNumber(change.from)} → ${formatNumber(change.to)}`
        : CHANGES[change.code],
    )
    .join('; ')
}

/** Says what came since a version was frozen, as one sentence; null: nothing. */
export function explainSince({
  extracts,
  appeals,
  steps,
  gates,
  moves,
}: {
  extracts: number
  appeals: number
  steps: number
  gates: number
  moves: number
}): string | null {
  const parts = [
    extracts > 0 && `${formatNumber(extracts)} lần áp dụng hoặc hủy số liệu trích xuất`,
    appeals > 0 && `${formatNumber(appeals)} kiến nghị về kiểm tra được chấp nhận`,
    steps > 0 && `${formatNumber(steps)} bước xem xét trách nhiệm`,
    gates > 0 && `${formatNumber(gates)} vướng mắc được ghi hoặc rút`,
    moves > 0 && `${formatNumber(moves)} người nay xét tại đơn vị khác do chuyển về trong thời gian ngắn`,
  ].filter(Boolean)
  return parts.length === 0 ? null : `Từ lần chốt gần nhất có thêm: ${parts.join(', ')}.`
}

/** A closing in one line: its version and why it was made. */
export function closingTitle({ version, reason }: { version: number; reason: keyof typeof labels.closingReason }) {
  return version === 0 ? versionName(0) : `${versionName(version)}: ${labels.closingReason[reason].toLowerCase()}`
}
