import { writeCollectionDays } from '#app/documents/field-work-export.ts'
import { logExport } from '#app/queries/aggregate.server.ts'
import { findUnitHeading } from '#app/queries/board.server.ts'
import { exportCollectionDays } from '#app/queries/collection.server.ts'
import { retryBusy } from '#app/queries/retry.server.ts'
import { collectionRow } from '#app/text/field-table.ts'
import { laidOut } from '../_web/table-form.server.ts'
import { found, idOf, reads } from '../_web/visit.server.ts'
import { workbookResponse } from '../_web/workbook.server.ts'

/** The days of the collection points of a unit and those below it, as a workbook, in a saved layout (`mau`) or in full; logged. */
export const loader = reads(async ({ actor, campaign, at }, { params, url }) => {
  const { id, name, path } = found(findUnitHeading(actor, campaign.id, idOf(params.unitId)))
  const { within: rows, after } = exportCollectionDays(actor, campaign.id, path)
  await retryBusy(() =>
    logExport(actor, campaign.id, {
      subject: 'collection_point',
      subjectId: id,
      data: { unitId: id, count: rows.length + after.length },
    }),
  )
  const bytes =
    (await laidOut(url, 'collection_days', rows.map(collectionRow))) ??
    (await writeCollectionDays({ campaign: campaign.code, unitName: name, asOf: at }, rows, after))
  return workbookResponse(bytes, `diem-thu-nhan-${id}`, campaign)
})
