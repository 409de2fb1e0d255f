/** Why no good backup was made; the log says it in a sentence, the operator's page in Vietnamese. */
const BACKUP_FAILURES = [
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
/** The wait (ms) after a failure: the cause seldom goes away without help, and each try writes a whole file. */
const BACK_OFF_MS = HOUR_MS

/**
 * Decides whether a backup is due at the instant `now` (ms). It is due if no checked backup is as new as the last
 * scheduled hour: 02:00, then each `everyHours`. After a failure it waits an hour. Instants after `now` come from a
 * wrong clock and delay nothing.
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

/** A database up to this size (bytes) is backed up within a second or two, which delays no request. */
const QUICK_BYTES = 200_000_000
const AFTER_START_MS = 5 * 60_000

/** Returns how long after a start (ms) the first look for a backup waits: a large one would slow the first minute. */
export function firstBackupLook(databaseBytes: number): number {
  return databaseBytes > QUICK_BYTES ? AFTER_START_MS : 0
}
