import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { findUnitHeading } from '#app/queries/board.server.ts'
import { listTransfers } from '#app/queries/transfer-list.server.ts'
import { formatDay } from '#app/text/format.ts'
import { explainWaiting } from '#app/text/transfer.ts'
import { labels } from '#app/text/vocabulary.ts'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { NO_SCRIPT } from '#app/ui/page-handle.ts'
import { Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { TransferStatus } from '#app/ui/transfer-status.tsx'
import { UnitPageHeading } from '#app/ui/unit-heading.tsx'
import { found, idOf, notFound, reads } from '../_web/visit.server.ts'

export const handle = NO_SCRIPT
export const meta: MetaFunction = () => [{ title: 'Chuyển đơn vị · 4 phủ' }]

export const loader = reads(({ actor, campaign }, { params }) => {
  const heading = found(findUnitHeading(actor, campaign.id, idOf(params.unitId)))
  if (!heading.allowed.transfers) throw notFound()
  return { heading, transfers: listTransfers(actor, heading.path) }
})

export default function TransfersPage() {
  const { heading, transfers } = useLoaderData<typeof loader>()
  const base = `/don-vi/${heading.id}/chuyen`
  const part = (title: string, rows: typeof transfers) =>
    rows.length === 0 ? null : (
      <Sheet title={title}>
        <RowList>
          {rows.map(row => (
            <Row
              key={row.id}
              title={<Link to={`${base}/${row.id}`}>{row.officialName}</Link>}
              detail={
                <>
                  {`${row.fromUnitName} → ${row.unitName}, từ ${formatDay(row.fromOn)} · ${row.position}, ${labels.category[row.category].toLowerCase()}`}
                  <span className="block">
                    {row.state === 'asked'
                      ? explainWaiting(row)
                      : [row.answeredByName, row.answerReason].filter(Boolean).join(': ')}
                  </span>
                </>
              }
              aside={<TransferStatus state={row.state} />}
            />
          ))}
        </RowList>
      </Sheet>
    )
  return (
    <div className="stack">
      <UnitPageHeading
        unit={heading}
        current="transfers"
        title="Chuyển đơn vị"
        note="Người chuyển đến được tính cho đơn vị khi đơn vị tiếp nhận."
      />
      {transfers.length === 0 ? (
        <Sheet>
          <EmptyState title="Không có đề nghị chuyển nào">Đề nghị mới lập từ trang của từng người.</EmptyState>
        </Sheet>
      ) : null}
      {part(
        'Chờ anh/chị trả lời',
        transfers.filter(row => row.mayAnswer),
      )}
      {part(
        'Đang chờ',
        transfers.filter(row => row.state === 'asked' && !row.mayAnswer),
      )}
      {part(
        'Đã trả lời hoặc đã rút',
        transfers.filter(row => row.state !== 'asked'),
      )}
    </div>
  )
}
