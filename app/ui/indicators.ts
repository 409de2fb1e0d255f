import { createContext, useContext } from 'react'
import type { Indicator } from '#app/domain/campaign-indicator.ts'

type Shown = Pick<Indicator, 'code' | 'name' | 'shortName'>

/** The indicators of the campaign that the page shows: the frame of every page provides them. */
export const IndicatorsContext = createContext<readonly Shown[]>([])

/** Returns the indicators of the campaign that the page shows, in its order; none where nobody is signed in. */
export const useIndicators = (): readonly Shown[] => useContext(IndicatorsContext)

/** Returns what the campaign calls an indicator in full; one that has no row keeps its code. */
export function useIndicatorName(): (code: string) => string {
  const shown = useIndicators()
  return code => shown.find(row => row.code === code)?.name ?? code
}
