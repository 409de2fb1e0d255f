import { writeResultWorkbook } from '#app/documents/result-report.ts'
import { retryBusy } from '#app/queries/retry.server.ts'
import { unitPlaces } from '#app/queries/unit.server.ts'
import { logUnitPaper } from '#app/queries/unit-result.server.ts'
import { idOf, reads } from '../_web/visit.server.ts'
import { workbookResponse } from '../_web/workbook.server.ts'
import { resultReport } from './unit-result.server.ts'

/** The twin of a unit's báo cáo kết quả, each figure with the way back to its records; logged. */
export const loader = reads(async (visit, { params, url, context }) => {
  const unitId = idOf(params.unitId)
  const report = resultReport(visit, url, unitId)
  await retryBusy(() =>
    logUnitPaper(visit.actor, visit.campaign.id, {
      unitId,
      document: 'bao-cao-ket-qua.xlsx',
      rows: report.parts.length,
    }),
  )
  const bytes = await writeResultWorkbook(
    report,
    context.publicUrl.replace(/\/$/, ''),
    unitPlaces(report.parts.flatMap(({ id }) => id ?? [])),
  )
  return workbookResponse(bytes, `bao-cao-ket-qua-${unitId}`, visit.campaign)
})
