import { spawn } from 'node:child_process'
import { mkdirSync, openSync, readdirSync, rmSync } from 'node:fs'
import { setPriority } from 'node:os'
import { join } from 'node:path'
import { dayOf, hourOf } from '#app/domain/calendar.ts'
import { findCampaign } from '#app/queries/campaign.server.ts'
import { campaignIds } from '#app/queries/campaign-rules.server.ts'
import { walkEventChain } from '#app/queries/event-chain.server.ts'
import { recount } from '#app/queries/recount.server.ts'
import {
  type BackupProblem,
  checkBackup,
  isLookedThrough,
  makeBackup,
  noteLookedThrough,
  restoreBackup,
  rotateBackups,
} from '#db/backup.server.ts'
import { closeDatabase, openUnchanged } from '#db/client.server.ts'
import { useMasterKey } from '#db/keys.server.ts'
import type { Settings } from './settings.ts'

const PROBLEMS: Record<BackupProblem, string> = {
  no_backup: 'there is no such file',
  no_note: 'its note (.json) is missing or cannot be read',
  content_differs: 'its content is not what was backed up: damaged or changed',
  not_whole: 'it is no whole database',
  events_differ: 'its event log is not what was backed up',
}

const say = (line: string) => process.stdout.write(`${line}\n`)

/** How much a backup gives way to the processes that answer people; 0 is like them, 19 most. */
export const BACKUP_PRIORITY = 10

/** Backs up, looks through what was written, removes the oldest backups; a bad one is named and none is removed. */
export async function backUp({ databaseFile, backups, masterKey }: Settings): Promise<number> {
  setPriority(BACKUP_PRIORITY)
  const file = await makeBackup(databaseFile, backups.folder, Date.now())
  say(`backed up to ${file}`)
  const code = await verifyBackup({ masterKey }, file)
  if (code === 0) noteLookedThrough(file, Date.now())
  if (code === 0) for (const name of rotateBackups(backups.folder, backups.keep)) say(`removed ${name}`)
  return code
}

/** Looks through one backup: its content against its note, the event log's chain, every tally against the facts. */
export async function verifyBackup({ masterKey }: Pick<Settings, 'masterKey'>, file = ''): Promise<number> {
  const problem = await checkBackup(file)
  if (problem) {
    say(`${file}: ${PROBLEMS[problem]}`)
    return 1
  }
  const fault = useMasterKey(masterKey)
  if (fault) {
    say(`MASTER_KEY is ${fault}: what is sealed cannot be looked at`)
    return 1
  }
  openUnchanged(file)
  try {
    const chain = walkEventChain('')
    say(`${chain?.count} events${chain?.brokenAt === null ? ' fit' : `, event ${chain?.brokenAt} does not fit`}`)
    return countDifferences() === 0 && chain?.brokenAt === null ? 0 : 1
  } finally {
    closeDatabase()
  }
}

/**
 * Puts a backup in the place of the database; what stood there is kept beside it. One that was looked through when it
 * was made, and is unchanged since, is not recounted once more: at a province's size that takes longer than the rest.
 */
export async function restore({ databaseFile, masterKey }: Settings, file = ''): Promise<number> {
  if (isLookedThrough(file)) {
    const problem = await checkBackup(file)
    if (problem) {
      say(`${file}: ${PROBLEMS[problem]}`)
      return 1
    }
  } else {
    const code = await verifyBackup({ masterKey }, file)
    if (code !== 0) return code
  }
  try {
    const kept = restoreBackup(file, databaseFile, Date.now())
    say(`restored ${databaseFile}${kept ? `; the database before is ${kept}` : ''}`)
    return 0
  } catch (error) {
    say(error instanceof Error ? error.message : String(error))
    return 1
  }
}

/** Recounts every campaign from the facts, prints the differences, and returns how many there are. */
export function countDifferences(): number {
  let found = 0
  for (const campaignId of campaignIds()) {
    const differences = recount(campaignId)
    found += differences.length
    for (const { table, key, metric, stored, recounted } of differences)
      say(`${table} ${key} ${metric}: stored ${stored}, recounted ${recounted}`)
    say(`${findCampaign(campaignId)?.code}: ${differences.length} differences`)
  }
  return found
}

const LOOK_MS = 10 * 60_000
/** Backups are made from this hour on, Vietnamese time. */
const HOUR = 2

/**
 * Has a backup made each night, by a process of its own, whichever server process looks first: the day is claimed by a
 * file that only one can create, and given back where none was made. `log` is told how each ended. Returns how to stop:
 * one that is under way is broken off.
 */
export function backUpNightly(
  { backups }: Settings,
  commandFile: string,
  log: (entry: object) => void,
): () => Promise<void> {
  let stop = async () => {}
  const look = () => {
    const now = Date.now()
    const day = dayOf(now)
    if (hourOf(now) < HOUR || !claim(backups.folder, day)) return
    const child = spawn(process.execPath, [commandFile, 'backup'], { stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        said = `${said}${chunk.toString('utf8')}`.slice(-4000)
      })
    const ended = new Promise<void>(resolve => {
      child.on('exit', code => {
        if (code !== 0) rmSync(claimOf(backups.folder, day), { force: true })
        log({ backup: code === 0 ? 'done' : 'failed', code, said })
        resolve()
      })
    })
    stop = async () => {
      child.kill()
      await ended
    }
  }
  look()
  const looking = setInterval(look, LOOK_MS).unref()
  return () => {
    clearInterval(looking)
    return stop()
  }
}

const claimOf = (folder: string, day: string) => join(folder, `.${day}`)

function claim(folder: string, day: string): boolean {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  try {
    openSync(claimOf(folder, day), 'wx')
  } catch {
    return false
  }
  for (const name of readdirSync(folder)) if (/^\.\d{4}-/.test(name) && name !== `.${day}`) rmSync(join(folder, name))
  return true
}
