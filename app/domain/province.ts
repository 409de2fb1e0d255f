import type { Day } from './calendar.ts'

/** tỉnh, or thành phố trực thuộc trung ương. */
export const PROVINCE_TYPES = ['province', 'city'] as const
export type ProvinceType = (typeof PROVINCE_TYPES)[number]

/** What kind of place each is, as the list of localities calls it and as sentences do. */
export const PROVINCE_WORDS = { province: 'tỉnh', city: 'thành phố' } as const satisfies Record<ProvinceType, string>

/** Reads the kind of place that a province's locality has; any other word than tỉnh is a city. */
export const provinceTypeOf = (word: string): ProvinceType => (word === PROVINCE_WORDS.province ? 'province' : 'city')

/** How the province and its offices are called from `fromOn` on. */
export type Province = {
  fromOn: Day
  /** its code among localities and in id numbers' registers */
  code: string
  /** the name alone: "Đồng Nai" */
  name: string
  type: ProvinceType
  /** where its papers are dated: "Đồng Nai" */
  place: string
  /** the office that speaks for telecommunications */
  telecomOffice: string
}

/** Returns the entry in force on `day`: the latest that has begun, else the first; undefined where there is none. */
export function provinceOn<Entry extends { fromOn: Day }>(entries: readonly Entry[], day: Day): Entry | undefined {
  const inOrder = [...entries].sort((a, b) => (a.fromOn < b.fromOn ? -1 : 1))
  return inOrder.findLast(({ fromOn }) => fromOn <= day) ?? inOrder[0]
}
