import { writeOutreach } from '#app/documents/field-work-export.ts'
import { logExport } from '#app/queries/aggregate.server.ts'
import { findUnitHeading } from '#app/queries/board.server.ts'
import { exportOutreach } from '#app/queries/outreach.server.ts'
import { retryBusy } from '#app/queries/retry.server.ts'
import { found, idOf, reads } from './visit.server.ts'
import { workbookResponse } from './workbook.server.ts'

/** The outreach activities of a unit and those below it, as a workbook; logged. */
export const loader = reads(async ({ actor, campaign, at }, { params }) => {
  const { id, name, path } = found(findUnitHeading(actor, idOf(params.unitId)))
  const rows = exportOutreach(actor, campaign.id, path)
  await retryBusy(() =>
    logExport(actor, campaign.id, { subject: 'outreach', subjectId: id, data: { unitId: id, count: rows.length } }),
  )
  return workbookResponse(await writeOutreach({ unitName: name, asOf: at }, rows), `tuyen-truyen-${id}`)
})
