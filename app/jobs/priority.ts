import { setPriority } from 'node:os'

/** How far a thread yields to those that answer requests: 0 not at all, 19 most. */
const WORK_PRIORITY = 5
const LEAST_PRIORITY = 10

/** Lowers the calling thread's priority. Only Linux has one for each thread, so elsewhere nothing is done. */
function lowerTo(priority: number) {
  if (process.platform === 'linux') setPriority(priority)
}

/** Lowers the priority of a thread of long work a little, because others wait while it holds the writer. */
export const giveWay = () => lowerTo(WORK_PRIORITY)

/** Lowers the priority of a thread that nobody but its own client waits for further: a whole core is theirs. */
export const giveWayToAll = () => lowerTo(LEAST_PRIORITY)
