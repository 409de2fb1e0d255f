import type {
  ColumnProblem,
  Effect,
  ExtractColumn,
  LookupPurpose,
  PassedOver,
  RowProblem,
  RowReason,
} from '#app/domain/extract.ts'
import type { TableReason } from '#app/domain/list.ts'
import type { ExtractState } from '#app/domain/vocabulary.ts'
import { formatNumber } from './format.ts'
import { listProblems } from './list.ts'
import { numberProblems } from './number.ts'

export const extractStates: Record<ExtractState, string> = {
  reading: 'Chờ đọc',
  refused: 'Không đọc được',
  read: 'Chờ áp dụng',
  applying: 'Đang áp dụng',
  applied: 'Đã áp dụng',
  undoing: 'Đang hủy áp dụng',
  undone: 'Đã hủy',
}

/** Why a file was refused; nothing has changed. */
export const tableReasons: Record<TableReason, string> = {
  legacy_xls:
    'Tệp ở định dạng Excel cũ (.xls). Anh/chị mở tệp, chọn Lưu thành (Save As) kiểu .xlsx hoặc CSV rồi tải lên lại.',
  web_page:
    'Tệp là trang web được lưu với đuôi Excel. Anh/chị mở tệp bằng Excel, chọn Lưu thành (Save As) kiểu .xlsx rồi tải lên lại.',
  open_document:
    'Tệp ở định dạng OpenDocument (.ods). Anh/chị mở tệp, chọn Lưu thành (Save As) kiểu Excel .xlsx rồi tải lên lại.',
  password_protected: 'Tệp được đặt mật khẩu nên chưa đọc được. Anh/chị bỏ mật khẩu của tệp rồi tải lên lại.',
  truncated: 'Tệp bị hỏng hoặc tải lên chưa trọn vẹn. Anh/chị xuất lại từ hệ thống gốc rồi tải lên lại.',
  too_large:
    'Tệp quá lớn (trên 64 MB, trên 1.048.576 dòng, hoặc giải nén ra quá nhiều). Anh/chị chia thành nhiều tệp theo địa bàn.',
  no_sheet: 'Tệp không có trang tính nào.',
  not_a_table: 'Tệp không phải là bảng. Anh/chị tải lên tệp Excel (.xlsx) hoặc CSV.',
  wrong_encoding: 'Không đọc được chữ trong tệp. Anh/chị lưu tệp CSV theo mã UTF-8, UTF-16 hoặc Windows-1258.',
  blank_rows:
    'Tệp có hơn 10.000 dòng trống liền nhau. Anh/chị chép riêng phần có số liệu sang một tệp mới rồi tải lên lại.',
  merged_rows:
    'Cột đã chọn có ô gộp qua nhiều dòng, nên chưa rõ giá trị của từng dòng. Anh/chị bỏ gộp ô, ghi đủ từng dòng rồi tải lên lại.',
  no_rows: 'Tệp không có dòng số liệu nào.',
  expired: 'Tệp tải lên không còn được giữ. Anh/chị tải lên lại.',
}

export const extractColumns: Record<ExtractColumn, { label: string; hint?: string }> = {
  number: { label: 'Số định danh', hint: '12 chữ số' },
  phone: { label: 'Số thuê bao' },
  code: { label: 'Mã trường hợp', hint: 'Có trong tệp tra cứu đã xuất, dạng HT-123' },
  level: { label: 'Mức độ hoặc trạng thái', hint: 'Như mức 1, mức 2, đã kích hoạt, chưa kích hoạt, chưa đăng ký' },
  activatedOn: { label: 'Ngày kích hoạt' },
  ownName: { label: 'Chính chủ', hint: 'x hoặc có, không' },
  signature: { label: 'Có chữ ký số', hint: 'x hoặc có, không' },
  signedOn: { label: 'Ngày cấp chữ ký số' },
  has4g: { label: 'Dùng 4G', hint: 'x, có hoặc 4G' },
}

export const columnProblems: Record<ColumnProblem, string> = {
  subject_column_needed: 'Cần cho biết cột để nhận ra người dân: số định danh, số thuê bao hoặc mã trường hợp.',
  outcome_column_needed: 'Cần cho biết ít nhất một cột kết quả: chữ ký số, ngày cấp chữ ký số hoặc 4G.',
  day_order_needed: listProblems.days_unsaid,
  hidden_needed: listProblems.hidden_unsaid,
  fonts_needed: listProblems.fonts_unsaid,
  column_used_twice: 'Một cột của tệp đang được chọn cho hai nội dung.',
}

const rowReasons: Record<RowReason, string> = {
  subject_missing: 'không có số định danh, số thuê bao hoặc mã trường hợp',
  ...numberProblems,
  code_unreadable: 'mã trường hợp không đúng dạng HT-123',
  code_unknown: 'không có trường hợp nào mang mã này',
  level_unreadable: 'chưa hiểu mức độ, trạng thái; ghi như “Đã kích hoạt mức 2” hoặc “Chưa kích hoạt”',
  mark_unreadable: 'chưa hiểu dấu có hoặc không',
  day_unreadable: 'chưa hiểu ngày; cần dạng 05/4/2024',
  day_in_future: 'ngày ở sau hôm nay',
  day_after_as_of: 'ngày ở sau ngày của số liệu',
  state_disagrees: 'ghi là chưa nhưng lại có ngày',
  formula_unsaved: 'ô là công thức chưa có kết quả; mở bằng Excel và lưu lại',
  conflicting: 'trùng người nhưng khác nội dung',
}

/** Why a row was not taken: "thiếu …". */
export const explainReason = (reason: RowReason): string => rowReasons[reason]

/** Names one row that was not taken: "12", or "12 với dòng 9" where another says otherwise. */
export const nameRow = ({ row, otherRow }: RowProblem): string =>
  otherRow === undefined ? formatNumber(row) : `${formatNumber(row)} với dòng ${formatNumber(otherRow)}`

/** Rows below the head that were not read as a person's: "2 dòng: …". */
export const passedRows: Record<PassedOver | 'hidden', string> = {
  head: 'lặp lại tiêu đề của bảng',
  section: 'tên của một phần danh sách',
  footer: 'tổng cộng, nơi và ngày lập, người ký',
  hidden: 'đang bị ẩn trong tệp, được bỏ qua như anh/chị chọn',
}

export const effectLabels: Record<Effect, { label: string; note: string }> = {
  verified: { label: 'Thêm đã đối chiếu', note: 'Số liệu khớp với kết quả đã ghi' },
  rejected: {
    label: 'Thôi được tính',
    note: 'Đang được tính; danh sách đầy đủ không có, hoặc kích hoạt từ trước',
  },
  other: { label: 'Thay đổi khác', note: 'Đổi lý do, chuyển người được tính, hoặc chờ kiểm tra lại' },
  unchanged: { label: 'Không thay đổi', note: 'Kết quả xét giữ nguyên' },
}

export const lookupPurposes: Record<LookupPurpose, string> = {
  verify: 'Đối chiếu kết quả với cơ sở dữ liệu',
  complaint: 'Giải quyết phản ánh, khiếu nại',
  inspection: 'Phục vụ kiểm tra',
}

/** The words of files of look-ups. */
export const lookupWords = {
  title: 'DANH SÁCH TRA CỨU',
  sheet: 'Tra cứu',
  code: 'Mã trường hợp',
  number: 'Số định danh',
  phone: 'Số thuê bao',
  /** what a look-up of the police's data may answer; `readLevel` knows each */
  levels: ['Đã kích hoạt mức 2', 'Đã kích hoạt mức 1', 'Chưa kích hoạt', 'Chưa đăng ký'],
  state: { police: 'Trạng thái', telecom: 'Có chữ ký số' },
  day: { police: 'Ngày kích hoạt', telecom: 'Ngày cấp chữ ký số' },
  note: 'Tra cứu trên mạng nội bộ. Khi gửi lại chỉ cần cột mã và các cột kết quả; xóa cột số định danh, số thuê bao.',
}
