import { redirect } from '@remix-run/node'
import { dropWish } from '#app/queries/offer.server.ts'
import { idOf, writes } from '../_web/visit.server.ts'

/** Removes a wish that is not handed over yet. */
export const action = writes(({ actor, campaign }, { params }) => {
  dropWish(actor, campaign.id, idOf(params.wishId))
  return redirect('/uu-dai')
})
