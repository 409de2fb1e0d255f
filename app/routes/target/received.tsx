import type { MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { findUnitHeading } from '#app/queries/board.server.ts'
import { listReceivedShares } from '#app/queries/target-sharing.server.ts'
import { useLevels } from '#app/ui/levels.ts'
import { NO_SCRIPT } from '#app/ui/page-handle.ts'
import { useInBrackets } from '#app/ui/places.ts'
import { ReceivedShares } from '#app/ui/received-shares.tsx'
import { UnitPageHeading } from '#app/ui/unit-heading.tsx'
import { found, idOf, reads } from '../_web/visit.server.ts'

export const handle = NO_SCRIPT
export const meta: MetaFunction = () => [{ title: 'Chỉ tiêu được giao · 4 phủ' }]

export const loader = reads(({ actor, campaign }, { params }) => {
  const heading = found(findUnitHeading(actor, campaign.id, idOf(params.unitId)))
  return { heading, rows: found(listReceivedShares(actor, campaign.id, heading.id)) }
})

export default function ReceivedSharesPage() {
  const { heading, rows } = useLoaderData<typeof loader>()
  const inBrackets = useInBrackets()
  const levels = useLevels()
  return (
    <div className="stack">
      <UnitPageHeading
        unit={heading}
        current="received"
        title={`Chỉ tiêu ${levels.sharer} giao`}
        note={`${levels.receivedNote}${inBrackets('V.6')}`}
      />
      <ReceivedShares rows={rows} localityCode={heading.localityCode} />
    </div>
  )
}
