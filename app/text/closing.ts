import type { FrozenChange } from '#app/domain/closing.ts'
import { CLOSING_REASONS, type ClosingItem } from '#app/domain/vocabulary.ts'
import { formatDay, formatInstant, formatNumber } from './format.ts'
import { officeLabels } from './office-vocabulary.ts'

/** A version of the assessments as pages and papers name it. */
export type NamedVersion = { version: number; isProvisional: boolean }

/** Names a version of the assessments: the rehearsal, a provisional version, or the number of one that decides. */
export function versionName({ version, isProvisional }: NamedVersion): string {
  if (version === 0) return 'Bản tính thử'
  return isProvisional ? `Phiên bản ${version} (bản tạm)` : `Phiên bản ${version}`
}

/** What a list or paper from a provisional version says of itself; null: nothing, the version decides. */
export function provisionalNote({ isProvisional }: Pick<NamedVersion, 'isProvisional'>): string | null {
  return isProvisional
    ? 'Bản tạm, chốt trước hạn báo cáo tổng kết: dùng để chuẩn bị hồ sơ, chưa dùng để quyết định.'
    : null
}

/** Why the assessments of a closed campaign are computed once more. */
export const LATER_REASONS = CLOSING_REASONS.filter(reason => reason !== 'rehearsal' && reason !== 'close')

/** Heads a frozen list: which version, by which rules, as of which day. */
export function frozenNote(
  { on, ...of }: NamedVersion & { on: string },
  { code, regulationVersion }: { code: string; regulationVersion: number },
): string {
  const name =
    of.version === 0 ? 'Bản tính thử, chưa phải kết quả' : `Kết quả xét đã chốt, ${versionName(of).toLowerCase()}`
  const provisional = provisionalNote(of)
  return `${name}, ngày ${on}, theo quy định phiên bản ${regulationVersion} của đợt ${code}. ${provisional === null ? '' : `${provisional} `}Hệ thống không tự xếp loại và không xử lý trách nhiệm.`
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

/** What a comparison of the frozen results with the present facts found. */
type Compared = { at: number; officials: number; collectives: number } | null

/** Says what a recount would change, or since when nothing is known to differ; a comparison says its instant. */
export function explainRecount({ compared, isStale }: { compared: Compared; isStale: boolean }): string {
  const waiting = 'Hệ thống sẽ tự so sánh lại.'
  if (compared === null) return `Chưa so sánh với số liệu hiện tại. ${waiting}`
  const at = `So với số liệu lúc ${formatInstant(compared.at)}`
  const found =
    compared.officials + compared.collectives === 0
      ? `${at}: kết quả đã chốt không thay đổi.`
      : `${at}: ${formatNumber(compared.officials)} người, ${formatNumber(compared.collectives)} tập thể nay khác kết quả đã chốt. Đề nghị tính lại.`
  return isStale ? `${found} Từ lúc đó có dữ liệu mới. ${waiting}` : found
}

/** How many persons and collectives a version changed: "12 người, 286 tập thể thay đổi". */
export function explainMoved(moved: {
  officials: readonly { count: number }[]
  collectives: readonly { count: number }[]
}): string {
  const total = (rows: readonly { count: number }[]) => formatNumber(rows.reduce((sum, { count }) => sum + count, 0))
  return `${total(moved.officials)} người, ${total(moved.collectives)} tập thể thay đổi`
}

/** A closing in one line: its version and why it was made. */
export function closingTitle({ reason, ...of }: NamedVersion & { reason: keyof typeof officeLabels.closingReason }) {
  if (of.version === 0 || (of.isProvisional && reason === 'close')) return versionName(of)
  return `${versionName(of)}: ${officeLabels.closingReason[reason].toLowerCase()}`
}

/** Says of an export of present figures on what its results rest. */
export function explainSource(source: {
  basis: 'frozen' | 'live'
  version: number | null
  isProvisional: boolean
}): string {
  if (source.basis === 'live' || source.version === null) return 'Số liệu hiện tại, kết quả xét chưa chốt.'
  return `Số trường hợp là số liệu hiện tại; số người đủ điều kiện, hoàn thành theo kết quả đã chốt, ${versionName({ ...source, version: source.version }).toLowerCase()}.`
}

/** A line of the list before the close: what waits, who is reminded (null: nobody by the software), and where. */
type LineText = { name: string; counted: string; reminded: string | null; to: (root: Places) => string }
type Places = { unitId: number; localityCode: string }

export const closingLines: Record<ClosingItem, LineText> = {
  records: {
    name: 'Trường hợp chờ đơn vị xác nhận',
    counted: 'trường hợp',
    reminded: 'Đầu mối, người đứng đầu đơn vị đang được nhắc ở Việc cần làm.',
    to: () => '/ket-thuc/con-cho',
  },
  obligations: {
    name: 'Kê khai nội dung bản thân chờ xác nhận',
    counted: 'kê khai',
    reminded: 'Đầu mối, người đứng đầu đơn vị đang được nhắc ở Việc cần làm.',
    to: () => '/ket-thuc/con-cho',
  },
  exemptions: {
    name: 'Đề nghị miễn chờ quyết định',
    counted: 'đề nghị',
    reminded: 'Người có thẩm quyền đang được nhắc ở Việc cần làm.',
    to: ({ unitId }) => `/don-vi/${unitId}/mien-giam`,
  },
  inspections: {
    name: 'Cuộc kiểm tra chưa kết thúc',
    counted: 'cuộc',
    reminded: 'Tổ kiểm tra đang được nhắc về chữ ký thứ hai.',
    to: () => '/kiem-tra',
  },
  appeals: {
    name: 'Kiến nghị về kết quả kiểm tra chờ quyết định',
    counted: 'kiến nghị',
    reminded: 'Cơ quan thường trực đang được nhắc ở Việc cần làm.',
    to: () => '/kiem-tra',
  },
  reconsiderations: {
    name: 'Đề nghị xem lại chờ quyết định',
    counted: 'đề nghị',
    reminded: 'Cơ quan thường trực đang được nhắc ở Việc cần làm.',
    to: () => '/kiem-tra/de-nghi',
  },
  disputes: {
    name: 'Đề nghị xem xét trường hợp trùng chờ quyết định',
    counted: 'đề nghị',
    reminded: 'Người đứng đầu đơn vị chung đang được nhắc ở Việc cần làm.',
    to: () => '/ket-thuc/con-cho',
  },
  extracts: {
    name: 'Số liệu trích xuất mới nhất cách ngày cuối quá xa',
    counted: 'nguồn',
    reminded: null,
    to: () => '/doi-chieu',
  },
  figures: {
    name: 'Chỉ tiêu phụ lục chưa có số liệu của những ngày cuối',
    counted: 'chỉ tiêu',
    reminded: null,
    to: ({ localityCode }) => `/dia-ban/${localityCode}`,
  },
  final_reports: {
    name: 'Báo cáo tổng kết chưa ký',
    counted: 'đơn vị',
    reminded: 'Đầu mối, người đứng đầu đơn vị đang được nhắc ở Việc cần làm.',
    to: ({ unitId }) => `/don-vi/${unitId}/bao-cao`,
  },
  notices: {
    name: 'Thông báo chưa hoàn thành chờ giải trình',
    counted: 'hồ sơ',
    reminded: 'Người được thông báo đang được nhắc ở Việc cần làm.',
    to: () => '/xem-xet',
  },
}

/** How much of a line waits: "2.652 trường hợp", of extracts and figures with the oldest day. */
export function lineCount({
  item,
  count,
  asOfOn,
}: {
  item: ClosingItem
  count: number
  asOfOn?: string | null
}): string {
  if (count === 0) return 'Không có'
  const words = `${formatNumber(count)} ${closingLines[item].counted}`
  if (asOfOn === undefined) return words
  return asOfOn === null ? `${words}, có nơi chưa có số liệu` : `${words}, số liệu ngày ${formatDay(asOfOn)}`
}
