import type { ReactNode } from 'react'
import type { Day } from '#app/domain/calendar.ts'
import { type Indicator, indicatorNamed } from '#app/domain/campaign-indicator.ts'
import type { Forecast } from '#app/domain/indicator.ts'
import type { IndicatorWord } from '#app/domain/indicator-word.ts'
import type { PointKind } from '#app/domain/vocabulary.ts'
import { explainAge, isOldFigure } from '#app/text/figure-age.ts'
import { formatDay, formatNumber, formatShare } from '#app/text/format.ts'
import { indicatorWordLabels } from '#app/text/indicator.ts'
import { officeLabels } from '#app/text/office-vocabulary.ts'
import { explainResult, formatRounded } from '#app/text/public-board.ts'
import { DataTable } from './data-table.tsx'
import { IndicatorMark } from './indicator-mark.tsx'

export type PublicIndicator = {
  indicator: string
  total: number | null
  value: number | null
  dueToday: number | null
  asOfOn: Day | null
  word: IndicatorWord
  forecast: Forecast | null
}

/** An indicator as the public page calls it. */
export type PlainIndicator = Pick<Indicator, 'code' | 'publicName' | 'unit' | 'outcome'>

/** Shows the progress of a figure towards the target, with a mark at what is due today. */
function DoneBar({ value, total, dueToday }: Pick<PublicIndicator, 'value' | 'total' | 'dueToday'>) {
  if (total === null || total === 0) return null
  const percent = (part: number) => `${Math.min(100, (part / total) * 100)}%`
  return (
    <svg className="nested-bar" aria-hidden="true">
      <rect className="fill-track" y="4" height="14" rx="3" width="100%" />
      <rect className="fill-verified" y="4" height="14" rx="3" width={percent(value ?? 0)} />
      {dueToday === null ? null : (
        <line className="stroke-pace" x1={percent(dueToday)} x2={percent(dueToday)} y1="0" y2="22" />
      )}
    </svg>
  )
}

/** The annex's indicators of one locality, one card each: done of target, what is due by today, a word for the pace. */
export function IndicatorCards({
  names,
  indicators,
  today,
}: {
  names: readonly PlainIndicator[]
  indicators: readonly PublicIndicator[]
  today: Day
}) {
  return (
    <div className="public-cards">
      {indicators.map(line => (
        <section key={line.indicator} className="sheet">
          <header className="public-card-heading">
            <h3>{indicatorNamed(names, line.indicator)?.publicName}</h3>
            <IndicatorMark word={line.word} />
          </header>
          <p className="figure-value">
            {line.value === null
              ? '–'
              : line.total === null
                ? formatNumber(line.value)
                : formatShare(line.value, line.total)}
          </p>
          <DoneBar {...line} />
          <p className="small">
            {line.value === null
              ? `Chỉ tiêu ${formatNumber(line.total ?? 0)}, ${explainResult(line)}`
              : explainResult(line)}{' '}
            {indicatorNamed(names, line.indicator)?.unit}
            {line.dueToday === null ? null : `; cần có đến hôm nay ${formatNumber(line.dueToday)}`}
            {line.asOfOn === null ? null : `; số liệu ${explainAge(line.asOfOn, today)}`}
          </p>
          {line.forecast?.on && !isOldFigure(line.asOfOn, today) ? (
            <p className="small">Theo nhịp 14 ngày qua, dự kiến đạt {formatDay(line.forecast.on)}.</p>
          ) : null}
        </section>
      ))}
    </div>
  )
}

export type LocalityLine = {
  code: string
  name: string
  to?: string
  people: number | null
  indicators: readonly PublicIndicator[]
}

/** Localities by the annex's indicators, and the citizens helped who live there. */
export function LocalityTable({
  caption,
  indicators,
  rows,
}: {
  caption: string
  indicators: readonly PlainIndicator[]
  rows: readonly LocalityLine[]
}) {
  return (
    <div className="public-table">
      <DataTable
        caption={caption}
        rows={rows}
        rowKey={row => row.code}
        empty={null}
        asCards
        columns={[
          { key: 'name', header: 'Địa bàn', cell: row => (row.to ? <a href={row.to}>{row.name}</a> : row.name) },
          ...indicators.map(({ code: indicator, publicName }) => ({
            key: indicator,
            header: publicName,
            align: 'end' as const,
            cell: (row: LocalityLine) => {
              const line = row.indicators.find(candidate => candidate.indicator === indicator)
              return line ? <IndicatorCell line={line} /> : '–'
            },
          })),
          {
            key: 'people',
            header: 'Người dân được hỗ trợ (làm tròn)',
            align: 'end' as const,
            cell: row => <Rounded value={row.people} />,
          },
        ]}
      />
    </div>
  )
}

function IndicatorCell({ line }: { line: PublicIndicator }) {
  return (
    <>
      {line.value === null ? '–' : formatNumber(line.value)}
      {line.total === null ? null : <span className="small"> / {formatNumber(line.total)}</span>}
      {line.value === null || line.total === null ? null : (
        <span className="small public-share">
          {formatShare(line.value, line.total)}, {indicatorWordLabels[line.word].toLowerCase()}
        </span>
      )}
    </>
  )
}

function Rounded({ value }: { value: number | null }) {
  return value === null ? <span className="small">{formatRounded(value)}</span> : formatRounded(value)
}

export type UnitLine = { id: number; name: string; people: number | null; officials: number | null; isArmed: boolean }

/** Units with their rounded figures: never a person, never a headcount of the armed forces. */
export function UnitTable({ caption, rows }: { caption: string; rows: readonly UnitLine[] }) {
  return (
    <DataTable
      caption={caption}
      rows={rows}
      rowKey={row => String(row.id)}
      empty={null}
      columns={[
        { key: 'name', header: 'Đơn vị', cell: row => row.name },
        {
          key: 'officials',
          header: 'Người thực hiện',
          align: 'end',
          cell: row => (row.isArmed ? <span className="small">không nêu</span> : <Rounded value={row.officials} />),
        },
        { key: 'people', header: 'Người dân được hỗ trợ', align: 'end', cell: row => <Rounded value={row.people} /> },
      ]}
    />
  )
}

export type PointLine = {
  kind: PointKind
  name: string
  place: string
  locality: string
  fromOn: Day
  toOn: Day
  hours: string
}

/** Lists where ID cards and e-IDs are issued in the next days. */
export function PointTable({ rows, empty }: { rows: readonly PointLine[]; empty: ReactNode }) {
  return (
    <DataTable
      caption="Lịch các điểm thu nhận hồ sơ"
      rows={rows}
      rowKey={row => `${row.fromOn} ${row.locality} ${row.name}`}
      empty={empty}
      asCards
      columns={[
        { key: 'name', header: 'Điểm', cell: row => row.name },
        {
          key: 'days',
          header: 'Ngày',
          cell: row =>
            row.fromOn === row.toOn ? formatDay(row.fromOn) : `${formatDay(row.fromOn)} – ${formatDay(row.toOn)}`,
        },
        { key: 'hours', header: 'Giờ', cell: row => row.hours },
        { key: 'place', header: 'Nơi', cell: row => `${row.place}, ${row.locality}` },
        { key: 'kind', header: 'Loại', cell: row => officeLabels.pointKind[row.kind] },
      ]}
    />
  )
}
