import { redirect } from '@remix-run/node'
import { disableAccount } from '#app/queries/account.server.ts'
import { idOf, writes } from '../_web/visit.server.ts'

/** Bars an account and ends its sessions. */
export const action = writes(({ actor }, { params }) => {
  const accountId = idOf(params.accountId)
  disableAccount(actor, accountId)
  return redirect(`/quan-tri/tai-khoan/${accountId}`)
})
