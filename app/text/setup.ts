import type { TableReason } from '#app/domain/list.ts'
import {
  SETUP_ROWS,
  type SetupFate,
  type SetupList,
  type SetupProblem,
  type SetupReason,
} from '#app/domain/setup/listed.ts'
import type { LocalityColumn } from '#app/domain/setup/localities.ts'
import type { UnitColumn, UnitWords } from '#app/domain/setup/units.ts'
import { tableReasons } from './extract.ts'
import { formatNumber } from './format.ts'
import { labels } from './vocabulary.ts'

type Header = { header: string; hint: string; width: number; synonyms: readonly string[] }

/** The columns of the list of units. */
export const unitHeaders: Record<UnitColumn, Header> = {
  code: {
    header: 'Mã đơn vị',
    hint: 'Mã của tỉnh cho cơ quan, đơn vị. Có mã thì lần sau đổi tên được bằng tệp.',
    width: 14,
    synonyms: ['ma co quan', 'ma don vi', 'ma dv', 'ma'],
  },
  name: {
    header: 'Tên đơn vị',
    hint: 'Bắt buộc. Tên đầy đủ như trong văn bản.',
    width: 44,
    synonyms: ['ten co quan', 'ten co quan don vi', 'co quan don vi', 'don vi', 'ten'],
  },
  kind: {
    header: 'Loại',
    hint: 'Chọn trong danh sách. Để trống thì phần mềm hiểu theo tên; anh/chị xem lại ở bản xem trước.',
    width: 30,
    synonyms: ['loai don vi', 'loai co quan'],
  },
  block: {
    header: 'Khối',
    hint: 'Chọn trong danh sách. Để trống là khối của đơn vị cấp trên.',
    width: 26,
    synonyms: ['khoi co quan'],
  },
  parent: {
    header: 'Trực thuộc',
    hint: 'Mã hoặc tên đơn vị cấp trên, có trong tệp này hoặc trong phần mềm. Để trống là trực thuộc tỉnh.',
    width: 34,
    synonyms: ['don vi cap tren', 'cap tren', 'co quan cap tren', 'truc thuoc don vi'],
  },
  locality: {
    header: 'Địa bàn',
    hint: 'Mã hoặc tên xã, phường mà đơn vị quản lý. Cơ quan cấp tỉnh để trống.',
    width: 22,
    synonyms: ['ma dia ban', 'dia ban quan ly', 'xa phuong'],
  },
  headTitle: {
    header: 'Chức danh người đứng đầu',
    hint: 'Ví dụ: Giám đốc, Chủ tịch UBND xã.',
    width: 28,
    synonyms: ['chuc danh thu truong', 'chuc danh', 'nguoi dung dau'],
  },
  superior: {
    header: 'Cơ quan chủ quản',
    hint: 'Dòng trên cùng trong văn bản của đơn vị, ví dụ: Bộ Công an. Để trống thì theo tuyến của đơn vị.',
    width: 26,
    synonyms: ['chu quan', 'co quan chu quan'],
  },
  issuer: {
    header: 'Tên cơ quan ban hành',
    hint: 'Tên ghi trong văn bản nếu khác tên đơn vị.',
    width: 30,
    synonyms: ['co quan ban hanh', 'ten ban hanh'],
  },
  sign: {
    header: 'Ký hiệu văn bản',
    hint: 'Chữ viết tắt trong số, ký hiệu, ví dụ: SNV, UBND.',
    width: 14,
    synonyms: ['ky hieu', 'ky hieu van ban', 'chu viet tat'],
  },
}

/** The columns of the list of localities. */
export const localityHeaders: Record<LocalityColumn, Header> = {
  code: {
    header: 'Mã địa bàn',
    hint: 'Bắt buộc. Mã đơn vị hành chính theo danh mục quốc gia; thôn, ấp dùng mã của tỉnh.',
    width: 14,
    synonyms: ['ma', 'ma dvhc', 'ma don vi hanh chinh', 'ma so', 'ma xa'],
  },
  type: {
    header: 'Loại',
    hint: 'Bắt buộc. Ví dụ: Tỉnh, Thành phố, Thị xã, Phường, Xã, Thị trấn, Đặc khu, Thôn, Ấp, Khu phố.',
    width: 16,
    synonyms: ['cap', 'loai dia ban', 'loai hinh'],
  },
  name: {
    header: 'Tên địa bàn',
    hint: 'Bắt buộc. Tên không kèm loại, ví dụ: Tân Thành.',
    width: 30,
    synonyms: ['ten', 'ten don vi hanh chinh', 'ten xa phuong', 'dia ban'],
  },
  parent: {
    header: 'Thuộc',
    hint: 'Mã hoặc tên địa bàn cấp trên. Để trống là thuộc tỉnh.',
    width: 24,
    synonyms: ['truc thuoc', 'ma cap tren', 'thuoc dia ban', 'cap tren'],
  },
}

/** Other words for kinds and blocks, behind those of pages. */
export const unitWords: UnitWords = {
  kinds: {
    province: [labels.unitKind.province, 'tỉnh', 'thành phố trực thuộc trung ương'],
    provincial_agency: [labels.unitKind.provincial_agency, 'sở, ban, ngành', 'cơ quan cấp tỉnh', 'cấp sở', 'sở'],
    district: [labels.unitKind.district, 'huyện', 'thị xã', 'thành phố', 'cấp huyện'],
    department: [labels.unitKind.department, 'phòng', 'ban', 'đơn vị trực thuộc', 'phòng ban'],
    commune: [labels.unitKind.commune, 'xã', 'phường', 'thị trấn', 'đặc khu', 'cấp xã', 'xã, phường, đặc khu'],
    hamlet_team: [labels.unitKind.hamlet_team, 'tổ thôn', 'tổ ấp', 'tổ khu phố', 'thôn, ấp'],
    grassroots: [labels.unitKind.grassroots, 'cơ sở'],
  },
  blocks: {
    party: [labels.block.party, 'đảng'],
    state: [labels.block.state, 'nhà nước', 'chính quyền'],
    front: [labels.block.front, 'mặt trận', 'đoàn thể', 'mặt trận, đoàn thể'],
    armed_forces: [labels.block.armed_forces, 'lực lượng vũ trang', 'công an', 'quân đội', 'công an, quân đội'],
    enterprise: [labels.block.enterprise, 'doanh nghiệp'],
  },
}

/** The words to choose from in columns that have them, as templates write them; districts only where there may be some. */
export const setupChoices = (hasDistricts: boolean): Readonly<Record<string, readonly string[]>> => ({
  kind: Object.entries(unitWords.kinds).flatMap(([kind, [word = '']]) =>
    kind === 'district' && !hasDistricts ? [] : [word],
  ),
  block: Object.values(unitWords.blocks).map(([word = '']) => word),
})

/** Each list's title, what its rows are, and its part of addresses. */
export const setupTitles = {
  units: { title: 'Danh sách cơ quan, đơn vị', rows: 'đơn vị', file: 'don-vi' },
  localities: { title: 'Danh sách địa bàn', rows: 'địa bàn', file: 'dia-ban' },
} as const satisfies Record<SetupList, unknown>

export const setupGuidance: Record<SetupList, readonly string[]> = {
  units: [
    'Mỗi dòng một đơn vị; thứ tự dòng tùy ý. Chỉ cột tên là bắt buộc.',
    'Đơn vị đã có được nhận ra theo mã, hoặc theo tên và đơn vị cấp trên. Ô trống giữ nguyên điều đã ghi.',
    'Nhập địa bàn trước, để xã, phường được gắn với địa bàn của mình.',
    'Đơn vị công an, quân đội ghi khối lực lượng vũ trang. Người của các đơn vị này do đầu mối trong nội bộ nhập.',
    'Đơn vị không có trong tệp giữ nguyên. Ngừng hoạt động ở trang của từng đơn vị.',
  ],
  localities: [
    'Mỗi dòng một địa bàn, từ tỉnh đến thôn, ấp; thứ tự dòng tùy ý.',
    'Dòng không ghi địa bàn cấp trên là thuộc tỉnh; tỉnh hai cấp ghi thẳng các xã, phường.',
    'Mã không đổi được. Đổi tên hoặc loại: ghi lại dòng với mã cũ.',
  ],
}

export const setupFates: Record<SetupFate, string> = {
  problem: 'Cần sửa',
  add: 'Thêm mới',
  edit: 'Thay đổi',
  same: 'Giữ nguyên',
}

const REASONS: Record<SetupReason, string> = {
  required: 'Ô này chưa ghi.',
  too_long: 'Ô này dài quá 200 ký tự.',
  word_unknown: 'Chưa hiểu từ này. Anh/chị chọn một từ trong danh sách của tệp mẫu.',
  code_unreadable: 'Mã chỉ gồm chữ, số, dấu chấm và gạch, tối đa 20 ký tự.',
  row_repeated: 'Hai dòng nói về cùng một mục đã có. Anh/chị giữ một dòng.',
  code_repeated: 'Mã này có ở hai dòng.',
  code_closed: 'Mã này thuộc một đơn vị đã ngừng. Anh/chị mở lại đơn vị đó, hoặc ghi mã khác.',
  name_repeated: 'Cấp trên này đã có mục cùng tên.',
  parent_unknown: 'Chưa có mục cấp trên nào mang mã hoặc tên này, trong tệp cũng như trong phần mềm.',
  parent_ambiguous: 'Có nhiều mục cùng tên này. Anh/chị ghi mã của mục cấp trên.',
  parent_below_itself: 'Theo tệp, mục này nằm dưới chính nó.',
  locality_unknown: 'Chưa có địa bàn mang mã hoặc tên này. Anh/chị nhập danh sách địa bàn trước.',
  locality_ambiguous: 'Có nhiều địa bàn cùng tên này. Anh/chị ghi mã.',
  fixed: 'Điều này không đổi được bằng tệp ở mục đã có. Anh/chị để trống ô, hoặc ghi như cũ.',
}

/** The problem of one cell: what was read, and what to do. */
export const explainSetupProblem = ({ reason, value }: Pick<SetupProblem, 'reason' | 'value'>): string =>
  value === '' ? REASONS[reason] : `“${value}”: ${REASONS[reason]}`

/** The problem that several rows share. */
export const explainSetupGroup = ({ reason }: { reason: SetupReason }): string => REASONS[reason]

/** Why a file as a whole was not read. */
export function explainSetupFile(reason: TableReason | 'no_header' | 'too_many_rows'): string {
  if (reason === 'too_many_rows')
    return `Tệp có quá ${formatNumber(SETUP_ROWS)} dòng. Anh/chị chia tệp rồi nhập lần lượt.`
  if (reason === 'no_header')
    return 'Không tìm thấy dòng tiêu đề. Anh/chị dùng tệp mẫu, hoặc ghi tên cột như trong tệp mẫu.'
  return reason === 'too_large' ? 'Tệp quá lớn. Mỗi tệp tối đa 3 MB.' : tableReasons[reason]
}

/** Where rows of armed-forces units come: who enters their people. */
export const ARMED_NOTE =
  'Người của các đơn vị này chỉ đầu mối trong nội bộ nhập và xem. Quản trị mở cho mỗi lực lượng một tài khoản, cấp vai trò đầu mối tại đơn vị cao nhất của lực lượng đó.'
