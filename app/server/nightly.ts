import { spawn } from 'node:child_process'
import { statSync } from 'node:fs'
import { type BackupFailure, firstBackupLook } from '#app/domain/backup.ts'
import { prepareFolder } from '#db/backup.server.ts'
import { forgetRunning, noteBackupFailure, readBackupState } from '#db/backup-state.server.ts'
import { FACTS_DIFFER, folderFinding, isDueNow, NOT_NOW } from './backup.ts'
import type { Settings } from './settings.ts'

const LOOK_MS = 10 * 60_000
/** A backup that takes longer hangs, such as on a disk behind a network that is gone. */
const LONGEST_MS = 6 * 3_600_000

type Log = { info: (entry: object) => void; error: (entry: object) => void }

/**
 * Makes a backup whenever one is due, in a separate process, regardless of which server process checks first.
 * `command`: Node's arguments for the operator's commands. Logs at once if the folder is not writable. Returns a
 * function that stops it. Stopping interrupts a running backup, which does not count as a failure.
 */
export function backUpWhenDue(settings: Settings, command: readonly string[], log: Log): () => Promise<void> {
  const { databaseFile, backups } = settings
  let running: { stop: () => Promise<void> } | undefined
  const tellFailure = (reason: BackupFailure, sentence: string, more: object = {}) =>
    log.error({ backup: 'failed', reason, sentence, ...more })
  const tellEnd = (code: number | null, said: string, before: number) => {
    const { failures, lastFailure } = readBackupState(databaseFile)
    if (failures > before && lastFailure) tellFailure(lastFailure.reason, lastFailure.sentence, { code, said })
    else if (code === FACTS_DIFFER) log.error({ facts: 'differ', said })
    else if (code !== 0 && code !== NOT_NOW) tellFailure('other', `the backup ended with ${code}`, { code, said })
    if (code === 0 || code === FACTS_DIFFER) log.info({ backup: 'done', said })
  }

  const look = () => {
    if (running || !isDueNow(settings, readBackupState(databaseFile).running !== null)) return
    const before = readBackupState(databaseFile).failures
    const child = spawn(process.execPath, [...command, 'backup', 'due'], { stdio: ['ignore', 'pipe', 'pipe'] })
    const overdue = setTimeout(() => child.kill('SIGKILL'), LONGEST_MS).unref()
    let isStopped = false
    let said = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        said = `${said}${chunk.toString('utf8')}`.slice(-4000)
      })
    const ended = new Promise<void>(resolve => {
      child.on('close', (code, signal) => {
        clearTimeout(overdue)
        running = undefined
        resolve()
        if (isStopped) return forgetRunning(databaseFile)
        // one that died could not count itself
        if (code === null) {
          noteBackupFailure(databaseFile, Date.now(), 'interrupted', `the process of the backup ended by ${signal}`)
          forgetRunning(databaseFile)
        }
        tellEnd(code, said, before)
      })
    })
    running = {
      stop() {
        isStopped = true
        child.kill()
        return ended
      },
    }
  }

  const code = prepareFolder(backups.folder)
  if (code !== null) {
    const { reason, sentence } = folderFinding(backups.folder, code)
    tellFailure(reason, sentence)
  }
  const begin = () => {
    look()
    looking = setInterval(look, LOOK_MS).unref()
  }
  let looking: NodeJS.Timeout | undefined
  const waitMs = firstBackupLook(statSync(databaseFile).size)
  if (waitMs > 0) looking = setTimeout(begin, waitMs).unref()
  else begin()
  return async () => {
    clearInterval(looking)
    await running?.stop()
  }
}
