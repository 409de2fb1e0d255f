import { redirect } from '@remix-run/node'
import { cancelPoint } from '#app/queries/collection.server.ts'
import { idOf, writes } from '../_web/visit.server.ts'

/** Cancels a collection point. */
export const action = writes(({ actor, campaign }, { params }) => {
  const pointId = idOf(params.pointId)
  cancelPoint(actor, campaign.id, pointId)
  return redirect(`/diem-thu-nhan/${pointId}`)
})
