import { writeWorklist } from '#app/documents/worklist-export.ts'
import { retryBusy } from '#app/queries/retry.server.ts'
import { exportAssignments } from '#app/queries/worklist.server.ts'
import { found, idOf, reads } from '../_web/visit.server.ts'
import { workbookResponse } from '../_web/workbook.server.ts'
import { noteShown } from '../admin/access.server.ts'
import { listFilter } from './params.ts'

/** The list as it is narrowed, to download; logged. */
export const loader = reads(async ({ actor, campaign, at }, { params, url }) => {
  const { unit, rows } = found(
    await retryBusy(() => exportAssignments(actor, campaign.id, idOf(params.unitId), listFilter.read(url))),
  )
  await noteShown(actor, { what: 'worklist_export', subjectId: unit.id, count: rows.length })
  return workbookResponse(
    await writeWorklist({ campaign: campaign.code, unitName: unit.name, asOf: at, rows }),
    `phan-cong-${unit.id}`,
    campaign,
  )
})
