const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

type Life = { idleMs: number; absoluteMs: number }

/**
 * An official enters a record every few days, from a phone of their own. They may be away for a week and still find the
 * app open. After a month the password is asked for in any case.
 */
export const ORDINARY_LIFE: Life = { idleMs: 7 * DAY_MS, absoluteMs: 30 * DAY_MS }
/** What a privileged role opens is worth more than a sign-in each morning: a night ends it, and a week in any case. */
const PRIVILEGED_LIFE: Life = { idleMs: 12 * HOUR_MS, absoluteMs: 7 * DAY_MS }

/** How often a session notes that it was used: a write, so not with each request; small beside the shortest idle time. */
export const SEEN_EVERY_MS = 10 * 60_000

/** When a session ends that began and was last seen at these instants (ms), unless it is used before. */
export function sessionEnd(startedAt: number, seenAt: number, life = ORDINARY_LIFE): number {
  return Math.min(seenAt + life.idleMs, startedAt + life.absoluteMs)
}

/** True if a session has ended at `at` for an account with a privileged role then, whenever that role was given. */
export function isOverForPrivileged({ startedAt, seenAt }: { startedAt: number; seenAt: number }, at: number): boolean {
  return at >= sessionEnd(startedAt, seenAt, PRIVILEGED_LIFE)
}
