import { addDays, type Day } from './calendar.ts'

/** Month and day of the public holidays that fall on one date each year (Labour Code 2019, Điều 112). */
const FIXED = ['01-01', '04-30', '05-01', '09-02']

/**
 * The further days off of each year, as the government announced them: Tết and Giỗ Tổ by the moon, the second day of
 * Quốc khánh, days given for weekends and swapped. A year joins when it is announced.
 */
const ANNOUNCED: Readonly<Record<string, readonly Day[]>> = {
  '2024': [
    '2024-02-08',
    '2024-02-09',
    '2024-02-12',
    '2024-02-13',
    '2024-02-14',
    '2024-04-18',
    '2024-04-29',
    '2024-09-03',
  ],
  '2025': [
    '2025-01-27',
    '2025-01-28',
    '2025-01-29',
    '2025-01-30',
    '2025-01-31',
    '2025-04-07',
    '2025-05-02',
    '2025-09-01',
  ],
  '2026': [
    '2026-01-02',
    '2026-02-16',
    '2026-02-17',
    '2026-02-18',
    '2026-02-19',
    '2026-02-20',
    '2026-04-27',
    '2026-08-31',
    '2026-09-01',
  ],
}

/** Days after the final report in which deadlines may still fall: explanation, appeal, the council. */
const DAYS_AFTER = 60

type Span = { startsOn: Day; finalReportOn: Day }

const yearOf = (day: Day) => Number(day.slice(0, 4))

/** The years in which a campaign's deadlines may fall. */
function yearsOf({ startsOn, finalReportOn }: Span): string[] {
  const first = yearOf(startsOn)
  const last = yearOf(addDays(finalReportOn, DAYS_AFTER))
  return Array.from({ length: Math.max(0, last - first) + 1 }, (_, n) => String(first + n))
}

/** The days off that are known of a campaign's years: those on fixed dates, and those announced. */
export function knownDaysOff(span: Span): Day[] {
  const days = yearsOf(span).flatMap(year => [...FIXED.map(date => `${year}-${date}`), ...(ANNOUNCED[year] ?? [])])
  return [...new Set(days)].sort()
}

/** The years of a campaign whose announced days off (Tết, Giỗ Tổ, swaps) are not among its days off. */
export function yearsWithoutDaysOff(span: Span, daysOff: readonly Day[]): string[] {
  const isAnnounced = (day: Day) => !FIXED.includes(day.slice(5))
  return yearsOf(span).filter(year => !daysOff.some(day => day.startsWith(`${year}-`) && isAnnounced(day)))
}
