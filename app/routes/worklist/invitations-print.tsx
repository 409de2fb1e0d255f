import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { exportInvitations } from '#app/queries/invitation.server.ts'
import { retryBusy } from '#app/queries/retry.server.ts'
import { formatNumber } from '#app/text/format.ts'
import { InvitationSlip } from '#app/ui/invitation.tsx'
import { PrintButton } from '#app/ui/print-button.tsx'
import { found, idOf, reads } from '../_web/visit.server.ts'
import { noteShown } from '../admin/access.server.ts'
import { sessionIn } from './invitation.server.ts'

export const meta: MetaFunction = () => [{ title: 'Giấy mời (bản in) · 4 phủ' }]

/** Names and addresses of citizens stay out of every cache. */
export const headers = () => ({ 'Cache-Control': 'no-store' })

export const loader = reads(async ({ actor, campaign }, { params, url }) => {
  const { ids, session } = sessionIn(url)
  const { unit, people } = found(await retryBusy(() => exportInvitations(actor, campaign.id, idOf(params.unitId), ids)))
  await noteShown(actor, { what: 'invitation_print', subjectId: unit.id, count: people.length })
  return { unit, people, session, campaignCode: campaign.code }
})

export default function InvitationPapers() {
  const { unit, people, session, campaignCode } = useLoaderData<typeof loader>()
  return (
    <div className="stack">
      <h1 className="visually-hidden">Giấy mời</h1>
      <p className="actions no-print">
        <Link to={`/don-vi/${unit.id}/phan-cong`}>Về danh sách phân công</Link>
        <span className="small">{formatNumber(people.length)} giấy mời. Khổ giấy A4, in rồi cắt.</span>
        <PrintButton>In giấy mời</PrintButton>
      </p>
      <div className="invitations">
        {people.map(person => (
          <InvitationSlip
            key={person.id}
            person={person}
            unitName={unit.name}
            headTitle={unit.headTitle}
            campaignCode={campaignCode}
            {...session}
          />
        ))}
      </div>
    </div>
  )
}
