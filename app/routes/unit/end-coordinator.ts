import { redirect } from '@remix-run/node'
import { endGrant } from '#app/queries/grant.server.ts'
import { idOf, writes } from '../_web/visit.server.ts'

/** Ends a coordinator's grant immediately. */
export const action = writes(({ actor }, { params }) => {
  const { unitId } = endGrant(actor, idOf(params.grantId))
  return redirect(`/don-vi/${unitId}/dau-moi`)
})
