import { writeResultReport } from '#app/documents/result-report.ts'
import { retryBusy } from '#app/queries/retry.server.ts'
import { logUnitPaper } from '#app/queries/unit-result.server.ts'
import { paperResponse } from '../_web/paper.server.ts'
import { idOf, reads } from '../_web/visit.server.ts'
import { resultReport } from './unit-result.server.ts'

/** The báo cáo kết quả of a unit, of the province at the root; logged. */
export const loader = reads(async (visit, { params, url }) => {
  const unitId = idOf(params.unitId)
  const report = resultReport(visit, url, unitId)
  await retryBusy(() =>
    logUnitPaper(visit.actor, visit.campaign.id, {
      unitId,
      document: 'bao-cao-ket-qua.docx',
      rows: report.parts.length,
    }),
  )
  return paperResponse(await writeResultReport(report), `bao-cao-ket-qua-${unitId}`, visit.campaign)
})
