import type { MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { ACCESS_KINDS } from '#app/domain/access-log.ts'
import { listAccesses } from '#app/queries/access-log.server.ts'
import { accessLabels, nameAccessor } from '#app/text/access-log.ts'
import { formatInstant, formatNumber } from '#app/text/format.ts'
import { type Column, DataTable } from '#app/ui/data-table.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { FilterBar } from '#app/ui/filter-bar.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { NO_SCRIPT } from '#app/ui/page-handle.ts'
import { Pager } from '#app/ui/pager.tsx'
import { reads } from '../_web/visit.server.ts'
import { accessList } from './params.ts'

export const handle = NO_SCRIPT
export const meta: MetaFunction = () => [{ title: 'Lượt mở dữ liệu người dân · 4 phủ' }]

const PAGE = '/nhat-ky/truy-cap'

export const loader = reads(({ actor }, { url }) => {
  const { before, ...filter } = accessList.read(url)
  const { rows, next } = listAccesses(actor, { ...filter, login: filter.login || undefined, before })
  const firstTo = accessList.to(PAGE, filter)
  return {
    rows: rows.map(row => ({
      id: row.id,
      at: row.at,
      who: nameAccessor(row),
      what: `${accessLabels[row.what]}: ${row.subjectId}`,
      count: row.count,
    })),
    filter,
    isFiltered: firstTo !== PAGE,
    firstTo: before === undefined ? undefined : firstTo,
    nextTo: next === null ? undefined : accessList.to(PAGE, { ...filter, before: next }),
  }
})

type Entry = ReturnType<typeof useLoaderData<typeof loader>>['rows'][number]

const COLUMNS: Column<Entry>[] = [
  { key: 'at', header: 'Lúc', cell: row => <span className="nowrap">{formatInstant(row.at)}</span> },
  { key: 'who', header: 'Người mở', cell: row => row.who },
  { key: 'what', header: 'Việc và mã số', cell: row => row.what },
  { key: 'count', header: 'Số người dân', align: 'end', cell: row => formatNumber(row.count) },
]

export default function AccessLogPage() {
  const { rows, filter, isFiltered, firstTo, nextTo } = useLoaderData<typeof loader>()
  return (
    <div className="stack">
      <PageHeading
        title="Lượt mở dữ liệu người dân"
        note="Ai đã mở, in hoặc tải dữ liệu của người dân. Giữ 2 năm, không sửa được; không ghi họ tên người dân. Ngày giờ thực, không theo ngày mẫu."
        breadcrumbs={[{ to: '/nhat-ky', label: 'Nhật ký' }]}
      />
      <FilterBar
        search={{ name: 'tai-khoan', label: 'Tên đăng nhập của người mở', value: filter.login }}
        filters={[
          {
            name: 'viec',
            label: 'Việc',
            value: filter.what,
            options: ACCESS_KINDS.map(value => ({ value, label: accessLabels[value] })),
          },
        ]}
        day={{ name: 'ngay', label: 'Ngày', value: filter.day }}
        clearTo={isFiltered ? PAGE : undefined}
      />
      <DataTable
        caption="Lượt mở dữ liệu người dân"
        columns={COLUMNS}
        rows={rows}
        rowKey={row => String(row.id)}
        asCards
        empty={
          isFiltered ? (
            <EmptyState title="Không có lượt nào khớp">Anh/chị bỏ bớt điều kiện lọc.</EmptyState>
          ) : (
            <EmptyState title="Chưa có lượt mở nào">Mỗi lượt mở dữ liệu người dân được ghi ở đây.</EmptyState>
          )
        }
      />
      <Pager label="Mới nhất ở trên" previousTo={firstTo} nextTo={nextTo} />
    </div>
  )
}
