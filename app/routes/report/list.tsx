import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { can } from '#app/access/policy.ts'
import { previewPage } from '#app/domain/preview-page.ts'
import { isUnsigned, periodSlug, REPORT_STATES, type ReportState } from '#app/domain/report.ts'
import { findUnitHeading } from '#app/queries/board.server.ts'
import { findPlan } from '#app/queries/plan.server.ts'
import { listReports } from '#app/queries/report.server.ts'
import { reportReminders } from '#app/queries/report-reminder.server.ts'
import { listLayouts } from '#app/queries/table-layout.server.ts'
import { rootUnit } from '#app/queries/unit.server.ts'
import { formatDay, formatNumber, formatShortDay } from '#app/text/format.ts'
import {
  deadlineBasis,
  deadlineText,
  periodHead,
  periodTitle,
  RESULT_REPORT,
  reportStateLabels,
} from '#app/text/report.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { DataTable } from '#app/ui/data-table.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { FilterBar } from '#app/ui/filter-bar.tsx'
import { useLevels } from '#app/ui/levels.ts'
import { Pager } from '#app/ui/pager.tsx'
import { ReportStatus } from '#app/ui/report-status.tsx'
import { ReportsBelow } from '#app/ui/reports-below.tsx'
import { Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { LayoutLinks } from '#app/ui/table-import.tsx'
import { UnitPageHeading } from '#app/ui/unit-heading.tsx'
import { found, idOf, reads } from '../_web/visit.server.ts'
import { reportList } from './params.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Báo cáo, ${data?.heading.name ?? 'đơn vị'} · 4 phủ` },
]

export const loader = reads(({ actor, campaign, today }, { params, url }) => {
  const unitId = idOf(params.unitId)
  const heading = found(findUnitHeading(actor, campaign.id, unitId))
  const all = found(listReports(actor, campaign.id, unitId))
  const plan = findPlan(campaign.id)
  const rows = [...(all.own ? [all.own] : []), ...all.below.map(row => row.cells)]
  /** those that have begun for any unit; `at`: their place among the cells */
  const periods = all.periods.flatMap((period, at) =>
    rows.some(cells => !['not_open', 'not_owed'].includes(cells[at]?.state ?? 'not_open'))
      ? [{ ...period, slug: periodSlug(period), at }]
      : [],
  )
  const asked = reportList.read(url)
  const chosen = periods.find(({ slug }) => slug === asked.period) ?? periods.at(-1)
  const remindedOn = reportReminders(campaign.id, [unitId, ...all.below.map(row => row.unitId)])
  const cellsAt = (at: number) => all.below.flatMap(({ cells }) => cells[at] ?? [])
  return {
    heading,
    layouts: listLayouts('reports').map(({ id, name }) => ({ id, name })),
    own:
      all.own &&
      periods.toReversed().flatMap(({ at, ...period }) => {
        const cell = all.own?.[at]
        if (!cell || cell.state === 'not_owed') return []
        const { slug } = period
        return {
          slug,
          title: periodTitle(period),
          deadline: deadlineText(period),
          basis: deadlineBasis(period, plan),
          remindedOn: isUnsigned(cell.state) ? remindedOn(unitId, slug) : null,
          state: cell.state,
          version: cell.version,
        }
      }),
    periods: periods.toReversed().map(({ at, slug, ...period }) => ({
      slug,
      head: periodHead(period),
      counts: REPORT_STATES.map(state => cellsAt(at).filter(cell => cell.state === state).length),
    })),
    today: formatShortDay(today),
    isProvince: unitId === rootUnit().id,
    below: all.below.length,
    mayRemind: can(actor, 'report.remind', { unitPath: all.path }),
    chosen: chosen ? { slug: chosen.slug, title: periodTitle(chosen), state: asked.state ?? null } : null,
    ...pageBelow(chosen ? rowsBelow(all.below, chosen, { state: asked.state, remindedOn }) : [], asked.from ?? 0),
  }
})

/** Rows of a page of units: each has its state and a button. */
const ROWS = 24

function pageBelow(all: ReturnType<typeof rowsBelow>, from: number) {
  const { rows, total, next, previous } = previewPage(all, { from, isMended: false, most: ROWS })
  return { rows, total, nextFrom: next, previousFrom: previous }
}

/** The units below in a period, of one state where one is asked for; `reminded`: the short day, left out where none is. */
function rowsBelow(
  below: NonNullable<ReturnType<typeof listReports>>['below'],
  { at, slug }: { at: number; slug: string },
  { state, remindedOn }: { state?: ReportState; remindedOn: ReturnType<typeof reportReminders> },
) {
  return below.flatMap(({ unitId: id, name, cells }) => {
    const cell = cells[at]
    if (!cell || (state !== undefined && cell.state !== state)) return []
    const on = isUnsigned(cell.state) ? remindedOn(id, slug) : null
    // many rows: what a row does not have is left out
    return {
      id,
      name,
      state: cell.state,
      ...(cell.version > 1 ? { version: cell.version } : {}),
      ...(on === null ? {} : { reminded: formatShortDay(on) }),
    }
  })
}

export default function UnitReportsPage() {
  const { heading, layouts, own, isProvince, below } = useLoaderData<typeof loader>()
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
      {own ? (
        <Sheet
          title={`Báo cáo của ${heading.name}`}
          note="Ký trên hệ thống, số liệu giữ nguyên từ lúc ký; kỳ mới nhất đứng trước"
        >
          {own.length === 0 ? (
            <EmptyState title="Chưa đến kỳ báo cáo nào">Kỳ đầu tiên mở cùng đợt cao điểm.</EmptyState>
          ) : (
            <RowList>
              {own.map(({ slug, title, deadline, basis, remindedOn, state, version }) => (
                <Row
                  key={slug}
                  title={
                    <>
                      <Link to={`${base}/${slug}`}>{title}</Link>, {deadline}
                    </>
                  }
                  detail={remindedOn === null ? basis : `Cấp trên nhắc ngày ${formatDay(remindedOn)}. ${basis}`}
                  aside={<ReportStatus state={state} version={version} />}
                />
              ))}
            </RowList>
          )}
          <p className="small">
            Cần văn bản có số liệu và chỉ tiêu phụ lục đến lúc tải, ký tay:{' '}
            <Link to={`/don-vi/${heading.id}/ket-qua.docx`} reloadDocument>
              {RESULT_REPORT}
            </Link>
            .
          </p>
        </Sheet>
      ) : null}
      {isProvince ? (
        <Sheet title={`Báo cáo của ${heading.name}`}>
          <p>
            Cơ quan, đơn vị, địa phương báo cáo về tỉnh, nên tỉnh không có báo cáo để ký ở đây. Số liệu toàn tỉnh lấy từ
            báo cáo kết quả, ký trên văn bản.
          </p>
          <ButtonLink to={`/don-vi/${heading.id}/ket-qua.docx`} reloadDocument>
            {RESULT_REPORT}
          </ButtonLink>
        </Sheet>
      ) : null}
      {below === 0 ? null : (
        <>
          <BelowCounts />
          <BelowList />
        </>
      )}
    </div>
  )
}

/** How many units below are in each state, period by period; each figure leads to those units. */
function BelowCounts() {
  const { heading, periods, below } = useLoaderData<typeof loader>()
  const base = `/don-vi/${heading.id}/bao-cao`
  const used = REPORT_STATES.flatMap((state, n) => (periods.some(({ counts }) => counts[n]) ? [{ state, n }] : []))
  return (
    <Sheet title="Đơn vị trực thuộc" note={`${formatNumber(below)} đơn vị phải báo cáo; kỳ mới nhất đứng trước`}>
      <DataTable
        caption="Số đơn vị trực thuộc theo kỳ và tình trạng báo cáo"
        rows={periods}
        rowKey={row => row.slug}
        empty={null}
        columns={[
          {
            key: 'period',
            header: 'Kỳ',
            cell: row => <Link to={reportList.to(base, { period: row.slug })}>{row.head}</Link>,
          },
          ...used.map(({ state, n }) => ({
            key: state,
            header: reportStateLabels[state],
            align: 'end' as const,
            cell: (row: (typeof periods)[number]) =>
              row.counts[n] ? (
                <Link to={reportList.to(base, { period: row.slug, state })}>{formatNumber(row.counts[n])}</Link>
              ) : (
                '0'
              ),
          })),
        ]}
      />
    </Sheet>
  )
}

/**
 * The units below with the state of one period's report. The software reminds those that owe it; the level above can
 * remind all of them, or one, in its own name.
 */
function BelowList() {
  const { heading, periods, chosen, rows, total, nextFrom, previousFrom, mayRemind, today } =
    useLoaderData<typeof loader>()
  if (chosen === null) return null
  const base = `/don-vi/${heading.id}/bao-cao`
  const counts = periods.find(({ slug }) => slug === chosen.slug)?.counts ?? []
  const pageTo = (from: number) =>
    reportList.to(base, { period: chosen.slug, state: chosen.state ?? undefined, from: from || undefined })
  const unsigned = REPORT_STATES.reduce((sum, state, n) => sum + (isUnsigned(state) ? (counts[n] ?? 0) : 0), 0)
  return (
    <Sheet
      title={chosen.title}
      note={`${formatNumber(total)} đơn vị. Đơn vị chưa ký được nhắc ở Việc cần làm và trong thư hằng ngày đến khi ký.`}
    >
      <FilterBar
        filters={[
          {
            name: 'ky',
            label: 'Kỳ',
            value: chosen.slug,
            options: periods.map(row => ({ value: row.slug, label: row.head })),
          },
          {
            name: 'tinh-trang',
            label: 'Tình trạng',
            value: chosen.state ?? undefined,
            options: REPORT_STATES.map(value => ({ value, label: reportStateLabels[value] })),
          },
        ]}
        clearTo={chosen.state === null ? undefined : reportList.to(base, { period: chosen.slug })}
      />
      <ReportsBelow
        page={base}
        period={chosen.slug}
        rows={rows}
        unsigned={unsigned}
        today={today}
        mayRemind={mayRemind}
      />
      {nextFrom === null && previousFrom === null ? null : (
        <Pager
          label={`${formatNumber(rows.length)} trong ${formatNumber(total)} đơn vị`}
          previousTo={previousFrom === null ? undefined : pageTo(previousFrom)}
          nextTo={nextFrom === null ? undefined : pageTo(nextFrom)}
        />
      )}
    </Sheet>
  )
}
