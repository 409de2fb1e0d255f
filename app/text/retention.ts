import { RETENTION_DAYS, type RetentionRule } from '#app/domain/retention.ts'

/** Data that is removed automatically: its name, the start of its period, and the reason for the period. */
export const retentionTexts: Record<RetentionRule, { title: string; since: string; why: string }> = {
  import_content: {
    title: 'Nội dung tệp danh sách tải lên',
    since: 'tải lên',
    why: 'Đủ để xem trước và áp dụng; áp dụng xong thì xóa ngay.',
  },
  paper_bundle: {
    title: 'Bộ văn bản của đợt xét',
    since: 'lập',
    why: 'Đủ để tải về; văn bản lập lại được bất cứ lúc nào.',
  },
  sign_in_ticket: {
    title: 'Lượt đăng nhập chờ bước thứ hai',
    since: 'hết hạn',
    why: 'Hết hạn thì không dùng được nữa.',
  },
  activation_code: {
    title: 'Mã kích hoạt chưa mở tài khoản nào',
    since: 'thay thế hoặc hết hạn',
    why: 'Đủ để giải đáp khi cán bộ báo mã không dùng được. Mã đã mở tài khoản được giữ để biết ai cấp.',
  },
  remembered_device: {
    title: 'Thiết bị được ghi nhớ và mã PIN',
    since: 'dùng lần cuối',
    why: 'Máy lâu không dùng có thể đã đổi chủ; đăng nhập lại bằng mật khẩu.',
  },
  push_subscription: {
    title: 'Máy nhận nhắc việc',
    since: 'chủ máy đặt hoặc gia hạn lần cuối',
    why: 'Đủ cho một đợt; máy lâu không dùng có thể đã đổi chủ.',
  },
  job: {
    title: 'Công việc nền đã xong',
    since: 'xong',
    why: 'Đủ hết một đợt để xem lại kết quả nhập, đối chiếu.',
  },
  device_account: {
    title: 'Thiết bị từng đăng nhập',
    since: 'dùng lần cuối',
    why: 'Để chủ tài khoản vẫn vào được khi có người dò mật khẩu.',
  },
  citizen_request_text: {
    title: 'Lời nhắn và trả lời yêu cầu của người dân',
    since: 'giải quyết xong',
    why: 'Đủ để giải quyết khiếu nại; loại yêu cầu và ngày vẫn giữ để thống kê.',
  },
  signed_file: {
    title: 'Tệp cam kết đã ký số',
    since: 'tải lên',
    why: 'Chứng thư số trong tệp mang số định danh của người ký. Kết quả kiểm tra chữ ký vẫn giữ.',
  },
  access_log: {
    title: 'Lượt mở dữ liệu người dân',
    since: 'mở',
    why: 'Đủ để kiểm tra, trả lời người dân ai đã xem dữ liệu của họ.',
  },
}

/** Says how long data is kept: "7 ngày sau khi tải lên". */
export function explainRetention(rule: RetentionRule): string {
  const days = RETENTION_DAYS[rule]
  const { since } = retentionTexts[rule]
  if (days === 0) return `đến khi ${since}`
  return days % 365 === 0 ? `${days / 365} năm sau khi ${since}` : `${days} ngày sau khi ${since}`
}

/** What does not go by a rule of days. */
export const lastingTexts: readonly { title: string; kept: string; why: string }[] = [
  {
    title: 'Phiên đăng nhập, số lần đăng nhập sai',
    kept: 'đến khi hết hạn (địa chỉ mạng của tài khoản từng đăng nhập: 30 ngày, đã băm), xóa mỗi giờ',
    why: 'Hết hạn thì không dùng được nữa.',
  },
  {
    title: 'Dữ liệu của người dân trong một đợt',
    kept: 'đến khi hủy khóa của đợt',
    why: 'Cần cho kiểm tra, kiến nghị và kết quả xét; hai người cùng hủy khóa khi đợt đã xong.',
  },
  {
    title: 'Nhật ký',
    kept: 'không xóa',
    why: 'Chứng minh ai đã làm gì; không ghi dữ liệu của người dân.',
  },
  {
    title: 'Số liệu đã công khai',
    kept: 'không xóa',
    why: 'Đã công bố; không có dữ liệu của cá nhân.',
  },
]
