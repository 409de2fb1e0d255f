import { redirect } from '@remix-run/node'
import { reopenUnit } from '#app/queries/unit.server.ts'
import { idOf, writes } from '../_web/visit.server.ts'

/** Takes a closing back; the unit's page says why it could not. */
export const action = writes(({ actor }, { params }) => {
  const unitId = idOf(params.unitId)
  const made = reopenUnit(actor, unitId)
  return redirect(`/quan-tri/don-vi/${unitId}${made.ok ? '' : `?chua=${made.problems[0]?.reason}`}`)
})
