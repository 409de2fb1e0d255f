import { redirect } from '@remix-run/node'
import { setTeamClosed } from '#app/queries/team.server.ts'
import { idOf, writes } from '../_web/visit.server.ts'

/** Closes a team, or opens it again (`mo`). */
export const action = writes(({ actor, campaign }, { params, form }) => {
  const teamId = idOf(params.teamId)
  setTeamClosed(actor, campaign.id, { teamId, isClosed: !form.has('mo') })
  return redirect(`/don-vi/${idOf(params.unitId)}/to/${teamId}`)
})
