import type { Parameter, Regulation } from '#app/domain/regulation.ts'
import type { AnnexReading } from '#app/domain/vocabulary.ts'
import { collectiveTargetLabels } from './assessment.ts'
import { formatDay, formatNumber, formatShare } from './format.ts'
import { labels } from './vocabulary.ts'

/** The two readings of the annex. */
export const annexReadingLabels: Record<AnnexReading, string> = {
  annex: 'Toàn bộ chỉ tiêu phụ lục giao',
  goals: 'Mục tiêu nêu trong kế hoạch, đã trừ các trường hợp kế hoạch cho trừ',
}

const ASKED_ONLY = 'Chỉ nêu để kiểm tra, không ảnh hưởng đến kết quả xét.'

/** The name of each parameter, and what it decides. */
export const parameterTexts: Record<Parameter, { name: string; decides: string }> = {
  startsOn: { name: 'Ngày bắt đầu', decides: 'Trường hợp hỗ trợ từ ngày này được xét.' },
  endsOn: {
    name: 'Ngày kết thúc',
    decides: 'Ngày cuối được xét, cũng là ngày chốt đơn vị công tác và các nội dung bản thân.',
  },
  finalReportOn: { name: 'Hạn cuối của báo cáo kết quả', decides: 'Báo cáo nộp trong ngày này còn đúng hạn.' },
  quota: { name: 'Chỉ tiêu mỗi người', decides: 'Số người dân mỗi người thực hiện phải hỗ trợ.' },
  heldParts: {
    name: 'Nội dung bản thân của đợt',
    decides: 'Nội dung không chọn thì không có trong biểu mẫu, bảng số liệu, văn bản và việc xét của đợt.',
  },
  heldOutcomes: {
    name: 'Nội dung hỗ trợ người dân của đợt',
    decides: 'Nội dung không chọn thì không có trong biểu mẫu và danh sách nhập của đợt.',
  },
  requiredOutcomes: {
    name: 'Nội dung bắt buộc của một trường hợp',
    decides: 'Mỗi nội dung phải đạt nhờ hỗ trợ hoặc đã có từ trước.',
  },
  mustAchieve: {
    name: 'Nội dung phải đạt nhờ hỗ trợ',
    decides: 'Nội dung này đã có từ trước thì trường hợp không được tính.',
  },
  quotaReading: {
    name: 'Cách tính một người dân vào chỉ tiêu',
    decides: 'Áp dụng cho mọi trường hợp của đợt; kết quả đã chốt giữ cách tính lúc chốt.',
  },
  graceDays: {
    name: 'Số ngày chênh lệch cho phép với số liệu trích xuất',
    decides: 'Ngày ghi và ngày trong số liệu trích xuất lệch nhau không quá số ngày này.',
  },
  refusesRosterMembers: {
    name: 'Không tính khi người dân cũng là người thực hiện',
    decides: 'Không chọn thì trường hợp vẫn được tính và được nêu để kiểm tra lại.',
  },
  minimumAge: { name: 'Tuổi thấp nhất của người dân', decides: 'Tính đủ tuổi vào ngày hỗ trợ.' },
  obligationCategories: {
    name: 'Đối tượng thực hiện các nội dung bản thân',
    decides: 'Người thuộc loại khác không nằm trong mẫu số 100%.',
  },
  quotaCategories: { name: 'Đối tượng có chỉ tiêu hỗ trợ', decides: 'Người thuộc loại khác không có chỉ tiêu.' },
  certificateKinds: {
    name: 'Loại chữ ký số được chấp nhận',
    decides: 'Dùng khi xét nội dung SIM chính chủ kèm chữ ký số của bản thân.',
  },
  collectiveTarget: { name: 'Cách tập thể đạt chỉ tiêu', decides: 'Dùng khi xét tập thể lúc kết thúc đợt.' },
  annexReading: {
    name: 'Địa bàn phải đạt gì của phụ lục',
    decides: 'Dùng khi xét tập thể của địa bàn; chỉ tiêu không có mục tiêu riêng thì theo phụ lục.',
  },
  toleratedUntrueShare: {
    name: 'Tỷ lệ không đúng thực tế còn chấp nhận (%)',
    decides: 'Kết quả kiểm tra vượt tỷ lệ này thì tập thể không đủ điều kiện xét khen thưởng.',
  },
  collectiveBarsMembers: {
    name: 'Tập thể không được xét thì cá nhân cũng không được xét',
    decides: 'Không chọn thì cá nhân vẫn được xét theo kết quả của mình.',
  },
  burst: { name: 'Ghi dồn dập cần xem lại', decides: ASKED_ONLY },
  sequence: { name: 'Số định danh liên tiếp nhau cần xem lại', decides: ASKED_ONLY },
  sharedPhone: { name: 'Nhiều người dân chung một số điện thoại', decides: ASKED_ONLY },
  targetStop: { name: 'Dừng đúng chỉ tiêu cần xem lại', decides: ASKED_ONLY },
  deadline: { name: 'Ghi dồn vào những ngày cuối cần xem lại', decides: ASKED_ONLY },
  perfect: { name: 'Trường hợp nào cũng đạt đủ trong một lần', decides: ASKED_ONLY },
  weeklyReport: {
    name: 'Báo cáo tuần',
    decides: 'Chỉ xét đúng hạn, trễ hạn khi có văn bản quy định hạn báo cáo.',
  },
  explanationDays: { name: 'Số ngày để giải trình', decides: 'Tính từ ngày được thông báo.' },
  appealDays: { name: 'Số ngày để kiến nghị', decides: 'Tính từ ngày có kết luận.' },
  shortPostingDays: {
    name: 'Số ngày chuyển đơn vị không làm thay đổi nơi xét',
    decides:
      'Người chuyển đi rồi về, hoặc có thời hạn trong số ngày này quanh ngày kết thúc thì vẫn xét tại đơn vị cũ; 0 là luôn xét tại đơn vị mới.',
  },
  extractAgeDays: {
    name: 'Số ngày số liệu được cũ hơn ngày cuối khi kết thúc đợt',
    decides: 'Số liệu trích xuất, phụ lục cũ hơn thì trang Kết thúc đợt hỏi trước khi chốt; không ảnh hưởng kết quả.',
  },
  exemptionShare: {
    name: 'Tỷ lệ miễn do người đứng đầu đơn vị quyết định',
    decides: 'Vượt tỷ lệ và số người này thì cấp trên của đơn vị quyết định.',
  },
  daysOff: {
    name: 'Ngày nghỉ lễ',
    decides: 'Hạn rơi vào ngày nghỉ, thứ bảy, chủ nhật thì kết thúc vào ngày làm việc kế tiếp.',
  },
  lastEntryOn: {
    name: 'Ngày nhập cuối',
    decides: 'Trường hợp nhập sau ngày này cần văn bản và được xếp riêng. Để trống: hạn cuối của báo cáo kết quả.',
  },
}

/** Days of the week from Monday (1) on. */
export const weekdayLabels = ['Thứ hai', 'Thứ ba', 'Thứ tư', 'Thứ năm', 'Thứ sáu', 'Thứ bảy', 'Chủ nhật'] as const

export const quotaReadingLabels: Record<Regulation['quotaReading'], string> = {
  all: 'Đủ các nội dung bắt buộc, nội dung phải đạt nhờ hỗ trợ được đạt nhờ hỗ trợ',
  any: 'Một nội dung bắt buộc bất kỳ được đạt nhờ hỗ trợ',
}

const list = (words: readonly string[]) => (words.length === 0 ? 'không có' : words.join('; '))

const FORMATS: { [P in Parameter]: (value: Regulation[P]) => string } = {
  startsOn: formatDay,
  endsOn: formatDay,
  finalReportOn: formatDay,
  lastEntryOn: value => (value === null ? 'hạn cuối của báo cáo kết quả' : formatDay(value)),
  quota: value => `${formatNumber(value)} người dân`,
  heldParts: value => list(value.map(part => labels.exemptionPart[part])),
  heldOutcomes: value => list(value.map(outcome => labels.outcome[outcome])),
  requiredOutcomes: value => list(value.map(outcome => labels.outcome[outcome])),
  mustAchieve: value => labels.outcome[value],
  quotaReading: value => quotaReadingLabels[value],
  graceDays: value => `${formatNumber(value)} ngày`,
  refusesRosterMembers: value => (value ? 'không tính' : 'vẫn tính'),
  minimumAge: value => `${formatNumber(value)} tuổi`,
  obligationCategories: value => list(value.map(category => labels.category[category])),
  quotaCategories: value => list(value.map(category => labels.category[category])),
  certificateKinds: value => list(value.map(kind => labels.certificateKind[kind])),
  collectiveTarget: value => collectiveTargetLabels[value],
  annexReading: value => annexReadingLabels[value],
  toleratedUntrueShare: value => formatShare(value, 1),
  collectiveBarsMembers: value => (value ? 'cá nhân cũng không được xét' : 'cá nhân vẫn được xét'),
  burst: ({ records, minutes }) => `${formatNumber(records)} trường hợp trong ${formatNumber(minutes)} phút`,
  sequence: value => `từ ${formatNumber(value)} người dân của một người thực hiện`,
  sharedPhone: value => `từ ${formatNumber(value)} người dân`,
  targetStop: ({ officials, share }) =>
    `từ ${formatShare(share, 1)} số người đã đạt chỉ tiêu, khi có từ ${formatNumber(officials)} người đạt`,
  deadline: ({ records, days, share }) =>
    `từ ${formatShare(share, 1)} số trường hợp trong ${formatNumber(days)} ngày cuối, khi có từ ${formatNumber(records)} trường hợp`,
  weeklyReport: ({ weekday, hour, firstOn, documentNumber }) =>
    `${weekdayLabels[weekday - 1]?.toLowerCase()} hằng tuần, ${formatNumber(hour)} giờ, từ ${formatDay(firstOn)}; ${documentNumber === '' ? 'chưa có văn bản quy định' : documentNumber}`,
  explanationDays: value => `${formatNumber(value)} ngày`,
  appealDays: value => `${formatNumber(value)} ngày`,
  daysOff: value => list(value.map(formatDay)),
  perfect: value => `từ ${formatNumber(value)} trường hợp của một người thực hiện`,
  shortPostingDays: value => (value === 0 ? 'không áp dụng' : `${formatNumber(value)} ngày`),
  extractAgeDays: value => `${formatNumber(value)} ngày`,
  exemptionShare: ({ share, people }) =>
    `đến ${formatShare(share, 1)} số người của đơn vị, ít nhất ${formatNumber(people)} người`,
}

/** The value of one parameter in words. */
export function formatParameter<P extends Parameter>(parameter: P, regulation: Pick<Regulation, P>): string {
  const format: (value: Regulation[P]) => string = FORMATS[parameter]
  return format(regulation[parameter])
}

/** The parameters that have words, in the order of these. */
export const PARAMETER_NAMES = Object.keys(parameterTexts) as Parameter[]
