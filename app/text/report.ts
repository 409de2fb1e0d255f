import type { Plan } from '#app/domain/article.ts'
import { dayOf } from '#app/domain/calendar.ts'
import type {
  ReportFigure,
  ReportFigures,
  ReportPeriod,
  ReportState,
  SigningState,
  WaitingWork,
} from '#app/domain/report.ts'
import type { Article, Obligation } from '#app/domain/vocabulary.ts'
import { formatDay, formatInstant, formatNumber, formatShortDay } from './format.ts'
import { officeLabels } from './office-vocabulary.ts'
import { cite } from './plan.ts'
import type { CampaignTerms } from './terms.ts'
import { labels } from './vocabulary.ts'

export const reportStateLabels: Record<ReportState, string> = {
  not_owed: 'Theo lịch khác',
  not_open: 'Chưa đến kỳ',
  awaited: 'Chờ báo cáo',
  draft: 'Đang soạn',
  in_time: 'Đúng hạn',
  late: 'Nộp muộn',
  missing: 'Quá hạn',
}

/** The figures of a report, as its tables, documents and exports name them. */
export const reportFigureLabels: Record<ReportFigure, string> = {
  reported: 'Trường hợp ghi nhận',
  counted: 'Trường hợp được tính',
  verified: 'Trường hợp đã đối chiếu',
  by_inspection: 'Được tính, dựa vào kiểm tra thực tế',
  by_extract: 'Được tính, dựa vào số liệu trích xuất',
  by_citizen: 'Được tính, dựa vào trả lời của người dân',
  by_unit: 'Được tính, chỉ dựa vào xác nhận của đơn vị',
  awaiting: 'Chờ đơn vị xác nhận',
  officials: 'Người thực hiện',
  quota_bearers: 'Người có chỉ tiêu',
  targets: 'Tổng chỉ tiêu',
  quota_reached: 'Người đã đạt chỉ tiêu',
  obligation_bearers: 'Người có nội dung bản thân',
  obligations_met: 'Người đạt đủ nội dung bản thân',
  sim_signature_bearers: 'SIM chính chủ kèm chữ ký số: phải thực hiện',
  sim_signature_met: 'SIM chính chủ kèm chữ ký số: đạt',
  phone_4g_bearers: 'Điện thoại 4G: phải thực hiện',
  phone_4g_met: 'Điện thoại 4G: đạt',
  portal_login_bearers: 'Đăng nhập hai cổng dịch vụ công: phải thực hiện',
  portal_login_met: 'Đăng nhập hai cổng dịch vụ công: đạt',
  outreach_sessions: 'Hoạt động tuyên truyền',
  outreach_people: 'Lượt người được tuyên truyền',
  collection_points: 'Điểm thu nhận đã bố trí',
  collection_invited: 'Lượt người được mời đến điểm',
  collection_received: 'Hồ sơ thu nhận',
  collection_sent_on: 'Hồ sơ chuyển đi',
  collection_approved: 'Hồ sơ được duyệt',
  difficulties_raised: 'Khó khăn, vướng mắc đã nêu',
  difficulties_answered: 'Khó khăn, vướng mắc đã được trả lời',
}

type ReportGroup = {
  title: string
  articles: readonly Article[]
  /** of what: the period's days, or the moment of the signing */
  asOf: 'period' | 'signing'
  figures: readonly { figure: ReportFigure; label: string }[]
}

/** The figures of a report in their groups: of the own obligations those that hold, as the campaign calls them. */
export function reportGroups({ obligations, names }: CampaignTerms): readonly ReportGroup[] {
  const group = (
    title: string,
    { articles, asOf = 'period' }: { articles: readonly Article[]; asOf?: ReportGroup['asOf'] },
    figures: readonly ReportFigure[],
  ): ReportGroup => ({
    title,
    articles,
    asOf,
    figures: figures.map(figure => ({ figure, label: reportFigureLabels[figure] })),
  })
  const ofObligation = (obligation: Obligation) =>
    (['bearers', 'met'] as const).map(count => {
      const figure = `${obligation}_${count}` as const
      const isOwnName = names.obligation[obligation] !== labels.obligation[obligation]
      const label = `${names.obligation[obligation]}: ${count === 'met' ? 'đạt' : 'phải thực hiện'}`
      return { figure, label: isOwnName ? label : reportFigureLabels[figure] }
    })
  const people = group(
    obligations.length === 0 ? 'Người thực hiện' : 'Người thực hiện và nội dung bản thân',
    { articles: ['IV.1'], asOf: 'signing' },
    [
      'officials',
      'quota_bearers',
      'targets',
      'quota_reached',
      ...(obligations.length === 0 ? [] : (['obligation_bearers', 'obligations_met'] as const)),
    ],
  )
  return [
    group('Hỗ trợ người dân', { articles: ['IV.1', 'IV.2'] }, [
      'reported',
      'counted',
      'verified',
      'by_inspection',
      'by_extract',
      'by_citizen',
      'by_unit',
      'awaiting',
    ]),
    { ...people, figures: [...people.figures, ...obligations.flatMap(ofObligation)] },
    group('Tuyên truyền, thu nhận hồ sơ, khó khăn', { articles: ['III.1', 'III.3', 'V'] }, [
      'outreach_sessions',
      'outreach_people',
      'collection_points',
      'collection_invited',
      'collection_received',
      'collection_sent_on',
      'collection_approved',
      'difficulties_raised',
      'difficulties_answered',
    ]),
  ]
}

/** The day or instant of a group's figures: "tính đến hết ngày 14/6/2024", "theo hiện trạng lúc 14/6/2024, 17:00". */
export function groupDay(asOf: 'period' | 'signing', { endsOn, at }: { endsOn: string; at: number }): string {
  return asOf === 'period' ? `tính đến hết ngày ${formatDay(endsOn)}` : `theo hiện trạng lúc ${formatInstant(at)}`
}

/** What a report says of difficulties where its unit wrote none: how many were raised and answered, or that none was. */
export function raisedDifficulties({
  difficulties_raised: raised,
  difficulties_answered: answered,
}: Pick<ReportFigures, 'difficulties_raised' | 'difficulties_answered'>): string {
  if (raised === 0) return 'Không nêu.'
  return `Đã nêu ${formatNumber(raised)} khó khăn, vướng mắc trên hệ thống, ${formatNumber(answered)} đã được trả lời.`
}

/** The paper of figures as of its download, signed by hand: another one than the báo cáo tổng kết that is signed here. */
export const RESULT_REPORT = 'Báo cáo kết quả để ký tay (docx)'

/** "Báo cáo tuần đến 14/6/2024", "Báo cáo tổng kết". */
export function periodTitle({ kind, endsOn }: Pick<ReportPeriod, 'kind' | 'endsOn'>): string {
  return kind === 'final' ? labels.reportKind.final : `${labels.reportKind.weekly} đến ${formatDay(endsOn)}`
}

/** "14/6", "Tổng kết": a column's head. */
export function periodHead({ kind, endsOn }: Pick<ReportPeriod, 'kind' | 'endsOn'>): string {
  return kind === 'final' ? 'Tổng kết' : formatShortDay(endsOn)
}

/** "hạn 14/6/2024, 17:00"; a deadline at a day's end is "hạn hết ngày 09/7/2024". */
export function deadlineText({ dueAt }: Pick<ReportPeriod, 'dueAt'>): string {
  const day = dayOf(dueAt)
  return dayOf(dueAt + 1) === day ? `hạn ${formatInstant(dueAt)}` : `hạn hết ngày ${formatDay(day)}`
}

/** Says whether a deadline counts in an assessment, and by which document and article of the campaign's plan. */
export function deadlineBasis({ documentNumber, article }: ReportPeriod, plan: Plan): string {
  return documentNumber === null
    ? 'Chưa có văn bản ấn định hạn này nên không tính khi xét thi đua.'
    : `Hạn theo văn bản ${documentNumber}, ${cite(plan, article).article}; tính khi xét thi đua.`
}

/** What a report's figures hold. */
export const figuresNote =
  'Số của đơn vị và toàn bộ đơn vị trực thuộc. Trường hợp hỗ trợ, tuyên truyền, thu nhận hồ sơ tính đến hết ngày cuối kỳ; số người và nội dung bản thân theo hiện trạng lúc ký.'

/** What still waits as a report is signed. */
export const waitingLabels: Record<WaitingWork, string> = {
  help: 'Trường hợp chờ đơn vị xác nhận',
  obligations: 'Kê khai bản thân chờ xác nhận',
  exemptions: 'Đề nghị miễn chờ quyết định',
  reports_below: 'Đơn vị cấp dưới chưa ký kỳ này',
}

/** Which words of a report are empty, in a sentence; '' where none is. */
export function emptyWords({ difficulties, proposals }: SigningState['isEmpty']): string {
  if (difficulties && proposals) return 'Chưa nêu khó khăn, vướng mắc và đề xuất, kiến nghị.'
  if (difficulties) return 'Chưa nêu khó khăn, vướng mắc.'
  return proposals ? 'Chưa nêu đề xuất, kiến nghị.' : ''
}

/** How anyone can take the hash again. */
export const hashCheck = [
  'Tải bản JSON. Tệp này là nguyên văn nội dung đã ký, không thêm bớt ký tự nào.',
  'Trên Windows, mở Command Prompt và chạy: certutil -hashfile tên-tệp.json SHA256. Trên Linux, macOS: sha256sum tên-tệp.json.',
  'Kết quả trùng với mã băm ghi ở đây thì nội dung và số liệu chưa bị thay đổi từ lúc ký.',
  'Bản Excel chứa cùng nội dung: trang “Nội dung” liệt kê từng mục, trang “Kiểm tra” chép nguyên văn để tính lại mã băm.',
] as const

/** "Nguyễn Văn A, Chủ tịch UBND xã, ký trên hệ thống …", "…, KT. Chủ tịch UBND xã, văn bản số …": how a version was signed. */
export function signedLine({
  signerCapacity,
  signerName,
  signerTitle,
  signedAt,
  documentNumber,
  documentOn,
}: {
  signerCapacity: string
  signerName: string
  signerTitle?: string
  signedAt: number
  documentNumber: string | null
  documentOn: string | null
}): string {
  const who = `${signerName}, ${titleOf(signerCapacity, signerTitle)}`
  return documentNumber === null
    ? `${who}, ký trên hệ thống lúc ${formatInstant(signedAt)}`
    : `${who}, văn bản số ${documentNumber}${documentOn === null ? '' : ` ngày ${formatDay(documentOn)}`}, nộp lúc ${formatInstant(signedAt)}`
}

/** The signer's title: the head's office, for which a deputy (KT.) or somebody by order (TL.) signs. */
function titleOf(capacity: string, title: string | undefined): string {
  if (!isCapacity(capacity)) return capacity
  if (!title) return officeLabels.signerCapacity[capacity]
  return capacity === 'head' ? title : `${capacity === 'deputy' ? 'KT.' : 'TL.'} ${title}`
}

function isCapacity(word: string): word is keyof typeof officeLabels.signerCapacity {
  return Object.hasOwn(officeLabels.signerCapacity, word)
}
