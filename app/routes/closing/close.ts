import { redirect } from '@remix-run/node'
import { startClosing } from '#app/queries/closing.server.ts'
import { writes } from '../_web/visit.server.ts'

/** Closes the campaign. */
export const action = writes(({ actor, campaign }, { form }) => {
  const { problem, ...started } = startClosing(actor, campaign.id, {
    reason: 'close',
    note: '',
    withLate: form.get('withLate') === 'on',
  })
  return redirect('jobId' in started ? `/cong-viec/${started.jobId}` : `/ket-thuc?khong-duoc=${problem}`)
})
