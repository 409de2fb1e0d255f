import { writeHelpProblems } from '#app/documents/help-template.ts'
import { exportHelpProblems } from '#app/queries/help-batch.server.ts'
import { retryBusy } from '#app/queries/retry.server.ts'
import { helpRowProblemSentence } from '#app/text/help-import.ts'
import { batchIdOf } from '../_web/batch.server.ts'
import { reads } from '../_web/visit.server.ts'
import { workbookResponse } from '../_web/workbook.server.ts'
import { noteShown } from '../admin/access.server.ts'
import { helpScope } from './scope.server.ts'

export const loader = reads(async (visit, { params }) => {
  const { actor, campaign } = visit
  const batchId = batchIdOf({ campaign }, params.helpBatchId)
  const rows = await retryBusy(() => exportHelpProblems(actor, batchId))
  await noteShown(actor, { what: 'help_batch_export', subjectId: batchId, count: rows.length })
  const bytes = await writeHelpProblems(
    rows.map(({ problems, ...row }) => ({ ...row, why: problems.map(helpRowProblemSentence).join('\n') })),
    campaign.code,
    helpScope(visit),
  )
  return workbookResponse(bytes, `can-sua-${batchId}`, campaign)
})
