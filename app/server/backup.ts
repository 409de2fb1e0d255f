import { setPriority } from 'node:os'
import { type BackupFailure, isBackupDue } from '#app/domain/backup.ts'
import { findCampaign } from '#app/queries/campaign.server.ts'
import { walkEventChain } from '#app/queries/event-chain.server.ts'
import { checkFacts, type FactCheck } from '#app/queries/fact-check.server.ts'
import { campaignIds, recount } from '#app/queries/judging/index.server.ts'
import {
  type BackupProblem,
  checkBackup,
  copyAsOneFile,
  hasNote,
  isLookedThrough,
  isWhole,
  makeBackup,
  newestGoodBackup,
  prepareFolder,
  putInPlace,
  removeCopy,
  removeCutShort,
  restoreBackup,
  rotateBackups,
} from '#db/backup.server.ts'
import {
  type BackupClaim,
  claimBackup,
  noteBackupFailure,
  noteGoodBackup,
  readBackupState,
} from '#db/backup-state.server.ts'
import { noteChainChecked, noteFactsChecked } from '#db/check-marks.server.ts'
import { faultOf, shortenLog } from '#db/client.server.ts'
import { useMasterKey } from '#db/keys.server.ts'
import { openToRead } from '#db/migration.server.ts'
import { type Refusal, refusalOfFile } from '#db/province-file.server.ts'
import { MIGRATIONS } from '#db/schema-version.server.ts'
import { factLines } from './fact-lines.ts'
import type { Settings } from './settings.ts'

const PROBLEMS: Record<BackupProblem, string> = {
  no_backup: 'there is no such file',
  no_note: 'its note (.json) is missing or cannot be read',
  content_differs: 'its content is not what was backed up: damaged or changed',
  not_whole: 'it is no whole database',
  events_differ: 'its event log is not what was backed up',
}

/** A fault: the reason to count it under, and a sentence for the log. */
type Finding = { reason: BackupFailure; sentence: string }

const say = (line: string) => process.stdout.write(`${line}\n`)

/** How far a backup yields to the processes that answer requests: 0 not at all, 19 most. */
export const BACKUP_PRIORITY = 10

/** Exit codes of the command beside 0 (a good backup): it failed; another process makes one, or none is due. */
const FAILED = 1
export const NOT_NOW = 3
/** The backup is good, but holds facts that are not what the application wrote. */
export const FACTS_DIFFER = 4

/**
 * Backs up, looks through what was written, removes the oldest backups. What fails is counted and said; a file in which
 * something is wrong never gets a backup's name. `onlyIfDue`: leaves it where another process has just made one.
 */
export async function backUp(settings: Settings, onlyIfDue = false): Promise<number> {
  const { databaseFile, backups, masterKey } = settings
  setPriority(BACKUP_PRIORITY)
  const fail = ({ reason, sentence }: Finding) => {
    noteBackupFailure(databaseFile, Date.now(), reason, sentence)
    say(sentence)
    return FAILED
  }
  const refusal = refusalOf(databaseFile, masterKey)
  if (refusal) return fail(refusal)
  let claim: BackupClaim | undefined
  try {
    claim = claimBackup(databaseFile, Date.now())
    if (!claim) {
      say('another process makes a backup now')
      return NOT_NOW
    }
    const { diedOver } = claim
    if (diedOver)
      fail({
        reason: 'interrupted',
        sentence: `the backup that process ${diedOver.pid} began at ${new Date(diedOver.startedAt).toISOString()} was cut short`,
      })
    if (onlyIfDue && !isDueNow(settings, diedOver !== null)) return NOT_NOW
    const code = prepareFolder(backups.folder)
    if (code !== null) return fail(folderFinding(backups.folder, code))
    removeCutShort(backups.folder)
    let facts: FactCheck | undefined
    const { file, problem } = await makeBackup(databaseFile, backups.folder, Date.now(), part =>
      lookThroughNoted(part, masterKey, check => {
        facts = check
      }),
    )
    if (problem) return fail({ ...problem, sentence: `${file}: ${problem.sentence}` })
    say(`backed up to ${file}`)
    // the copy's log was walked, which is the database's
    noteChainChecked(databaseFile, Date.now())
    noteGoodBackup(databaseFile, Date.now())
    for (const name of rotateBackups(backups.folder, backups.keep)) say(`removed ${name}`)
    shortenLog(databaseFile)
    if (facts && facts.findings.length > 0) return FACTS_DIFFER
    if (facts?.since) noteFactsChecked(databaseFile, Date.now())
    return 0
  } catch (error) {
    if (claim) removeCutShort(backups.folder)
    return fail(findingOf(error, backups.folder))
  } finally {
    claim?.release()
  }
}

/**
 * Returns true if a backup is due, judged by the files in the folder. A backup interrupted by a restart is repeated at
 * once.
 */
export function isDueNow({ databaseFile, backups }: Settings, isMadeUpFor = false): boolean {
  const now = Date.now()
  const lastFailedAt = isMadeUpFor ? null : (readBackupState(databaseFile).lastFailure?.at ?? null)
  const lastOkAt = newestGoodBackup(backups.folder, now)?.madeAt ?? null
  return isBackupDue({ lastOkAt, lastFailedAt }, backups.everyHours, now)
}

/** Returns the fault of the backup folder, with a sentence that advises what to do. */
export function folderFinding(folder: string, code: string): Finding {
  const advice =
    code === 'EACCES' || code === 'EPERM'
      ? 'this user may not write there: give the folder to the user that the server runs as'
      : code === 'EROFS'
        ? 'its disk is mounted read-only'
        : code === 'ENOSPC'
          ? 'its disk is full'
          : `it is no folder and cannot be made into one (${code}): look at the path and at whether its disk is mounted`
  return {
    reason: code === 'ENOSPC' ? 'disk_full' : 'folder',
    sentence: `no backup can be made in ${folder} (BACKUP_DIR): ${advice}`,
  }
}

function findingOf(error: unknown, folder: string): Finding {
  const code = (error as { code?: unknown }).code
  if (code === 'ENOSPC' || code === 'EDQUOT' || faultOf(error) === 'full') return folderFinding(folder, 'ENOSPC')
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return folderFinding(folder, String(code))
  return { reason: 'other', sentence: error instanceof Error ? error.message : String(error) }
}

/** Looks through one backup: its content against its note, then as a file without one. 1 where something is wrong. */
export async function verifyBackup(settings: Pick<Settings, 'masterKey' | 'databaseFile'>, file = ''): Promise<number> {
  if (await isUnnoted(file)) return withWholeCopy(settings, file, () => 0)
  const finding = await lookThroughNoted(file, settings.masterKey)
  if (!finding) return 0
  say(`${file}: ${finding.sentence}`)
  return 1
}

async function lookThroughNoted(
  file: string,
  masterKey: string | undefined,
  told?: (check: FactCheck) => void,
): Promise<Finding | null> {
  const problem = await checkBackup(file)
  return problem ? { reason: 'not_whole', sentence: PROBLEMS[problem] } : lookThrough(file, masterKey, told)
}

/**
 * Opens a whole file under the key, walks the event log's chain, recounts every tally from the facts. `told` gets what
 * the comparison of facts with their events named: the copy is whole all the same, so that is no fault of a backup.
 */
function lookThrough(
  file: string,
  masterKey: string | undefined,
  told: (check: FactCheck) => void = () => undefined,
): Finding | null {
  const refusal = refusalOf(file, masterKey)
  if (refusal) return refusal
  const close = openToRead(file, MIGRATIONS)
  try {
    const chain = walkEventChain('')
    say(`${chain?.count} events${chain?.brokenAt === null ? ' fit' : `, event ${chain?.brokenAt} does not fit`}`)
    if (chain?.brokenAt !== null)
      return { reason: 'chain_broken', sentence: `event ${chain?.brokenAt} of the event log does not fit` }
    const check = checkFacts()
    for (const line of factLines(check)) say(line)
    told(check)
    const differences = countDifferences()
    if (differences === 0) return null
    return {
      reason: 'tallies_differ',
      sentence: `${differences} figures are not what the facts say (check:tallies names them)`,
    }
  } finally {
    close()
  }
}

const REFUSED: Record<Refusal['kind'], BackupFailure> = { key: 'key', not_whole: 'not_whole', schema: 'other' }

/** Why this version, or this master key, can do nothing with a file; null: it can. */
function refusalOf(file: string, masterKey: string | undefined): Finding | null {
  const fault = useMasterKey(masterKey)
  if (fault) return { reason: 'key', sentence: `MASTER_KEY is ${fault}: what is sealed cannot be looked at` }
  const refusal = refusalOfFile(file, MIGRATIONS)
  return refusal ? { reason: REFUSED[refusal.kind], sentence: refusal.message } : null
}

/**
 * Puts a backup in the place of the database; what stood there is kept beside it. One that was looked through when it
 * was made, and is unchanged since, is not recounted once more: at a province's size that takes longer than the rest. A
 * file without a note, such as one that came out of the continuous copy, is looked through whole first.
 */
export async function restore(settings: Settings, file = ''): Promise<number> {
  const { databaseFile } = settings
  if (await isUnnoted(file))
    return withWholeCopy(settings, file, copy => place(databaseFile, () => putInPlace(copy, databaseFile, Date.now())))
  if (isLookedThrough(file)) {
    const problem = await checkBackup(file)
    const sentence = problem ? PROBLEMS[problem] : refusalOf(file, settings.masterKey)?.sentence
    if (sentence) {
      say(`${file}: ${sentence}`)
      return 1
    }
  } else {
    const code = await verifyBackup(settings, file)
    if (code !== 0) return code
  }
  return place(databaseFile, () => restoreBackup(file, databaseFile, Date.now()))
}

function place(databaseFile: string, put: () => string | null): number {
  try {
    const kept = put()
    say(`restored ${databaseFile}${kept ? `; the database before is ${kept}` : ''}`)
    return 0
  } catch (error) {
    say(error instanceof Error ? error.message : String(error))
    return 1
  }
}

const isUnnoted = async (file: string) => file !== '' && !hasNote(file) && (await checkBackup(file)) === 'no_note'

/** Looks through a copy of a file that no note tells of; runs `use` on the copy where all is well, else returns 1. */
async function withWholeCopy(
  { databaseFile, masterKey }: Pick<Settings, 'masterKey' | 'databaseFile'>,
  file: string,
  use: (copy: string) => number,
): Promise<number> {
  const copy = `${databaseFile}.part`
  say(`${file} has no note (.json): it is looked through whole`)
  try {
    const finding =
      copyAsOneFile(file, copy) && isWhole(copy) ? lookThrough(copy, masterKey) : { sentence: PROBLEMS.not_whole }
    if (!finding) return use(copy)
    say(`${file}: ${finding.sentence}`)
  } catch (error) {
    say(`${file}: it is no database of this version (${error instanceof Error ? error.message : String(error)})`)
  } finally {
    removeCopy(copy)
  }
  return 1
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
