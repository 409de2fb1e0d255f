import { redirect } from '@remix-run/node'
import { withdrawHelp } from '#app/queries/help-withdrawal.server.ts'
import { together } from '#app/queries/together.server.ts'
import { idOf, writes } from '../_web/visit.server.ts'

/** Withdraws a record; where that is not possible, the record's page says why. */
export const action = writes(async ({ actor, campaign }, { params }) => {
  const helpId = idOf(params.helpId)
  const made = await together(() => withdrawHelp(actor, campaign.id, helpId))
  return redirect(`/ho-tro/${helpId}${made.ok ? '' : `?khong-rut=${made.problems[0]?.reason}`}`)
})
