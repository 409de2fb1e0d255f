import { forgetDevice } from '#app/queries/remembered-device.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { writes } from '../_web/visit.server.ts'

/** Ends the remembrance of one of the account's own devices. */
export const action = writes(({ actor }, { form }) => {
  forgetDevice(actor, String(form.get('may') ?? ''), actor.accountId)
  return redirectWith('/tai-khoan', 'da-bo')
})
