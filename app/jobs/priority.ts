import { setPriority } from 'node:os'

/** How far a thread of long work yields to those that answer requests: 0 not at all, 19 most. */
const WORK_PRIORITY = 5

/**
 * Lowers the priority of the calling thread alone, as Linux has it; elsewhere it would be the whole process's, and stays.
 * Not by much: while it holds the one writer others wait for it.
 */
export function giveWay() {
  if (process.platform === 'linux') setPriority(WORK_PRIORITY)
}
