import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { mayCall } from '#app/domain/assignment.ts'
import { retryBusy } from '#app/queries/retry.server.ts'
import { exportAssignments } from '#app/queries/worklist.server.ts'
import { formatAsOf, formatNumber } from '#app/text/format.ts'
import { labels } from '#app/text/vocabulary.ts'
import { standingOf } from '#app/text/worklist.ts'
import { lacksInWords } from '#app/ui/assignment-row.tsx'
import { DataTable } from '#app/ui/data-table.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { NO_SCRIPT } from '#app/ui/page-handle.ts'
import { found, idOf, reads } from '../_web/visit.server.ts'
import { noteShown } from '../admin/access.server.ts'
import { listFilter } from './params.ts'

export const handle = NO_SCRIPT
export const meta: MetaFunction = () => [{ title: 'Danh sách người dân cần hỗ trợ (bản in) · 4 phủ' }]
/** Names and phones of citizens stay out of every cache. */
export const headers = () => ({ 'Cache-Control': 'no-store' })

export const loader = reads(async ({ actor, campaign, at }, { params, url }) => {
  const { unit, rows } = found(
    await retryBusy(() => exportAssignments(actor, campaign.id, idOf(params.unitId), listFilter.read(url))),
  )
  await noteShown(actor, { what: 'worklist_print', subjectId: unit.id, count: rows.length })
  return { unit, rows, asOf: formatAsOf(at) }
})

export default function WorklistPaper() {
  const { unit, rows, asOf } = useLoaderData<typeof loader>()
  return (
    <div className="stack">
      <p className="actions">
        <Link to={`/don-vi/${unit.id}/phan-cong`}>Về danh sách phân công</Link>
        <span className="small">Để in, anh/chị dùng lệnh In của trình duyệt (Ctrl+P), khổ giấy A4.</span>
      </p>
      <article className="paper paper-wide">
        <header>
          <h1>DANH SÁCH NGƯỜI DÂN CẦN HỖ TRỢ</h1>
          <p className="strong">{unit.name}</p>
          <p className="small">
            {asOf}. {formatNumber(rows.length)} người. Danh sách có dữ liệu cá nhân: chỉ dùng cho người được phân công,
            hủy khi kết thúc đợt.
          </p>
        </header>
        <DataTable
          caption="Người dân cần hỗ trợ"
          rows={rows}
          rowKey={row => String(row.id)}
          empty={<EmptyState title="Không có ai phù hợp">Anh/chị bỏ bớt điều kiện lọc.</EmptyState>}
          columns={[
            { key: 'name', header: 'Họ và tên', cell: row => row.name },
            { key: 'home', header: 'Nơi ở', cell: row => [row.address, row.hamlet].filter(Boolean).join(', ') },
            { key: 'phone', header: 'Điện thoại', cell: row => (mayCall(row.state) ? (row.phone ?? '') : '') },
            { key: 'lacks', header: 'Còn thiếu', cell: row => lacksInWords(row.lacks) },
            { key: 'bearer', header: 'Phân công', cell: row => row.bearerName ?? '' },
            {
              key: 'state',
              header: 'Tình trạng',
              cell: row => [labels.assignmentState[row.state], standingOf(row)].filter(Boolean).join(', '),
            },
          ]}
        />
      </article>
    </div>
  )
}
