import { monitorEventLoopDelay } from 'node:perf_hooks'

/*
 * Loaded into a server before its own code (`--import`) by hold.ts: tells over IPC for how long its event loop stood
 * still at most since it was last asked, in milliseconds.
 */
const delay = monitorEventLoopDelay({ resolution: 1 })
delay.enable()
process.on('message', word => {
  if (word === 'begin') delay.reset()
  process.send?.({ word, ms: delay.max / 1e6 })
})
