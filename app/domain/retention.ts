const DAY_MS = 86_400_000

/**
 * How long each kind of data is kept before automatic removal, in days after the moment that `text/retention.ts` names
 * with the reason. Everything else stays: the event log and publications for good, citizens' records until a campaign's
 * keys are destroyed.
 */
export const RETENTION_DAYS = {
  import_content: 7,
  paper_bundle: 7,
  sign_in_ticket: 0,
  activation_code: 30,
  remembered_device: 90,
  push_subscription: 180,
  job: 90,
  device_account: 365,
  citizen_request_text: 730,
  /** a person's pledge as it was signed, whose certificate bears their number: five years, as long as papers of awards */
  signed_file: 1826,
  /** the table's own trigger refuses to give up anything younger */
  access_log: 730,
} as const
export type RetentionRule = keyof typeof RETENTION_DAYS
export const RETENTION_RULES = Object.keys(RETENTION_DAYS) as RetentionRule[]

/** The instant (ms) before which what a rule speaks of goes, at the instant `at` (ms). */
export function goneBefore(rule: RetentionRule, at: number): number {
  return at - RETENTION_DAYS[rule] * DAY_MS
}

/**
 * Decides whether expired data must be removed again: a day after the last removal, `removedAt` (ms; null: never yet).
 * It is due at once if `removedAt` is in the future, because the clock was set back since.
 */
export function isRemovalDue(removedAt: number | null, at: number): boolean {
  return removedAt === null || removedAt > at || at - removedAt >= DAY_MS
}
