import cluster, { type Worker } from 'node:cluster'
import { addUpMetrics } from './shared-metrics.ts'

const AGAIN_MS = 1000

/** What a web process says to the first one, and what it hears from it. */
type Said = { isReady: true } | { listens: true }
type Told = { mayListen: true }

/**
 * Starts web processes that share this one's port and database; one that dies is started again, and `log` gets an entry.
 * They begin to listen together: connections stay with the process that took them, and one that listened alone for a
 * second would keep them all. Resolves when the first of them listens, with how to stop them all, which lets each end
 * what it is answering; resolves with undefined where one ends before any listens, once all have ended: the next would
 * fare no better.
 */
export function startProcesses(
  count: number,
  log: (entry: object) => void,
): Promise<(() => Promise<void>) | undefined> {
  let isStopping = false
  let hasListened = false
  const waiting = new Set<Worker>()
  // each web process takes connections itself: one handed to a process that was killed would never be answered
  cluster.schedulingPolicy = cluster.SCHED_NONE
  addUpMetrics()
  const stop = async () => {
    isStopping = true
    const running = Object.values(cluster.workers ?? {}).filter(child => child !== undefined)
    await Promise.all(running.map(end))
  }
  const letListen = () => {
    for (const child of waiting) if (child.isConnected()) child.send({ mayListen: true } satisfies Told)
    waiting.clear()
  }
  return new Promise(resolve => {
    cluster.on('message', (child, said: Partial<{ isReady: true; listens: true }>) => {
      if (said.isReady) {
        waiting.add(child)
        if (hasListened || waiting.size >= count) letListen()
      }
      if (said.listens && !hasListened) {
        hasListened = true
        resolve(stop)
      }
    })
    cluster.on('exit', (child, code, signal) => {
      waiting.delete(child)
      if (isStopping) return
      if (!hasListened) {
        // it has said itself why
        void stop().then(() => resolve(undefined))
        return
      }
      log({ process: child.id, code, signal })
      setTimeout(() => !isStopping && cluster.fork(), AGAIN_MS)
    })
    for (let n = 0; n < count; n++) cluster.fork()
  })
}

/** Whether this process shares its port with others. */
export const sharesPort = () => cluster.isWorker

/** Waits until the processes that share this one's port are ready too; resolves at once where there is no other. */
export function whenAllReady(): Promise<void> {
  if (!cluster.isWorker) return Promise.resolve()
  return new Promise(resolve => {
    process.on('message', function hear({ mayListen }: Partial<Told>) {
      if (!mayListen) return
      process.off('message', hear)
      resolve()
    })
    process.send?.({ isReady: true } satisfies Said)
  })
}

/** Tells the first process that this one listens. */
export function tellListening() {
  if (cluster.isWorker) process.send?.({ listens: true } satisfies Said)
}

const end = (child: Worker) =>
  new Promise<void>(resolve => {
    child.once('exit', () => resolve())
    child.process.kill('SIGTERM')
  })
