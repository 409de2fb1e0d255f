import { restoreHelp } from '#app/queries/help-withdrawal.server.ts'
import { together } from '#app/queries/together.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { idOf, writes } from '../_web/visit.server.ts'

/** Takes the withdrawal of a record back. */
export const action = writes(async ({ actor, campaign }, { params }) => {
  const helpId = idOf(params.helpId)
  await together(() => restoreHelp(actor, campaign.id, helpId))
  return redirectWith(`/ho-tro/${helpId}`, 'da-khoi-phuc')
})
