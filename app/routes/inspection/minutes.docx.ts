import { writeInspectionMinutes } from '#app/documents/inspection-minutes.ts'
import { findCampaign } from '#app/queries/campaign.server.ts'
import { exportMinutes } from '#app/queries/inspection.server.ts'
import { findPlan } from '#app/queries/plan.server.ts'
import { retryBusy } from '#app/queries/retry.server.ts'
import { currentSigner } from '#app/queries/signer.server.ts'
import { paperResponse } from '../_web/paper.server.ts'
import { found, idOf, reads } from '../_web/visit.server.ts'

/** The minutes of an inspection to download; logged. Never kept by caches: they are as of now. */
export const loader = reads(async ({ actor, campaign }, { params }) => {
  const inspectionId = idOf(params.inspectionId)
  const inspection = found(await retryBusy(() => exportMinutes(actor, campaign.id, inspectionId)))
  const { issuer, issuedOn, title } = found(findCampaign(campaign.id))
  const bytes = await writeInspectionMinutes({
    ...inspection,
    headName: currentSigner(inspection.unitId, null)?.name ?? null,
    campaign: { ...findPlan(campaign.id), title, issuer, issuedOn },
  })
  return paperResponse(bytes, `bien-ban-kiem-tra-${inspectionId}`, campaign)
})
