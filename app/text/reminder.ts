import { campaignSlug } from '#app/domain/campaign.ts'
import type { Reminder, ReminderKind, ReminderPart } from '#app/domain/reminder.ts'
import { formatDay, formatNumber } from './format.ts'

const SENTENCES: Record<ReminderKind, (count: string) => string> = {
  nudge: () => 'Đơn vị nhắc anh/chị hoàn thành việc còn thiếu',
  pledge: () => 'Anh/chị chưa ký bản cam kết',
  obligations: count => `${count} nội dung bản thân chưa đạt, cần kê khai hoặc bổ sung`,
  citizens: count => `Cần thêm ${count} người dân được tính để đủ chỉ tiêu`,
  returned: count => `${count} trường hợp đơn vị trả lại, cần bổ sung`,
  appointments: count => `${count} cuộc hẹn với người dân hôm nay và ngày mai`,
  companion: count => `${count} lần đi cùng đồng nghiệp ghi, chờ anh/chị đồng ý`,
  corrections: count => `${count} đề nghị sửa hồ sơ chờ anh/chị xác nhận`,
  join_offers: count => `${count} lời mời tham gia chi hội, tổ chờ trả lời`,
  confirm_help: count => `${count} trường hợp chờ xác nhận`,
  confirm_obligations: count => `${count} nội dung bản thân của cán bộ chờ xác nhận`,
  disputes: count => `${count} đề nghị xem xét lại người được tính`,
  exemptions: count => `${count} đề nghị miễn, giảm chờ quyết định`,
  exemption_scans: count => `${count} văn bản miễn, giảm chưa có bản chụp`,
  transfers: count => `${count} người được đề nghị chuyển đến, chờ đơn vị trả lời`,
  receipts: count => `${count} người kích hoạt bằng mã do người khác cấp, chờ ghi đã tự nhận tài khoản`,
  inspection_answer: count => `${count} cuộc kiểm tra chờ đơn vị trả lời`,
  inspection_signatures: count => `${count} cuộc kiểm tra chờ chữ ký thứ hai`,
  appeals: count => `${count} kiến nghị về kết quả kiểm tra chờ quyết định`,
  reconsiderations: count => `${count} đề nghị xem lại chờ quyết định`,
  report_asked: count => `Cấp trên nhắc: ${count} báo cáo chưa ký gửi`,
  report: count => `${count} báo cáo chưa ký gửi`,
  due_process: count => `${count} bước xem xét trách nhiệm chờ anh/chị`,
  own_reset: () =>
    'Mật khẩu của anh/chị vừa được đặt lại bằng mã mới; nếu không phải anh/chị nhận mã, báo ngay cấp trên',
  root_head_reset: () => 'Mật khẩu của một người đứng đầu cấp tỉnh vừa được đặt lại',
  closing: () => 'Có đề nghị kết thúc đợt hoặc hủy danh sách được phân công, chờ người thứ hai xác nhận',
  recount: count => `${count} người, tập thể nay có kết quả khác kết quả đã chốt; đề nghị tính lại`,
  keys_announced: () => 'Có đề nghị hủy dữ liệu của một đợt; anh/chị xem và rút được nếu chưa đúng',
  grant_requests: count => `${count} đề nghị vai trò chờ anh/chị đồng ý`,
}

const OWN_PAGES: Partial<Record<ReminderKind, string>> = {
  nudge: '/danh-gia/cua-toi',
  pledge: '/cam-ket',
  obligations: '/nghia-vu',
  citizens: '/ho-tro/moi',
  returned: '/ho-tro',
  appointments: '/phan-cong',
  companion: '/di-cung',
  due_process: '/',
  join_offers: '/loi-moi',
  corrections: '/sua-ho-so',
  inspection_signatures: '/kiem-tra',
  appeals: '/kiem-tra',
  reconsiderations: '/kiem-tra/de-nghi',
  own_reset: '/tai-khoan',
  grant_requests: '/quan-tri/vai-tro',
  receipts: '/quan-tri/tai-khoan/tu-nhan',
  closing: '/ket-thuc',
  recount: '/ket-thuc',
  keys_announced: '/quan-tri',
}
const UNIT_PAGES: Partial<Record<ReminderKind, string>> = {
  confirm_help: '/xac-nhan',
  confirm_obligations: '/xac-nhan',
  disputes: '/tranh-chap',
  exemptions: '/mien-giam',
  exemption_scans: '/mien-giam',
  transfers: '/chuyen',
  receipts: '/tu-nhan',
  report_asked: '/bao-cao',
  report: '/bao-cao',
}

/** Words a reminder: "12 trường hợp chờ xác nhận, hạn 14/6/2024". */
export function reminderSentence({ kind, count, dueOn }: Reminder): string {
  return `${SENTENCES[kind](formatNumber(count))}${dueOn === null ? '' : `, hạn ${formatDay(dueOn)}`}`
}

/** The page on which the reminder is dealt with. */
export function reminderPage({ kind, unit }: Reminder): string {
  if (unit === null) return OWN_PAGES[kind] ?? '/'
  return kind === 'inspection_answer' ? '/kiem-tra' : `/don-vi/${unit.id}${UNIT_PAGES[kind] ?? ''}`
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
  const pathOf = (code: string | null, row: Reminder) =>
    isOne || code === null ? reminderPage(row) : pathIn(code, reminderPage(row))
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
        ...reminderLines(reminders, row => `${address}${pathOf(code, row)}`),
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

/** One's own tasks, then each unit's, a line each with its link. */
function reminderLines(reminders: readonly Reminder[], linkOf: (row: Reminder) => string): string[] {
  const part = (title: string, rows: readonly Reminder[]) =>
    rows.length === 0 ? [] : [title, ...rows.map(row => `- ${reminderSentence(row)}: ${linkOf(row)}`), '']
  const units = new Map(reminders.flatMap(({ unit }) => (unit ? [[unit.id, unit.name]] : [])))
  return [
    ...part(
      'Việc của anh/chị:',
      reminders.filter(({ unit }) => unit === null),
    ),
    ...[...units].flatMap(([id, unitName]) =>
      part(
        `${unitName}:`,
        reminders.filter(({ unit }) => unit?.id === id),
      ),
    ),
  ]
}

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
