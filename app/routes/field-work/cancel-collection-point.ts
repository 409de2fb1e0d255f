import { cancelPoint } from '#app/queries/collection.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { idOf, writes } from '../_web/visit.server.ts'

/** Cancels a collection point. */
export const action = writes(({ actor, campaign }, { params }) => {
  const pointId = idOf(params.pointId)
  cancelPoint(actor, campaign.id, pointId)
  return redirectWith(`/diem-thu-nhan/${pointId}`, 'da-huy')
})
