import { addDays, type Day } from './calendar.ts'
import { openToOfficial, type Standing, shortageOf } from './standing.ts'

/** What may wait: for oneself first, then for the unit that one answers for. */
const REMINDER_KINDS = [
  'nudge',
  'pledge',
  'obligations',
  'citizens',
  'returned',
  'appointments',
  'companion',
  'join_offers',
  'corrections',
  'confirm_help',
  'confirm_obligations',
  'disputes',
  'exemptions',
  'exemption_scans',
  'transfers',
  'receipts',
  'inspection_answer',
  'inspection_signatures',
  'appeals',
  'reconsiderations',
  'report_asked',
  'report',
  'due_process',
  'own_reset',
  'root_head_reset',
  'keys_announced',
  'grant_requests',
  'closing',
  'recount',
] as const
export type ReminderKind = (typeof REMINDER_KINDS)[number]

/** What waits in every campaign alike: of the account, the person and their place, not of a plan. */
const OF_NO_CAMPAIGN: readonly ReminderKind[] = [
  'corrections',
  'transfers',
  'receipts',
  'own_reset',
  'root_head_reset',
  'keys_announced',
  'grant_requests',
]

/** One thing that waits: how many, until when (null: it has no day), and for which unit (null: one's own). */
export type Reminder = {
  kind: ReminderKind
  count: number
  dueOn: Day | null
  unit: { id: number; name: string } | null
}

/** Sums up what waits, each until its own day: how many, and the nearest day. Empty: nothing. */
export function remindOf(kind: ReminderKind, due: readonly Day[], unit: Reminder['unit'] = null): Reminder[] {
  const [dueOn] = [...due].sort()
  return dueOn === undefined ? [] : [{ kind, count: due.length, dueOn, unit }]
}

/**
 * Lists what an official still owes by the last day (plan IV.1); a confirmed part is not met if its certificate is not
 * good enough.
 */
export function ownReminders(
  { target, counts, obligations, bearsObligations }: Standing,
  { hasPledge, returned, endsOn }: { hasPledge: boolean; returned: number; endsOn: Day },
): Reminder[] {
  const own = (kind: ReminderKind, count: number, dueOn: Day | null): Reminder => ({ kind, count, dueOn, unit: null })
  return [
    own('pledge', hasPledge ? 0 : 1, null),
    own('obligations', bearsObligations ? openToOfficial(obligations).length : 0, endsOn),
    own('citizens', shortageOf(target, counts.counted), endsOn),
    own('returned', returned, null),
  ].filter(({ count }) => count > 0)
}

/** A campaign's share of a person's tasks; `code` null: what waits in every campaign alike. */
export type ReminderPart = { code: string | null; reminders: Reminder[] }

/** Puts the tasks of several campaigns together: what waits in all of them is said once, at the end. */
export function reminderParts(campaigns: readonly { code: string; reminders: readonly Reminder[] }[]): ReminderPart[] {
  const isCommon = ({ kind }: Reminder) => OF_NO_CAMPAIGN.includes(kind)
  const parts: ReminderPart[] = campaigns.map(({ code, reminders }) => ({
    code,
    reminders: reminders.filter(reminder => !isCommon(reminder)),
  }))
  const common = campaigns[0]?.reminders.filter(isCommon) ?? []
  return [...parts, { code: null, reminders: common }].filter(({ reminders }) => reminders.length > 0)
}

/** Returns the days whose appointments are announced: today and tomorrow. */
export function appointmentDays(today: Day): { from: Day; to: Day } {
  return { from: today, to: addDays(today, 1) }
}
