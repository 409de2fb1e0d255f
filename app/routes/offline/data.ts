import { snapshotFor } from '#app/queries/offline.server.ts'
import { answerPhone, forPhone } from '../_web/phone.server.ts'
import { found } from '../_web/visit.server.ts'
import { noteShown } from '../admin/access.server.ts'

/** Returns what an official's own phone keeps, sealed, for use without a network. */
export const loader = forPhone(async ({ actor, campaign }, { context }) => {
  const snapshot = found(snapshotFor(actor, campaign))
  const count = snapshot.records.length + snapshot.people.length
  await noteShown(actor, { what: 'offline_copy', subjectId: actor.officialId ?? '', count })
  return answerPhone({ ...snapshot, answerUrl: `${context.publicUrl}/x/` })
})
