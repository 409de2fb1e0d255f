import { writeCollectionDays } from '#app/documents/field-work-export.ts'
import { logExport } from '#app/queries/aggregate.server.ts'
import { findUnitHeading } from '#app/queries/board.server.ts'
import { exportCollectionDays } from '#app/queries/collection.server.ts'
import { retryBusy } from '#app/queries/retry.server.ts'
import { found, idOf, reads } from './visit.server.ts'
import { workbookResponse } from './workbook.server.ts'

/** The days of the collection points of a unit and those below it, as a workbook; logged. */
export const loader = reads(async ({ actor, campaign, at }, { params }) => {
  const { id, name, path } = found(findUnitHeading(actor, idOf(params.unitId)))
  const rows = exportCollectionDays(actor, campaign.id, path)
  await retryBusy(() =>
    logExport(actor, campaign.id, {
      subject: 'collection_point',
      subjectId: id,
      data: { unitId: id, count: rows.length },
    }),
  )
  return workbookResponse(await writeCollectionDays({ unitName: name, asOf: at }, rows), `diem-thu-nhan-${id}`)
})
