import { redirect } from '@remix-run/node'
import { startHelpApply } from '#app/queries/help-batch.server.ts'
import { batchIdOf } from '../_web/batch.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { idOf, writes } from '../_web/visit.server.ts'

/** Records a batch as its preview showed it, in the worker. */
export const action = writes(({ actor, campaign }, { params, form }) => {
  const batchId = batchIdOf({ campaign }, params.helpBatchId)
  const started = startHelpApply(actor, { batchId, planKey: String(form.get('planKey')) })
  return started.ok
    ? redirect(`/cong-viec/${started.jobId}`)
    : redirectWith(`/don-vi/${idOf(params.unitId)}/truong-hop/nhap/${batchId}`, 'da-doi')
})
