import { drawInspection, type InspectionOrder } from '#app/queries/inspection-draw.server.ts'
import { retryBusy } from '#app/queries/retry.server.ts'
import { noticeTo } from '#app/text/notice.ts'
import { askerOf } from './asker.server.ts'

/**
 * Draws an inspection that was ordered; leads on to it, or back to the order where the team or the records no longer
 * allow it.
 */
export async function drawOrderedInspection({
  campaignId,
  accountId,
  ...order
}: InspectionOrder & { campaignId: number; accountId: number }) {
  const drawn = await retryBusy(() => drawInspection(askerOf(accountId), campaignId, order))
  if (drawn.ok) return { to: noticeTo(`/kiem-tra/${drawn.inspectionId}`, 'da-chon-mau') }
  return { to: `/kiem-tra/moi?don-vi=${order.unitId}&khong-duoc=${drawn.problems[0]?.reason}` }
}
