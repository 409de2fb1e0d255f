import { withSetupList } from '#app/jobs/setup-list.server.ts'
import { applySetupList } from '#app/queries/setup-batch.server.ts'
import { setupTitles } from '#app/text/setup.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { idOf, writes } from '../_web/visit.server.ts'
import { listIn } from './list.server.ts'

/** Writes what the preview showed; an outdated preview is shown again. */
export const action = writes((visit, { params, form }) => {
  const list = listIn(visit, params.list)
  const batchId = idOf(params.batchId)
  const planKey = String(form.get('planKey'))
  const applied = withSetupList(visit.actor, list, work =>
    applySetupList(visit.actor, { list, batchId, planKey }, work),
  )
  const page = `/quan-tri/danh-sach/${setupTitles[list].file}/${batchId}` as const
  return applied.ok ? redirectWith(page, 'da-nhap', applied.written) : redirectWith(page, 'da-doi')
})
