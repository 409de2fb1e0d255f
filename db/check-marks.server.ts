import { closeSync, openSync, statSync, utimesSync } from 'node:fs'

/** A mark beside the database; its time of change is when the event log was last walked whole and fitted. */
const markOf = (databaseFile: string) => `${databaseFile}.chain-ok`

/** Notes that the event log of this database was walked at the instant `at` (ms) and fits. */
export function noteChainChecked(databaseFile: string, at: number) {
  closeSync(openSync(markOf(databaseFile), 'a', 0o600))
  utimesSync(markOf(databaseFile), at / 1000, at / 1000)
}

/** Returns when the event log was last checked without a fault (ms); undefined: never. */
export function chainCheckedAt(databaseFile: string): number | undefined {
  return statSync(markOf(databaseFile), { throwIfNoEntry: false })?.mtimeMs
}

const factsMarkOf = (databaseFile: string) => `${databaseFile}.facts-ok`

/** Notes that every fact of this database was compared with its event at the instant `at` (ms) and fits. */
export function noteFactsChecked(databaseFile: string, at: number) {
  closeSync(openSync(factsMarkOf(databaseFile), 'a', 0o600))
  utimesSync(factsMarkOf(databaseFile), at / 1000, at / 1000)
}

/** Returns when the facts were last compared without a finding (ms); undefined: never. */
export function factsCheckedAt(databaseFile: string): number | undefined {
  return statSync(factsMarkOf(databaseFile), { throwIfNoEntry: false })?.mtimeMs
}
