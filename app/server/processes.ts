import cluster, { type Worker } from 'node:cluster'
import { addUpMetrics } from './shared-metrics.ts'

const AGAIN_MS = 1000

/**
 * Starts web processes that share this one's port and database; one that dies is started again, and `log` gets an entry.
 * Resolves when the first of them listens, with how to stop them all, which lets each end what it is answering; resolves
 * with undefined where one ends before any listens, once all have ended: the next would fare no better.
 */
export function startProcesses(
  count: number,
  log: (entry: object) => void,
): Promise<(() => Promise<void>) | undefined> {
  let isStopping = false
  let hasListened = false
  // each web process takes connections itself: one handed to a process that was killed would never be answered
  cluster.schedulingPolicy = cluster.SCHED_NONE
  addUpMetrics()
  const stop = async () => {
    isStopping = true
    const running = Object.values(cluster.workers ?? {}).filter(child => child !== undefined)
    await Promise.all(running.map(end))
  }
  return new Promise(resolve => {
    cluster.once('listening', () => {
      hasListened = true
      resolve(stop)
    })
    cluster.on('exit', (child, code, signal) => {
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

const end = (child: Worker) =>
  new Promise<void>(resolve => {
    child.once('exit', () => resolve())
    child.process.kill('SIGTERM')
  })
