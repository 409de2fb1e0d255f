import { statfsSync, statSync } from 'node:fs'
import type { RequestHandler } from 'express'
import { isUnfounded } from '#app/queries/founding.server.ts'
import { db, type StorageFault, tryWrite } from '#db/client.server.ts'
import { opensNewestKey } from '#db/keys.server.ts'
import { workerLock } from '#db/lock.server.ts'
import { hasMigration } from '#db/schema-version.server.ts'
import type { Settings } from './settings.ts'

/** Conditions for receiving traffic. */
type Part = 'schema' | 'key' | 'write' | 'worker' | 'disk'

/** A write goes through to the disk, so one is tried at most so often. */
const WRITE_MS = 10_000
/** Writers that follow one another may hold up a single try; so long after the last good one it is a fault. */
const BUSY_MS = 60_000
/** The worker gives a sign of life every two seconds, a long step of a job less often. */
const WORKER_MS = 60_000
/** Free bytes below which a write is about to fail. */
const LEAST_FREE = 64 * 2 ** 20

/** Bytes that this user may still write on the disk of a folder or file, and all that it has; undefined: not there. */
export function spaceOn(path: string): { free: number; size: number } | undefined {
  try {
    const { bavail, blocks, bsize } = statfsSync(path)
    return { free: bavail * bsize, size: blocks * bsize }
  } catch {
    return undefined
  }
}

/** Returns how long ago (seconds) the worker of the database last reported; undefined: never. */
export function workerAge(databaseFile: string): number | undefined {
  const seenAt = statSync(workerLock(databaseFile), { throwIfNoEntry: false })?.mtimeMs
  return seenAt === undefined ? undefined : (Date.now() - seenAt) / 1000
}

/**
 * Looks whether this process can serve people: the database has the schema of the code (`migration`: when its newest
 * was written), its key opens, a write goes through, the worker lives, there is space. Returns what does not hold.
 */
export function makeReadiness({ databaseFile, dataDir }: Settings, migration: number | undefined): () => Part[] {
  let triedAt: number | undefined
  let wroteAt: number | undefined
  let fault: StorageFault | undefined
  const writes = () => {
    const now = performance.now()
    if (triedAt === undefined || now - triedAt >= WRITE_MS) {
      triedAt = now
      fault = tryWrite()
      if (!fault) wroteAt = now
    }
    return !fault || (fault === 'busy' && wroteAt !== undefined && now - wroteAt < BUSY_MS)
  }
  const parts: Record<Part, () => boolean> = {
    schema: () => hasMigration(db.$client, migration) && !isUnfounded(),
    key: opensNewestKey,
    write: writes,
    worker: () => (workerAge(databaseFile) ?? Number.POSITIVE_INFINITY) * 1000 < WORKER_MS,
    disk: () => (spaceOn(dataDir)?.free ?? 0) >= LEAST_FREE,
  }
  return () => (Object.keys(parts) as Part[]).filter(part => !holds(parts[part]))
}

/** A look that fails is a part that does not hold: the answer must come even where nothing can be read. */
function holds(look: () => boolean): boolean {
  try {
    return look()
  } catch {
    return false
  }
}

/** Answers 200, or 503 with the names of what does not hold; for those only whom `mayLook` lets, as figures are. */
export function answerReadiness(look: () => Part[], mayLook: (request: Parameters<RequestHandler>[0]) => boolean) {
  return ((request, response, next) => {
    if (!mayLook(request)) return next()
    const failing = look()
    response.set('Cache-Control', 'no-store')
    if (failing.length === 0) response.json({ status: 'ready' })
    else response.status(503).set('Retry-After', '5').json({ status: 'not_ready', failing })
  }) satisfies RequestHandler
}
