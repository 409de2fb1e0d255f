import { nudgeGroup, nudgeOfficials } from '#app/queries/nudge.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { idOf, writes } from '../_web/visit.server.ts'
import { unitBoard } from '../board/params.ts'

/** Reminds one person (`nguoi`), or everybody of a group of the board (`vi-sao`); `ve` leads back to the person's page. */
export const action = writes(({ actor, campaign }, { params, form }) => {
  const unitId = idOf(params.unitId)
  const cause = unitBoard.params.cause.read([String(form.get('vi-sao') ?? '')])
  if (cause) return redirectWith(`/don-vi/${unitId}`, 'da-nhac', nudgeGroup(actor, campaign.id, unitId, cause).nudged)
  const officialId = idOf(String(form.get('nguoi') ?? ''))
  const { nudged } = nudgeOfficials(actor, campaign.id, { unitId, officialIds: [officialId] })
  return form.get('ve') === 'nguoi'
    ? redirectWith(`/can-bo/${officialId}`, 'da-nhac', nudged)
    : redirectWith(`/don-vi/${unitId}`, 'da-nhac', nudged)
})
