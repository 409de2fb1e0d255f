import type { Block, UnitKind } from '../vocabulary.ts'

/** What the name of a unit says, where its list leaves it out. Each guess is shown before it is written. */

const HEAD_TITLES: readonly [RegExp, string][] = [
  [/^Công an tỉnh|^Sở |^Đài |^Trung tâm |^Kho bạc|^Bảo hiểm|Viettel|VNPT|MobiFone|Vietnamobile|FPT/, 'Giám đốc'],
  [/^Bộ Chỉ huy/, 'Chỉ huy trưởng'],
  [/^Phòng /, 'Trưởng phòng'],
  [/^Văn phòng/, 'Chánh Văn phòng'],
  [/^Thanh tra/, 'Chánh Thanh tra'],
  [/^Ban /, 'Trưởng ban'],
  [/^Ủy ban Kiểm tra/, 'Chủ nhiệm'],
  [/^Đảng ủy|^Tỉnh đoàn/, 'Bí thư'],
  [/^Tòa án/, 'Chánh án'],
  [/^Viện kiểm sát/, 'Viện trưởng'],
  [/^Cục /, 'Cục trưởng'],
]

/** Names of places that are governed; `Tỉnh đoàn` and `Huyện ủy` are none. */
const GOVERNING =
  /^(?:UBND |Ủy ban nhân dân )?(xã|phường|thị trấn|đặc khu|huyện|thị xã|thành phố|tỉnh) (?!(?:đoàn|ủy|đội|hội)(?: |$))/i

/** How a unit of this name usually calls its head. */
export function headTitleOf(name: string): string {
  const type = GOVERNING.exec(name)?.[1]
  if (type !== undefined) return `Chủ tịch UBND ${type.toLowerCase()}`
  return HEAD_TITLES.find(([pattern]) => pattern.test(name))?.[1] ?? 'Chủ tịch'
}

/** The kind that a name and the kind of the unit above say. */
export function unitKindOf(name: string, above: UnitKind): UnitKind {
  const type = GOVERNING.exec(name)?.[1]?.toLowerCase()
  if (type !== undefined && /^(xã|phường|thị trấn|đặc khu)$/.test(type)) return 'commune'
  if (type !== undefined && above === 'province') return 'district'
  return above === 'province' ? 'provincial_agency' : 'department'
}

const ARMED = /^(Công an|Bộ Chỉ huy|Ban Chỉ huy Quân sự|Bộ đội|Đồn Biên phòng|Trung đoàn|Sư đoàn)/

/** The block that a name says, else that of the unit above. */
export const blockOf = (name: string, above: Block): Block => (ARMED.test(name) ? 'armed_forces' : above)

/** The locality that the name of a governing unit names: `UBND xã Tân Thành` → `xã Tân Thành`; '' for any other. */
export const governedPlace = (name: string): string =>
  GOVERNING.test(name) ? name.replace(/^(UBND|Ủy ban nhân dân) /i, '') : ''
