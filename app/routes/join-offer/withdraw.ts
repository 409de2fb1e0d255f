import { redirect } from '@remix-run/node'
import { withdrawOffer } from '#app/queries/join-offer.server.ts'
import { idOf, writes } from '../_web/visit.server.ts'

export const action = writes(({ actor }, { params }) => {
  const page = withdrawOffer(actor, idOf(params.offerId))
  return redirect(page)
})
