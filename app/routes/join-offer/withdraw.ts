import { redirect } from '@remix-run/node'
import { withdrawOffer } from '#app/queries/join-offer.server.ts'
import { idOf, writes } from '../_web/visit.server.ts'

export const action = writes(({ actor, campaign }, { params }) => {
  const page = withdrawOffer(actor, campaign.id, idOf(params.offerId))
  return redirect(page)
})
