import { Histogram, Registry } from 'prom-client'
import type { Holds } from '#app/jobs/holds.server.ts'

/** Figures of the work that the first process does for all; they are reported beside those of the web processes. */
export const workRegistry = new Registry()

const holds = new Histogram({
  name: 'writer_hold_seconds',
  help: 'How long a transaction of long work held the one writer of the database',
  labelNames: ['kind'],
  buckets: [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 2],
  registers: [workRegistry],
})

/** Notes how long transactions of the worker held the one writer. */
export function noteHolds({ held }: Holds) {
  for (const [kind, ms] of held) holds.observe({ kind }, ms / 1000)
}
