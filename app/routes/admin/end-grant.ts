import { redirect } from '@remix-run/node'
import { endGrant } from '#app/queries/grant.server.ts'
import { idOf, writes } from '../_web/visit.server.ts'

/** Ends a grant immediately. */
export const action = writes(({ actor }, { params }) => {
  const { accountId } = endGrant(actor, idOf(params.grantId))
  return redirect(`/quan-tri/tai-khoan/${accountId}`)
})
