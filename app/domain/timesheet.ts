import { type Day, daysFrom } from './calendar.ts'

/** bảng chấm công: the days on which a team's members went, from what they recorded (plan III.2). */

/** A member from–to; the caller leaves out those paid from the budget. */
type SheetMember = { officialId: number; fromOn: Day; toOn: Day | null }

/** One trace of work: a record that counts, a visit along that the companion agrees to, or an assigned citizen contacted. */
export type WorkTrace = { officialId: number; on: Day; place: string; kind: 'record' | 'companion' | 'contact' }

/** A member's day: where, and how many records, visits along and contacts. */
export type WorkDay = { on: Day; places: string[]; records: number; companions: number; contacts: number }

/**
 * Counts the days of each member between `fromOn` and `toOn` with at least one trace during their membership, by
 * official. A day counts once, however much was done on it.
 */
export function workDaysOf(
  members: readonly SheetMember[],
  traces: readonly WorkTrace[],
  { fromOn, toOn }: { fromOn: Day; toOn: Day },
): Map<number, WorkDay[]> {
  const days = new Map<number, Map<Day, WorkDay>>()
  for (const { officialId, on, place, kind } of traces) {
    if (on < fromOn || on > toOn) continue
    const isMember = members.some(
      row => row.officialId === officialId && row.fromOn <= on && (row.toOn === null || on <= row.toOn),
    )
    if (!isMember) continue
    const own = days.get(officialId) ?? new Map<Day, WorkDay>()
    const day = own.get(on) ?? { on, places: [], records: 0, companions: 0, contacts: 0 }
    if (place !== '' && !day.places.includes(place)) day.places.push(place)
    if (kind === 'record') day.records += 1
    else if (kind === 'companion') day.companions += 1
    else day.contacts += 1
    own.set(on, day)
    days.set(officialId, own)
  }
  return new Map(
    [...days].map(([officialId, own]) => [officialId, [...own.values()].sort((a, b) => (a.on < b.on ? -1 : 1))]),
  )
}

/** A period cut into calendar months, each with all its days within the period: one sheet of the workbook each. */
export function monthsOf(fromOn: Day, toOn: Day): { month: string; days: Day[] }[] {
  const months = new Map<string, Day[]>()
  for (const day of daysFrom(fromOn, toOn)) months.set(day.slice(0, 7), [...(months.get(day.slice(0, 7)) ?? []), day])
  return [...months].map(([month, days]) => ({ month, days }))
}
