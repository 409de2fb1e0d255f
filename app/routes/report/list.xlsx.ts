import { writeReportTable } from '#app/documents/field-work-export.ts'
import { logExport } from '#app/queries/aggregate.server.ts'
import { findUnitHeading } from '#app/queries/board.server.ts'
import { listReportTable } from '#app/queries/report-export.server.ts'
import { retryBusy } from '#app/queries/retry.server.ts'
import { reportRow } from '#app/text/field-table.ts'
import { laidOut } from '../_web/table-form.server.ts'
import { found, idOf, reads } from '../_web/visit.server.ts'
import { workbookResponse } from '../_web/workbook.server.ts'

/** The reports of a unit and those below it by period, as a workbook, in a saved layout (`mau`) or in full; logged. */
export const loader = reads(async ({ actor, campaign, terms, at }, { params, url }) => {
  const { id, name, path } = found(findUnitHeading(actor, campaign.id, idOf(params.unitId)))
  const rows = await retryBusy(() => listReportTable(actor, campaign.id, path))
  await retryBusy(() =>
    logExport(actor, campaign.id, { subject: 'report', subjectId: id, data: { unitId: id, count: rows.length } }),
  )
  const bytes =
    (await laidOut(url, 'reports', rows.map(reportRow))) ??
    (await writeReportTable({ campaign: campaign.code, unitName: name, asOf: at, terms }, rows))
  return workbookResponse(bytes, `bao-cao-${id}`, campaign)
})
