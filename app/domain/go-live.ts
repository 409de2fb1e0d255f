import { addDays, type Day } from './calendar.ts'

/** việc phải xong trước khi vận hành chính thức: what people decide or do and note with its document. */
export const GO_LIVE_ITEMS = [
  'security_level',
  'basis_police_extract',
  'basis_carrier_extract',
  'basis_public_page',
  'basis_interface',
  'impact_assessment',
  'keys_escrowed',
  'restore_drill',
  'second_factors',
  'metrics_watched',
  'accounts_reviewed',
] as const
export type GoLiveItem = (typeof GO_LIVE_ITEMS)[number]

/** Days after which an item is to be done again; the others are done once. */
const RENEWED_AFTER_DAYS: Partial<Record<GoLiveItem, number>> = { restore_drill: 180, accounts_reviewed: 90 }

export type GoLiveState = 'open' | 'done' | 'due_again'

/** Returns the state of an item today, from the day it was last done; `dueOn`: when it is due again. */
export function goLiveStateOf(
  item: GoLiveItem,
  doneOn: Day | undefined,
  today: Day,
): { state: GoLiveState; dueOn: Day | null } {
  if (doneOn === undefined) return { state: 'open', dueOn: null }
  const days = RENEWED_AFTER_DAYS[item]
  const dueOn = days === undefined ? null : addDays(doneOn, days)
  return { state: dueOn !== null && dueOn < today ? 'due_again' : 'done', dueOn }
}

/** What the system sees of its own installation. */
type Installation = {
  isDemo: boolean
  publicUrl: string
  /** whether backups are on another disk than the database */
  hasBackupsApart: boolean
  /** whether the folder of backups takes files */
  canBackUp: boolean
  /** when the newest backup that was looked through was made (ms); null: there is none */
  backedUpAt: number | null
  /** how far the continuous copy is behind (seconds); null: there is none */
  replicaLagSeconds: number | null
  /** whether the continuous copy is on another disk or machine than the database */
  hasReplicaApart: boolean
}

/** The checks that must pass before people's data is entrusted to the installation. */
export const INSTALLATION_CHECKS = [
  'demo_off',
  'tls_on',
  'backups_apart',
  'backup_writable',
  'backup_fresh',
  'replica_fresh',
] as const
export type InstallationCheck = (typeof INSTALLATION_CHECKS)[number]

/** A backup is made each night, and one that was due may still be running. */
const BACKUP_FRESH_MS = 26 * 60 * 60_000
/** A copy is a second or two behind; more than a minute means that it does not go on. */
const MOST_REPLICA_LAG_SECONDS = 60

/** Says which checks hold at the instant `now` (ms). */
export function checkInstallation(seen: Installation, now: number): Record<InstallationCheck, boolean> {
  return {
    demo_off: !seen.isDemo,
    tls_on: seen.publicUrl.startsWith('https:'),
    backups_apart: seen.hasBackupsApart,
    backup_writable: seen.canBackUp,
    backup_fresh: seen.backedUpAt !== null && now - seen.backedUpAt <= BACKUP_FRESH_MS,
    replica_fresh:
      seen.hasReplicaApart && seen.replicaLagSeconds !== null && seen.replicaLagSeconds <= MOST_REPLICA_LAG_SECONDS,
  }
}
