import { writeTimesheet } from '#app/documents/timesheet.ts'
import { retryBusy } from '#app/queries/retry.server.ts'
import { reopenTimesheet } from '#app/queries/team-timesheet.server.ts'
import { found, idOf, reads } from '../_web/visit.server.ts'
import { workbookResponse } from '../_web/workbook.server.ts'

/** An exported timesheet with the rows that it had then, to download again; logged. */
export const loader = reads(async ({ actor, campaign }, { params }) => {
  const asked = { teamId: idOf(params.teamId), exportId: idOf(params.exportId) }
  const sheet = found(await retryBusy(() => reopenTimesheet(actor, campaign.id, asked)))
  return workbookResponse(
    await writeTimesheet({ ...sheet, campaign: campaign.code }),
    `cham-cong-${asked.teamId}-${asked.exportId}`,
    campaign,
  )
})
