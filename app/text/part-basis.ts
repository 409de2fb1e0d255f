import type { PartSums } from '#app/domain/part-sums.ts'
import type { RestsOn } from '#app/domain/standing.ts'
import { PART_BASES, type PartBasis } from '#app/domain/vocabulary.ts'
import { formatNumber } from './format.ts'
import type { TermNames } from './terms.ts'

/**
 * Says what those who met a part rest on: "SIM…: tự chứng minh 3, theo số liệu trích xuất 5, theo xác nhận của đơn vị
 * 2". A basis that the part cannot rest on is left out.
 */
export const explainBases = ({ name, ...sums }: NamedBases): string =>
  `${name}: ${PART_BASES.flatMap(basis => {
    const sum = sums[basis]
    return sum === null ? [] : [`${partBasisLabels[basis]} ${formatNumber(sum)}`]
  }).join(', ')}`

/** The sums of one part by what the met rest on, under the campaign's name for it; null: it rests on none of the kind. */
export type NamedBases = { name: string } & Pick<PartSums, PartBasis>

/** What a met part rests on, within a sentence or as a column. */
export const partBasisLabels: Record<PartBasis, string> = {
  proof: 'tự chứng minh',
  extract: 'theo số liệu trích xuất',
  unit: 'theo xác nhận của đơn vị',
}

/** One of a person's own parts under the campaign's name for it, and what it rests on; `basis` null: it is not met. */
export type NamedBasis = { name: string; basis: PartBasis | null }

/** Gives a person's parts the campaign's names. */
export const namedPartBases = (bases: readonly RestsOn[], { part: names }: Pick<TermNames, 'part'>): NamedBasis[] =>
  bases.map(({ part, basis }) => ({ name: names[part], basis }))

/** Says what one part rests on: "đạt, tự chứng minh"; "chưa đạt". */
export const basisText = (basis: PartBasis | null) => (basis === null ? 'chưa đạt' : `đạt, ${partBasisLabels[basis]}`)

/** Says of each part what it rests on: "Điện thoại thông minh 4G: đạt, theo xác nhận của đơn vị; …". */
export const explainPartBases = (parts: readonly NamedBasis[]) =>
  parts.map(({ name, basis }) => `${name}: ${basisText(basis)}`).join('; ')

const SHORT_LABELS: Record<PartBasis, string> = { proof: 'tự chứng minh', extract: 'trích xuất', unit: 'đơn vị' }

/** How many parts rest on what, for the narrowest column: "1 tự chứng minh, 2 trích xuất, 1 chưa đạt". */
export const countPartBases = (parts: readonly NamedBasis[]) =>
  [...PART_BASES, null]
    .flatMap(basis => {
      const count = parts.filter(part => part.basis === basis).length
      return count === 0 ? [] : [`${count} ${basis === null ? 'chưa đạt' : SHORT_LABELS[basis]}`]
    })
    .join(', ')
