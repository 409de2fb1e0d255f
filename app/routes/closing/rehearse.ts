import { redirect } from '@remix-run/node'
import { startClosing } from '#app/queries/closing.server.ts'
import { writes } from '../_web/visit.server.ts'

/** Starts a rehearsal. */
export const action = writes(({ actor, campaign }) => {
  const started = startClosing(actor, campaign.id, { reason: 'rehearsal', note: '' })
  return redirect(started.ok ? `/cong-viec/${started.jobId}` : `/ket-thuc?khong-duoc=${started.problem}`)
})
