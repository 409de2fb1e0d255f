import { redirect } from '@remix-run/node'
import { signReport } from '#app/queries/report-signing.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { idOf, writes } from '../_web/visit.server.ts'

/** The head signs the unit's report of a period off. */
export const action = writes(({ actor, campaign }, { params }) => {
  const asked = { unitId: idOf(params.unitId), slug: params.period ?? '' }
  const signed = signReport(actor, campaign.id, asked)
  const page = `/don-vi/${asked.unitId}/bao-cao/${asked.slug}` as const
  return signed.ok ? redirectWith(page, 'da-ky') : redirect(`${page}?khong-duoc=${signed.problem}`)
})
