import { setImmediate } from 'node:timers/promises'
import { Worker, type WorkerOptions } from 'node:worker_threads'
import { logFailure } from './failure-log.server.ts'
import type { Holds } from './holds.server.ts'

/**
 * By default a thread has a small space for young objects. Bulk work fills it so often that it takes half as long
 * again.
 */
const LIMITS = { maxYoungGenerationSizeMb: 64, maxOldGenerationSizeMb: 2048 }

const STOP_MS = 5000

/** Starts a thread on a module. In development the module is TypeScript, which needs a loader in the thread. */
function startThread(file: string, options: WorkerOptions): Worker {
  const bootstrap = `import('tsx/esm/api').then(api => { api.register(); return import(${JSON.stringify(file)}) })`
  return file.endsWith('.ts') ? new Worker(bootstrap, { ...options, eval: true }) : new Worker(file, options)
}

/**
 * Runs a module in its own thread, on a copy of `data` and of `pieces`, which it receives as messages, null last.
 * Other requests are answered between two pieces. Resolves to the message that it posts, rejects if it fails.
 */
export async function inThread<Result>(file: string, data: unknown, pieces: Iterable<unknown>): Promise<Result> {
  const thread = startThread(file, { workerData: data, resourceLimits: LIMITS })
  const answer = new Promise<Result>((resolve, reject) => {
    thread.once('message', resolve)
    thread.once('error', reject)
    thread.once('exit', code => reject(new Error(`the thread ended with ${code}, and no result`)))
  })
  const handedOver = (async () => {
    for (const piece of pieces) {
      thread.postMessage(piece)
      await setImmediate()
    }
    thread.postMessage(null)
  })()
  const [result] = await Promise.all([answer, handedOver])
  return result
}

/** What is said to the worker thread: to begin its work, or to end. */
export type WorkerOrder = 'begin' | 'stop'
/** Given to a worker thread that loads its code and then waits for `begin`. */
export const WAITS = 'waits'

/**
 * Starts the worker thread that does the long work, on a separate connection. It loads its code at once, while nobody
 * waits for an answer yet, and works from `begin` on. It polls for jobs, so that any process may queue them; a thread
 * that dies is restarted. `told` receives how long it held the writer.
 */
export function startWorker(
  file: string,
  told: (holds: Holds) => void,
): { begin: () => void; stop: () => Promise<void> } {
  let isStopping = false
  let hasBegun = false
  let worker = spawn()
  function spawn(): Worker {
    const started = startThread(file, { resourceLimits: LIMITS, workerData: hasBegun ? undefined : WAITS })
    started.on('message', (message: Partial<Holds>) => {
      if (message.held) told({ held: message.held })
    })
    started.on('error', error => {
      logFailure(error)
    })
    started.once('exit', code => {
      if (!isStopping && code !== 0) setTimeout(() => (worker = spawn()), 1000).unref()
    })
    return started
  }
  return {
    begin() {
      hasBegun = true
      worker.postMessage('begin' satisfies WorkerOrder)
    },
    async stop() {
      isStopping = true
      const ended = new Promise<void>(resolve => {
        worker.once('exit', () => resolve())
      })
      worker.postMessage('stop' satisfies WorkerOrder)
      // a step that takes longer is rolled back and done by the worker that takes the job next
      setTimeout(() => void worker.terminate(), STOP_MS).unref()
      await ended
    },
  }
}
