import { writeReportWorkbook } from '#app/documents/report-export.ts'
import { indicatorNames } from '#app/queries/campaign-indicator.server.ts'
import { exportReport } from '#app/queries/report-export.server.ts'
import { retryBusy } from '#app/queries/retry.server.ts'
import { found, reads } from '../_web/visit.server.ts'
import { workbookResponse } from '../_web/workbook.server.ts'
import { askedReport } from './asked-report.server.ts'

/** A signed report as a workbook that holds all that its hash was taken of; logged. */
export const loader = reads(async ({ actor, campaign, terms }, { params, url }) => {
  const asked = askedReport(params, url)
  const report = found(await retryBusy(() => exportReport(actor, campaign.id, { ...asked, format: 'xlsx' })))
  return workbookResponse(
    await writeReportWorkbook({ ...report, terms, nameOf: indicatorNames(campaign.id) }),
    `bao-cao-${asked.unitId}-${asked.slug}-ban-${report.content.version}`,
    campaign,
  )
})
