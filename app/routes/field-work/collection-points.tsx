import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { findUnitHeading } from '#app/queries/board.server.ts'
import { listPoints } from '#app/queries/collection.server.ts'
import { listLayouts } from '#app/queries/table-layout.server.ts'
import { collectionFigureLabels } from '#app/text/collection.ts'
import { formatDay, formatNumber } from '#app/text/format.ts'
import { officeLabels } from '#app/text/office-vocabulary.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { type Column, DataTable } from '#app/ui/data-table.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { Status } from '#app/ui/status.tsx'
import { LayoutLinks } from '#app/ui/table-import.tsx'
import { UnitPageHeading } from '#app/ui/unit-heading.tsx'
import { found, idOf, reads } from '../_web/visit.server.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Điểm thu nhận, ${data?.heading.name ?? 'đơn vị'} · 4 phủ` },
]

export const loader = reads(({ actor, campaign, today }, { params }) => {
  const heading = found(findUnitHeading(actor, campaign.id, idOf(params.unitId)))
  const points = listPoints(actor, campaign.id, heading.path)
  const rows = points.filter(({ isAfter }) => !isAfter)
  const sum = (figure: keyof typeof collectionFigureLabels) => rows.reduce((total, row) => total + row[figure], 0)
  return {
    heading,
    layouts: listLayouts('collection_days').map(({ id, name }) => ({ id, name })),
    today,
    rows,
    after: points.filter(({ isAfter }) => isAfter),
    total: { invited: sum('invited'), received: sum('received'), sentOn: sum('sentOn'), approved: sum('approved') },
  }
})

const FIGURES = ['invited', 'received', 'sentOn', 'approved'] as const

export default function PointsPage() {
  const { heading, layouts, today, rows, after, total } = useLoaderData<typeof loader>()
  const base = `/don-vi/${heading.id}/diem-thu-nhan`
  const columns: Column<(typeof rows)[number]>[] = [
    {
      key: 'name',
      header: 'Điểm',
      cell: row => (
        <>
          <Link to={`/diem-thu-nhan/${row.id}`}>{row.name}</Link>
          <div className="small">
            {[row.place, row.area, row.unitId === heading.id ? '' : row.unitName].filter(Boolean).join(' · ')}
          </div>
        </>
      ),
    },
    { key: 'kind', header: 'Loại', cell: row => officeLabels.pointKind[row.kind] },
    {
      key: 'days',
      header: 'Thời gian',
      cell: row => (
        <>
          {formatDay(row.fromOn)} – {formatDay(row.toOn)}
          <div className="small">{row.hours}</div>
        </>
      ),
    },
    { key: 'state', header: 'Tình trạng', cell: row => <PointStatus {...row} today={today} /> },
    ...FIGURES.map(
      (figure): Column<(typeof rows)[number]> => ({
        key: figure,
        header: collectionFigureLabels[figure],
        align: 'end',
        cell: row => formatNumber(row[figure]),
      }),
    ),
  ]
  return (
    <div className="stack">
      <UnitPageHeading
        unit={heading}
        current="points"
        title="Điểm thu nhận hồ sơ"
        note={`Cả đợt: được mời ${formatNumber(total.invited)}, thu nhận ${formatNumber(total.received)}, chuyển đi ${formatNumber(total.sentOn)}, được duyệt ${formatNumber(total.approved)}. Lịch của điểm được công khai cho người dân.`}
        actions={
          <>
            {heading.allowed.keepPoints ? (
              <>
                <ButtonLink to={`${base}/moi`}>Thêm điểm</ButtonLink>
                <ButtonLink variant="quiet" to={`${base}/nhap`}>
                  Nhập từ bảng
                </ButtonLink>
              </>
            ) : null}
            <ButtonLink variant="quiet" to={`${base}.xlsx`} reloadDocument>
              Xuất Excel
            </ButtonLink>
          </>
        }
      />
      <LayoutLinks layouts={layouts} to={`${base}.xlsx`} />
      <Sheet>
        <DataTable
          caption="Điểm thu nhận hồ sơ"
          columns={columns}
          rows={rows}
          rowKey={row => String(row.id)}
          asCards
          empty={
            <EmptyState title="Chưa có điểm thu nhận nào">
              {heading.allowed.keepPoints
                ? 'Anh/chị thêm điểm cố định hoặc lưu động, kèm thời gian và công suất một ngày.'
                : 'Đầu mối của đơn vị thêm điểm tại đây.'}
            </EmptyState>
          }
        />
      </Sheet>
      {after.length === 0 ? null : (
        <Sheet title="Sau đợt cao điểm" note="Ghi riêng, không nằm trong số liệu và báo cáo của đợt">
          <DataTable
            caption="Điểm thu nhận mở sau đợt cao điểm"
            columns={columns.slice(0, 4)}
            rows={after}
            rowKey={row => String(row.id)}
            asCards
            empty={null}
          />
        </Sheet>
      )}
    </div>
  )
}

function PointStatus({
  cancelledAt,
  fromOn,
  toOn,
  today,
}: {
  cancelledAt: number | null
  fromOn: string
  toOn: string
  today: string
}) {
  if (cancelledAt !== null) return <Status tone="neutral">Đã hủy</Status>
  if (today < fromOn) return <Status tone="neutral">Sắp mở</Status>
  return today > toOn ? <Status tone="done">Đã xong</Status> : <Status tone="doing">Đang mở</Status>
}
