import { redirect } from '@remix-run/node'
import { undoSigning } from '#app/queries/report-signing.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { idOf, writes } from '../_web/visit.server.ts'

/** Takes the newest signature of a report back; where that is not possible, the report's page says why. */
export const action = writes(({ actor, campaign }, { params }) => {
  const asked = { unitId: idOf(params.unitId), slug: params.period ?? '' }
  const undone = undoSigning(actor, campaign.id, asked)
  const page = `/don-vi/${asked.unitId}/bao-cao/${asked.slug}` as const
  return undone.ok
    ? redirectWith(page, 'da-rut-chu-ky')
    : redirect(`${page}?khong-duoc=${undone.problems[0]?.reason ?? ''}`)
})
