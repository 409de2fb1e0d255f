import { type ContactProblem, callAgainOn } from '#app/domain/assignment.ts'
import type { ContactInput } from '#app/domain/assignment-input.ts'
import type { TableReason } from '#app/domain/list.ts'
import type { LeftReason, SharingReason, SharingWay } from '#app/domain/sharing.ts'
import type { AssignmentState, WorklistLack } from '#app/domain/vocabulary.ts'
import type {
  WorklistColumn,
  WorklistFate,
  WorklistFileReason,
  WorklistProblem,
  WorklistReason,
} from '#app/domain/worklist.ts'
import { tableReasons } from './extract.ts'
import { formatInstant, formatNumber, formatShortDay } from './format.ts'
import { numberProblems, wordProblems } from './number.ts'
import { labels } from './vocabulary.ts'

/** Beginning of the name in the template's example row, which an import passes over. */
export const WORKLIST_EXAMPLE_MARK = '(Ví dụ)'

type Header = { header: string; hint: string; synonyms: readonly string[]; parts?: readonly string[] }

/** Heads below one that says that something is lacking. */
const lacking = (...words: string[]) => words.flatMap(word => [`con thieu ${word}`, `noi dung con thieu ${word}`])

/**
 * The columns of the template: their heads, and what goes into them. `synonyms` are folded heads of lists that are kept
 * anyway; `parts` begin or end such heads.
 */
export const worklistHeaders: Record<WorklistColumn, Header> = {
  name: {
    header: 'Họ và tên',
    hint: 'Bắt buộc. Ghi đủ họ, tên đệm và tên.',
    synonyms: ['ho ten', 'ho chu dem va ten', 'ho dem va ten', 'ho chu lot va ten', 'ho va ten khai sinh'],
    parts: ['ho va ten', 'ho ten', 'ho chu dem va ten'],
  },
  number: {
    header: 'Số định danh',
    hint: 'Bắt buộc, 12 chữ số. Người được phân công không nhìn thấy số này.',
    synonyms: ['cccd', 'ddcn', 'so cccd', 'so ddcn', 'so can cuoc', 'can cuoc', 'ma dinh danh', 'so dinh danh ca nhan'],
    parts: ['so dinh danh', 'so can cuoc', 'so cccd', 'so ddcn', 'cccd', 'ma dinh danh', 'can cuoc'],
  },
  birth: {
    header: 'Ngày sinh',
    hint: 'Ngày sinh hoặc năm sinh, có thể để trống. Người sinh năm 2010 cần ghi đủ ngày, tháng, năm.',
    synonyms: ['nam sinh', 'ngay thang nam sinh', 'sinh ngay'],
    parts: ['ngay sinh', 'nam sinh', 'ngay thang nam sinh'],
  },
  phone: {
    header: 'Số điện thoại',
    hint: 'Số di động, có thể để trống.',
    synonyms: ['dien thoai', 'sdt', 'dt', 'so dt', 'sdt lien he', 'lien he'],
    parts: ['so dien thoai', 'dien thoai', 'sdt', 'so dt'],
  },
  commune: {
    header: 'Xã, phường, thị trấn',
    hint: 'Để trống nếu cả danh sách thuộc một xã.',
    synonyms: ['xa', 'phuong', 'thi tran', 'xa phuong', 'phuong xa'],
    parts: ['xa phuong', 'xa phuong thi tran'],
  },
  hamlet: {
    header: 'Ấp, thôn, khu phố',
    hint: 'Bắt buộc, dùng để chia người theo ấp.',
    synonyms: ['ap', 'thon', 'khu pho', 'kp', 'to dan pho', 'ap thon', 'thon ap', 'ten ap', 'ap khu pho'],
    parts: ['ap thon', 'thon ap', 'ap', 'thon', 'khu pho', 'to dan pho'],
  },
  address: {
    header: 'Địa chỉ',
    hint: 'Số nhà, tổ, đường; có thể để trống.',
    synonyms: ['noi o', 'cho o', 'so nha', 'noi cu tru', 'noi thuong tru', 'thuong tru', 'cho o hien nay'],
    parts: ['dia chi', 'so nha', 'noi o', 'cho o', 'noi cu tru', 'noi thuong tru'],
  },
  id_card: {
    header: 'Chưa có thẻ căn cước',
    hint: 'Ghi x nếu chưa có.',
    synonyms: [
      ...lacking('can cuoc', 'the can cuoc', 'cccd', 'the cccd'),
      'chua co can cuoc',
      'chua co cccd',
      'chua thu nhan',
    ],
    parts: [
      'chua co the can cuoc',
      'chua co can cuoc',
      'chua co cccd',
      'chua lam can cuoc',
      'chua lam cccd',
      'chua thu nhan',
    ],
  },
  eid_account: {
    header: 'Chưa có tài khoản định danh điện tử',
    hint: 'Ghi x nếu chưa có.',
    synonyms: [
      ...lacking('tai khoan', 'dinh danh', 'tai khoan dinh danh'),
      'chua co tai khoan',
      'chua co dinh danh',
      'chua dang ky',
    ],
    parts: ['chua co tai khoan', 'chua co dinh danh', 'chua dang ky', 'chua cap tai khoan'],
  },
  eid_activation: {
    header: 'Chưa kích hoạt tài khoản',
    hint: 'Ghi x nếu chưa kích hoạt.',
    synonyms: [...lacking('kich hoat', 'kich hoat tai khoan'), 'chua kich hoat'],
    parts: ['chua kich hoat'],
  },
  sim_signature: {
    header: 'Chưa có SIM chính chủ gắn chữ ký số',
    hint: 'Ghi x nếu chưa có.',
    synonyms: [
      ...lacking('sim', 'chu ky so', 'sim chu ky so', 'sim chinh chu'),
      'chua co sim',
      'chua co chu ky so',
      'chua co sim chu ky so',
      'chua co sim chinh chu',
    ],
    parts: ['chua co sim', 'chua co chu ky so', 'chua co cks'],
  },
  lacks: {
    header: 'Nội dung còn thiếu',
    hint: 'Có thể ghi bằng chữ thay cho bốn cột trên, ví dụ: căn cước; kích hoạt; SIM.',
    synonyms: ['noi dung', 'con thieu', 'noi dung thieu', 'can ho tro', 'noi dung can ho tro', 'tinh trang'],
    parts: ['con thieu', 'noi dung thieu', 'can ho tro', 'noi dung chua', 'chua co'],
  },
  code: { header: 'Mã phân công', hint: 'Có trong danh sách tải về; giữ nguyên.', synonyms: [] },
  state: { header: 'Kết quả liên hệ', hint: 'Ghi như trong danh sách tải về, ví dụ: Đi vắng.', synonyms: [] },
  appointmentOn: { header: 'Ngày hẹn', hint: 'Ghi khi kết quả là Đã hẹn.', synonyms: [] },
  appointmentTime: { header: 'Giờ hẹn', hint: 'Ví dụ 18:30, có thể để trống.', synonyms: [] },
  appointmentPlace: { header: 'Nơi hẹn', hint: 'Có thể để trống.', synonyms: [] },
  note: { header: 'Ghi chú', hint: 'Không ghi số định danh, mật khẩu, mã OTP.', synonyms: [] },
}

/** How a file is prepared, for the page and the template's second sheet. */
export const worklistGuidance = [
  'Mỗi dòng là một người dân, có ít nhất một nội dung còn thiếu.',
  'Thứ tự và tên cột có thể khác tệp mẫu, miễn có họ tên, số định danh và nội dung còn thiếu.',
  'Dòng có họ tên bắt đầu bằng (Ví dụ) là dòng mẫu, khi nhập sẽ được bỏ qua.',
  'Chỉ lấy những người thuộc địa bàn và những cột trong mẫu; không đưa thêm thông tin khác của người dân.',
] as const

const reasons: Record<WorklistReason, string> = {
  name_missing: 'thiếu họ tên',
  ...wordProblems,
  number_missing: 'thiếu số định danh',
  ...numberProblems,
  birth_unreadable: 'chưa hiểu ngày sinh; cần dạng 05/4/1985 hoặc 1985',
  birth_disagrees: 'năm sinh khác với năm sinh trong số định danh',
  birth_date_needed: 'có thể chưa đủ 14 tuổi, cần ghi đủ ngày, tháng, năm sinh',
  too_young: 'chưa đủ 14 tuổi vào ngày kết thúc đợt',
  hamlet_missing: 'thiếu ấp, thôn, khu phố',
  commune_missing: 'thiếu xã, phường, thị trấn',
  commune_unknown: 'không có xã, phường, thị trấn này trong tỉnh',
  commune_outside: 'xã, phường, thị trấn không thuộc địa bàn của đơn vị',
  commune_ambiguous: 'có nhiều xã, phường, thị trấn trùng tên; cần ghi thêm xã, phường hay thị trấn, huyện, hoặc mã',
  commune_kind_needed: 'có xã và phường trùng tên; cần ghi rõ xã hay phường, hoặc mã',
  mark_unreadable: 'chưa hiểu dấu ở cột nội dung còn thiếu; cần x hoặc để trống',
  lack_unknown: 'chưa hiểu nội dung còn thiếu',
  nothing_lacking: 'không có nội dung nào còn thiếu',
  repeated: 'trùng số định danh với dòng khác trong tệp',
  on_other_list: 'đã có trong danh sách của đơn vị khác',
  helped_already: 'đã có người hỗ trợ và ghi nhận',
  formula_unsaved: 'có ô là công thức chưa có kết quả; mở bằng Excel và lưu lại',
  code_unreadable: 'chưa hiểu mã phân công; chép lại mã từ danh sách tải về, ví dụ PC-12-1',
  code_unknown: 'mã phân công không có trong danh sách của đơn vị; chép lại mã từ danh sách tải về',
  code_other_person: 'mã phân công là của người có họ tên khác; chép lại cả dòng từ danh sách tải về',
  code_repeated: 'mã phân công đã có ở dòng khác trong tệp',
  state_unknown: 'chưa hiểu kết quả liên hệ; chọn một kết quả trong danh mục của cột',
  appointment_day_unreadable: 'chưa hiểu ngày hẹn; cần dạng 14/6/2024',
  appointment_day_missing: 'kết quả là Đã hẹn thì cần ghi ngày hẹn',
  appointment_time_unreadable: 'chưa hiểu giờ hẹn; cần dạng 18:30',
  appointment_state_needed: 'có lịch hẹn mới thì kết quả cần ghi Đã hẹn',
  place_long: 'nơi hẹn dài hơn 200 chữ',
  note_long: 'ghi chú dài hơn 500 chữ',
  done_by_record: 'kết quả Đã hỗ trợ chỉ có khi ghi trường hợp hỗ trợ; chọn kết quả khác hoặc ghi trường hợp',
  already_done: 'người dân này đã được hỗ trợ, kết quả đã ghi thành trường hợp; dòng này không nhập thêm được',
  contact_moved: 'kết quả vừa được cập nhật sau khi danh sách này được tải về; tải lại danh sách rồi ghi lại',
  contact_not_allowed: 'kết quả của người dân này do đơn vị khác ghi',
}

/** Explains why a row is not taken: "thiếu họ tên", with the other row if there is one. */
export function explainWorklistProblem({ reason, otherRow }: Pick<WorklistProblem, 'reason' | 'otherRow'>): string {
  return otherRow === undefined ? reasons[reason] : `${reasons[reason]} (dòng ${formatNumber(otherRow)})`
}

export const worklistFates: Record<WorklistFate, string> = {
  problem: 'Cần sửa',
  add: 'Đưa vào danh sách',
  contact: 'Cập nhật kết quả liên hệ',
  kept: 'Đã có trong danh sách',
}

/** Words for what a citizen lacks, to be offered where the cell is written again. */
export const lackChoices = ['Kích hoạt', 'SIM', 'Căn cước', 'Tài khoản'] as const

/** Said of a citizen about whom no record can count. */
export const OUTSIDE_QUOTA = 'Hỗ trợ người này không tính vào chỉ tiêu cá nhân, vẫn tính vào chỉ tiêu của địa bàn.'

const fileReasons: Record<WorklistFileReason, string> = {
  head_missing:
    'Chưa thấy dòng tiêu đề có đủ cột họ tên, số định danh và nội dung còn thiếu trong 15 dòng đầu. Anh/chị dùng tên cột như tệp mẫu rồi tải lên lại.',
  no_rows: 'Tệp không có dòng nào ghi người dân.',
  too_heavy: 'Tệp lớn hơn 10 MB. Anh/chị chia thành nhiều tệp theo ấp hoặc theo xã.',
  too_many_rows: 'Tệp có hơn 20.000 dòng. Anh/chị chia thành nhiều tệp theo ấp hoặc theo xã.',
}

/** Explains why a file could not be read; nothing has changed. */
export function explainWorklistFile(reason: TableReason | WorklistFileReason): string {
  return reason in fileReasons ? fileReasons[reason as WorklistFileReason] : tableReasons[reason as TableReason]
}

export const sharingWays: Record<SharingWay, string> = {
  automatic: 'Tự động',
  by_hamlet: 'Theo ấp',
  evenly: 'Chia đều',
  by_hand: 'Chọn người nhận',
}

export const sharingHints: Record<SharingWay, string> = {
  automatic: 'Ưu tiên người cùng ấp, rồi đến người đang có ít người dân nhất; không ai nhận quá phần của mình.',
  by_hamlet: 'Chỉ giao cho người, tổ của chính ấp đó, chia đều trong ấp.',
  evenly: 'Mỗi người, mỗi tổ nhận số người dân như nhau, các hộ gần nhau đi cùng nhau.',
  by_hand: 'Giao tất cả cho một người hoặc một tổ anh/chị chọn.',
}

export const sharingReasons: Record<SharingReason, string> = {
  own_hamlet: 'cùng ấp, đang có ít người dân nhất trong ấp',
  least_loaded: 'ấp chưa có ai còn nhận được, người nhận đang có ít người dân nhất',
  even: 'chia đều',
  by_hand: 'đơn vị chọn',
}

export const leftReasons: Record<LeftReason, string> = {
  nobody_named: 'chưa chọn ai nhận',
  hamlet_without_bearer: 'chưa có người, tổ nào của ấp này',
  shares_full: 'mọi người đã nhận đủ phần của mình',
}

export const contactProblems: Record<ContactProblem, string> = {
  already_done: 'Người dân này đã được hỗ trợ, kết quả đã ghi thành trường hợp.',
  refusal_stands:
    'Người dân không đồng ý, việc liên hệ dừng ở đây. Nếu người dân đổi ý, đơn vị mở lại. Việc này không tính là thiếu sót của ai.',
  revision_moved: 'Nội dung vừa được người khác cập nhật. Anh/chị xem lại rồi lưu lần nữa.',
}

const PURPOSES: Record<WorklistLack, string> = {
  id_card: 'làm thẻ căn cước',
  eid_account: 'đăng ký tài khoản định danh điện tử',
  eid_activation: 'kích hoạt tài khoản định danh điện tử',
  sim_signature: 'đăng ký SIM chính chủ tích hợp chữ ký số',
}

/** What a citizen is invited to do: what they lack, each in its own words; nothing known to be lacking: all that is offered. */
export function invitationPurpose(lacks: readonly WorklistLack[]): string {
  const wanted = lacks.length === 0 ? (['id_card', 'eid_activation'] as const) : lacks
  return wanted.map(lack => PURPOSES[lack]).join(', ')
}

/** "14/6, 18:30, tại nhà văn hóa ấp 3": the known parts of an appointment; '' for none. */
export function appointmentAt(row: {
  appointmentOn: string | null
  appointmentTime: string
  appointmentPlace?: string | null
}): string {
  if (row.appointmentOn === null) return ''
  const place = row.appointmentPlace ? `tại ${row.appointmentPlace}` : ''
  return [formatShortDay(row.appointmentOn), row.appointmentTime, place].filter(Boolean).join(', ')
}

/** "hẹn 14/6, 18:30, tại nhà văn hóa ấp 3": the same as a part of a sentence. */
export function describeAppointment(row: Parameters<typeof appointmentAt>[0]): string {
  const at = appointmentAt(row)
  return at === '' ? '' : `hẹn ${at}`
}

type Called = { state: AssignmentState; changedAt: number | null }

/** When a call was in vain, and what comes next: "gọi 12/6/2024, 09:15; gọi lại từ 13/6"; '' in any other state. */
export function describeCall({ state, changedAt }: Called): string {
  const at = changedAt === null ? '' : `gọi ${formatInstant(changedAt)}`
  if (state === 'wrong_number') return [at, 'cần số điện thoại khác hoặc đến tận nơi'].filter(Boolean).join('; ')
  const again = callAgainOn({ state, calledAt: changedAt })
  return again === null ? '' : `${at}; gọi lại từ ${formatShortDay(again)}`
}

/** What is said beside the word of a state: the appointment without repeating that word, or the call. */
export function standingOf(row: Called & Parameters<typeof appointmentAt>[0]): string {
  return row.state === 'appointment' ? appointmentAt(row) : describeCall(row)
}

/** "Tổ 5 · Đã hẹn · 14/6, 18:30 · gọi trước khi đến": what a phone's copy says of a citizen on the list. */
export function describeListed(
  row: Called & Parameters<typeof appointmentAt>[0] & { address: string | null; note: string | null },
): string {
  return [row.address, labels.assignmentState[row.state], standingOf(row), row.note].filter(Boolean).join(' · ')
}

/** "Đã hẹn · 14/6, 18:30 · ghi chú …": what a row of an exported list notes of the contact. */
export function describeContact(
  row: Pick<ContactInput, 'state' | 'note'> & Parameters<typeof describeAppointment>[0],
): string {
  const note = row.note === null ? '' : `ghi chú: ${row.note}`
  const appointment = row.state === 'appointment' ? appointmentAt(row) : describeAppointment(row)
  return [labels.assignmentState[row.state], appointment, note].filter(Boolean).join(' · ')
}
