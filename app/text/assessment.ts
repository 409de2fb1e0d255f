import type { AssessmentReason } from '#app/domain/assessment.ts'
import type { Regulation } from '#app/domain/regulation.ts'
import type { CollectiveResult, Gate, OfficialResult } from '#app/domain/vocabulary.ts'
import { explainAge } from './figure-age.ts'
import { formatNumber, formatParts } from './format.ts'
import { partStandingLabels } from './part-standing.ts'
import type { TermNames } from './terms.ts'
import { labels } from './vocabulary.ts'

/** A result as a preview names it: before the close it says what is there or missing, and decides nothing. */
export const officialPreviewLabels: Record<OfficialResult, string> = {
  eligible: 'Đủ điều kiện được xem xét',
  completed: 'Hoàn thành',
  not_completed_open: 'Còn thiếu',
  exempt: 'Được miễn',
  not_completed_excused: labels.officialResult.not_completed_excused,
  not_completed: labels.officialResult.not_completed,
  responsibility_review: labels.officialResult.responsibility_review,
}

/** The lists of officials in the order in which they are read. */
export const OFFICIAL_LISTS = Object.keys(officialPreviewLabels) as OfficialResult[]

/** The same of a collective. */
export const collectivePreviewLabels: Record<CollectiveResult, string> = {
  eligible: 'Đủ điều kiện được xem xét',
  completed: 'Hoàn thành',
  emulation_criterion: 'Còn thiếu chỉ tiêu',
  no_consideration: labels.collectiveResult.no_consideration,
  responsibility_review: labels.collectiveResult.responsibility_review,
}

/** True for a frozen version; null: none is shown. Version 0 is the rehearsal, a preview too. */
export const isFrozenVersion = (closing: { version: number } | null | undefined) => (closing?.version ?? 0) > 0

/** How results are called: as a preview does, or, frozen at the close, by a word that does not speak of what is still open. */
export const officialLabels = (isFrozen: boolean): Record<OfficialResult, string> =>
  isFrozen
    ? { ...officialPreviewLabels, not_completed_open: labels.officialResult.not_completed_open }
    : officialPreviewLabels

/** The same of collectives. */
export const collectiveLabels = (isFrozen: boolean): Record<CollectiveResult, string> =>
  isFrozen
    ? { ...collectivePreviewLabels, emulation_criterion: labels.collectiveResult.emulation_criterion }
    : collectivePreviewLabels

export const COLLECTIVE_LISTS = Object.keys(collectivePreviewLabels) as CollectiveResult[]

/** Heads every preview: which rules it is computed by, and that it decides nothing. */
export function previewNote({ code, version }: { code: string; version: number }): string {
  return `Bản xem trước theo số liệu hiện có và quy định phiên bản ${version} của đợt ${code}. Chưa có quyết định nào về cá nhân, tập thể.`
}

/** Says whom a list of persons leaves out: the armed forces' people, as sums of their units. */
export function guardedNote(
  units: readonly { people: Record<'officials' | 'eligible' | 'completed', number> }[],
): string {
  const sum = (part: 'officials' | 'eligible' | 'completed') =>
    formatNumber(units.reduce((total, { people }) => total + people[part], 0))
  return `Chưa gồm lực lượng vũ trang (chỉ có số tổng hợp): ${sum('officials')} người thực hiện, trong đó ${sum('eligible')} đủ điều kiện được xem xét, ${sum('completed')} hoàn thành.`
}

/** Says on what the figures of a collective rest; `figuresOn`: the annex's newest figure's day, null: none is entered. */
export function collectiveGaps(figuresOn: string | null, today: string): string {
  const annex =
    figuresOn === null
      ? 'Số liệu chính thức theo phụ lục chưa được nhập, nên chưa xét đến ở đây.'
      : `Chỉ tiêu phụ lục xét theo số liệu chính thức mới nhất, ${explainAge(figuresOn, today)}.`
  return `${annex} Đơn vị chưa được kiểm tra thực tế không bị trừ. Số của tập thể là số của những người thuộc đơn vị tại ngày kết thúc đợt.`
}

/** The two readings of the quota: the one in force, and the other beside it. Plan IV.1, IV.2. */
export function quotaReadings(
  {
    requiredOutcomes,
    mustAchieve,
    quotaReading,
  }: Pick<Regulation, 'requiredOutcomes' | 'mustAchieve' | 'quotaReading'>,
  names: TermNames,
) {
  const count = requiredOutcomes.length
  const texts: Record<Regulation['quotaReading'], { label: string; detail: string }> = {
    all: {
      label: `Đủ ${count} nội dung`,
      detail: `Người dân có đủ ${count} nội dung: ${listed(requiredOutcomes.map(outcome => names.outcome[outcome]))}; trong đó “${names.outcome[mustAchieve]}” phải đạt nhờ hỗ trợ.`,
    },
    any: { label: 'Một nội dung bất kỳ', detail: `Người dân đạt ít nhất một trong ${count} nội dung nhờ hỗ trợ.` },
  }
  const inForce = texts[quotaReading]
  return {
    inForce: { ...inForce, label: `${inForce.label} (đang áp dụng)` },
    other: texts[quotaReading === 'all' ? 'any' : 'all'],
    all: texts.all,
    any: texts.any,
  }
}

/** The unit of most of the campaign beside that of the cut-off, for lists and papers; empty where there was none. */
export function formerUnitNote(formerUnit: string | null): string {
  return formerUnit === null ? '' : `Từ nửa đợt trở lên công tác tại: ${formerUnit}`
}

function listed(words: readonly string[]): string {
  return words.join(', ')
}

/** Says how many the other reading would move into the list of the eligible, and out again. */
export function explainMoves({ entering, leaving }: { entering: number; leaving: number }): string {
  if (entering === 0 && leaving === 0) return 'Theo cách tính này, danh sách đủ điều kiện được xem xét không thay đổi.'
  return `Theo cách tính này, danh sách đủ điều kiện được xem xét thêm ${formatNumber(entering)} người, bớt ${formatNumber(leaving)} người.`
}

export const collectiveTargetLabels: Record<Regulation['collectiveTarget'], string> = {
  sum: 'Tổng số được tính so với tổng chỉ tiêu',
  every_member: 'Mọi người đều đạt chỉ tiêu của mình',
}

export const gateLabels: Record<Gate, string> = {
  pending_discipline: 'Đang trong thời gian xem xét kỷ luật',
  violation_inspection: 'Đang được thanh tra, kiểm tra',
  complaint: 'Đang giải quyết khiếu nại, tố cáo',
}

/** One reason of an assessment as a sentence with its figures. `nameOf`: what its campaign calls an indicator. */
export function explainAssessment(
  reason: AssessmentReason,
  names: TermNames,
  nameOf: (indicator: string) => string,
): string {
  switch (reason.code) {
    case 'bears_nothing':
      return 'Không thuộc đối tượng thực hiện tại ngày kết thúc đợt cao điểm.'
    case 'exempt_from_all':
      return 'Được miễn toàn bộ nội dung và chỉ tiêu phải thực hiện.'
    case 'exempt_from_quota':
      return 'Được miễn chỉ tiêu hỗ trợ người dân.'
    case 'obligations_met':
      return 'Các nội dung bản thân thực hiện đều đạt.'
    case 'collective_barred':
      return 'Đơn vị thuộc diện không xem xét thi đua, khen thưởng.'
    case 'target_short':
      return `Được tính ${formatParts(reason.counted, reason.target)}, còn ${formatNumber(reason.target - reason.counted)} người dân.`
    case 'target_reached':
      return `Được tính ${formatParts(reason.counted, reason.target)}, đạt chỉ tiêu. Xét khen thưởng cần vượt chỉ tiêu.`
    case 'target_exceeded':
      return `Được tính ${formatParts(reason.counted, reason.target)}, vượt chỉ tiêu.`
    case 'obligation_unmet':
      return `${names.obligation[reason.obligation]}: ${partStandingLabels[reason.standing].toLowerCase()}${reason.isSignatureProven ? ' (chữ ký số đã chứng minh, còn SIM chính chủ)' : ''}.`
    case 'inspections_failed':
      return `${formatNumber(reason.count)} trường hợp được kiểm tra có kết quả khác với nội dung đã ghi.`
    case 'gate':
      return `${gateLabels[reason.gate]}.`
    case 'explanation_pending':
      return 'Đang chờ giải trình hoặc ý kiến của người đứng đầu.'
    case 'explanation_accepted':
      return 'Giải trình được chấp nhận.'
    case 'explanation_rejected':
      return 'Giải trình chưa được chấp nhận.'
    case 'finding_pending':
      return 'Đang chờ kết luận của người có thẩm quyền.'
    case 'finding_made':
      return 'Đã có kết luận của người có thẩm quyền.'
    case 'appeal_pending':
      return 'Đang trong thời hạn hoặc đang xem xét kiến nghị.'
    case 'appeal_upheld':
      return 'Kiến nghị được chấp nhận.'
    case 'appeal_rejected':
      return 'Kiến nghị không được chấp nhận.'
    case 'final_report_missing':
      return 'Chưa có báo cáo kết quả khi hết hạn.'
    case 'untrue_report_found':
      return 'Có kết luận về báo cáo không đúng thực tế.'
    case 'never_inspected':
      return 'Chưa được kiểm tra thực tế.'
    case 'targets_lowered':
      return `${formatNumber(reason.count)} người có chỉ tiêu thấp hơn mức chung theo văn bản quyết định.`
    case 'members_short':
      return `${formatNumber(reason.count)} người chưa đạt chỉ tiêu của mình.`
    case 'indicator_short':
      return `${nameOf(reason.indicator)}: ${formatParts(reason.done, reason.target)}.`
    case 'obligation_share':
      return `${names.obligation[reason.obligation]}: ${formatParts(reason.met, reason.bearers)}.`
    case 'reports_late':
      return `Báo cáo đúng hạn ${formatParts(reason.inTime, reason.due)}.`
    case 'inspection_share':
      return `Kiểm tra thực tế: ${formatParts(reason.untrue, reason.drawn)} trường hợp khác với nội dung đã ghi.`
  }
}
