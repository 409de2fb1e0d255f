import type { MessagePort } from 'node:worker_threads'
import { listenToHolds } from '#app/queries/steps.server.ts'

/** How long transactions of the worker held the writer (ms), each with its kind of work. */
export type Holds = { held: [kind: string, ms: number][] }

const TELL_MS = 1000

/** Makes a thread report to `port`, once a second, how long each of its transactions held the writer. */
export function reportHolds(port: Pick<MessagePort, 'postMessage'>) {
  const held: Holds['held'] = []
  listenToHolds((kind, ms) => held.push([kind, ms]))
  setInterval(() => {
    if (held.length > 0) port.postMessage({ held: held.splice(0) } satisfies Holds)
  }, TELL_MS).unref()
}
