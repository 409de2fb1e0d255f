import type { CorrectedField, CorrectionChange } from '#app/domain/correction.ts'
import type { CorrectionKind } from '#app/domain/vocabulary.ts'
import { formatDay, maskNumber } from './format.ts'
import { labels } from './vocabulary.ts'
import { type Waiting, waitingSentence } from './waiting.ts'

const FIELDS: Record<CorrectedField, string> = {
  name: 'Họ và tên',
  birthOn: 'Ngày sinh',
  birthYear: 'Năm sinh',
  sex: 'Giới tính',
  number: 'Số định danh',
  phone: 'Điện thoại',
  entry: 'Hồ sơ',
  login: 'Đăng nhập',
}

function valueText(field: CorrectedField, value: string | null): string {
  if (value === null) return 'chưa ghi'
  if (field === 'birthOn') return formatDay(value)
  if (field === 'number' || field === 'phone') return maskNumber(value)
  return field === 'sex' && (value === 'male' || value === 'female') ? labels.sex[value] : value
}

/** Each change in words, `Ngày sinh: 12/3/1985 → 21/3/1985`; the year is left out beside its day. */
export function correctionLines(changes: readonly CorrectionChange[]): string[] {
  const hasDay = changes.some(({ field, to }) => field === 'birthOn' && to !== null)
  return changes
    .filter(({ field }) => !(hasDay && field === 'birthYear'))
    .map(({ field, from, to }) => `${FIELDS[field]}: ${valueText(field, from)} → ${valueText(field, to)}`)
}

/** Why a correction was made: the words given, or the list that said so. */
export function correctionReason({ reason, batchId }: { reason: string; batchId: number | null }): string {
  return batchId === null ? reason : 'Theo danh sách tải lên'
}

/** What saying yes leads to. */
export const correctionEffects: Record<CorrectionKind, string> = {
  details: '',
  number: 'Đồng ý thì mọi đối chiếu theo số định danh được xét lại.',
  phone: 'Đồng ý thì từ đó đăng nhập bằng số mới; mật khẩu giữ nguyên.',
  merge:
    'Đồng ý thì trường hợp, nội dung bản thân và phân công của hai hồ sơ về một hồ sơ; đăng nhập kia kết thúc. Trường hợp còn chờ gửi trên điện thoại cần gửi hết trước.',
}

/** For whom a correction waits, and until when. */
export function correctionWaits({
  isOwn,
  waitsFor,
  ...term
}: { isOwn: boolean; waitsFor: string | null } & Omit<Waiting, 'whom'>): string {
  const person = isOwn ? 'anh/chị' : 'chính người này'
  return waitingSentence(
    { whom: `${person} hoặc một người khác có trách nhiệm của ${waitsFor ?? 'cơ quan thường trực'} xác nhận`, ...term },
    'Đến khi đó mọi thứ giữ như cũ.',
  )
}
