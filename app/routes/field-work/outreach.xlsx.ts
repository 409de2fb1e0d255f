import { writeOutreach } from '#app/documents/field-work-export.ts'
import { logExport } from '#app/queries/aggregate.server.ts'
import { findUnitHeading } from '#app/queries/board.server.ts'
import { exportOutreach } from '#app/queries/outreach.server.ts'
import { retryBusy } from '#app/queries/retry.server.ts'
import { outreachRow } from '#app/text/field-table.ts'
import { laidOut } from '../_web/table-form.server.ts'
import { found, idOf, reads } from '../_web/visit.server.ts'
import { workbookResponse } from '../_web/workbook.server.ts'

/** The outreach activities of a unit and those below it, as a workbook, in a saved layout (`mau`) or in full; logged. */
export const loader = reads(async ({ actor, campaign, at }, { params, url }) => {
  const { id, name, path } = found(findUnitHeading(actor, campaign.id, idOf(params.unitId)))
  const rows = exportOutreach(actor, campaign.id, path)
  const after = exportOutreach(actor, campaign.id, path, 'after')
  await retryBusy(() =>
    logExport(actor, campaign.id, {
      subject: 'outreach',
      subjectId: id,
      data: { unitId: id, count: rows.length + after.length },
    }),
  )
  const bytes =
    (await laidOut(url, 'outreach', rows.map(outreachRow))) ??
    (await writeOutreach({ campaign: campaign.code, unitName: name, asOf: at }, rows, after))
  return workbookResponse(bytes, `tuyen-truyen-${id}`, campaign)
})
