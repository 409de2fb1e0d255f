import { writeReportPaper } from '#app/documents/report-paper.ts'
import { unitIssuing } from '#app/jobs/papers/issuing.server.ts'
import { findCampaign } from '#app/queries/campaign.server.ts'
import { indicatorNames } from '#app/queries/campaign-indicator.server.ts'
import { findPlan } from '#app/queries/plan.server.ts'
import { exportPaper } from '#app/queries/report-export.server.ts'
import { retryBusy } from '#app/queries/retry.server.ts'
import { paperResponse } from '../_web/paper.server.ts'
import { found, reads } from '../_web/visit.server.ts'
import { askedReport } from './asked-report.server.ts'

/** A unit's report as a document: a draft to be signed on paper, or a signed version; logged. */
export const loader = reads(async ({ actor, campaign, terms }, { params, url }) => {
  const asked = askedReport(params, url)
  const paper = found(await retryBusy(() => exportPaper(actor, campaign.id, asked)))
  const bytes = await writeReportPaper({
    ...paper,
    nameOf: indicatorNames(campaign.id),
    campaign: { ...found(findCampaign(campaign.id)), ...findPlan(campaign.id) },
    terms,
    issuing: unitIssuing(asked.unitId, paper.signed?.documentOn ?? null, paper.unitName),
  })
  return paperResponse(bytes, `bao-cao-${asked.unitId}-${asked.slug}`, campaign)
})
