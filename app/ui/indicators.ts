import { createContext, useContext } from 'react'
import { type Indicator, indicatorNamer } from '#app/domain/campaign-indicator.ts'

type Shown = Pick<Indicator, 'code' | 'name' | 'shortName'>

/** The indicators of the campaign that the page shows: the frame of every page provides them. */
export const IndicatorsContext = createContext<readonly Shown[]>([])

/** Returns the indicators of the campaign that the page shows, in its order; none where nobody is signed in. */
export const useIndicators = (): readonly Shown[] => useContext(IndicatorsContext)

/** Returns the names of those indicators by their codes (`indicatorNamer`). */
export const useIndicatorName = (): ((code: string) => string) => indicatorNamer(useIndicators())
