import { withdrawTransfer } from '#app/queries/transfer.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { idOf, writes } from '../_web/visit.server.ts'

export const action = writes(({ actor }, { params }) => {
  withdrawTransfer(actor, idOf(params.transferId))
  return redirectWith(`/don-vi/${idOf(params.unitId)}/chuyen`, 'da-rut')
})
