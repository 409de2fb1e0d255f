import type { RosterField } from '#app/domain/roster/columns.ts'
import type { RosterFate, RosterHindrance } from '#app/domain/roster/plan.ts'
import type {
  RosterColumn,
  RosterFileReason,
  RosterNotice,
  RosterProblem,
  RosterReason,
} from '#app/domain/roster/row.ts'
import type { LegacyEncoding } from '#app/domain/vietnamese-encoding.ts'
import type { Association, Category, UnitRole } from '#app/domain/vocabulary.ts'
import { tableReasons } from './extract.ts'
import { formatDay, maskNumber } from './format.ts'
import { NUMBER_ABROAD, numberProblems, wordProblems } from './number.ts'
import { labels } from './vocabulary.ts'

type RosterHeader = {
  /** as the template and the export write it */
  header: string
  /** other headers that mean this column, folded by `foldWords`; with marks where folded they could mean another */
  synonyms: readonly string[]
  /** what to write in the column, for the template's guidance */
  hint: string
  /** characters that the column shows in a workbook */
  width: number
}

/** Phrases with commas between them, over any number of lines. */
const listed = (phrases: string) =>
  phrases
    .trim()
    .split(/\s*,\s*/)
    .map(phrase => phrase.replace(/\s+/g, ' '))

/** The one column spec: it makes the template and the export, and the import recognises columns by it. */
export const rosterHeaders: Record<RosterColumn, RosterHeader> = {
  staffCode: {
    header: 'Mã cán bộ',
    synonyms: listed(`
      ma cb, ma can bo cong chuc, ma cbcc, ma cbccvc, ma nhan vien, ma nv, ma so, so hieu, so hieu cong chuc, so hieu
      cbcc, so hieu cand, so the doan vien, ma doan vien
    `),
    hint: 'Mã do đơn vị quản lý; để trống nếu không dùng mã.',
    width: 12,
  },
  name: {
    header: 'Họ và tên',
    synonyms: listed(`
      ho ten, ho va ten khai sinh, ho ten khai sinh, ho va ten can bo, ho ten can bo, ho va ten doan vien, ho va ten hoi
      vien, ho ten doan vien, ho ten hoi vien, ho va ten cbcc, ho chu dem va ten, ho chu lot va ten, ho dem va ten, ho
      va chu dem ten khai sinh, ten day du
    `),
    hint: 'Bắt buộc. Ghi đầy đủ họ, chữ đệm và tên.',
    width: 28,
  },
  birth: {
    header: 'Ngày sinh',
    synonyms: listed(`
      ngay thang nam sinh, ngay thang nam, nam sinh, ngay sinh nam sinh, sinh ngay, sinh nam, ntns, ngay thang sinh,
      ngay thang n sinh, ngay thang nam sinh nam nu
    `),
    hint: 'Dạng 12/3/1985; nếu chỉ biết năm thì ghi 1985.',
    width: 12,
  },
  sex: {
    header: 'Giới tính',
    synonyms: listed('nam nu, gioi, phai, gt, gioi tinh nam nu'),
    hint: 'Nam hoặc Nữ.',
    width: 9,
  },
  number: {
    header: 'Số định danh',
    synonyms: listed(`
      so dinh danh ca nhan, so cccd, cccd, so can cuoc cong dan, can cuoc cong dan, so can cuoc, can cuoc, so cccd ddcn,
      so ddcn, ddcn, ma dinh danh, ma dinh danh ca nhan, so dinh danh cccd, so dinh danh ca nhan cccd, cccd cmnd, so
      cccd cmnd, so cmnd cccd, cmnd cccd, so cmt cccd, cmnd, so cmnd, so giay to, so cc cccd, so the can cuoc
    `),
    hint: 'Đủ 12 chữ số trên thẻ căn cước.',
    width: 16,
  },
  position: {
    header: 'Chức vụ',
    synonyms: listed(`
      chuc danh, chuc vu chuc danh, chuc vu cong tac, chuc vu don vi cong tac, chuc vu hien nay, chuc danh chuc vu, vi
      tri viec lam, nhiem vu, cap bac chuc vu, chuc vu chinh quyen
    `),
    hint: 'Chức vụ hoặc chức danh.',
    width: 22,
  },
  unit: {
    header: 'Đơn vị',
    synonyms: listed(`
      don vi cong tac, co quan, co quan don vi, co quan cong tac, noi cong tac, phong ban, phong, bo phan, don vi bo
      phan, phong ban don vi, co quan don vi cong tac, ten don vi, ten co quan don vi
    `),
    hint: 'Tên đơn vị trực thuộc như trong phần mềm; để trống nếu thuộc chính đơn vị nhập danh sách.',
    width: 30,
  },
  category: {
    header: 'Loại',
    synonyms: listed(`
      loai can bo, doi tuong, loai doi tuong, loai hinh, loai lao dong, phan loai, bien che, ngach, cb cc vc, cbcc vc,
      can bo cong chuc vien chuc
    `),
    hint: 'Chọn trong danh sách: cán bộ, công chức, viên chức…',
    width: 20,
  },
  isLeader: {
    header: 'Lãnh đạo',
    synonyms: listed('la lanh dao, lanh dao don vi, can bo lanh dao, lanh dao quan ly, can bo lanh dao quan ly'),
    hint: 'Ghi x nếu là lãnh đạo.',
    width: 10,
  },
  role: {
    header: 'Vai trò trong phần mềm',
    synonyms: [],
    hint: 'Người đứng đầu hoặc Đầu mối của đơn vị ở dòng đó. Vai trò chờ người thứ hai đồng ý mới có hiệu lực.',
    width: 20,
  },
  union: {
    header: 'Công đoàn',
    synonyms: listed('doan vien cong doan, dv cong doan, dvcd, cong doan vien, la doan vien cong doan'),
    hint: 'Ghi x nếu là đoàn viên công đoàn.',
    width: 10,
  },
  youth: {
    header: 'Đoàn TN',
    synonyms: listed(`
      doan thanh nien, doan vien thanh nien, doan vien tn, doan tncs, doan tncs hcm, dtn, doan tncs ho chi minh, doan
      vien, la doan vien thanh nien
    `),
    hint: 'Ghi x nếu là đoàn viên thanh niên.',
    width: 10,
  },
  women: {
    header: 'Hội PN',
    synonyms: listed(`
      hoi phu nu, hoi vien phu nu, hoi vien pn, hoi lhpn, hoi lien hiep phu nu, hpn, phu nu, la hoi vien phu nu
    `),
    hint: 'Ghi x nếu là hội viên phụ nữ.',
    width: 10,
  },
  farmers: {
    header: 'Hội ND',
    synonyms: listed('hoi nong dan, hoi vien nong dan, hoi vien nd, hnd, nong dan, la hoi vien nong dan'),
    hint: 'Ghi x nếu là hội viên nông dân.',
    width: 10,
  },
  veterans: {
    header: 'Hội CCB',
    synonyms: listed(`
      hoi cuu chien binh, hoi vien cuu chien binh, hoi vien ccb, ccb, cuu chien binh, la hoi vien cuu chien binh
    `),
    hint: 'Ghi x nếu là hội viên cựu chiến binh.',
    width: 10,
  },
  phone: {
    header: 'Điện thoại',
    synonyms: listed(`
      so dien thoai, sdt, đt, so dt, di dong, dien thoai di dong, so di dong, dtdd, so dtdd, so dien thoai di dong, dien
      thoai lien he, so dien thoai lien he, mobile, lien he, so dt lien he
    `),
    hint: 'Số di động 10 chữ số; dùng để đăng nhập.',
    width: 14,
  },
  hamlet: {
    header: 'Ấp, khu phố',
    synonyms: listed(`
      ap, khu pho, thon, thon ap, thon ap khu pho, ap khu pho, ap thon, to dan pho, kp, ap kp, ap thon khu pho, khu pho
      ap
    `),
    hint: 'Nơi ở; giúp nhận ra người trùng tên.',
    width: 16,
  },
  chapter: {
    header: 'Chi hội, chi đoàn',
    synonyms: listed(`
      chi hoi, chi doan, chi doan chi hoi, to cong doan, cong doan co so, cdcs, ten chi hoi, ten chi doan, sinh hoat tai
      chi hoi, sinh hoat tai chi doan, chi hoi chi doan
    `),
    hint: 'Tên chi hội, chi đoàn hoặc tổ công đoàn đang sinh hoạt.',
    width: 24,
  },
}

/** Other words for the categories in rosters, folded by `foldWords`. */
export const categorySynonyms: Record<Category, readonly string[]> = {
  cadre: listed('cb, can bo bau cu, can bo xa, can bo cap xa'),
  civil_servant: listed('cc, cong chuc xa, cong chuc cap xa'),
  public_employee: listed('vc, giao vien, bac si'),
  soldier: listed(`
    chien sy, chien si, can bo chien sy, can bo chien si, cbcs, si quan, sy quan, ha si quan, qncn, quan nhan, quan nhan
    chuyen nghiep, luc luong vu trang, llvt, can bo chien sy llvt
  `),
  part_time: listed(`
    khong chuyen trach, nguoi hoat dong khong chuyen trach, can bo khong chuyen trach, ban chuyen trach, kct, hdkct,
    nhdkct, nguoi hd khong chuyen trach
  `),
  contract: listed(`
    hop dong, hd, hdld, lao dong hop dong, hop dong 68, hd 68, hop dong 111, hd 111, nguoi lao dong, nld, nhan vien,
    nhan vien hop dong
  `),
  member: listed('doan vien, hoi vien, dv, hv, doan vien hoi vien'),
}

/** The category as the template's list and the export write it. */
export const rosterCategories: Record<Category, string> = {
  ...labels.category,
  soldier: 'Chiến sỹ',
  part_time: 'Không chuyên trách',
  contract: 'Hợp đồng',
}

/** A role of a unit as the template's list and the export write it. */
export const rosterRoles: Record<UnitRole, string> = { head: 'Người đứng đầu', coordinator: 'Đầu mối' }

/** How an example row's name begins; the import leaves such rows out. */
export const EXAMPLE_MARK = '(Ví dụ)'

export const rosterGuidance: readonly string[] = [
  'Mỗi người một dòng. Thứ tự các cột có thể thay đổi; cột không dùng có thể xóa.',
  `Dòng có họ tên bắt đầu bằng ${EXAMPLE_MARK} là dòng mẫu, khi nhập sẽ được bỏ qua.`,
  'Ô để trống thì giữ nguyên dữ liệu đang có. Muốn bỏ một dấu đã ghi, anh/chị ghi “không”.',
  'Một người thuộc nhiều danh sách chỉ được tính một lần, nhận ra theo số định danh hoặc mã cán bộ.',
  'Danh sách được nhập toàn bộ hoặc không nhập dòng nào; các dòng cần sửa được chỉ rõ và sửa ngay khi xem trước.',
]

/** What a list may be of, as the upload asks. */
export const rosterListKinds: Record<'staff' | Association, string> = {
  staff: 'Cán bộ, công chức, viên chức, người lao động của đơn vị',
  union: 'Đoàn viên công đoàn',
  youth: 'Đoàn viên thanh niên',
  women: 'Hội viên phụ nữ',
  farmers: 'Hội viên nông dân',
  veterans: 'Hội viên cựu chiến binh',
}

export const rosterFates: Record<RosterFate, string> = {
  problem: 'Cần sửa',
  proposal: 'Cần anh/chị chọn',
  create: 'Thêm mới',
  update: 'Cập nhật',
  unchanged: 'Không thay đổi',
}

/** The fate of a row that corrects what is known of a person, in place of `update`. */
export const rosterCorrection = 'Sửa'

/** True for a change that corrects who somebody is: name, birth, sex, or a number or phone that waits for consent. */
export function isRosterCorrection({
  field,
  from,
  waits,
}: {
  field: RosterField
  from: string | boolean | null
  waits?: true
}): boolean {
  return waits === true || (from !== null && ['name', 'birthOn', 'birthYear', 'sex'].includes(field))
}

/** Why nothing was applied, and what to do. */
export const rosterHindrances: Record<RosterHindrance, string> = {
  plan_moved:
    'Dữ liệu trong phần mềm đã thay đổi từ khi anh/chị xem trước nên chưa nhập dòng nào. Anh/chị kiểm tra lại danh sách rồi nhập.',
  rows_open: 'Còn dòng cần sửa hoặc cần chọn nên chưa nhập dòng nào.',
  consent_needed: 'Anh/chị xem phần chuyển chữ và đánh dấu đồng ý rồi nhập.',
}

const FIELD_COLUMN: Partial<Record<RosterField, RosterColumn>> = {
  birthOn: 'birth',
  birthYear: 'birth',
  unitId: 'unit',
}

/** One change of a person: `Chức vụ: Trưởng phòng (trước: Chuyên viên)`; of numbers the last three digits. */
export function rosterChangeSentence({
  field,
  from,
  to,
  waits,
}: {
  field: RosterField
  from: string | boolean | null
  to: string | boolean
  waits?: true
}): string {
  const column = FIELD_COLUMN[field] ?? (field as RosterColumn)
  const before = from === null || from === '' || typeof from === 'boolean' ? '' : ` (trước: ${valueText(field, from)})`
  const later = waits ? '; có hiệu lực khi người này hoặc người có trách nhiệm xác nhận' : ''
  return `${rosterHeaders[column].header}: ${valueText(field, to)}${before}${later}`
}

/** A move that waits for the receiving unit. */
export function rosterMoveSentence(unitName: string): string {
  return `Chuyển đến ${unitName}: chờ đơn vị này đồng ý, đến đó vẫn ở đơn vị hiện nay`
}

function valueText(field: RosterField, value: string | boolean): string {
  if (typeof value === 'boolean') return value ? 'có' : 'không'
  if (field === 'birthOn') return formatDay(value)
  if (field === 'number' || field === 'phone') return maskNumber(value)
  if (field === 'category') return labels.category[value as Category]
  if (field === 'role') return `${rosterRoles[value as UnitRole]}, chờ người thứ hai đồng ý`
  return field === 'sex' ? labels.sex[value as 'male' | 'female'] : value
}

export const rosterFileReasons: Record<RosterFileReason, string> = {
  ...tableReasons,
  legacy_xls:
    'Tệp ở định dạng Excel cũ (.xls). Anh/chị mở tệp bằng Excel hoặc LibreOffice, chọn Lưu thành (Save As) kiểu .xlsx rồi tải lên lại.',
  password_protected: 'Tệp được đặt mật khẩu nên chưa đọc được. Anh/chị bỏ mật khẩu của tệp rồi tải lên lại.',
  truncated: 'Tệp bị hỏng hoặc tải lên chưa trọn vẹn. Anh/chị mở lại tệp gốc, lưu một bản mới rồi tải lên lại.',
  not_a_table: 'Tệp không phải là bảng tính Excel (.xlsx). Anh/chị lưu danh sách thành kiểu .xlsx rồi tải lên lại.',
  too_large:
    'Tệp quá lớn (trên 10 MB hoặc trên 30.000 dòng). Anh/chị chép riêng phần danh sách sang một tệp mới, hoặc chia thành nhiều tệp.',
  no_sheet: 'Tệp không có trang tính nào.',
  no_roster: 'Không tìm thấy dòng tiêu đề có cột “Họ và tên”. Anh/chị dùng tệp mẫu, hoặc đặt tên cột như tệp mẫu.',
}

const valueProblems = { ...numberProblems, ...wordProblems }
type ValueProblem = keyof typeof valueProblems

/** What was written, and why it is no number or no name. */
function valueProblemSentences() {
  const reasons = Object.keys(valueProblems) as ValueProblem[]
  const sentenceOf =
    (reason: ValueProblem) =>
    ({ value }: RosterProblem) =>
      value === undefined ? `${valueProblems[reason]}.` : `${quote(value)}: ${valueProblems[reason]}.`
  return Object.fromEntries(reasons.map(reason => [reason, sentenceOf(reason)])) as Record<
    ValueProblem,
    (problem: RosterProblem) => string
  >
}

const ADD_TO_CORRECT =
  'Nếu là một người, anh/chị ghi thêm họ tên, ngày sinh, số định danh đúng ở dòng này, hoặc sửa ở trang của người đó.'

const problemSentences: Record<RosterReason, (problem: RosterProblem) => string> = {
  column_missing: () => 'Tệp chưa có cột này.',
  column_repeated: () => 'Tệp có hơn một cột này. Anh/chị giữ lại một cột.',
  name_missing: () => 'Chưa có họ và tên.',
  too_long: () => 'Nội dung quá dài.',
  birth_unreadable: ({ value }) => `Chưa hiểu ngày sinh ${quote(value)}. Anh/chị ghi dạng 12/3/1985 hoặc 1985.`,
  sex_unreadable: ({ value }) => `Giới tính ${quote(value)} cần ghi Nam hoặc Nữ.`,
  category_unknown: ({ value }) =>
    `Chưa rõ loại ${quote(value)}. Các loại: ${Object.values(rosterCategories).join('; ')}.`,
  role_unknown: ({ value }) =>
    `Chưa rõ vai trò ${quote(value)}. Anh/chị ghi ${Object.values(rosterRoles).join(' hoặc ')}, hoặc để trống.`,
  mark_unreadable: ({ value }) => `Chưa hiểu ${quote(value)}; cần ghi x, không, hoặc để trống.`,
  formula_unsaved: () => 'Ô là công thức chưa có kết quả. Anh/chị mở tệp bằng Excel và lưu lại.',
  cell_error: ({ value }) => `Ô đang báo lỗi ${quote(value)} của Excel.`,
  ...valueProblemSentences(),
  number_birth_mismatch: ({ value }) => `Ngày sinh ${quote(value)} không khớp với số định danh.`,
  number_sex_mismatch: () => 'Giới tính không khớp với số định danh.',
  identity_missing: () => 'Cần có số định danh, mã cán bộ hoặc năm sinh để nhận ra từng người.',
  category_missing: () => 'Chưa ghi loại (cán bộ, công chức, viên chức…).',
  unit_unknown: ({ value }) => `Chưa có đơn vị ${quote(value)} trong phạm vi đơn vị nhập danh sách.`,
  unit_guarded: ({ value }) =>
    `${quote(value)} là đơn vị công an, quân đội: người của đơn vị do đầu mối trong nội bộ nhập. Anh/chị bỏ dòng này; quản trị cấp vai trò đầu mối tại đơn vị đó.`,
  unit_ambiguous: ({ value, example }) =>
    `Có nhiều đơn vị tên ${quote(value)}. Anh/chị ghi thêm đơn vị cấp trên${example ? `, ví dụ ${quote(example)}` : ''}.`,
  chapter_unclear: ({ value }) => `Chưa rõ ${quote(value)} thuộc đoàn thể nào.`,
  rows_disagree: ({ other }) => `Cùng một người nhưng khác với ${where(other)}.`,
  staff_code_repeated: ({ value, other }) => `Mã cán bộ ${quote(value)} đã dùng cho người khác ở ${where(other)}.`,
  name_clash: () =>
    `Số định danh hoặc mã cán bộ này đã có trong phần mềm với họ tên khác, có thể là người khác. ${ADD_TO_CORRECT}`,
  birth_clash: () =>
    `Số định danh hoặc mã cán bộ này đã có trong phần mềm với ngày sinh khác, có thể là người khác. ${ADD_TO_CORRECT}`,
  sex_clash: () =>
    `Số định danh hoặc mã cán bộ này đã có trong phần mềm với giới tính khác, có thể là người khác. ${ADD_TO_CORRECT}`,
  number_clash: () =>
    `Mã cán bộ này đã có trong phần mềm với số định danh khác, có thể là người khác. ${ADD_TO_CORRECT}`,
  staff_code_of_other: ({ value }) => `Mã cán bộ ${quote(value)} là của người khác.`,
  posted_elsewhere: () =>
    'Người này đang thuộc đơn vị khác trong phần mềm. Anh/chị đề nghị đơn vị đó chuyển người này đến.',
  moved_from_above: () =>
    'Người đứng đầu do cấp trên chuyển. Anh/chị giữ đơn vị hiện nay ở dòng này, hoặc báo cấp trên.',
  transfer_waits: () =>
    'Người này đang chờ một đơn vị khác trả lời đề nghị chuyển đến. Anh/chị đợi trả lời, hoặc rút đề nghị đó trước.',
  phone_taken: ({ other }) =>
    other
      ? `Số điện thoại này trùng với người khác ở ${where(other)}. Mỗi người ghi số của mình, hoặc để trống.`
      : 'Số điện thoại này đang là của người khác trong phần mềm. Anh/chị kiểm tra lại, hoặc để trống.',
  own_record: () =>
    'Đây là dòng của chính anh/chị: họ tên, ngày sinh, giới tính, số định danh, loại và đơn vị do người khác có thẩm quyền thay đổi.',
}

/** Says in one sentence what to fix, after the name of its column; sheet and row are shown beside it. */
export function rosterProblemSentence(problem: RosterProblem): string {
  const column = problem.column === null ? '' : `${rosterHeaders[problem.column].header}: `
  return column + problemSentences[problem.reason](problem)
}

/** The same of a problem that several rows have, each with its own value. */
export const rosterGroupSentence = (problem: RosterProblem) =>
  rosterProblemSentence(problem).replaceAll(` ${quote(undefined)}`, '')

const noticeSentences: Record<RosterNotice['kind'], (notice: RosterNotice) => string> = {
  sheet_skipped: ({ sheet }) => `Trang “${sheet}” bị ẩn hoặc không có danh sách nên được bỏ qua.`,
  footer_skipped: ({ rows, row }) => `Bỏ qua ${rows} dòng tổng cộng, ký tên từ dòng ${row}.`,
  section_row: ({ row }) => `Dòng ${row} là tên bộ phận, không phải tên người.`,
  example_row: ({ row }) => `Bỏ qua dòng mẫu ${row}.`,
  dates_may_be_swapped: ({ sheet }) =>
    `Ở trang “${sheet}”, một số ngày sinh có thể bị Excel đổi chỗ ngày và tháng. Anh/chị kiểm tra lại cột ngày sinh.`,
  sheet_read: ({ sheet }) => `Đọc danh sách ở trang “${sheet}”.`,
  number_abroad: ({ row }) => `Dòng ${row}: ${NUMBER_ABROAD}`,
  post_dropped: ({ row }) => `Dòng ${row}: phần trong ngoặc sau họ tên được bỏ qua vì đã có cột chức vụ.`,
  zero_restored: ({ rows }) => `Đã thêm lại số 0 ở đầu cho ${rows} số định danh.`,
}

export function rosterNoticeSentence(notice: RosterNotice): string {
  return noticeSentences[notice.kind](notice)
}

export const encodingLabels: Record<LegacyEncoding, string> = {
  tcvn3: 'TCVN3 (ABC)',
  vni: 'VNI-Windows',
  utf8: 'Unicode đọc sai mã',
}

function quote(value: string | undefined): string {
  return `“${value ?? ''}”`
}

function where(other: { sheet: string; row: number } | undefined): string {
  return other ? `dòng ${other.row}, trang “${other.sheet}”` : 'dòng khác'
}
