import { writeInvitations } from '#app/documents/invitation.ts'
import { unitIssuing } from '#app/jobs/papers/issuing.server.ts'
import { findCampaign } from '#app/queries/campaign.server.ts'
import { exportInvitations } from '#app/queries/invitation.server.ts'
import { retryBusy } from '#app/queries/retry.server.ts'
import { paperResponse } from '../_web/paper.server.ts'
import { found, idOf, reads } from '../_web/visit.server.ts'
import { noteShown } from '../admin/access.server.ts'
import { sessionIn } from './invitation.server.ts'

/** Invitations to download, a page each; logged. Never kept by caches: they hold names and addresses. */
export const loader = reads(async ({ actor, campaign }, { params, url }) => {
  const { ids, session } = sessionIn(url)
  const { unit, people } = found(await retryBusy(() => exportInvitations(actor, campaign.id, idOf(params.unitId), ids)))
  await noteShown(actor, { what: 'invitation_export', subjectId: unit.id, count: people.length })
  const bytes = await writeInvitations({
    ...session,
    campaign: found(findCampaign(campaign.id)),
    issuing: unitIssuing(unit.id, null),
    people,
  })
  return paperResponse(bytes, `giay-moi-${unit.id}`, campaign)
})
