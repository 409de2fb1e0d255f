import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { db, prepared } from './client.server.ts'

/**
 * How long (ms) the oldest commit waits that a file replica of Litestream does not hold yet: 0 where it holds all. A
 * segment of the log is a file below `generations/…/wal`, so that folder changes whenever one comes in; the files
 * themselves are not listed, for there are a hundred thousand of them.
 */
export function replicaLagMs(folder: string, now: number): number {
  const copiedAt = newestSegmentAt(folder)
  // the log of events tells when the first commit after that was; what is no event shows in the write-ahead log alone
  const waitingSince = firstEventAfter(copiedAt) ?? lastCommitAfter(copiedAt)
  return waitingSince === null ? 0 : Math.max(0, now - waitingSince)
}

/** Returns when the newest segment arrived (ms); 0 if there is none, or the folder cannot be read. */
function newestSegmentAt(folder: string): number {
  const generations = join(folder, 'generations')
  try {
    const changes = readdirSync(generations).map(name => {
      const segments = join(generations, name, 'wal')
      return statSync(segments, { throwIfNoEntry: false })?.mtimeMs ?? 0
    })
    return Math.max(0, ...changes)
  } catch {
    return 0
  }
}

/**
 * Returns when the first event after the instant `at` (ms) was; null: there is none. Halves the ids, which rise with
 * time.
 */
function firstEventAfter(at: number): number | null {
  const timeAt = prepared<number>('select at from event where id >= ? order by id limit 1').pluck()
  const last = prepared<number | null>('select max(id) from event').pluck().one()
  if (last === null || timeAt.one(last) <= at) return null
  let [low, high] = [0, last]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (timeAt.one(middle) > at) high = middle
    else low = middle + 1
  }
  return timeAt.one(high)
}

function lastCommitAfter(at: number): number | null {
  const log = statSync(`${db.$client.name}-wal`, { throwIfNoEntry: false })
  return log && log.size > 0 && log.mtimeMs > at ? log.mtimeMs : null
}
