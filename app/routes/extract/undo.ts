import { redirect } from '@remix-run/node'
import { startUndoing } from '#app/queries/extract.server.ts'
import { idOf, writes } from '../_web/visit.server.ts'

/** Takes an extract back, or puts one aside that was never applied; where its state does not allow that, its page shows the state. */
export const action = writes(({ actor, campaign }, { params }) => {
  const extractId = idOf(params.extractId)
  const jobId = startUndoing(actor, campaign.id, extractId)
  return redirect(jobId === undefined ? `/doi-chieu/${extractId}` : `/cong-viec/${jobId}`)
})
