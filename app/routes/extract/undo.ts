import { redirect } from '@remix-run/node'
import { startUndoing } from '#app/queries/extract.server.ts'
import { idOf, writes } from '../_web/visit.server.ts'

/**
 * Withdraws an extract, or discards one that was never applied; if its state does not allow that, its page shows the
 * state.
 */
export const action = writes(({ actor, campaign }, { params }) => {
  const extractId = idOf(params.extractId)
  const jobId = startUndoing(actor, campaign.id, extractId)
  return redirect(jobId === undefined ? `/doi-chieu/${extractId}` : `/cong-viec/${jobId}`)
})
