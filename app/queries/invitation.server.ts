import { eq, sql } from 'drizzle-orm'
import { type Actor, permit } from '#app/access/policy.ts'
import { isOpenState } from '#app/domain/assignment.ts'
import type { InvitationInput } from '#app/domain/assignment-input.ts'
import { found } from '#app/domain/refusal.ts'
import { transact } from '#db/client.server.ts'
import { seal } from '#db/keys.server.ts'
import { assignment } from '#db/schema.ts'
import { campaignNow } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { listAssignments, listUnit } from './worklist.server.ts'

/** The chosen citizens of a unit's lists to whom an invitation may go: those who are still open, by hamlet. */
export function listInvitees(actor: Actor, campaignId: number, unitId: number, ids: readonly number[]) {
  const at = listUnit(actor, unitId)
  if (!at) return undefined
  permit(actor, 'worklist.share', { unitPath: at.path, guardPath: at.guardPath })
  const { rows } = listAssignments(actor, campaignId, { unitPath: at.path, ids, limit: ids.length })
  return {
    unit: { id: at.id, name: at.name, headTitle: at.headTitle },
    people: rows
      .filter(row => isOpenState(row.state))
      .map(({ id, name, birthYear, address, hamlet, communeName, lacks }) => ({
        id,
        name,
        birthYear,
        address,
        hamlet,
        communeName,
        lacks,
      })),
  }
}

/** The same with names and addresses for printing; logged as an export. */
export function exportInvitations(actor: Actor, campaignId: number, unitId: number, ids: readonly number[]) {
  const found = listInvitees(actor, campaignId, unitId, ids)
  if (!found) return undefined
  transact(tx =>
    logEvent(tx, actor, {
      verb: 'export',
      subject: 'assignment',
      subjectId: unitId,
      campaignId,
      data: { unitId, count: found.people.length },
    }),
  )
  return found
}

/** Notes the session as the appointment of everybody invited; returns how many. One transaction. */
export function markInvited(
  actor: Actor,
  campaignId: number,
  unitId: number,
  { chon, day, time, place }: Pick<InvitationInput, 'chon' | 'day' | 'time' | 'place'>,
): number {
  return transact(tx => {
    const chosen = found(listInvitees(actor, campaignId, unitId, chon))
    const at = campaignNow()
    for (const { id } of chosen.people) {
      tx.update(assignment)
        .set({
          state: 'appointment',
          appointmentOn: day,
          appointmentTime: time,
          appointmentPlaceCipher: seal(
            { campaignId },
            { table: 'assignment', column: 'appointmentPlace', rowId: id },
            place,
          ),
          changedAt: at,
          changedBy: actor.kind === 'person' ? actor.accountId : null,
          revision: sql`${assignment.revision} + 1`,
        })
        .where(eq(assignment.id, id))
        .run()
    }
    logEvent(tx, actor, {
      verb: 'contact',
      subject: 'unit',
      subjectId: unitId,
      campaignId,
      data: { state: 'appointment', count: chosen.people.length, on: day },
    })
    return chosen.people.length
  })
}
