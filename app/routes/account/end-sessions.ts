import { revokeSession } from '#app/access/session.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { writes } from '../_web/visit.server.ts'

/** Ends the sessions named, of one's own account only. */
export const action = writes(({ actor }, { form }) => {
  for (const hash of form.getAll('hash')) if (typeof hash === 'string') revokeSession(actor.accountId, hash)
  return redirectWith('/tai-khoan', 'da-ket-thuc')
})
