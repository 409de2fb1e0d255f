import type { ReactNode } from 'react'
import type { AssessmentReason } from '#app/domain/assessment.ts'
import { BLOCKS, type Block } from '#app/domain/vocabulary.ts'
import type { quotaReadings } from '#app/text/assessment.ts'
import type { NamedVersion } from '#app/text/closing.ts'
import { formatNumber } from '#app/text/format.ts'
import { labels } from '#app/text/vocabulary.ts'
import { ButtonLink } from './button.tsx'
import { type Column, DataTable } from './data-table.tsx'
import { EmptyState } from './empty-state.tsx'
import type { Option } from './field.tsx'
import { type Counts, Share } from './figure.tsx'
import { FiguresInMotion, type Motion } from './figures-in-motion.tsx'
import { FilterBar } from './filter-bar.tsx'
import { Notice } from './notice.tsx'
import { PageHeading } from './page.tsx'
import { Pager } from './pager.tsx'
import { ReasonList } from './reason-list.tsx'
import { Sheet } from './sheet.tsx'
import { Versions } from './versions.tsx'
import { type View, Views } from './views.tsx'

type Place = { id: number; name: string }

/** What a list of assessments loads, of officials as of collectives. */
type AssessmentPage<Row> = {
  unit: Place & { isChosen: boolean }
  above: Place[]
  units: Place[]
  asked: { block?: Block }
  rows: Row[]
  /** the last id of the page where more follow, else null */
  next: number | null
  closing: { version: number; hash: string | null } | null
  versions: readonly NamedVersion[]
  mayReplay: boolean
  readings: ReturnType<typeof quotaReadings>
  note: string
  motion: Motion
  asOf: string
}

/** One assessed official or collective; `live` is the result by today's figures, beside a frozen one. */
type Assessed<Result> = {
  result: Result
  resultAny: Result
  live: Result | null
  reasons: readonly AssessmentReason[]
  /** `target` null: bears no quota */
  figures: Counts & { countedAny: number; target: number | null }
}

/** The list of assessments: versions, filters, results, one page of rows. `children` follow today's figures. */
export function AssessmentList<Result extends string, Row extends Assessed<Result>>({
  page,
  addressOf,
  clearTo,
  kept,
  title,
  other,
  workbook,
  search,
  filter,
  views,
  caption,
  note,
  shown,
  empty,
  name,
  rowKey,
  status,
  resultLabels,
  children,
}: {
  page: AssessmentPage<Row> & { result: Result | null }
  /** the list's address with some of its parameters changed */
  addressOf: (changes: { unitId?: string; version?: string; after?: number }) => string
  /** the list without what narrows it */
  clearTo: string
  kept: Record<string, string>
  title: string
  /** the list of the others, null where the reader has none */
  other: { path: string; label: string } | null
  /** its address; null: no workbook of these figures */
  workbook: string | null
  search?: { name: string; label: string; value: string }
  filter: { name: string; label: string; value: string | undefined; options: Option[] }
  views: readonly View[]
  caption: string
  note: string
  shown: string
  empty: string
  name: Omit<Column<Row>, 'key'>
  rowKey: (row: Row) => string
  status: (result: Result) => ReactNode
  resultLabels: Record<Result, string>
  children: ReactNode
}) {
  const { unit, result } = page
  const filters = [
    {
      name: 'don-vi',
      label: 'Đơn vị',
      value: unit.isChosen ? String(unit.id) : undefined,
      options: [...(unit.isChosen ? [unit] : []), ...page.units].map(({ id, name }) => ({
        value: String(id),
        label: name,
      })),
    },
    {
      name: 'khoi',
      label: 'Khối',
      value: page.asked.block,
      options: BLOCKS.map(value => ({ value, label: labels.block[value] })),
    },
    filter,
  ]
  return (
    <div className="stack">
      <PageHeading
        title={title}
        note={`${unit.name} · ${page.asOf}`}
        breadcrumbs={page.above.map(({ id, name }) => ({
          to: addressOf({ unitId: String(id) }),
          label: name,
        }))}
        actions={
          <>
            {other ? (
              <ButtonLink variant="quiet" to={unit.isChosen ? `${other.path}?don-vi=${unit.id}` : other.path}>
                {other.label}
              </ButtonLink>
            ) : null}
            {page.mayReplay ? (
              <ButtonLink variant="quiet" to="/danh-gia/phuong-an">
                Phương án
              </ButtonLink>
            ) : null}
            {workbook === null ? null : (
              <ButtonLink variant="quiet" to={workbook} reloadDocument>
                Tải bảng tính
              </ButtonLink>
            )}
          </>
        }
      />
      <Notice>{page.note}</Notice>
      <Versions
        versions={page.versions}
        chosen={page.closing?.version ?? null}
        addressOf={version => addressOf({ version })}
        hash={page.closing?.hash ?? null}
      />
      <FiguresInMotion motion={page.motion} />
      <FilterBar
        search={search}
        filters={filters}
        kept={kept}
        clearTo={search?.value || filters.some(({ value }) => value) ? clearTo : undefined}
      />
      <Views label="Danh sách theo kết quả" views={views} />
      <Sheet title={caption} note={note}>
        <div className="board">
          <DataTable
            caption={caption}
            rows={page.rows}
            rowKey={rowKey}
            asCards
            empty={<EmptyState title={empty}>Anh/chị chọn danh sách khác hoặc bỏ bớt điều kiện lọc.</EmptyState>}
            columns={[
              { key: 'name', ...name },
              {
                key: 'reasons',
                header: result ? 'Lý do' : 'Kết quả, lý do',
                cell: row => (
                  <>
                    {result ? null : status(row.result)}
                    <ReasonList reasons={row.reasons} />
                  </>
                ),
              },
              {
                key: 'reported',
                header: 'Ghi nhận',
                align: 'end',
                cell: ({ figures }) => formatNumber(figures.reported),
              },
              {
                key: 'counted',
                header: 'Được tính',
                align: 'end',
                cell: ({ figures }) => <OfTarget part={figures.counted} target={figures.target} />,
              },
              {
                key: 'verified',
                header: 'Đã đối chiếu',
                align: 'end',
                cell: ({ figures }) => formatNumber(figures.verified),
              },
              page.closing
                ? {
                    key: 'live',
                    header: 'Số liệu hiện tại',
                    cell: ({ live, result: frozen }) =>
                      live !== null && live !== frozen ? (
                        <div className="strong">{resultLabels[live]}</div>
                      ) : (
                        'Không đổi'
                      ),
                  }
                : {
                    key: 'other',
                    header: 'Cách tính khác',
                    cell: row => (
                      <>
                        <OfTarget part={row.figures.countedAny} target={row.figures.target} />
                        {row.result === row.resultAny ? null : (
                          <div className="strong">{resultLabels[row.resultAny]}</div>
                        )}
                      </>
                    ),
                  },
            ]}
          />
        </div>
        <Pager
          label={`${formatNumber(page.rows.length)} trong ${shown}`}
          nextTo={page.next === null ? undefined : addressOf({ after: page.next })}
        />
      </Sheet>
      {page.closing ? null : children}
    </div>
  )
}

function OfTarget({ part, target }: { part: number; target: number | null }) {
  return target === null ? formatNumber(part) : <Share part={part} whole={target} />
}

/** How many have which result under the reading in force and the other ones. */
export function Readings<Row extends { result: string; count: number; countAny: number }>({
  title,
  caption,
  page,
  rows,
  total,
  resultLabel,
  more = [],
  empty,
  children,
}: {
  title: string
  caption: string
  page: Pick<AssessmentPage<unknown>, 'readings' | 'asOf'>
  rows: Row[]
  total: number
  resultLabel: (row: Row) => string
  more?: { header: string; count: (row: Row) => number }[]
  empty: string
  children: ReactNode
}) {
  const counts = [
    { header: page.readings.inForce.label, count: (row: Row) => row.count },
    { header: page.readings.other.label, count: (row: Row) => row.countAny },
    ...more,
  ]
  return (
    <Sheet title={title} note={page.asOf}>
      <DataTable
        caption={caption}
        rows={rows}
        rowKey={row => row.result}
        empty={<EmptyState title={empty}>Danh sách có sau khi nhập người thực hiện.</EmptyState>}
        asCards
        columns={[
          { key: 'result', header: 'Kết quả', cell: resultLabel },
          ...counts.map(
            ({ header, count }): Column<Row> => ({
              key: header,
              header,
              align: 'end',
              cell: row => <Share part={count(row)} whole={total} />,
            }),
          ),
        ]}
      />
      {children}
    </Sheet>
  )
}
