import type {
  HELP_ROW_PROBLEMS,
  HelpColumn,
  HelpFate,
  HelpFileReason,
  HelpRowProblem,
} from '#app/domain/help-import.ts'
import {
  CARRIERS,
  CONSENT_CHANNELS,
  HELP_PLACES,
  OUTCOME_VALUES,
  OUTCOMES,
  type Outcome,
} from '#app/domain/vocabulary.ts'
import { tableReasons } from './extract.ts'
import { explainProblem } from './problem.ts'
import { labels } from './vocabulary.ts'

type Header = { header: string; hint: string; synonyms: readonly string[] }

const outcomeHeader = (outcome: Outcome, synonyms: readonly string[]): Header => ({
  header: labels.outcome[outcome],
  hint: 'Ngày đạt (12/6/2024); hoặc x nếu đạt ngay ngày hỗ trợ; “Đã có từ trước”; “Chưa”. Để trống nếu không rõ.',
  synonyms,
})

/** Heads of the template's columns; synonyms are folded words of lists that are kept anyway. */
export const helpHeaders: Record<HelpColumn, Header> = {
  staffCode: {
    header: 'Mã cán bộ',
    hint: 'Mã của người đã hỗ trợ, như trong danh sách người thực hiện.',
    synonyms: ['ma cb', 'ma nguoi thuc hien', 'ma can bo ho tro'],
  },
  officialName: {
    header: 'Người thực hiện',
    hint: 'Họ tên người đã hỗ trợ; bắt buộc nếu không có mã cán bộ.',
    synonyms: ['can bo ho tro', 'nguoi ho tro', 'ho ten can bo', 'ten can bo', 'can bo'],
  },
  unit: {
    header: 'Đơn vị',
    hint: 'Đơn vị của người thực hiện; cần khi có nhiều người trùng tên.',
    synonyms: ['co quan', 'co quan don vi', 'don vi cong tac'],
  },
  citizenName: {
    header: 'Họ tên người dân',
    hint: 'Bắt buộc.',
    synonyms: ['ho va ten', 'ho ten', 'ho va ten nguoi dan', 'nguoi dan', 'ten nguoi dan', 'cong dan'],
  },
  citizenNumber: {
    header: 'Số định danh',
    hint: '12 chữ số trên thẻ căn cước; bắt buộc.',
    synonyms: [
      'so cccd',
      'cccd',
      'so ddcn',
      'ddcn',
      'so can cuoc',
      'so dinh danh ca nhan',
      'so can cuoc cong dan',
      'so cccd ddcn',
    ],
  },
  birth: {
    header: 'Ngày sinh hoặc năm sinh',
    hint: '12/3/1985 hoặc 1985; bắt buộc.',
    synonyms: ['ngay sinh', 'nam sinh', 'ngay thang nam sinh'],
  },
  phone: { header: 'Điện thoại', hint: 'Số di động.', synonyms: ['so dien thoai', 'sdt', 'dt', 'so dt'] },
  carrier: { header: 'Nhà mạng', hint: 'Viettel, VinaPhone, MobiFone…', synonyms: ['mang', 'nha cung cap'] },
  district: {
    header: 'Huyện, thị xã, thành phố',
    hint: 'Cần khi nhiều xã trùng tên.',
    synonyms: ['huyen', 'huyen thi xa', 'quan huyen'],
  },
  commune: {
    header: 'Xã, phường, thị trấn',
    hint: 'Nơi ở của người dân; bắt buộc.',
    synonyms: ['xa', 'xa phuong', 'phuong xa', 'xa phuong thi tran', 'noi o', 'dia ban'],
  },
  hamlet: {
    header: 'Ấp, thôn, khu phố',
    hint: '',
    synonyms: ['ap', 'thon', 'khu pho', 'thon ap', 'ap khu pho', 'ten ap'],
  },
  helpedOn: {
    header: 'Ngày hỗ trợ',
    hint: '12/6/2024; bắt buộc.',
    synonyms: ['ngay', 'ngay thuc hien', 'ngay giup', 'ngay ho tro nguoi dan'],
  },
  place: { header: 'Nơi hỗ trợ', hint: 'Chọn trong danh mục; bắt buộc.', synonyms: ['noi thuc hien', 'dia diem'] },
  vneid_installed: outcomeHeader('vneid_installed', ['cai dat vneid', 'vneid', 'cai vneid']),
  eid_activated: outcomeHeader('eid_activated', ['kich hoat dinh danh', 'kich hoat', 'kich hoat tai khoan', 'dddt']),
  sim_signature: outcomeHeader('sim_signature', [
    'sim chu ky so',
    'chu ky so',
    'sim chinh chu',
    'sim',
    'sim cks',
    'cks',
  ]),
  id_card_issued: outcomeHeader('id_card_issued', ['cap can cuoc', 'cap cccd']),
  eid_submitted: outcomeHeader('eid_submitted', ['thu nhan ho so', 'da thu nhan']),
  phone_4g: outcomeHeader('phone_4g', ['dien thoai 4g', '4g', 'smartphone 4g']),
  portal_account: outcomeHeader('portal_account', ['dich vu cong', 'tai khoan dich vu cong']),
  consentChannel: {
    header: 'Cách thể hiện đồng ý',
    hint: 'Chọn trong danh mục; bắt buộc.',
    synonyms: ['hinh thuc dong y', 'cach dong y'],
  },
  consent: {
    header: 'Người dân đồng ý',
    hint: 'x nếu người dân đã đồng ý để ghi thông tin; bắt buộc.',
    synonyms: ['dong y', 'su dong y'],
  },
  note: { header: 'Ghi chú', hint: 'Không ghi mật khẩu, mã OTP.', synonyms: ['ghi chu khac'] },
  recordCode: { header: 'Mã trường hợp', hint: 'Có trong danh sách tải về, dạng HT-123; giữ nguyên.', synonyms: [] },
}

const rowProblems: Record<(typeof HELP_ROW_PROBLEMS)[number], string> = {
  unreadable: 'Không đọc được ô này, anh/chị ghi lại theo hướng dẫn của cột.',
  formula_unsaved: 'Ô là công thức chưa có kết quả; anh/chị mở tệp bằng Excel và lưu lại.',
  official_missing: 'Chưa có mã cán bộ hoặc họ tên người thực hiện.',
  official_unknown: 'Không tìm thấy người thực hiện này trong đơn vị.',
  official_ambiguous: 'Có nhiều người trùng họ tên. Anh/chị ghi thêm mã cán bộ hoặc đơn vị.',
  official_disagrees: 'Mã cán bộ và họ tên không phải của cùng một người.',
  official_self: 'Trường hợp của chính anh/chị được ghi ở mục Hỗ trợ, không nhập hộ.',
  commune_unknown: 'Không có xã, phường, thị trấn này. Anh/chị xem lại tên xã và tên huyện, hoặc ghi mã.',
  commune_ambiguous: 'Nhiều xã, phường trùng tên. Anh/chị ghi thêm huyện, thị xã hoặc thành phố.',
  commune_unlisted: 'Không có xã, phường này. Anh/chị xem lại tên, hoặc ghi mã.',
  commune_kind_needed: 'Có xã và phường trùng tên. Anh/chị ghi rõ xã hay phường, hoặc ghi mã.',
  record_unknown: 'Không có trường hợp này trong phạm vi của anh/chị. Chép lại mã từ danh sách tải về, dạng HT-123.',
  record_differs: 'Khác với trường hợp đã ghi. Anh/chị sửa ở trang của trường hợp; ghi lại như cũ hoặc để trống ở đây.',
  repeated_row: 'Người dân này đã có ở một dòng trên của cùng người thực hiện.',
}

/** Explains why a row is not recorded, beside the cell it concerns. */
export function shortProblem(reason: HelpRowProblem['reason']): string {
  return reason in rowProblems ? rowProblems[reason as keyof typeof rowProblems] : explainProblem(reason)
}

/** The same after the name of its column. */
export function helpRowProblemSentence({ column, reason }: HelpRowProblem): string {
  return column === null ? shortProblem(reason) : `${helpHeaders[column].header}: ${shortProblem(reason)}`
}

/** The words that a column takes, to be offered where a cell is written again. */
export const helpChoices: Partial<Record<HelpColumn, readonly string[]>> = {
  carrier: CARRIERS.map(word => labels.carrier[word]),
  place: HELP_PLACES.map(word => labels.helpPlace[word]),
  consentChannel: CONSENT_CHANNELS.map(word => labels.consentChannel[word]),
  consent: ['x'],
  ...Object.fromEntries(OUTCOMES.map(outcome => [outcome, OUTCOME_VALUES.map(value => labels.outcomeValue[value])])),
}

/** Why a file was not read; the faults of tables are in `tableReasons`. */
export const helpFileReasons: Record<HelpFileReason, string> = {
  ...tableReasons,
  too_large: 'Tệp quá lớn. Anh/chị chia thành nhiều tệp dưới 10 MB.',
  no_header:
    'Không tìm thấy dòng tên cột. Anh/chị ghi dòng đầu như tệp mẫu, ít nhất có họ tên người dân, số định danh và người thực hiện.',
  too_many_rows: 'Bảng có trên 5.000 dòng. Anh/chị chia thành nhiều lần nhập.',
}

export const helpFates: Record<HelpFate, string> = {
  problem: 'Cần sửa',
  create: 'Ghi mới',
  recorded: 'Đã có từ trước',
}

/** Beginning of the name in the template's example row, which an import passes over. */
export const HELP_EXAMPLE_MARK = '(Ví dụ)'

export const helpGuidance: readonly string[] = [
  'Mỗi dòng là một người dân được một người thực hiện hỗ trợ. Thứ tự cột có thể khác tệp mẫu.',
  `Dòng có họ tên người dân bắt đầu bằng ${HELP_EXAMPLE_MARK} là dòng mẫu, khi nhập sẽ được bỏ qua.`,
  'Mỗi dòng được kiểm tra như khi ghi từng trường hợp; dòng chưa đúng được liệt kê kèm lý do, các dòng khác vẫn nhập được, dòng chưa đúng sửa ngay khi xem trước.',
  'Trường hợp được ghi là nhập hộ, thời điểm nhận là lúc nhập, và do người khác trong đơn vị xác nhận.',
]
