import { deviceOf } from '#app/access/device.server.ts'
import { storeSecret } from '#app/queries/offline.server.ts'
import { isRemembered } from '#app/queries/remembered-device.server.ts'
import { answerPhone, forPhone } from '../_web/phone.server.ts'
import { notFound } from '../_web/visit.server.ts'
import { contact } from './params.ts'

/** A phone's contact: whose session it holds, what time it is, and the server's half of the key to that account's store. */
export const loader = forPhone(({ actor }, { request }) => {
  const { storeId = '' } = contact.read(new URL(request.url))
  if (!/^[\w-]{1,64}$/.test(storeId)) throw notFound()
  return answerPhone({
    accountId: actor.accountId,
    name: actor.displayName,
    serverAt: Date.now(),
    secret: storeSecret(actor, storeId),
    hasPin: isRemembered(actor, deviceOf(request).hash),
    isOffice: actor.officialId === null,
  })
})
