import type { AwardPart } from '#app/domain/award-rate.ts'
import type { CertificatePart } from '#app/domain/certificate-layout.ts'
import type { CandidateAction, CandidateKind, RoundKind, RoundStage } from '#app/domain/vocabulary.ts'
import { levelWords } from './level.ts'
import { officeLabels } from './office-vocabulary.ts'

/** Names what was done at a step, in the words of this kind of round. */
export function actionLabel(kind: RoundKind, action: CandidateAction): string {
  if (kind === 'review' && action === 'decide') return 'Đã chuyển cấp có thẩm quyền xem xét'
  if (kind === 'review' && action === 'propose') return 'Đưa vào danh sách đề nghị xem xét'
  return officeLabels.candidateAction[action]
}

/** Whom a bonus goes to. */
export const awardParts = { person: 'Cá nhân', collective: 'Tập thể' } as const satisfies Record<AwardPart, string>

/** What is printed onto the form of a certificate. */
export const certificateParts: Record<CertificatePart, string> = {
  authority: 'Người tặng',
  name: 'Tên, chức vụ, đơn vị',
  reason: 'Thành tích',
  day: 'Địa danh, ngày',
  signing: 'Quyền hạn, chức vụ người ký',
  signer: 'Họ tên người ký',
  number: 'Quyết định, số vào sổ',
}

/** Labels the stations of a candidate. */
export const stageLabels = (hasDistricts: boolean): Record<RoundStage, string> => ({
  unit: 'Đơn vị',
  agency: levelWords(hasDistricts).agencyStage,
  home_affairs: 'Sở Nội vụ',
  council: 'Hội đồng Thi đua - Khen thưởng',
  decision: 'Quyết định',
})

/** Labels the place of a candidate: its stage, or what ended the candidacy. */
export function placeLabel(
  kind: RoundKind,
  { stage, ended }: { stage: RoundStage; ended: CandidateAction | null },
  hasDistricts: boolean,
): string {
  return ended === null ? `Đang ở: ${stageLabels(hasDistricts)[stage]}` : actionLabel(kind, ended)
}

/** Says who a candidate is and where: the unit of a listed one, the unit's description of one from outside. */
export function whereabouts(row: {
  kind: CandidateKind
  unitName: string
  outside: { description: string } | null
}): string {
  if (row.outside) return `${row.outside.description}, ${row.unitName} đề nghị`
  return row.kind === 'collective' ? officeLabels.candidateKind.collective : row.unitName
}

/** What the bulk form proposes to write where a unit has no words of its own yet. */
export const USUAL_ACHIEVEMENT =
  'Hoàn thành đủ nội dung bản thân thực hiện và vượt chỉ tiêu hỗ trợ người dân được giao trong đợt cao điểm.'

/** What the steps say where a unit corrected its proposal, and where it withdrew it. */
export const EDITED_REASON = 'Đơn vị sửa nội dung đề nghị.'
export const WITHDRAWN_REASON = 'Đơn vị rút đề nghị.'

/** What the steps say where a freeze was taken back. */
export const REOPENED_REASON = 'Danh sách được mở lại.'

/** Why a freeze ends what had not arrived. */
export const LATE_REASON = 'Chưa được chuyển đến Sở Nội vụ khi chốt danh sách.'
