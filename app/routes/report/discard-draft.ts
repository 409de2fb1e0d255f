import { redirect } from '@remix-run/node'
import { dropDraft } from '#app/queries/report-signing.server.ts'
import { idOf, writes } from '../_web/visit.server.ts'

/** Takes the draft of a report away; what was signed stays. */
export const action = writes(({ actor, campaign }, { params }) => {
  const asked = { unitId: idOf(params.unitId), slug: params.period ?? '' }
  dropDraft(actor, campaign.id, asked)
  return redirect(`/don-vi/${asked.unitId}/bao-cao/${asked.slug}`)
})
