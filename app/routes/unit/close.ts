import { redirect } from '@remix-run/node'
import { closeUnit } from '#app/queries/unit.server.ts'
import { idOf, writes } from '../_web/visit.server.ts'

/** Closes a unit from today; the unit's page says why it could not. */
export const action = writes(({ actor, today }, { params }) => {
  const unitId = idOf(params.unitId)
  const made = closeUnit(actor, { unitId, on: today })
  return redirect(`/quan-tri/don-vi/${unitId}${made.ok ? '' : `?chua=${made.problems[0]?.reason}`}`)
})
