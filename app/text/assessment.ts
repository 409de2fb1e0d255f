import type { Regulation } from '#app/domain/regulation.ts'
import type { CollectiveResult, OfficialResult } from '#app/domain/vocabulary.ts'
import { formatNumber } from './format.ts'
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

export const COLLECTIVE_LISTS = Object.keys(collectivePreviewLabels) as CollectiveResult[]

/** Heads every preview: which rules it is computed by, and that it decides nothing. */
export function previewNote({ code, version }: { code: string; version: number }): string {
  return `Bản xem trước theo số liệu hiện có và quy định phiên bản ${version} của đợt ${code}. Chưa có quyết định nào về cá nhân, tập thể.`
}

/** Says which facts of a collective are not entered yet, so that nothing is concluded from them. */
export const collectiveGaps =
  'Số liệu chính thức theo phụ lục chưa được nhập, nên chưa xét đến ở đây. Đơn vị chưa được kiểm tra thực tế không bị trừ. Số của tập thể là số của những người thuộc đơn vị tại ngày kết thúc đợt.'

/** The two readings of the quota: the one in force, and the other beside it. Plan IV.1, IV.2. */
export function quotaReadings({
  requiredOutcomes,
  mustAchieve,
  quotaReading,
}: Pick<Regulation, 'requiredOutcomes' | 'mustAchieve' | 'quotaReading'>) {
  const count = requiredOutcomes.length
  const texts: Record<Regulation['quotaReading'], { label: string; detail: string }> = {
    all: {
      label: `Đủ ${count} nội dung`,
      detail: `Người dân có đủ ${count} nội dung: ${listed(requiredOutcomes.map(outcome => labels.outcome[outcome]))}; trong đó “${labels.outcome[mustAchieve]}” phải đạt nhờ hỗ trợ.`,
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
