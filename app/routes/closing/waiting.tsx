import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { listWaitingUnits } from '#app/queries/closing-check.server.ts'
import { formatNumber } from '#app/text/format.ts'
import { DataTable } from '#app/ui/data-table.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { NO_SCRIPT } from '#app/ui/page-handle.ts'
import { Sheet } from '#app/ui/sheet.tsx'
import { reads } from '../_web/visit.server.ts'

export const handle = NO_SCRIPT
export const meta: MetaFunction = () => [{ title: 'Còn chờ, theo đơn vị · 4 phủ' }]

export const loader = reads(({ actor, campaign }) => ({ units: listWaitingUnits(actor, campaign.id) }))

export default function WaitingPage() {
  const { units } = useLoaderData<typeof loader>()
  return (
    <div className="narrow stack">
      <PageHeading
        title="Còn chờ, theo đơn vị"
        note="Mỗi dòng gồm cả các đơn vị trực thuộc. Đầu mối, người đứng đầu được nhắc ở Việc cần làm và trong thư hằng ngày."
        breadcrumbs={[{ to: '/ket-thuc', label: 'Kết thúc đợt' }]}
      />
      <Sheet>
        <DataTable
          caption="Nội dung chờ theo đơn vị"
          rows={units}
          rowKey={row => String(row.id)}
          empty={<p>Không còn nội dung nào chờ.</p>}
          asCards
          columns={[
            { key: 'name', header: 'Đơn vị', cell: row => <Link to={`/don-vi/${row.id}`}>{row.name}</Link> },
            { key: 'records', header: 'Trường hợp', align: 'end', cell: row => formatNumber(row.records) },
            { key: 'obligations', header: 'Kê khai', align: 'end', cell: row => formatNumber(row.obligations) },
            { key: 'disputes', header: 'Trường hợp trùng', align: 'end', cell: row => formatNumber(row.disputes) },
            {
              key: 'reports',
              header: 'Báo cáo tổng kết chưa ký',
              align: 'end',
              cell: row => <Link to={`/don-vi/${row.id}/bao-cao`}>{formatNumber(row.reports)}</Link>,
            },
          ]}
        />
      </Sheet>
    </div>
  )
}
