import type { Snapshot } from '#app/domain/offline.ts'
import { snapshotFor } from '#app/queries/offline.server.ts'
import { describeListed } from '#app/text/worklist.ts'
import { answerPhone, forPhone } from '../_web/phone.server.ts'
import { found } from '../_web/visit.server.ts'
import { noteShown } from '../admin/access.server.ts'

/** Returns what an official's own phone keeps, sealed, for use without a network. */
export const loader = forPhone(async ({ actor, campaign }, { context }) => {
  const snapshot = found(snapshotFor(actor, campaign))
  const count = snapshot.records.length + snapshot.people.length
  await noteShown(actor, { what: 'offline_copy', subjectId: actor.officialId ?? '', count })
  const people: Snapshot['people'] = snapshot.people.map(
    ({ id, name, localityCode, hamlet, phone, lacks, ...row }) => ({
      ...{ id, name, localityCode, hamlet, phone, lacks },
      said: describeListed(row),
      contact: {
        revision: row.revision,
        state: row.state,
        appointmentOn: row.appointmentOn,
        appointmentTime: row.appointmentTime,
        appointmentPlace: row.appointmentPlace,
        note: row.note,
      },
    }),
  )
  return answerPhone({ ...snapshot, people, answerUrl: `${context.publicUrl}/x/` })
})
