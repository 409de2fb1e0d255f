import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { VERDICT_REASONS } from '#app/domain/vocabulary.ts'
import { findUnitHeading } from '#app/queries/board.server.ts'
import { listHelp } from '#app/queries/help-list.server.ts'
import { findOfficial } from '#app/queries/official.server.ts'
import { formatDay, formatNumber } from '#app/text/format.ts'
import { labels } from '#app/text/vocabulary.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { type Column, DataTable } from '#app/ui/data-table.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { FilterBar } from '#app/ui/filter-bar.tsx'
import { HelpStatus } from '#app/ui/help-status.tsx'
import { Pager } from '#app/ui/pager.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { UnitPageHeading } from '#app/ui/unit-heading.tsx'
import { found, idOf, notFound, reads } from '../_web/visit.server.ts'
import { noteShown } from '../admin/access.server.ts'
import { FIGURES, listedFilter } from './listed-filter.ts'
import { unitHelpList } from './params.ts'

export const meta: MetaFunction = () => [{ title: 'Trường hợp hỗ trợ của đơn vị · 4 phủ' }]

export const loader = reads(async ({ actor, campaign, regulation }, { params, url }) => {
  const heading = found(findUnitHeading(actor, campaign.id, idOf(params.unitId)))
  if (!heading.allowed.records) throw notFound()
  const { before, ...filter } = unitHelpList.read(url)
  const { officialId } = filter
  const owner = officialId === undefined ? undefined : found(findOfficial(actor, officialId, regulation.endsOn))
  const page = listHelp(actor, campaign.id, {
    ...listedFilter(filter),
    unitPath: heading.path,
    before,
    limit: 50,
  })
  await noteShown(actor, { what: 'help_list', subjectId: heading.id, count: page.rows.length })
  return {
    heading,
    owner: owner ? { id: owner.id, name: owner.name } : null,
    filter,
    isFirst: before === undefined,
    ...page,
  }
})

type Row = ReturnType<typeof useLoaderData<typeof loader>>['rows'][number]

/** `unitId` is the unit whose records they are; another one is named. */
const columnsFor = (unitId: number): Column<Row>[] => [
  {
    key: 'citizen',
    header: 'Người dân',
    cell: row => (
      <>
        <Link to={`/ho-tro/${row.id}`}>{row.citizenName}</Link>
        <span className="small block">{[row.hamlet, row.localityName].filter(Boolean).join(', ')}</span>
      </>
    ),
  },
  {
    key: 'official',
    header: 'Người thực hiện',
    cell: row => (
      <>
        <Link to={`/can-bo/${row.officialId}`}>{row.officialName}</Link>
        {row.unitId === unitId ? null : <span className="small block">{row.unitName}</span>}
      </>
    ),
  },
  { key: 'day', header: 'Ngày hỗ trợ', align: 'end', cell: row => formatDay(row.helpedOn) },
  { key: 'verdict', header: 'Kết quả xét', cell: row => <HelpStatus {...row} /> },
]

export default function UnitHelpPage() {
  const { heading, owner, filter, rows, next, isFirst } = useLoaderData<typeof loader>()
  const { figure, reason } = filter
  const base = `/don-vi/${heading.id}/truong-hop`
  const kept: Record<string, string> = owner ? { nguoi: String(owner.id) } : {}
  return (
    <div className="stack">
      <UnitPageHeading
        unit={heading}
        current="records"
        title={owner ? `Trường hợp hỗ trợ của ${owner.name}` : 'Trường hợp hỗ trợ'}
        note="Tính cho đơn vị của người thực hiện vào ngày hỗ trợ, mới nhất đứng trước"
        actions={
          <>
            {heading.allowed.recordFor ? (
              <ButtonLink variant="quiet" to={`${base}/nhap`}>
                Nhập hộ nhiều trường hợp
              </ButtonLink>
            ) : null}
            <ButtonLink variant="quiet" to={unitHelpList.to(`${base}.xlsx`, filter)} reloadDocument>
              Tải về
            </ButtonLink>
          </>
        }
      />
      <FilterBar
        filters={[
          {
            name: 'muc',
            label: 'Số liệu',
            value: figure,
            options: Object.entries(FIGURES).map(([value, { label }]) => ({ value, label })),
          },
          {
            name: 'ly-do',
            label: 'Kết quả xét',
            value: reason,
            options: VERDICT_REASONS.map(value => ({ value, label: labels.verdictReason[value] })),
          },
        ]}
        kept={kept}
        clearTo={figure || reason || owner ? base : undefined}
      />
      <Sheet>
        <DataTable
          caption="Trường hợp hỗ trợ"
          columns={columnsFor(heading.id)}
          rows={rows}
          rowKey={row => String(row.id)}
          asCards
          empty={
            <EmptyState title="Không có trường hợp nào">
              {figure || reason
                ? 'Anh/chị thử bỏ bớt điều kiện lọc.'
                : 'Cán bộ của đơn vị ghi trường hợp đầu tiên sau khi hỗ trợ người dân.'}
            </EmptyState>
          }
        />
        <Pager
          label={`${formatNumber(rows.length)} trường hợp trong trang này`}
          firstTo={isFirst ? undefined : unitHelpList.to(base, filter)}
          nextTo={next === null ? undefined : unitHelpList.to(base, { ...filter, before: next })}
        />
      </Sheet>
    </div>
  )
}
