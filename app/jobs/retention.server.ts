import { isRemovalDue } from '#app/domain/retention.ts'
import { lastRemoval, removeExpired } from '#app/queries/retention.server.ts'
import { nameHolds } from '#app/queries/steps.server.ts'
import { whenDue } from './when-due.server.ts'

/** Removes what is kept no longer, where that was not done for a day. */
export const removeWhenDue = whenDue(60_000, async () => {
  const at = Date.now()
  nameHolds('retention')
  if (isRemovalDue(lastRemoval()?.at ?? null, at)) await removeExpired({ kind: 'system' }, at)
})
