import { renewSearchKeys } from '#app/queries/search-key.server.ts'
import { nameHolds } from '#app/queries/steps.server.ts'
import { whenDue } from './when-due.server.ts'

const DAY_MS = 86_400_000
/** After a start the first minute is for those who wait. */
const FIRST_MS = 60_000

/** Renews search keys soon after a start, and daily: an earlier version may write beside this one during an upgrade. */
export const renewKeysWhenDue = whenDue(
  DAY_MS,
  async () => {
    nameHolds('search_key')
    await renewSearchKeys()
  },
  FIRST_MS,
)
