import cluster from 'node:cluster'
import { addUpMetrics } from './shared-metrics.ts'

const AGAIN_MS = 1000

/**
 * Starts web processes that share this one's port and database; one that dies is started again, and `log` is told.
 * Returns how to stop them all, which lets each end what it is answering.
 */
export function startProcesses(count: number, log: (entry: object) => void): () => Promise<void> {
  let isStopping = false
  // each web process takes connections itself: one handed to a process that was killed would never be answered
  cluster.schedulingPolicy = cluster.SCHED_NONE
  addUpMetrics()
  cluster.on('exit', (child, code, signal) => {
    if (isStopping) return
    log({ process: child.id, code, signal })
    setTimeout(() => cluster.fork(), AGAIN_MS)
  })
  for (let n = 0; n < count; n++) cluster.fork()
  return async () => {
    isStopping = true
    const running = Object.values(cluster.workers ?? {}).filter(child => child !== undefined)
    await Promise.all(
      running.map(
        child =>
          new Promise<void>(resolve => {
            child.once('exit', () => resolve())
            child.process.kill('SIGTERM')
          }),
      ),
    )
  }
}
