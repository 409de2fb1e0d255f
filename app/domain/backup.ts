/** Why no good backup was made; the log says it in a sentence, the operator's page in Vietnamese. */
export const BACKUP_FAILURES = [
  'folder',
  'disk_full',
  'interrupted',
  'not_whole',
  'key',
  'chain_broken',
  'tallies_differ',
  'other',
] as const
export type BackupFailure = (typeof BACKUP_FAILURES)[number]

/** Hours between two backups: a divisor of the day keeps the same hours each day. */
export const MOST_BACKUP_HOURS = 24

const HOUR_MS = 3_600_000
/** 02:00 in Asia/Ho_Chi_Minh, of the first day of 1970 UTC. */
const FIRST_AT = 19 * HOUR_MS
/** Tries again after a failure when so long has passed: the cause seldom heals by itself, and a try writes a whole file. */
const BACK_OFF_MS = HOUR_MS

/**
 * Tells whether a backup is due at the instant `now` (ms): none that was looked through is as new as the last of the
 * hours at which one is made (02:00, then each `everyHours`), and none failed within the last hour. Instants after `now`
 * are those of a clock that was wrong: they hold nothing up.
 */
export function isBackupDue(
  { lastOkAt, lastFailedAt }: { lastOkAt: number | null; lastFailedAt: number | null },
  everyHours: number,
  now: number,
): boolean {
  if (lastFailedAt !== null && lastFailedAt <= now && now - lastFailedAt < BACK_OFF_MS) return false
  const dueAt = now - ((now - FIRST_AT) % (everyHours * HOUR_MS))
  return lastOkAt === null || lastOkAt < dueAt || lastOkAt > now
}
