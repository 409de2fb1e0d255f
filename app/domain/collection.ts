import { z } from '#app/domain/zod.ts'
import type { Day } from './calendar.ts'
import { requiredChoice, requiredDay, requiredText, requiredWhole } from './field.ts'
import { askAbout, IMPERSONAL } from './personal-input.ts'
import type { FieldProblem, InputProblem } from './problem.ts'
import { POINT_KINDS } from './vocabulary.ts'

/** A collection point as it is announced. Plan III.3. */
export const pointInput = z
  .object({
    kind: requiredChoice(POINT_KINDS),
    name: requiredText(120),
    localityCode: requiredText(10),
    place: requiredText(200),
    fromOn: requiredDay,
    toOn: requiredDay,
    hours: requiredText(60),
    dailyCapacity: requiredWhole({ min: 1, max: 5000 }),
    ...IMPERSONAL,
  })
  .superRefine(askAbout('name', 'place', 'hours'))
  .refine(({ fromOn, toOn }) => fromOn <= toOn, { path: ['toOn'], error: 'ends_before_start' satisfies InputProblem })
export type PointInput = Omit<z.infer<typeof pointInput>, 'isImpersonal'>

const count = requiredWhole({ min: 0, max: 100_000 })

/** What a point did on one day: how many were invited, and applications received, sent on and approved. Plan III.3. */
export const collectionDayInput = z.object({
  day: requiredDay,
  invited: count,
  received: count,
  sentOn: count,
  approved: count,
})
export type CollectionDay = z.infer<typeof collectionDayInput>

/**
 * Returns why a day conflicts with the other days of its point. An application is sent on after it was received, and
 * approved after that, often days later. So the sums up to each day must hold, not each day alone.
 */
export function checkCollectionDay(
  entered: CollectionDay,
  {
    days,
    fromOn,
    toOn,
    today,
  }: {
    /** the point's other days, `entered`'s own among them where it replaces one */
    days: readonly CollectionDay[]
    fromOn: Day
    toOn: Day
    today: Day
  },
): FieldProblem[] {
  if (entered.day > today) return [{ field: 'day', reason: 'in_future' }]
  if (entered.day < fromOn || entered.day > toOn) return [{ field: 'day', reason: 'outside_point_days' }]
  const sums = { received: 0, sentOn: 0, approved: 0 }
  const all = [...days.filter(({ day }) => day !== entered.day), entered].toSorted((a, b) => (a.day < b.day ? -1 : 1))
  for (const { received, sentOn, approved } of all) {
    sums.received += received
    sums.sentOn += sentOn
    sums.approved += approved
    if (sums.sentOn > sums.received) return [{ field: 'sentOn', reason: 'more_sent_than_received' }]
    if (sums.approved > sums.sentOn) return [{ field: 'approved', reason: 'more_approved_than_sent' }]
  }
  return []
}

/** What a day's figures ask about, without refusing them: people also come uninvited, and points run over. */
const COLLECTION_QUESTIONS = ['more_received_than_invited', 'over_capacity'] as const
export type CollectionQuestion = (typeof COLLECTION_QUESTIONS)[number]

/** The questions that a day raises. */
export function askCollectionDay(
  { invited, received }: Pick<CollectionDay, 'invited' | 'received'>,
  dailyCapacity: number,
): CollectionQuestion[] {
  return [
    ...(received > invited ? (['more_received_than_invited'] as const) : []),
    ...(received > dailyCapacity ? (['over_capacity'] as const) : []),
  ]
}
