import { BASES, type CountingBasis } from '#app/domain/vocabulary.ts'
import { formatNumber } from '#app/text/format.ts'
import { labels } from '#app/text/vocabulary.ts'
import { Share } from './figure.tsx'
import { Facts } from './sheet.tsx'

/** How many counted records rest on each basis, the strongest that each has. */
export type BasisCounts = { counted: number } & Record<`by${Capitalize<CountingBasis>}`, number>

/** Shows the basis of the counted records of a unit, with the share of each. */
export function BasisFacts({ help }: { help: BasisCounts }) {
  const counts: Record<CountingBasis, number> = {
    inspection: help.byInspection,
    extract: help.byExtract,
    citizen: help.byCitizen,
    unit: help.byUnit,
  }
  return (
    <Facts
      facts={BASES.map(basis => ({
        name: labels.basis[basis],
        value: help.counted === 0 ? formatNumber(0) : <Share part={counts[basis]} whole={help.counted} />,
      }))}
    />
  )
}
