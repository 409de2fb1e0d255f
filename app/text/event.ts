import { isDay } from '#app/domain/calendar.ts'
import type { EventSubject, EventVerb } from '#app/domain/event.ts'
import { RETENTION_RULES } from '#app/domain/retention.ts'
import { formatDay, formatInstant } from './format.ts'
import { indicatorFieldLabels } from './indicator.ts'
import { officeLabels } from './office-vocabulary.ts'
import { parameterTexts } from './regulation.ts'
import { retentionTexts } from './retention.ts'
import { labels } from './vocabulary.ts'
import { sharingWays } from './worklist.ts'

/** What was done, as written before its subject: "Sửa" + "trường hợp hỗ trợ". */
export const verbLabels: Record<EventVerb, string> = {
  acknowledge: 'Báo đã nhận',
  activate: 'Kích hoạt',
  add: 'Thêm',
  add_version: 'Ban hành phiên bản mới của',
  answer: 'Trả lời',
  appeal: 'Kiến nghị',
  apply: 'Áp dụng',
  approve: 'Chấp thuận',
  ask: 'Đề nghị',
  assign: 'Giao',
  bind: 'Gắn cổng đăng nhập của tỉnh với',
  change_password: 'Đổi mật khẩu',
  close: 'Ngừng hoạt động',
  close_request: 'Giải quyết xong',
  conclude: 'Kết thúc',
  confirm: 'Xác nhận',
  contact: 'Ghi kết quả liên hệ với',
  correct: 'Đính chính',
  create: 'Tạo',
  decide: 'Quyết định',
  declare: 'Kê khai',
  destroy: 'Hủy',
  disable: 'Khóa',
  draw: 'Chọn mẫu',
  drop: 'Đưa ra khỏi',
  edit: 'Sửa',
  enable: 'Mở lại',
  end: 'Kết thúc',
  erase: 'Xóa dữ liệu theo',
  explain: 'Giải trình',
  export: 'Xuất dữ liệu',
  forget: 'Bỏ ghi nhớ',
  grant: 'Cấp',
  import: 'Nhập',
  issue: 'Tạo',
  issue_activation: 'Cấp mã kích hoạt',
  look_up: 'Tra trước khi ghi',
  merge: 'Gộp hồ sơ',
  move: 'Chuyển',
  notify: 'Thông báo',
  open: 'Mở xem',
  pass: 'Chuyển tiếp',
  propose: 'Đề nghị xét',
  prove: 'Chứng minh',
  purge: 'Xóa dữ liệu người dân trong',
  record: 'Ghi nhận',
  reject: 'Không chấp thuận',
  rejudge: 'Xét lại',
  remember: 'Ghi nhớ',
  remind: 'Nhắc',
  remove: 'Xóa',
  rename: 'Đổi tên',
  reopen: 'Mở hoạt động trở lại',
  reset: 'Đặt lại',
  restore: 'Khôi phục',
  return: 'Trả lại',
  revoke: 'Thu hồi',
  rotate: 'Thay',
  seal: 'Niêm phong',
  set_target: 'Đặt chỉ tiêu phụ lục',
  set_up: 'Cài đặt',
  share: 'Chia',
  sign: 'Ký',
  start: 'Bắt đầu',
  store: 'Lưu',
  transfer: 'Điều chuyển',
  undo: 'Hủy áp dụng',
  upload: 'Tải lên',
  use: 'Dùng',
  withdraw: 'Rút',
  write: 'Lưu',
}

/** To what it was done. */
export const subjectLabels: Record<EventSubject, string> = {
  account: 'Tài khoản',
  api_token: 'Mã truy cập giao diện số liệu',
  assessment: 'Kết quả xét',
  assignment: 'Người dân được phân công',
  award: 'Khen thưởng',
  board: 'Bảng số liệu',
  campaign: 'Đợt cao điểm',
  campaign_indicator: 'Chỉ tiêu của đợt',
  candidate: 'Người được đề nghị',
  chapter: 'Chi hội, chi đoàn',
  citizen: 'một người dân',
  citizen_code: 'Mã xác nhận của người dân',
  citizen_request: 'Yêu cầu của người dân',
  clock: 'Ngày mẫu',
  closing: 'Kết quả xét khi kết thúc đợt',
  collection_point: 'Điểm thu nhận hồ sơ',
  correction: 'Sửa hồ sơ',
  difficulty: 'Khó khăn, vướng mắc',
  dispute: 'Đề nghị xem xét lại người được tính',
  exemption: 'Miễn, giảm',
  extract: 'Số liệu trích xuất',
  facts: 'Dữ kiện',
  gate: 'Trường hợp chưa xét',
  goal_exception: 'Số người được trừ khỏi mục tiêu',
  go_live_item: 'Việc trước khi vận hành chính thức',
  help: 'Trường hợp hỗ trợ',
  import_batch: 'Danh sách tải lên',
  indicator_figure: 'Số liệu chỉ tiêu',
  inspection: 'Cuộc kiểm tra',
  job: 'Việc chạy nền',
  join_offer: 'Lời mời tham gia',
  key: 'Khóa mã hóa',
  legal_basis: 'Căn cứ pháp lý',
  award_rate: 'Mức tiền thưởng',
  certificate_layout: 'Vị trí in Bằng khen',
  paper_bundle: 'Bộ văn bản của đợt xét',
  province: 'Tên gọi của tỉnh',
  signature_check: 'Chữ ký số đã kiểm tra',
  signature_kind: 'Loại chữ ký số theo đơn vị cấp',
  signer: 'Người ký văn bản',
  locality: 'Địa bàn',
  obligation: 'Nội dung bản thân',
  offer: 'Ưu đãi',
  offer_request: 'Nhu cầu của người dân',
  official: 'Người thực hiện',
  outreach: 'Hoạt động tuyên truyền',
  pledge: 'Cam kết',
  portal_login: 'Đăng nhập để chứng minh',
  prepared_paper: 'Bản để ký số',
  push_service: 'Nhắc việc qua máy',
  push_subscription: 'Máy nhận nhắc việc',
  reconsideration: 'Đề nghị xem lại trường hợp',
  recovery_code: 'Mã dự phòng của tài khoản',
  regulation: 'Quy định của đợt',
  remembered_device: 'Thiết bị được ghi nhớ',
  report: 'Báo cáo',
  retention: 'Dữ liệu hết hạn lưu giữ',
  revocation_list: 'Danh sách thu hồi chứng thư số',
  review_case: 'Hồ sơ xem xét trách nhiệm',
  role_grant: 'Vai trò',
  round: 'Đợt xét',
  scenario: 'Phương án tính thử',
  second_factor: 'Xác thực hai lớp của tài khoản',
  stored_file: 'Tệp minh chứng',
  table_layout: 'Mẫu bảng của hệ thống khác',
  target: 'Chỉ tiêu',
  target_sharing: 'Giao chỉ tiêu',
  team: 'Tổ',
  transfer: 'Đề nghị chuyển đơn vị',
  trusted_root: 'Chứng thư gốc tin cậy',
  portal_issuer: 'Trang đăng nhập của cổng dịch vụ công',
  unit: 'Đơn vị',
  untrue_report: 'Kết luận báo cáo không đúng thực tế',
  worklist: 'Danh sách người dân cần hỗ trợ',
}

/** Names of the figures that an event carries; one not listed here shows as it is stored. */
const DATA_LABELS: Record<string, string> = {
  ...Object.fromEntries(RETENTION_RULES.map(rule => [rule, retentionTexts[rule].title.toLowerCase()])),
  accountId: 'tài khoản',
  act: 'việc',
  annexOf: 'chép phụ lục của đợt',
  association: 'đoàn thể',
  asOfOn: 'tính đến ngày',
  at: 'thời điểm',
  changed: 'nội dung thay đổi',
  code: 'số kế hoạch',
  count: 'số lượng',
  document: 'tài liệu',
  documentNumber: 'văn bản',
  isPhoneNew: 'số điện thoại mới',
  extractId: 'số liệu trích xuất',
  facts: 'số dòng',
  from: 'từ',
  fromOn: 'từ ngày',
  fromUnit: 'từ đơn vị',
  hasReset: 'đặt lại xác nhận',
  helpId: 'trường hợp',
  headTitle: 'chức danh người đứng đầu',
  holderId: 'trường hợp đang được tính',
  indicator: 'chỉ tiêu',
  item: 'nội dung',
  isPinned: 'chuyển sang trường hợp đề nghị',
  inspectionId: 'cuộc kiểm tra',
  isFullList: 'danh sách đầy đủ',
  inspections: 'cuộc kiểm tra',
  localityCode: 'địa bàn',
  login: 'tên đăng nhập',
  name: 'tên',
  on: 'ngày',
  population: 'số trường hợp trong danh sách',
  purpose: 'mục đích',
  reasonHash: 'mã băm SHA-256 của lý do',
  result: 'kết quả',
  sample: 'số trường hợp được chọn',
  seed: 'mã chọn mẫu',
  untrue: 'không đúng thực tế',
  hash: 'mã băm SHA-256',
  period: 'kỳ báo cáo',
  version: 'phiên bản',
  format: 'dạng tệp',
  day: 'ngày',
  carrier: 'nhà mạng',
  route: 'nơi giải quyết',
  decision: 'quyết định',
  pins: 'quyết định về người được tính',
  parentId: 'đơn vị cấp trên',
  role: 'vai trò',
  source: 'nguồn',
  state: 'tình trạng',
  to: 'thành',
  toOn: 'đến ngày',
  toUnit: 'đến đơn vị',
  tokenId: 'mã truy cập',
  scopes: 'phạm vi',
  unitId: 'đơn vị',
  way: 'cách chia',
}

/**
 * Puts one event into words: "Cấp mã kích hoạt: tài khoản 12". Words that have left the vocabulary are shown as they
 * were written, because the log is never edited.
 */
export function explainEvent({
  verb,
  subject,
  subjectId,
}: {
  verb: string
  subject: string
  subjectId: string
}): string {
  const what = isOf(subjectLabels, subject) ? subjectLabels[subject] : subject
  return `${isOf(verbLabels, verb) ? verbLabels[verb] : verb}: ${what.toLowerCase()} ${subjectId}`
}

/** Figures that are words of a vocabulary. */
const DATA_WORDS: Record<string, Record<string, string>> = {
  decision: officeLabels.decision,
  document: { minutes: 'biên bản', population: 'danh sách mã trường hợp' },
  purpose: officeLabels.openingPurpose,
  result: officeLabels.pickResult,
  role: labels.role,
  state: labels.assignmentState,
  way: sharingWays,
  association: labels.association,
  scopes: officeLabels.apiScope,
  changed: {
    ...indicatorFieldLabels,
    goal: 'Mục tiêu',
    ...Object.fromEntries(Object.entries(parameterTexts).map(([parameter, { name }]) => [parameter, name])),
  },
}

/** The figures of an event: "từ 12, thành 15"; empty where it has none. `nameOf`: what its campaign calls an indicator. */
export function explainEventData(data: Record<string, unknown>, nameOf: (indicator: string) => string): string {
  return Object.entries(data)
    .filter(([, value]) => value !== null && value !== '')
    .map(
      ([name, value]) =>
        `${DATA_LABELS[name] ?? name} ${[value]
          .flat()
          .map(one => (name === 'indicator' ? nameOf(String(one)) : plain(name, one)))
          .join('; ')}`,
    )
    .join(', ')
}

function plain(name: string, value: unknown): string {
  if (typeof value === 'boolean') return value ? 'có' : 'không'
  if (typeof value === 'number' && name === 'at') return formatInstant(value)
  if (typeof value !== 'string') return typeof value === 'object' ? JSON.stringify(value) : String(value)
  return DATA_WORDS[name]?.[value] ?? (isDay(value) ? formatDay(value) : value)
}

function isOf<Word extends string>(words: Record<Word, string>, word: string): word is Word {
  return Object.hasOwn(words, word)
}
