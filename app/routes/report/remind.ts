import { redirect } from '@remix-run/node'
import { remindOfReports } from '#app/queries/report-reminder.server.ts'
import { noticeTo } from '#app/text/notice.ts'
import { idOf, writes } from '../_web/visit.server.ts'

/** Reminds the units below that have not signed a period's report: all of them, or the one that the button names. */
export const action = writes(({ actor, campaign }, { params, form }) => {
  const unitId = idOf(params.unitId)
  const period = params.period ?? ''
  const one = form.get('don-vi')
  const reminded = remindOfReports(actor, campaign.id, {
    unitId,
    slug: period,
    only: typeof one === 'string' ? idOf(one) : null,
  })
  const page = noticeTo(`/don-vi/${unitId}/bao-cao`, 'da-nhac', reminded)
  return redirect(`${page}&${new URLSearchParams({ ky: period })}`)
})
