import type { MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { findFigureHistory } from '#app/queries/figure-history.server.ts'
import { capitalize } from '#app/text/board.ts'
import { formatNumber } from '#app/text/format.ts'
import { FigureVersions } from '#app/ui/figure-versions.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { NO_SCRIPT } from '#app/ui/page-handle.ts'
import { found, reads } from '../_web/visit.server.ts'

export const handle = NO_SCRIPT
export const meta: MetaFunction = () => [{ title: 'Lịch sử số liệu · 4 phủ' }]

export const loader = reads(({ actor, campaign }, { params }) =>
  found(findFigureHistory(actor, campaign.id, params.code ?? '')),
)

export default function FigureHistoryPage() {
  const { code, name, versions, isCut } = useLoaderData<typeof loader>()
  return (
    <div className="stack">
      <PageHeading
        title="Lịch sử số liệu"
        note={`${isCut ? `${formatNumber(versions.length)} lần nhập gần nhất` : 'Mọi lần nhập'} của ${name}, mới nhất ở trên`}
        breadcrumbs={[{ to: `/dia-ban/${code}`, label: capitalize(name) }]}
      />
      <FigureVersions versions={versions} />
    </div>
  )
}
