import { redirect } from '@remix-run/node'
import { restoreHelp } from '#app/queries/help.server.ts'
import { idOf, writes } from './visit.server.ts'

/** Takes the withdrawal of a record back. */
export const action = writes(({ actor, campaign }, { params }) => {
  const helpId = idOf(params.helpId)
  restoreHelp(actor, campaign.id, helpId)
  return redirect(`/ho-tro/${helpId}?da-khoi-phuc`)
})
