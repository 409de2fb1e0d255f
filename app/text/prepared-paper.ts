import type {
  ListObstacle,
  MinutesObstacle,
  PaperCheck,
  PreparedKind,
  ReportObstacle,
} from '#app/domain/prepared-paper.ts'
import { formatDay, formatInstant } from './format.ts'

/** What a prepared paper is called. */
export const preparedLabels: Record<PreparedKind, string> = {
  pledge_list: 'Danh sách cam kết',
  report: 'Báo cáo',
  minutes: 'Biên bản kiểm tra',
}

/** What a signed paper proves, in a sentence for anybody. */
export const provesTexts: Record<PreparedKind, string> = {
  pledge_list:
    'Mỗi chữ ký hợp lệ là bản cam kết của chính người ký, với số người dân và thời hạn ghi trong danh sách. Chữ ký không nói về người chưa ký, cũng không thay cho việc kê khai SIM chính chủ.',
  report:
    'Chữ ký hợp lệ xác nhận báo cáo này của đơn vị, đúng từng số liệu được chốt khi lập. Báo cáo đính chính, nếu có, là văn bản khác.',
  minutes:
    'Chữ ký hợp lệ của hai thành viên tổ kiểm tra xác nhận kết quả kiểm tra ghi trong biên bản. Ý kiến của đơn vị được kiểm tra được ghi riêng.',
}

/** Why a valid signature on a list is no pledge now, and what to do. */
export const listObstacleTexts: Record<ListObstacle, string> = {
  unconfirmed: 'Chờ đơn vị xác nhận người ký, vì chứng thư số không có số định danh để đối chiếu.',
  own_is_newer: 'Người này đã tự ký cam kết mới sau khi lập danh sách; bản tự ký đó được giữ.',
  terms_changed: 'Chỉ tiêu đã đổi sau khi lập danh sách; người này ký lại trên danh sách mới hoặc trên ứng dụng.',
  elsewhere: 'Người này không còn công tác tại đơn vị.',
  campaign_over: 'Đợt cao điểm đã kết thúc nên không nhận thêm cam kết.',
}

/** Why a valid signature does not make the report a signed one now, and what to do. */
export const reportObstacleTexts: Record<ReportObstacle, string> = {
  unconfirmed: 'Chờ đơn vị xác nhận người ký, vì chứng thư số không có số định danh để đối chiếu.',
  too_old: 'Bản này lập đã quá 7 ngày nên số liệu đã cũ. Anh/chị lập bản mới từ trang báo cáo rồi ký.',
  superseded: 'Kỳ này đã có bản báo cáo khác được ký sau khi lập bản này. Nếu cần, anh/chị lập bản đính chính.',
  not_open: 'Kỳ báo cáo này chưa mở hoặc đã đóng.',
  rules_changed: 'Quy định của đợt đã đổi sau khi lập bản này. Anh/chị lập bản mới từ trang báo cáo rồi ký.',
}

/** Why a valid signature does not sign the inspection now, and what to do. */
export const minutesObstacleTexts: Record<MinutesObstacle, string> = {
  unconfirmed: 'Chờ chính người ký đăng nhập và xác nhận chữ ký, vì chứng thư số không có số định danh để đối chiếu.',
  results_changed: 'Kết quả kiểm tra đã được ghi thêm hoặc sửa sau khi lập biên bản. Tổ lập biên bản mới rồi ký lại.',
  concluded: 'Cuộc kiểm tra đã kết thúc bằng các chữ ký khác.',
  not_second: 'Hai người ký phải là hai người độc lập còn được giao kiểm tra đơn vị này.',
}

/** Says that nobody of the paper signed with this certificate, or that more than one may have. */
export const nobodyText = (holder: string) =>
  `Chứng thư số cấp cho “${holder}”, không khớp họ tên hoặc số định danh của ai được ký văn bản này.`
export const ambiguousText = (holder: string) =>
  `Có từ hai người tên “${holder}” được ký văn bản này, và chứng thư số không có số định danh để phân biệt. Người này ký bằng chứng thư số có số định danh.`
/** Says that a file's signature was kept before. */
export const keptBeforeText = 'Chữ ký này đã được ghi nhận trước đó.'
/** Says that somebody signed the paper before with another certificate. */
export const signedBeforeText = 'Người này đã ký văn bản này trước đó; chữ ký trước được giữ.'

/** Says that a file is of no paper of this page, and what to do. */
export const otherPaperText = 'Tệp này là của một văn bản khác. Anh/chị chọn đúng tệp đã tải từ trang này rồi ký.'
export const alteredPaperText =
  'Tệp không giữ nguyên bản do hệ thống chuẩn bị: phần mềm ký có thể đã ghi lại cả tệp, hoặc đây là bản quét. Anh/chị tải lại bản để ký từ trang này và ký bằng phần mềm chỉ thêm chữ ký vào cuối tệp; chưa có phần mềm như vậy thì nộp bản ký trên giấy.'

/** Tells of one kept signature when and how it was found valid, in sentences. */
export function describeSignature(check: PaperCheck & { confirmedAt: number | null }): string[] {
  const { validFromOn, validToOn, stampedAt, isSure, isRevocationKnown, checkedAt, confirmedAt } = check
  return [
    stampedAt === null
      ? `Hợp lệ khi kiểm tra lúc ${formatInstant(checkedAt)}; không có dấu thời gian tin cậy.`
      : `Ký trước ${formatInstant(stampedAt)}, theo dấu thời gian tin cậy.`,
    `Chứng thư số có hiệu lực ${formatDay(validFromOn)} – ${formatDay(validToOn)}, ${isRevocationKnown ? 'chưa bị thu hồi theo danh sách thu hồi' : 'chưa rõ thu hồi'}.`,
    isSure
      ? 'Số định danh trong chứng thư số khớp với hồ sơ.'
      : confirmedAt === null
        ? 'Họ tên khớp; chưa đối chiếu được số định danh.'
        : `Họ tên khớp; người ký được xác nhận lúc ${formatInstant(confirmedAt)}.`,
  ]
}
