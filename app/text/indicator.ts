import type { FeedingOutcome } from '#app/domain/campaign-indicator.ts'
import type { StatedGoal } from '#app/domain/goal.ts'
import type { Forecast } from '#app/domain/indicator.ts'
import type { IndicatorWord } from '#app/domain/indicator-word.ts'
import type { UnitPace } from '#app/domain/unit-pace.ts'
import { formatDay, formatNumber, formatShare } from './format.ts'
import { officeLabels } from './office-vocabulary.ts'
import { paceLabels } from './pace.ts'
import { labels } from './vocabulary.ts'

/** What is entered about an indicator and the goal that the plan states for it. */
export const indicatorFieldLabels = {
  name: 'Tên chỉ tiêu',
  shortName: 'Tên ngắn',
  unit: 'Đơn vị tính',
  printedName: 'Tên cột in trong phụ lục',
  publicName: 'Tên trên trang công khai',
  code: 'Mã trong tệp và giao diện kết nối',
  source: 'Nơi cung cấp số liệu',
  outcome: 'Nội dung hỗ trợ liên quan',
  basis: 'Mục tiêu nêu trong kế hoạch là một phần của',
  share: 'Mục tiêu (%)',
  adults: 'Dân số trưởng thành',
  atStart: 'Trong đó đã có khi bắt đầu',
  exceptions: 'Các trường hợp kế hoạch cho trừ',
}

/** Says which records are shown beside an indicator. */
export const feedingNote = (outcome: FeedingOutcome) =>
  `Bên cạnh hiện các trường hợp được tính có nội dung “${labels.outcome[outcome]}”.`

/** Says what the plan states for an indicator, without numbers of the annex. */
export function explainStatedGoal({ share, basis, exceptions }: Omit<StatedGoal, 'indicator'>): string {
  const left = exceptions === '' ? '' : `, trừ ${exceptions}`
  return `Mục tiêu: ${formatShare(share, 1)} ${officeLabels.goalBasis[basis]}${left}.`
}

/** What is said of an indicator in a word, on every page and in every table alike. */
export const indicatorWordLabels: Record<IndicatorWord, string> = {
  reached: 'Đạt chỉ tiêu',
  ...paceLabels,
  old_figure: 'Số liệu đã cũ',
  no_figures: 'Chưa có số liệu',
  no_target: 'Không giao chỉ tiêu',
}

/** Says what the word of a pace means. */
export const paceNote =
  'Sẽ kịp: ngay cả với nhịp chậm của 14 ngày qua vẫn đạt trước ngày kết thúc. Không kịp: ngay cả với nhịp nhanh cũng chưa đạt. Ở giữa là có thể không kịp.'

/** "còn thiếu 142, mỗi ngày cần 7, tuần qua đạt 5". */
export function explainUnitPace({
  missing,
  neededPerDay,
  lastWeekPerDay,
}: Pick<UnitPace, 'missing' | 'neededPerDay' | 'lastWeekPerDay'>): string {
  if (missing === 0) return 'không còn thiếu người dân nào.'
  const needed = neededPerDay === null ? '' : `, mỗi ngày cần ${formatNumber(neededPerDay)}`
  return `còn thiếu ${formatNumber(missing)}${needed}, tuần qua mỗi ngày ${formatNumber(lastWeekPerDay, 1)}.`
}

/** When the total will be reached: "khoảng 28/6/2024 (24/6/2024 – 04/7/2024)". */
export function forecastSentence({ on, earliest, latest, atEnd }: Forecast, endsOn: string): string {
  const end = `đến ${formatDay(endsOn)} khoảng ${formatNumber(atEnd)}`
  if (on === null) return `với nhịp 14 ngày qua chưa thấy ngày đạt; ${end}`
  const range =
    earliest === latest
      ? ''
      : ` (${earliest ? formatDay(earliest) : '–'} – ${latest ? formatDay(latest) : 'sau một năm'})`
  return `${formatDay(on)}${range}; ${end}`
}

/** Says where a figure comes from: reported for the place itself, or added up from some of the places below. */
export function basisNote(basis: { kind: 'own'; source: string } | { kind: 'sum'; have: number; of: number }): string {
  return basis.kind === 'own' ? basis.source : `cộng từ ${basis.have}/${basis.of} địa bàn`
}
