import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import type { BackupFailure } from '../app/domain/backup.ts'
import { tryHold } from './lock.server.ts'

/**
 * Results of backups, in a file beside the database, so that all processes share them and they survive a restart. The
 * file is not in the folder of backups, because that folder may be the cause of a failure.
 */
type BackupState = {
  /** since the data folder was made */
  failures: number
  /** `sentence`: the reason in words, for the log */
  lastFailure: { at: number; reason: BackupFailure; sentence: string } | null
  /** when the newest good one was made (ms); null: none was since this is noted */
  lastGoodAt: number | null
  /** the process that makes one, or that died over it */
  running: { pid: number; startedAt: number } | null
}

const NOTHING: BackupState = { failures: 0, lastFailure: null, lastGoodAt: null, running: null }
const stateFile = (database: string) => `${database}.backups.json`

/** Reads how backups fared; a file that is missing or damaged says that nothing happened. */
export function readBackupState(database: string): BackupState {
  try {
    return { ...NOTHING, ...(JSON.parse(readFileSync(stateFile(database), 'utf8')) as Partial<BackupState>) }
  } catch {
    return NOTHING
  }
}

/** Writes part of the state, as a whole file at a time. A disk that takes nothing now keeps the state before. */
function change(database: string, changes: Partial<BackupState>) {
  const part = `${stateFile(database)}.${process.pid}`
  try {
    writeFileSync(part, JSON.stringify({ ...readBackupState(database), ...changes }), { mode: 0o600 })
    renameSync(part, stateFile(database))
  } catch {
    rmSync(part, { force: true })
  }
}

/** Notes a failure at the instant `at` (ms) and counts it. */
export function noteBackupFailure(database: string, at: number, reason: BackupFailure, sentence: string) {
  const { failures } = readBackupState(database)
  change(database, { failures: failures + 1, lastFailure: { at, reason, sentence } })
}

/** Notes a good backup, made at the instant `at` (ms). */
export function noteGoodBackup(database: string, at: number) {
  change(database, { lastGoodAt: at })
}

/** Forgets who was making a backup: it was stopped on purpose. */
export function forgetRunning(database: string) {
  change(database, { running: null })
}

/** The claim on making a backup, and which process died over it before: null where none did. */
export type BackupClaim = { release: () => void; diedOver: BackupState['running'] }

/**
 * Claims the making of backups for this process; undefined where another one makes one. The operating system lets go of
 * the claim when its holder dies, so that no number of a process has to be believed after a restart of the machine.
 */
export function claimBackup(database: string, at: number): BackupClaim | undefined {
  const letGo = tryHold(`${database}.backup`)
  if (!letGo) return undefined
  const diedOver = readBackupState(database).running
  change(database, { running: { pid: process.pid, startedAt: at } })
  return {
    diedOver,
    release() {
      change(database, { running: null })
      letGo()
    },
  }
}
