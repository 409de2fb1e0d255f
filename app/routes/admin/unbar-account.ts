import { redirect } from '@remix-run/node'
import { enableAccount } from '#app/queries/account.server.ts'
import { idOf, writes } from '../_web/visit.server.ts'

/** Lets a barred account sign in again. */
export const action = writes(({ actor }, { params }) => {
  const accountId = idOf(params.accountId)
  enableAccount(actor, accountId)
  return redirect(`/quan-tri/tai-khoan/${accountId}`)
})
