import { redirect } from '@remix-run/node'
import { startApplying } from '#app/queries/extract.server.ts'
import { idOf, writes } from '../_web/visit.server.ts'

/** Starts to apply an extract that has been previewed; where its state does not allow that, its page shows the state. */
export const action = writes(({ actor, campaign }, { params }) => {
  const extractId = idOf(params.extractId)
  const jobId = startApplying(actor, campaign.id, extractId)
  return redirect(jobId === undefined ? `/doi-chieu/${extractId}` : `/cong-viec/${jobId}`)
})
