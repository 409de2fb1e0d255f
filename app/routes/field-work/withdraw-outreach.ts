import { withdrawOutreach } from '#app/queries/outreach.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { idOf, writes } from '../_web/visit.server.ts'

/** Takes an outreach activity out of the sums. */
export const action = writes(({ actor, campaign }, { params }) => {
  const { unitId } = withdrawOutreach(actor, campaign.id, idOf(params.outreachId))
  return redirectWith(`/don-vi/${unitId}/tuyen-truyen`, 'da-rut')
})
