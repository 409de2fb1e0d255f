import { redirect } from '@remix-run/node'
import { startApply } from '#app/queries/roster-apply.server.ts'
import { idOf, writes } from '../_web/visit.server.ts'

/** Applies a batch as its preview showed it, in the worker; whatever blocks it is shown on the preview. */
export const action = writes(({ actor }, { params, form }) => {
  const batchId = idOf(params.batchId)
  const started = startApply(actor, {
    batchId,
    planKey: String(form.get('planKey')),
    hasConsent: form.get('consent') === 'on',
  })
  return redirect(started.ok ? `/cong-viec/${started.jobId}` : `/lo-nhap/${batchId}?chua-nhap=${started.problem}`)
})
