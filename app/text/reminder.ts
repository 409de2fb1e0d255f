import { campaignSlug } from '#app/domain/campaign.ts'
import { daysOverdue, type Reminder, type ReminderKind, type ReminderPart } from '#app/domain/reminder.ts'
import type { Carrier } from '#app/domain/vocabulary.ts'
import { formatDay, formatNumber } from './format.ts'
import { proofWayActs, proofWayTexts } from './proof-way.ts'
import { labels } from './vocabulary.ts'

const SENTENCES: Record<ReminderKind, (count: string, row: Reminder) => string> = {
  own_reset: () =>
    'Mật khẩu của anh/chị vừa được đặt lại bằng mã mới; nếu không phải anh/chị nhận mã, báo ngay cấp trên',
  root_head_reset: () => 'Mật khẩu của một người đứng đầu cấp tỉnh vừa được đặt lại',
  keys_announced: () => 'Có đề nghị hủy dữ liệu của một đợt; anh/chị xem và rút được nếu chưa đúng',
  grant_requests: count => `${count} đề nghị vai trò chờ anh/chị đồng ý`,
  nudge: () => 'Đơn vị nhắc anh/chị hoàn thành việc còn thiếu',
  pledge: () => 'Anh/chị chưa ký bản cam kết',
  pledge_passed: (count, row) => `${count} nội dung bản thân đã qua ngày anh/chị cam kết${soonest(row)}`,
  certificate: (_, { on = '' }) => `Chứng thư chữ ký số của anh/chị hết hạn ${formatDay(on)}, trước ngày kết thúc đợt`,
  obligations: (count, row) => `${count} nội dung bản thân chưa đạt, cần kê khai hoặc bổ sung${soonest(row)}`,
  citizens: (count, { of = 0 }) =>
    `Cần thêm ${count} người dân được tính để đủ chỉ tiêu${of > 0 ? ` (${formatNumber(of)} đang chờ đơn vị xác nhận)` : ''}`,
  returned: count => `${count} trường hợp đơn vị trả lại, cần bổ sung`,
  to_look_at: count => `${count} trường hợp chưa được tính, cần anh/chị xem lại`,
  appointments: count => `${count} cuộc hẹn với người dân hôm nay và ngày mai`,
  companion: count => `${count} lần đi cùng đồng nghiệp ghi, chờ anh/chị đồng ý`,
  join_offers: count => `${count} lời mời tham gia chi hội, tổ chờ trả lời`,
  corrections: count => `${count} đề nghị sửa hồ sơ chờ anh/chị xác nhận`,
  explain: count => `${count} hồ sơ xem xét chờ giải trình, kiến nghị của anh/chị`,
  confirm_help: count => `${count} trường hợp chờ xác nhận`,
  confirm_obligations: count => `${count} nội dung bản thân của cán bộ chờ xác nhận`,
  disputes: count => `${count} đề nghị xem xét lại người được tính`,
  exemptions: count => `${count} đề nghị miễn, giảm chờ quyết định`,
  exemption_scans: count => `${count} văn bản miễn, giảm chưa có bản chụp`,
  transfers: count => `${count} người được đề nghị chuyển đến, chờ đơn vị trả lời`,
  receipts: count => `${count} người kích hoạt bằng mã do người khác cấp, chờ ghi đã tự nhận tài khoản`,
  inspection_answer: count => `${count} cuộc kiểm tra chờ đơn vị trả lời`,
  report_asked: count => `Cấp trên nhắc: ${count} báo cáo chưa ký gửi`,
  report_overdue: count => `${count} báo cáo đã đến hạn, chưa ký gửi`,
  report: count => `${count} báo cáo sắp đến hạn, chưa ký gửi`,
  silent_units: (count, { of = 1 }) =>
    of > 1 ? `${count} đơn vị trực thuộc chưa gửi báo cáo hai kỳ liền` : `${count} đơn vị trực thuộc chưa gửi báo cáo`,
  judge: count => `${count} hồ sơ xem xét chờ ý kiến, quyết định của anh/chị`,
  idle: count => `${count} người chưa ghi trường hợp nào`,
  not_signed_in: count => `${count} người chưa đăng nhập lần nào`,
  inspection_sheets: (count, { of = 0 }) => `Kiểm tra: còn ${count}/${formatNumber(of)} phiếu chưa có kết quả`,
  inspection_signatures: count => `${count} cuộc kiểm tra chờ chữ ký thứ hai`,
  appeals: count => `${count} kiến nghị về kết quả kiểm tra chờ quyết định`,
  reconsiderations: count => `${count} đề nghị xem lại chờ quyết định`,
  difficulties: count => `${count} khó khăn chờ trả lời`,
  answers: count => `${count} khó khăn đơn vị nêu vừa có câu trả lời`,
  citizen_requests: count => `${count} yêu cầu của người dân về dữ liệu của mình`,
  old_extract: (count, { at = '' }) => `Số liệu trích xuất của ${sourceName(at)} đã ${count} ngày`,
  no_extract: (_, { at = '' }) => `Chưa có số liệu trích xuất của ${sourceName(at)}`,
  unconcluded: count => `${count} cuộc kiểm tra có kết quả sai, chưa có kết luận`,
  findings_wanted: count => `${count} cuộc kiểm tra có kết quả sai, cơ quan thường trực chưa kết luận`,
  offers_ending: count => `${count} ưu đãi sắp hết hạn`,
  offer_wishes: count => `${count} nguyện vọng nhận ưu đãi chưa chuyển cho nhà mạng`,
  round_home_affairs: count => `${count} hồ sơ chờ Sở Nội vụ xem`,
  round_council: count => `${count} hồ sơ chờ Hội đồng`,
  round_decision: count => `${count} hồ sơ chờ quyết định`,
  changed_candidates: count => `${count} hồ sơ có kết quả thay đổi sau khi đề nghị`,
  open_gates: count => `${count} vướng mắc chưa ghi ngày hết`,
  closing: () => 'Có đề nghị kết thúc đợt hoặc hủy danh sách được phân công, chờ người thứ hai xác nhận',
  close_campaign: () => 'Đã đến ngày kết thúc đợt: các việc cần xong trước khi chốt kết quả',
  recount: count => `${count} người, tập thể nay có kết quả khác kết quả đã chốt; đề nghị tính lại`,
  go_live: count => `${count} việc phải xong trước khi vận hành chính thức`,
  failed_jobs: count => `${count} công việc của máy chủ chưa xong trong 7 ngày qua`,
  failed_backup: () => 'Lần sao lưu gần nhất chưa xong',
  chain_unchecked: (_, { on }) => `Nhật ký ${checkedOn(on)}`,
  facts_unchecked: (_, { on }) => `Dữ liệu đối chiếu với nhật ký ${checkedOn(on)}`,
}

/** Names the act that proves one of the parts soonest; '' where none does. */
const soonest = ({ quickest }: Reminder) => (quickest ? `; nhanh nhất: ${proofWayTexts[quickest.way]}` : '')

const checkedOn = (on: string | undefined) =>
  on === undefined ? 'chưa được kiểm tra lần nào' : `được kiểm tra khớp lần cuối ngày ${formatDay(on)}`

/** Police and carriers, by the word of a source. */
const sourceName = (source: string) =>
  source === 'police' ? 'Công an' : (labels.carrier[source as Carrier] ?? 'nhà mạng')

type Page = { act: string; own?: string; unit?: string }
const OPEN = 'Mở'

/** What is done about a row, and where: a page of one's own, or below the unit's. */
const PAGES: Record<ReminderKind, Page> = {
  own_reset: { act: OPEN, own: '/tai-khoan' },
  root_head_reset: { act: OPEN, own: '/tai-khoan' },
  keys_announced: { act: OPEN, own: '/quan-tri' },
  grant_requests: { act: 'Xem', own: '/quan-tri/vai-tro' },
  nudge: { act: 'Xem', own: '/danh-gia/cua-toi' },
  pledge: { act: 'Ký cam kết', own: '/cam-ket' },
  pledge_passed: { act: 'Kê khai', own: '/nghia-vu' },
  certificate: { act: 'Kê khai lại', own: '/nghia-vu/sim_signature' },
  obligations: { act: 'Kê khai', own: '/nghia-vu' },
  citizens: { act: 'Thêm', own: '/ho-tro/moi' },
  returned: { act: 'Bổ sung', own: '/ho-tro' },
  to_look_at: { act: 'Xem', own: '/ho-tro' },
  appointments: { act: OPEN, own: '/phan-cong' },
  companion: { act: 'Trả lời', own: '/di-cung' },
  join_offers: { act: 'Trả lời', own: '/loi-moi' },
  corrections: { act: 'Trả lời', own: '/sua-ho-so' },
  explain: { act: 'Giải trình', own: '/xem-xet' },
  confirm_help: { act: 'Xác nhận', unit: '/xac-nhan' },
  confirm_obligations: { act: 'Xác nhận', unit: '/xac-nhan' },
  disputes: { act: 'Quyết định', unit: '/tranh-chap' },
  exemptions: { act: 'Quyết định', unit: '/mien-giam' },
  exemption_scans: { act: 'Bổ sung', unit: '/mien-giam' },
  transfers: { act: 'Trả lời', unit: '/chuyen' },
  receipts: { act: 'Xem', own: '/quan-tri/tai-khoan/tu-nhan', unit: '/tu-nhan' },
  inspection_answer: { act: 'Trả lời', own: '/kiem-tra' },
  report_asked: { act: 'Xem và ký', unit: '/bao-cao' },
  report_overdue: { act: 'Xem và ký', unit: '/bao-cao' },
  report: { act: 'Xem', unit: '/bao-cao' },
  silent_units: { act: 'Xem', unit: '/bao-cao' },
  judge: { act: OPEN, own: '/xem-xet' },
  idle: { act: 'Nhắc', unit: '/nhac-viec' },
  not_signed_in: { act: 'In phiếu', unit: '/ma-kich-hoat' },
  inspection_sheets: { act: 'Mở phiếu', own: '/kiem-tra' },
  inspection_signatures: { act: 'Ký', own: '/kiem-tra' },
  appeals: { act: 'Quyết định', own: '/kiem-tra' },
  reconsiderations: { act: 'Quyết định', own: '/kiem-tra/de-nghi' },
  difficulties: { act: 'Xem', own: '/kho-khan' },
  answers: { act: 'Đọc', own: '/kho-khan' },
  citizen_requests: { act: 'Trả lời', own: '/yeu-cau' },
  old_extract: { act: 'Nạp số liệu', own: '/doi-chieu' },
  no_extract: { act: 'Nạp số liệu', own: '/doi-chieu' },
  unconcluded: { act: 'Xem', own: '/kiem-tra' },
  findings_wanted: { act: '' },
  offers_ending: { act: 'Xem', own: '/uu-dai' },
  offer_wishes: { act: 'Mở', own: '/uu-dai' },
  round_home_affairs: { act: OPEN, own: '/khen-thuong' },
  round_council: { act: OPEN, own: '/khen-thuong' },
  round_decision: { act: OPEN, own: '/khen-thuong' },
  changed_candidates: { act: 'Xem', own: '/khen-thuong' },
  open_gates: { act: 'Xem', own: '/xem-xet/vuong-mac' },
  closing: { act: 'Xem', own: '/ket-thuc' },
  close_campaign: { act: OPEN, own: '/ket-thuc' },
  recount: { act: 'Xem', own: '/ket-thuc' },
  go_live: { act: OPEN, own: '/quan-tri/van-hanh' },
  failed_jobs: { act: 'Xem', own: '/quan-tri/van-hanh' },
  failed_backup: { act: 'Xem', own: '/quan-tri/van-hanh' },
  chain_unchecked: { act: 'Kiểm tra', own: '/nhat-ky' },
  facts_unchecked: { act: 'Xem', own: '/nhat-ky' },
}

/** Of these the address names the one thing that the row is about. */
const OF_ONE: readonly ReminderKind[] = [
  'answers',
  'explain',
  'judge',
  'report_asked',
  'report_overdue',
  'report',
  'inspection_sheets',
  'round_home_affairs',
  'round_council',
  'round_decision',
  'changed_candidates',
]

/** What waits, without its day: "12 trường hợp chờ xác nhận"; the same words on pages and in mail. */
export const reminderWhat = (row: Reminder): string => SENTENCES[row.kind](formatNumber(row.count), row)

/** Until when, or since how many days it should have been done: "Hạn 14/6/2024", "Quá hạn 47 ngày"; '' without a day. */
export function reminderDue(row: Reminder, today: string): string {
  const { dueOn } = row
  if (dueOn === null) return ''
  const late = daysOverdue(row, today)
  if (late > 0) return `Quá hạn ${formatNumber(late)} ngày`
  return dueOn === today ? 'Hôm nay' : `Hạn ${formatDay(dueOn)}`
}

/** The page on which the reminder is dealt with, and what is done there; null: the reader only asks about it. */
export function reminderAct({ kind, unit, at, quickest }: Reminder): { to: string; act: string } | null {
  if (quickest) return { to: `/nghia-vu/${quickest.part}`, act: proofWayActs[quickest.way] }
  const { act, own, unit: below } = PAGES[kind]
  const page = unit !== null && below !== undefined ? `/don-vi/${unit.id}${below}` : own
  if (page === undefined) return null
  return { to: at !== undefined && OF_ONE.includes(kind) ? `${page}/${at}` : page, act }
}

/**
 * A day's mail: counts and links only, for mail is read by others too. Each campaign is named; `isOne`: a single one is
 * at work, so links need not say whose they are.
 */
export function digestMail(
  { name, parts, chain }: { name: string; parts: readonly ReminderPart[]; chain: string | null },
  { today, address, isOne }: { today: string; address: string; isOne: boolean },
): { subject: string; text: string } {
  const count = parts.reduce((sum, { reminders }) => sum + reminders.length, 0)
  const linkOf = (code: string | null, row: Reminder) => {
    const act = reminderAct(row)
    if (act === null) return ''
    return `: ${address}${isOne || code === null ? act.to : pathIn(code, act.to)}`
  }
  return {
    subject:
      count > 0
        ? `4 phủ: ${formatNumber(count)} việc cần làm, ngày ${formatDay(today)}`
        : `4 phủ: đầu chuỗi nhật ký ngày ${formatDay(today)}`,
    text: [
      `Kính gửi anh/chị ${name},`,
      '',
      ...parts.flatMap(({ code, reminders }) => [
        ...(code === null ? (isOne ? [] : ['Việc chung của các đợt', '']) : [`Đợt cao điểm theo KH ${code}`, '']),
        ...reminders.map(row => `- ${reminderLine(row, today)}${linkOf(code, row)}`),
        '',
      ]),
      ...(chain === null
        ? []
        : [`Đầu chuỗi nhật ký: ${chain}`, 'Anh/chị giữ thư này để đối chiếu tại trang Nhật ký.', '']),
      `Thư gửi nhiều nhất một lần mỗi ngày. Để không nhận nữa, anh/chị bỏ chọn tại ${address}/tai-khoan/thu-nhac.`,
    ].join('\n'),
  }
}

/** A page of one campaign, opened by way of the choice of campaigns where a session shows another. */
const pathIn = (code: string, page: string) => `/dot?${new URLSearchParams({ dot: campaignSlug(code), den: page })}`

/** A row in one line, with its unit and day and without any person's name: "31 trường hợp chờ xác nhận, UBND xã A. Hạn 03/7/2024". */
export const reminderLine = (row: Reminder, today: string): string =>
  [[reminderWhat(row), row.unit?.name].filter(Boolean).join(', '), reminderDue(row, today)].filter(Boolean).join('. ')

/** A message to be sent to a unit's group: days left and a link, no name and no figure of anybody. */
export function groupMessage(
  about: 'reminders' | 'worklist',
  { campaign, left, address }: { campaign: string; left: number; address: string },
): string {
  const days = left > 0 ? `còn ${formatNumber(left)} ngày` : 'đã đến ngày kết thúc'
  const start = `Đợt cao điểm “4 phủ” (KH ${campaign}) ${days}. Anh/chị vui lòng mở`
  return about === 'worklist'
    ? `${start} danh sách được phân công để hẹn, đến từng nhà và ghi kết quả: ${address}/phan-cong`
    : `${start} trang của mình để xem việc còn thiếu và ghi kết quả hỗ trợ người dân: ${address}/`
}
