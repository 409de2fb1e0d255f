import { listOwnAssignments } from '#app/queries/assignment.server.ts'
import { notFound, reads } from '../_web/visit.server.ts'
import { noteShown } from '../admin/access.server.ts'
import { calendarResponse } from './calendar.server.ts'

/** All appointments with the citizens assigned to oneself. */
export const loader = reads(async ({ actor, campaign, at }) => {
  if (actor.officialId === null) throw notFound()
  const rows = listOwnAssignments(actor, campaign.id).filter(row => row.state === 'appointment')
  await noteShown(actor, { what: 'calendar', subjectId: actor.officialId, count: rows.length })
  return calendarResponse(rows, { fileName: 'lich-hen', campaign, writtenAt: at })
})
