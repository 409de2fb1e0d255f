import { redirect } from '@remix-run/node'
import { startWorklistApply } from '#app/queries/worklist-import.server.ts'
import { batchIdOf } from '../_web/batch.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { idOf, writes } from '../_web/visit.server.ts'

/** Puts on the list what the preview showed, in the worker; an outdated preview is shown again. */
export const action = writes(({ actor, campaign }, { params, form }) => {
  const batchId = batchIdOf({ campaign }, params.batchId)
  const started = startWorklistApply(actor, { batchId, planKey: String(form.get('planKey')) })
  return started.ok
    ? redirect(`/cong-viec/${started.jobId}`)
    : redirectWith(`/don-vi/${idOf(params.unitId)}/phan-cong/nhap/${batchId}`, 'da-doi')
})
