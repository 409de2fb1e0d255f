import { PROVINCE_WORDS, type Province } from '#app/domain/province.ts'
import type { DifficultyRoute } from '#app/domain/vocabulary.ts'
import { labels } from './vocabulary.ts'

type Named = Pick<Province, 'name' | 'type'>

/** Names the province within a sentence: "tỉnh Đồng Nai". */
export const provinceInFull = ({ type, name }: Named) => `${PROVINCE_WORDS[type]} ${name}`

/** Names the province at the head of a line: "Tỉnh Đồng Nai". */
export const provinceTitle = (province: Named) =>
  provinceInFull(province).replace(/^./, first => first.toLocaleUpperCase('vi'))

/** Names its people's committee as pages do: "UBND tỉnh Đồng Nai". */
export const committeeOf = (province: Named) => `UBND ${provinceInFull(province)}`

/** Names its people's committee as documents do. */
export const committeeInFull = (province: Named) => `Ủy ban nhân dân ${provinceInFull(province)}`

/** Names the office to which a difficulty goes. */
export const routeLabel = (route: DifficultyRoute, { telecomOffice }: Pick<Province, 'telecomOffice'>) =>
  route === 'telecom_office' ? telecomOffice : labels.difficultyRoute[route]
