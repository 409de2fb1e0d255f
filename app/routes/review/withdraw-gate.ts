import { withdrawGate } from '#app/queries/gate.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { idOf, writes } from '../_web/visit.server.ts'

/** Takes a gate back. */
export const action = writes(({ actor, campaign }, { params }) => {
  withdrawGate(actor, campaign.id, idOf(params.gateId))
  return redirectWith('/xem-xet/vuong-mac', 'da-rut')
})
