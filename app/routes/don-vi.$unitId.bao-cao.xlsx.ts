import { writeReportTable } from '#app/documents/field-work-export.ts'
import { logExport } from '#app/queries/aggregate.server.ts'
import { findUnitHeading } from '#app/queries/board.server.ts'
import { listReportTable } from '#app/queries/report-export.server.ts'
import { retryBusy } from '#app/queries/retry.server.ts'
import { found, idOf, reads } from './visit.server.ts'
import { workbookResponse } from './workbook.server.ts'

/** The reports of a unit and those below it by period, as a workbook; logged. */
export const loader = reads(async ({ actor, campaign, at }, { params }) => {
  const { id, name, path } = found(findUnitHeading(actor, idOf(params.unitId)))
  const rows = listReportTable(actor, campaign.id, path)
  await retryBusy(() =>
    logExport(actor, campaign.id, { subject: 'report', subjectId: id, data: { unitId: id, count: rows.length } }),
  )
  return workbookResponse(await writeReportTable({ unitName: name, asOf: at }, rows), `bao-cao-${id}`)
})
