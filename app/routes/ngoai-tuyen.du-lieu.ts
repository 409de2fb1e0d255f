import { snapshotFor } from '#app/queries/offline.server.ts'
import { answerPhone, forPhone } from './phone.server.ts'
import { found } from './visit.server.ts'

/** What an official's own phone keeps, sealed, for use without a network. */
export const loader = forPhone(({ actor, campaign }, { context }) =>
  answerPhone({ ...found(snapshotFor(actor, campaign)), answerUrl: `${context.publicUrl}/x/` }),
)
