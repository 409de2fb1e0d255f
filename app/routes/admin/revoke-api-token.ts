import { redirect } from '@remix-run/node'
import { revokeToken } from '#app/queries/api-token.server.ts'
import { idOf, writes } from '../_web/visit.server.ts'

export const action = writes(({ actor, campaign }, { params }) => {
  revokeToken(actor, campaign.id, idOf(params.tokenId))
  return redirect('/quan-tri/ma-truy-cap')
})
