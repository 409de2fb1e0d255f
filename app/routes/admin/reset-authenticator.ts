import { redirect } from '@remix-run/node'
import { resetFactor } from '#app/queries/second-factor.server.ts'
import { idOf, writes } from '../_web/visit.server.ts'

/** Removes an account's second factor, for an owner who has lost it. */
export const action = writes(({ actor }, { params }) => {
  const accountId = idOf(params.accountId)
  resetFactor(actor, accountId)
  return redirect(`/quan-tri/tai-khoan/${accountId}`)
})
