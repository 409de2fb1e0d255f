import { writeHelpProblems } from '#app/documents/help-template.ts'
import { exportHelpProblems } from '#app/queries/help-batch.server.ts'
import { hasDistricts } from '#app/queries/locality.server.ts'
import { retryBusy } from '#app/queries/retry.server.ts'
import { helpRowProblemSentence } from '#app/text/help-import.ts'
import { batchIdOf } from '../_web/batch.server.ts'
import { reads } from '../_web/visit.server.ts'
import { workbookResponse } from '../_web/workbook.server.ts'
import { noteShown } from '../admin/access.server.ts'

export const loader = reads(async ({ actor, campaign, terms, today }, { params }) => {
  const batchId = batchIdOf({ campaign }, params.helpBatchId)
  const rows = await retryBusy(() => exportHelpProblems(actor, batchId))
  await noteShown(actor, { what: 'help_batch_export', subjectId: batchId, count: rows.length })
  const bytes = await writeHelpProblems(
    rows.map(({ problems, ...row }) => ({ ...row, why: problems.map(helpRowProblemSentence).join('\n') })),
    campaign.code,
    { hasDistricts: hasDistricts(today), outcomes: terms.outcomes },
  )
  return workbookResponse(bytes, `can-sua-${batchId}`, campaign)
})
