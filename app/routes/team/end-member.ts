import { redirect } from '@remix-run/node'
import { isDay } from '#app/domain/calendar.ts'
import { endMember } from '#app/queries/team.server.ts'
import { idOf, notFound, writes } from '../_web/visit.server.ts'

/** Ends somebody's time in a team. */
export const action = writes(({ actor, campaign }, { params, form }) => {
  const teamId = idOf(params.teamId)
  const fromOn = String(form.get('fromOn'))
  if (!isDay(fromOn)) throw notFound()
  endMember(actor, campaign.id, { teamId, officialId: idOf(form.get('officialId')?.toString()), fromOn })
  return redirect(`/don-vi/${idOf(params.unitId)}/to/${teamId}`)
})
