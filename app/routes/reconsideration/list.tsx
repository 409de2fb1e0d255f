import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { dayOf } from '#app/domain/calendar.ts'
import { openReconsiderations } from '#app/queries/reconsideration.server.ts'
import { formatDay } from '#app/text/format.ts'
import { labels } from '#app/text/vocabulary.ts'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { NO_SCRIPT } from '#app/ui/page-handle.ts'
import { Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { reads } from '../_web/visit.server.ts'

export const handle = NO_SCRIPT
export const meta: MetaFunction = () => [{ title: 'Đề nghị xem lại · 4 phủ' }]

export const loader = reads(({ actor, campaign }) => ({
  rows: openReconsiderations(actor, campaign.id).map(row => ({ ...row, raisedOn: dayOf(row.raisedAt) })),
}))

export default function ReconsiderationsPage() {
  const { rows } = useLoaderData<typeof loader>()
  return (
    <div className="narrow stack">
      <PageHeading
        title="Đề nghị xem lại"
        note="Người thực hiện đề nghị xem lại trường hợp không được tính, hoặc sửa ngày đã đối chiếu."
        breadcrumbs={[{ to: '/kiem-tra', label: 'Kiểm tra' }]}
      />
      <Sheet>
        {rows.length === 0 ? (
          <EmptyState title="Không có đề nghị nào chờ quyết định">Đề nghị mới sẽ hiện ở đây.</EmptyState>
        ) : (
          <RowList>
            {rows.map(row => (
              <Row
                key={row.id}
                title={<Link to={`/kiem-tra/de-nghi/${row.id}`}>{labels.reconsiderationKind[row.kind]}</Link>}
                detail={`Trường hợp ${row.helpId}, ${row.unitName} · ${labels.verdictReason[row.verdictReason]}`}
                aside={<span className="small">gửi {formatDay(row.raisedOn)}</span>}
              />
            ))}
          </RowList>
        )}
      </Sheet>
    </div>
  )
}
