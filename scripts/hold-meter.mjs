import { monitorEventLoopDelay } from 'node:perf_hooks'

/*
 * Loaded into a server before its own code (`--import`) by hold.ts: tells over IPC for how long its event loop stood
 * still at most since it was last asked, in milliseconds. Time in which other processes had the processor does not count,
 * where Node tells the thread's own (from 24 on): a loop holds no longer than its thread worked.
 */
const delay = monitorEventLoopDelay({ resolution: 1 })
delay.enable()
let begun = process.threadCpuUsage?.()
process.on('message', word => {
  const used = begun && process.threadCpuUsage(begun)
  const worked = used ? (used.user + used.system) / 1000 : Number.POSITIVE_INFINITY
  process.send?.({ word, ms: Math.min(delay.max / 1e6, worked) })
  if (word !== 'begin') return
  delay.reset()
  begun = process.threadCpuUsage?.()
})
