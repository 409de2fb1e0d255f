import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { periodSlug } from '#app/domain/report.ts'
import { findUnitHeading } from '#app/queries/board.server.ts'
import { findPlan } from '#app/queries/plan.server.ts'
import { listReports } from '#app/queries/report.server.ts'
import { listLayouts } from '#app/queries/table-layout.server.ts'
import { rootUnit } from '#app/queries/unit.server.ts'
import { formatNumber } from '#app/text/format.ts'
import { deadlineBasis, deadlineText, periodHead, periodTitle } from '#app/text/report.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { type Column, DataTable } from '#app/ui/data-table.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { useLevels } from '#app/ui/levels.ts'
import { ReportStatus } from '#app/ui/report-status.tsx'
import { Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { LayoutLinks } from '#app/ui/table-import.tsx'
import { UnitPageHeading } from '#app/ui/unit-heading.tsx'
import { found, idOf, reads } from '../_web/visit.server.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Báo cáo, ${data?.heading.name ?? 'đơn vị'} · 4 phủ` },
]

export const loader = reads(({ actor, campaign }, { params }) => {
  const unitId = idOf(params.unitId)
  const heading = found(findUnitHeading(actor, campaign.id, unitId))
  const { periods, own, below } = found(listReports(actor, campaign.id, unitId))
  const plan = findPlan(campaign.id)
  const rows = [...(own ? [own] : []), ...below.map(row => row.cells)]
  return {
    heading,
    layouts: listLayouts('reports').map(({ id, name }) => ({ id, name })),
    /** those that have begun for any unit; `at`: their place among the cells */
    periods: periods.flatMap((period, at) =>
      rows.some(cells => !['not_open', 'not_owed'].includes(cells[at]?.state ?? 'not_open'))
        ? [{ ...period, slug: periodSlug(period), at, basis: deadlineBasis(period, plan) }]
        : [],
    ),
    own,
    isProvince: unitId === rootUnit().id,
    below: below.map(({ unitId: id, name, cells }) => ({ id, name, cells })),
  }
})

export default function UnitReportsPage() {
  const { heading, layouts, periods, own, isProvince, below } = useLoaderData<typeof loader>()
  const levels = useLevels()
  const base = `/don-vi/${heading.id}/bao-cao`
  return (
    <div className="stack">
      <UnitPageHeading
        unit={heading}
        current="reports"
        title="Báo cáo"
        note={levels.reporting}
        actions={
          <ButtonLink variant="quiet" to={`${base}.xlsx`} reloadDocument>
            Xuất Excel
          </ButtonLink>
        }
      />
      <LayoutLinks layouts={layouts} to={`${base}.xlsx`} />
      {own === null ? null : (
        <Sheet title={`Báo cáo của ${heading.name}`} note="Kỳ mới nhất đứng trước">
          {periods.length === 0 ? (
            <EmptyState title="Chưa đến kỳ báo cáo nào">Kỳ đầu tiên mở cùng đợt cao điểm.</EmptyState>
          ) : (
            <RowList>
              {periods.toReversed().map(period => {
                const cell = own[period.at]
                return cell?.state === 'not_owed' ? null : (
                  <Row
                    key={period.slug}
                    title={
                      <>
                        <Link to={`${base}/${period.slug}`}>{periodTitle(period)}</Link>, {deadlineText(period)}
                      </>
                    }
                    detail={period.basis}
                    aside={cell ? <ReportStatus {...cell} /> : undefined}
                  />
                )
              })}
            </RowList>
          )}
        </Sheet>
      )}
      {isProvince ? (
        <Sheet title={`Báo cáo của ${heading.name}`}>
          <p>
            Cơ quan, đơn vị, địa phương báo cáo về tỉnh, nên tỉnh không có báo cáo để ký ở đây. Số liệu toàn tỉnh lấy từ
            báo cáo kết quả, ký trên văn bản.
          </p>
          <ButtonLink to={`/don-vi/${heading.id}/ket-qua.docx`} reloadDocument>
            Báo cáo kết quả của tỉnh
          </ButtonLink>
        </Sheet>
      ) : null}
      {below.length === 0 ? null : <BelowMatrix />}
    </div>
  )
}

function BelowMatrix() {
  const { periods, below } = useLoaderData<typeof loader>()
  const columns: Column<(typeof below)[number]>[] = [
    { key: 'name', header: 'Đơn vị', cell: row => <Link to={`/don-vi/${row.id}/bao-cao`}>{row.name}</Link> },
    ...periods.toReversed().map(
      (period): Column<(typeof below)[number]> => ({
        key: period.slug,
        header: periodHead(period),
        cell: row => {
          const cell = row.cells[period.at]
          return cell?.state === 'not_owed' ? (
            <ReportStatus {...cell} />
          ) : cell ? (
            <Link to={`/don-vi/${row.id}/bao-cao/${period.slug}`} className="cell-link">
              <ReportStatus {...cell} />
              <span className="visually-hidden">
                {' '}
                {row.name}, {periodTitle(period)}
              </span>
            </Link>
          ) : null
        },
      }),
    ),
  ]
  return (
    <Sheet title="Đơn vị trực thuộc" note={`${formatNumber(below.length)} đơn vị phải báo cáo; kỳ mới nhất đứng trước`}>
      <div className="matrix">
        <DataTable
          caption="Tình hình báo cáo của đơn vị trực thuộc theo kỳ"
          columns={columns}
          rows={below}
          rowKey={row => String(row.id)}
          empty={null}
        />
      </div>
    </Sheet>
  )
}
