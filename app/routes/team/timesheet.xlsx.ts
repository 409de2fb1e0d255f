import { redirect } from '@remix-run/node'
import { writeTimesheet } from '#app/documents/timesheet.ts'
import { daysBetween, isDay } from '#app/domain/calendar.ts'
import { retryBusy } from '#app/queries/retry.server.ts'
import { exportTimesheet } from '#app/queries/team-timesheet.server.ts'
import { found, idOf, notFound, reads } from '../_web/visit.server.ts'
import { workbookResponse } from '../_web/workbook.server.ts'
import { timesheet } from './params.ts'

/** A campaign has about a hundred days; nobody is paid for more at once. */
const MOST_DAYS = 366

/** The timesheet of a team for a period (`tu`, `den`; without them this month so far), to download; logged. */
export const loader = reads(async ({ actor, campaign, today }, { params, url }) => {
  const { fromOn = `${today.slice(0, 7)}-01`, toOn = today } = timesheet.read(url)
  const teamId = idOf(params.teamId)
  if (!isDay(fromOn) || !isDay(toOn) || daysBetween(fromOn, toOn) > MOST_DAYS) throw notFound()
  if (toOn < fromOn) throw redirect(`/don-vi/${idOf(params.unitId)}/to/${teamId}?chua=ends_before_start`)
  const sheet = found(await retryBusy(() => exportTimesheet(actor, campaign.id, { teamId, fromOn, toOn })))
  return workbookResponse(
    await writeTimesheet({ ...sheet, fromOn, toOn, campaign: campaign.code }),
    `cham-cong-${teamId}`,
    campaign,
  )
})
