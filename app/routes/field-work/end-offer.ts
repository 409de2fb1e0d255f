import { redirect } from '@remix-run/node'
import { endOffer } from '#app/queries/offer.server.ts'
import { idOf, writes } from '../_web/visit.server.ts'

/** Ends an offer. */
export const action = writes(({ actor, campaign }, { params }) => {
  endOffer(actor, campaign.id, idOf(params.offerId))
  return redirect('/uu-dai')
})
