import { Link } from '@remix-run/react'
import type { Goal } from '#app/domain/goal.ts'
import type { IndicatorState } from '#app/domain/indicator.ts'
import type { IndicatorWord } from '#app/domain/indicator-word.ts'
import { capitalize, explainGoal } from '#app/text/board.ts'
import { explainAge, isOldFigure } from '#app/text/figure-age.ts'
import { formatNumber, formatParts } from '#app/text/format.ts'
import { basisNote, forecastSentence, indicatorWordLabels, paceNote } from '#app/text/indicator.ts'
import { SmallChart } from './chart.tsx'
import { DataTable } from './data-table.tsx'
import { Share } from './figure.tsx'
import { IndicatorMark } from './indicator-mark.tsx'
import { useIndicatorName, useIndicators } from './indicators.ts'
import { usePlaces } from './places.ts'
import { Row, RowList, Sheet } from './sheet.tsx'

/** One indicator of a locality: queries' `indicatorsOf`. */
type IndicatorRow = IndicatorState & {
  indicator: string
  total: number | null
  daily: number | null
  value: number | null
  asOfOn: string | null
  basis: { kind: 'own'; source: string } | { kind: 'sum'; have: number; of: number } | null
  word: IndicatorWord
}
export type LocalityRow = { code: string; name: string; indicators: readonly IndicatorRow[] }

/** Counted records by an indicator that is also an outcome: achieved by the help, and had before. */
type OutcomeSums = Partial<Record<string, { achieved: number; had: number }>>

/** The indicators of one locality: what is to be done, what is done, the pace, what is needed now, the forecast. */
export function IndicatorSheet({
  name,
  rows,
  outcomes,
  goals,
  endsOn,
  note,
  today,
  figuresTo,
  exceptionsTo,
}: {
  name: string
  rows: readonly (IndicatorRow & { sumBelow: number | null })[]
  /** of the counted records of citizens who live there */
  outcomes: OutcomeSums
  goals: readonly Goal[]
  endsOn: string
  note: string
  today: string
  /** where figures are reported; undefined for readers who report none */
  figuresTo?: string
  /** where the people left out of goals are entered; undefined for readers who enter none */
  exceptionsTo?: string
}) {
  const nameOf = useIndicatorName()
  const places = usePlaces()
  return (
    <Sheet title="Chỉ tiêu theo phụ lục kế hoạch" note={note}>
      <div className="board indicator-sheet">
        <DataTable
          caption={`${name}: chỉ tiêu theo phụ lục`}
          rows={rows}
          rowKey={row => row.indicator}
          empty={null}
          asCards
          columns={[
            {
              key: 'indicator',
              header: 'Chỉ tiêu',
              cell: row => (
                <>
                  {nameOf(row.indicator)}
                  <span className="block">
                    <IndicatorMark word={row.word} />
                  </span>
                </>
              ),
            },
            {
              key: 'value',
              header: 'Lũy kế/phải thực hiện',
              align: 'end',
              cell: row => (
                <>
                  {row.value === null
                    ? `–/${row.total === null ? '–' : formatNumber(row.total)}`
                    : row.total === null
                      ? formatNumber(row.value)
                      : formatParts(row.value, row.total)}
                  {row.basis === null ? null : (
                    <span className="small block">
                      đến {explainAge(row.asOfOn ?? '', today)}, {basisNote(row.basis)}
                    </span>
                  )}
                  {row.sumBelow === null ? null : (
                    <span className="small block">các địa bàn bên dưới cộng lại {formatNumber(row.sumBelow)}</span>
                  )}
                </>
              ),
            },
            {
              key: 'due',
              header: 'Cần có đến hết hôm nay',
              align: 'end',
              cell: row => (
                <>
                  {row.dueToday === null ? '–' : formatNumber(row.dueToday)}
                  {row.daily === null ? null : <span className="small block">{formatNumber(row.daily)}/ngày</span>}
                </>
              ),
            },
            {
              key: 'needed',
              header: 'Từ nay mỗi ngày cần',
              align: 'end',
              cell: row => (row.neededPerDay === null ? '–' : formatNumber(row.neededPerDay)),
            },
            {
              key: 'forecast',
              header: 'Dự kiến đạt',
              cell: row =>
                row.forecast === null || isOldFigure(row.asOfOn, today) ? '–' : forecastSentence(row.forecast, endsOn),
            },
            {
              key: 'help',
              header: 'Từ trường hợp được tính',
              align: 'end',
              cell: row => {
                const sums = outcomes[row.indicator]
                if (!sums || row.total === null) return '–'
                return (
                  <>
                    <Share part={sums.achieved} whole={row.total} />
                    {sums.had === 0 ? null : (
                      <span className="small block">đã có từ trước: {formatNumber(sums.had)}</span>
                    )}
                  </>
                )
              },
            },
          ]}
        />
      </div>
      <p className="small">
        Dự kiến theo mức tăng mỗi ngày của 14 ngày gần nhất có số liệu (trung vị; khoảng theo tứ phân vị). {paceNote}{' '}
        Trường hợp được tính là phần do người thực hiện đóng góp, không phải toàn bộ kết quả của địa bàn.
      </p>
      {goals.length > 0 ? (
        <RowList>
          {goals.map(goal => (
            <Row key={goal.indicator} title={nameOf(goal.indicator)} detail={explainGoal(goal, places['IV.1'])} />
          ))}
        </RowList>
      ) : null}
      {exceptionsTo === undefined ? null : (
        <p>
          <Link to={exceptionsTo}>Nhập số người được trừ khỏi mục tiêu</Link>
        </p>
      )}
      {figuresTo === undefined ? null : (
        <p>
          <Link to={figuresTo}>Nhập số liệu</Link>
        </p>
      )}
    </Sheet>
  )
}

/** All indicators of the localities below, side by side. */
export function IndicatorTable({
  caption,
  rows,
  order,
  sortTo,
}: {
  caption: string
  rows: readonly LocalityRow[]
  /** the indicator by whose missing they are sorted */
  order: string
  sortTo: (indicator: string) => string
}) {
  const indicators = useIndicators()
  return (
    <DataTable
      caption={caption}
      rows={rows}
      rowKey={row => row.code}
      empty={null}
      columns={[
        {
          key: 'name',
          header: 'Địa bàn',
          cell: row => <Link to={`/dia-ban/${row.code}`}>{capitalize(row.name)}</Link>,
        },
        ...indicators.map(({ code: indicator, shortName }) => ({
          key: indicator,
          header: shortName,
          align: 'end' as const,
          sortTo: sortTo(indicator),
          sorted: order === indicator ? ('descending' as const) : undefined,
          cell: (row: LocalityRow) => {
            const found = row.indicators.find(one => one.indicator === indicator)
            if (!found) return '–'
            return (
              <>
                {found.value === null ? '–' : formatNumber(found.value)}
                {found.total === null ? '' : `/${formatNumber(found.total)}`}
                <Missing {...found} />
                <span className="block">
                  <IndicatorMark word={found.word} />
                </span>
              </>
            )
          },
        })),
      ]}
    />
  )
}

/** How many are missing, and how many a day that takes; nothing where no target is missed. */
function Missing({ total, value, neededPerDay }: IndicatorRow) {
  if (total === null || total <= (value ?? 0)) return null
  return (
    <span className="small block">
      thiếu {formatNumber(total - (value ?? 0))}
      {neededPerDay === null ? '' : `, ${formatNumber(neededPerDay)}/ngày`}
    </span>
  )
}

/** One indicator as a small chart for each locality below. */
export function IndicatorCharts({
  indicator,
  rows,
  lines,
}: {
  indicator: string
  rows: readonly LocalityRow[]
  lines: readonly { code: string; values: readonly (number | null)[] }[]
}) {
  return (
    <ul className="small-charts">
      {rows.map(row => {
        const found = row.indicators.find(one => one.indicator === indicator)
        const values = lines.find(({ code }) => code === row.code)?.values ?? []
        if (!found) return null
        const told =
          found.value === null
            ? indicatorWordLabels.no_figures
            : found.total === null
              ? formatNumber(found.value)
              : formatParts(found.value, found.total)
        return (
          <li key={row.code}>
            <Link to={`/dia-ban/${row.code}`}>{capitalize(row.name)}</Link>
            <SmallChart label={`${capitalize(row.name)}: ${told}`} values={values} target={found.total ?? 0} />
            <span className="small block">{told}</span>
            <IndicatorMark word={found.word} />
          </li>
        )
      })}
    </ul>
  )
}
