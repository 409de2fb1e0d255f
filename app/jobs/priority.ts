import { setPriority } from 'node:os'

/** How far a thread of long work yields to those that answer requests: 0 not at all, 19 most. */
const WORK_PRIORITY = 5

/**
 * Lowers the priority of the calling thread on Linux. Elsewhere this would affect the whole process, so nothing is
 * done. The reduction is small, because others wait while this thread holds the writer.
 */
export function giveWay() {
  if (process.platform === 'linux') setPriority(WORK_PRIORITY)
}
