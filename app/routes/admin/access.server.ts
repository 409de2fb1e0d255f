import type { Person } from '#app/access/policy.ts'
import { type Access, noteAccess } from '#app/queries/access-log.server.ts'
import { retryBusy } from '#app/queries/retry.server.ts'

/** Notes what a loader is about to show or hand out of citizens; where that cannot be noted, 503: nothing is shown unlogged. */
export async function noteShown(actor: Person, access: Access): Promise<void> {
  await retryBusy(() => noteAccess(actor, access))
}
