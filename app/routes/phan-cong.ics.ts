import { listOwnAssignments } from '#app/queries/assignment.server.ts'
import { calendarResponse } from './calendar.server.ts'
import { notFound, reads } from './visit.server.ts'

/** All appointments with the citizens assigned to oneself. */
export const loader = reads(({ actor, campaign, at }) => {
  if (actor.officialId === null) throw notFound()
  const rows = listOwnAssignments(actor, campaign.id).filter(row => row.state === 'appointment')
  return calendarResponse(rows, 'lich-hen', at)
})
