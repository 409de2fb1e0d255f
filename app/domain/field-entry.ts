import type { Day } from './calendar.ts'
import { lastEntryDay } from './late-entry.ts'
import type { FieldProblem } from './problem.ts'
import type { Regulation } from './regulation.ts'

/**
 * True for what is dated after the campaign's last day: it is listed apart, in no sum and in no report. Domain 8.
 */
export const isAfterCampaign = (day: Day, { endsOn }: Pick<Regulation, 'endsOn'>) => day > endsOn

/** Returns why nothing more of outreach and collection points is entered on `today`: the last day of entry is over. */
export function checkEntryOpen(
  today: Day,
  regulation: Pick<Regulation, 'lastEntryOn' | 'finalReportOn'>,
): FieldProblem[] {
  return today > lastEntryDay(regulation) ? [{ field: '', reason: 'entry_over' }] : []
}
