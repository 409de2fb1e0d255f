import { AsyncResource } from 'node:async_hooks'
import { attempt, db, transact } from '#db/client.server.ts'
import { onceFree } from './retry.server.ts'

type Waiting = { work: () => unknown; resolve: (value: never) => void; reject: (reason: unknown) => void }

let waiting: Waiting[] = []

/** Writes that one transaction takes at most: it holds other processes up for so long. */
const MOST = 32

/**
 * Runs a write in one transaction with the others that this process requested at the same moment, each in a savepoint
 * of its own. Answers when the disk has all of them: waiting for the disk costs as much for many as for one.
 * An error thrown by `work` undoes only its own savepoint. If the transaction itself fails, no write was done, and
 * each caller gets the error.
 */
export function together<T>(work: () => T): Promise<T> {
  return new Promise((resolve, reject) => {
    waiting.push({ work: AsyncResource.bind(work), resolve, reject })
    if (waiting.length === 1) setImmediate(writeAll)
  })
}

/**
 * Collects its batch once the writer is free. Writes that arrive during the wait join the batch, and need no second
 * commit.
 */
async function writeAll() {
  if (waiting.length === 0) return
  let batch: Waiting[] = []
  const take = () => {
    batch = waiting.slice(0, MOST)
    waiting = waiting.slice(MOST)
  }
  try {
    const done = await onceFree(() =>
      transact(() => {
        take()
        return batch.map(({ work }) => tried(work))
      }),
    )
    done.forEach((result, n) => {
      if (result.ok) batch[n]?.resolve(result.value as never)
      else batch[n]?.reject(result.reason)
    })
  } catch (reason) {
    if (batch.length === 0) take()
    for (const { reject } of batch) reject(reason)
  } finally {
    if (waiting.length > 0) setImmediate(writeAll)
  }
}

function tried(work: () => unknown): { ok: true; value: unknown } | { ok: false; reason: unknown } {
  try {
    return { ok: true, value: attempt(work) }
  } catch (reason) {
    // a full or failing disk rolls back the whole transaction, including the other writes in it
    if (!db.$client.inTransaction) throw reason
    return { ok: false, reason }
  }
}
