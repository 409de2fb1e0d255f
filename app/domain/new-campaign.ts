import { knownDaysOff } from './days-off.ts'
import type { Regulation } from './regulation.ts'
import { firstWeeklyOn } from './report.ts'

/** What the form of a new campaign asks for itself. */
type Own = Pick<Regulation, 'startsOn' | 'endsOn' | 'finalReportOn' | 'quota'>

/**
 * The parameters of a campaign that begins as a copy of another's: readings and limits are copied, days are its own.
 * Its weekly report begins within it and no document sets it yet; days off are those known of its years.
 */
export function copiedParameters(from: Regulation, own: Own): Regulation {
  const { weekday } = from.weeklyReport
  return {
    ...from,
    ...own,
    lastEntryOn: null,
    weeklyReport: { ...from.weeklyReport, firstOn: firstWeeklyOn(own, weekday), documentNumber: '' },
    daysOff: knownDaysOff(own),
  }
}
