import { eq, sql } from 'drizzle-orm'
import { type Actor, can } from '#app/access/policy.ts'
import { inSubtree, within } from '#app/access/scope.server.ts'
import type { PlannedContact } from '#app/domain/worklist.ts'
import type { KnownAssignment, ReturnedRow } from '#app/domain/worklist-return.ts'
import { transact } from '#db/client.server.ts'
import { assignment, unit } from '#db/schema.ts'
import { noteContact } from './assignment.server.ts'
import { assignmentRows, openCitizen } from './worklist.server.ts'

/**
 * Tells which assignments exported rows name: those of this campaign, on lists of the unit or below it, that the actor
 * may see. Any other code is unknown, whether it exists elsewhere or not.
 */
export function assignmentsNamed(
  actor: Actor,
  { campaignId, unitPath }: { campaignId: number; unitPath: string },
  rows: readonly ReturnedRow[],
): ReadonlyMap<number, KnownAssignment> {
  if (rows.length === 0) return new Map()
  const ids = JSON.stringify(rows.map(({ assignmentId }) => assignmentId))
  const found = assignmentRows([
    eq(assignment.campaignId, campaignId),
    sql`${assignment.id} in (select value from json_each(${ids}))`,
    inSubtree(unit.path, unitPath),
    within(actor, 'worklist.view', { unitPath: unit.path, guardPath: unit.guardPath }),
  ]).all()
  return new Map(
    found.map(row => {
      const { id, name, revision, state, appointmentOn, appointmentTime, appointmentPlace, note } = openCitizen(row)
      const mayContact = can(actor, 'assignment.contact', { unitPath: row.unitPath, guardPath: row.guardPath })
      const said = { appointmentOn, appointmentTime, appointmentPlace: appointmentPlace ?? '', note: note ?? '' }
      return [id, { name, revision, state, ...said, mayContact }]
    }),
  )
}

/** Notes results of exported rows as the form does; one that was noted otherwise meanwhile stays to be mended. */
export function noteReturned(actor: Actor, campaignId: number, contacts: readonly PlannedContact[]): void {
  transact(() => {
    for (const { assignmentId, input } of contacts) noteContact(actor, campaignId, { assignmentId, input })
  })
}
