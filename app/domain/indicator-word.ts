import type { Day } from './calendar.ts'
import { ageOf } from './figure-age.ts'
import type { IndicatorState } from './indicator.ts'
import { type PaceWord, paceWord } from './pace-word.ts'

/**
 * What is said of an indicator in a word: the total is reached, or whether it will be in time. `old_figure`: the newest
 * figure is too old to forecast by.
 */
export type IndicatorWord = 'reached' | PaceWord | 'old_figure' | 'no_figures' | 'no_target'

/** Returns the word of an indicator on `today` from its state and the day of its newest figure (null: none). */
export function indicatorWord(
  { status, forecast, asOfOn }: Pick<IndicatorState, 'status' | 'forecast'> & { asOfOn: Day | null },
  today: Day,
  endsOn: Day,
): IndicatorWord {
  if (status === 'reached' || status === 'no_figures' || status === 'no_target') return status
  if (forecast === null || asOfOn === null) return 'no_figures'
  return ageOf(asOfOn, today).isOld ? 'old_figure' : paceWord(forecast, endsOn)
}
