import { findAssignment } from '#app/queries/assignment.server.ts'
import { found, idOf, notFound, reads } from '../_web/visit.server.ts'
import { noteShown } from '../admin/access.server.ts'
import { calendarResponse } from './calendar.server.ts'

/** Returns the iCalendar file of one appointment, for its assignee. */
export const loader = reads(async ({ actor, campaign, at }, { params }) => {
  const citizen = found(findAssignment(actor, campaign.id, idOf(params.assignmentId)))
  if (!citizen.isBearer || citizen.state !== 'appointment') throw notFound()
  await noteShown(actor, { what: 'calendar', subjectId: citizen.id, count: 1 })
  return calendarResponse([citizen], { fileName: `lich-hen-${citizen.id}`, campaign, writtenAt: at })
})
