import { redirect } from '@remix-run/node'
import { bindSlip, issueCitizenLink } from '#app/queries/citizen-code.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { idOf, writes } from '../_web/visit.server.ts'

/** Issues a link for the citizen's answer, or binds a slip that was handed over before. */
export const action = writes(({ actor, campaign }, { form, params }) => {
  const helpId = idOf(params.helpId)
  const slip = form.get('slip')
  if (typeof slip === 'string') {
    const bound = bindSlip(actor, campaign.id, { helpId, code: slip })
    return redirectWith(`/ho-tro/${helpId}`, bound.ok ? 'da-gan-phieu' : 'khong-co-phieu')
  }
  const issued = issueCitizenLink(actor, campaign.id, helpId)
  return redirect(issued.ok ? `/ho-tro/${helpId}` : `/ho-tro/${helpId}?khong-tao-ma=${issued.problem}`)
})
