import type { Day } from './calendar.ts'
import type { Forecast } from './indicator.ts'

/** The words of pace, from the best to the worst. */
export const PACE_WORDS = ['on_time', 'may_miss', 'will_miss'] as const
export type PaceWord = (typeof PACE_WORDS)[number]

/**
 * Says whether a total will be reached by the last day, from the range of its forecast (plan IV.2). It is on time if
 * even the slow quarter of days reaches it by then, missed if even the fast quarter does not, open otherwise.
 */
export function paceWord({ earliest, latest }: Pick<Forecast, 'earliest' | 'latest'>, endsOn: Day): PaceWord {
  if (latest !== null && latest <= endsOn) return 'on_time'
  return earliest === null || earliest > endsOn ? 'will_miss' : 'may_miss'
}
