import { writeWorklistProblems } from '#app/documents/worklist-template.ts'
import { retryBusy } from '#app/queries/retry.server.ts'
import { exportWorklistProblems } from '#app/queries/worklist-preview.server.ts'
import { explainWorklistProblem } from '#app/text/worklist.ts'
import { batchIdOf } from '../_web/batch.server.ts'
import { reads } from '../_web/visit.server.ts'
import { workbookResponse } from '../_web/workbook.server.ts'
import { noteShown } from '../admin/access.server.ts'

export const loader = reads(async ({ actor, campaign }, { params }) => {
  const batchId = batchIdOf({ campaign }, params.batchId)
  const rows = await retryBusy(() => exportWorklistProblems(actor, batchId))
  await noteShown(actor, { what: 'worklist_batch', subjectId: batchId, count: rows.length })
  const bytes = await writeWorklistProblems(
    rows.map(({ problems, ...row }) => ({ ...row, why: problems.map(explainWorklistProblem).join('\n') })),
    campaign.code,
  )
  return workbookResponse(bytes, `can-sua-${batchId}`, campaign)
})
