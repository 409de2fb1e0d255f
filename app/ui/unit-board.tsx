import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import type { Lacking, ObligationPart } from '#app/domain/vocabulary.ts'
import { formatDay, formatNumber, formatParts, formatShare } from '#app/text/format.ts'
import { allObligations } from '#app/text/terms.ts'
import { labels } from '#app/text/vocabulary.ts'
import type { BasisCounts } from './basis-facts.tsx'
import { type Column, DataTable } from './data-table.tsx'
import { EmptyState } from './empty-state.tsx'
import { CountFigure, type Counts, Figure, FigureRow, NestedBar, Share } from './figure.tsx'
import { Row, RowList, Sheet } from './sheet.tsx'
import { useTerms } from './terms.ts'

/** A unit's sums of people, as far as the board shows them. */
type People = Counts & {
  officials: number
  quotaBearers: number
  targets: number
  reached: number
  idle: number
  obligationBearers: number
  allMet: number
}

/** The three figures of a unit. `peopleTo` and `recordsTo` lead to what is behind them, where the reader may see that. */
export function UnitFigures({
  help,
  people,
  pace,
  gaps,
  endsOn,
  peopleTo,
  recordsTo,
}: {
  help: Counts
  people: People
  /** what the pace requires by now */
  pace: number
  /** how many lack each obligation part */
  gaps: readonly { part: ObligationPart; count: number }[]
  /** the cut-off day */
  endsOn: string
  peopleTo?: (lacking: Lacking) => string
  recordsTo?: (figure: 'reported' | 'counted' | 'verified') => string
}) {
  const link = (lacking: Lacking, text: string) =>
    peopleTo === undefined ? text : <Link to={peopleTo(lacking)}>{text}</Link>
  const terms = useTerms()
  const lifted = people.officials - people.obligationBearers
  return (
    <FigureRow>
      <CountFigure
        label="Người dân được tính / chỉ tiêu"
        reported={help.reported}
        counted={help.counted}
        verified={help.verified}
        target={people.targets}
        pace={people.targets > 0 ? pace : undefined}
        links={
          recordsTo === undefined
            ? {}
            : { reported: recordsTo('reported'), counted: recordsTo('counted'), verified: recordsTo('verified') }
        }
        note={
          help.counted === people.counted
            ? undefined
            : `Tính theo những người thuộc đơn vị ngày ${formatDay(endsOn)}, kể cả khi công tác ở nơi khác: ${formatParts(people.counted, people.targets)}.`
        }
      />
      {terms.parts.length === 0 ? null : (
        <Figure
          label={`Đạt đủ ${allObligations(terms)} bản thân`}
          value={`${formatNumber(people.allMet)}/${formatNumber(people.obligationBearers)}`}
        >
          <p className="small">
            {[
              formatShare(people.allMet, people.obligationBearers),
              lifted > 0 ? `${formatNumber(lifted)} người không áp dụng hoặc được miễn` : '',
            ]
              .filter(Boolean)
              .join(' · ')}
          </p>
          {gaps.length === 0 ? null : (
            <p className="small">
              Còn thiếu:{' '}
              {gaps.map(({ part, count }, n) => (
                <span key={part}>
                  {n > 0 ? ', ' : ''}
                  {link(part, `${terms.names.shortPart[part]} ${formatNumber(count)}`)}
                </span>
              ))}
            </p>
          )}
        </Figure>
      )}
      <Figure
        label="Đã đủ chỉ tiêu cá nhân"
        value={`${formatNumber(people.reached)}/${formatNumber(people.quotaBearers)}`}
      >
        <p className="small">{formatShare(people.reached, people.quotaBearers)}</p>
        {people.idle === 0 ? null : (
          <p className="small">{link('any_record', `${formatNumber(people.idle)} người chưa ghi trường hợp nào`)}</p>
        )}
      </Figure>
    </FigureRow>
  )
}

/** Lists what waits for a decision in a unit and all below it, each with a link. */
export function QueueBox({
  base,
  help,
  obligations,
  disputes,
}: {
  /** the unit's URL */
  base: string
  help: number
  obligations: number
  /** requests to look again at whose a citizen is, for the reader to decide */
  disputes: number
}) {
  return (
    <Sheet title={`Chờ xác nhận · ${formatNumber(help + obligations)}`}>
      {help + obligations + disputes === 0 ? (
        <EmptyState title="Không có gì chờ xác nhận">
          Trường hợp và nội dung kê khai mới của cán bộ trong đơn vị sẽ hiện ở đây.
        </EmptyState>
      ) : (
        <RowList>
          {help === 0 ? null : (
            <Row
              title={`${formatNumber(help)} trường hợp`}
              detail="Những trường hợp khác thường đứng trước"
              aside={<Link to={`${base}/xac-nhan`}>Xem và xác nhận</Link>}
            />
          )}
          {disputes === 0 ? null : (
            <Row
              title={`${formatNumber(disputes)} đề nghị xem xét lại`}
              detail="Hai người cùng ghi một người dân"
              aside={<Link to={`${base}/tranh-chap`}>Xem và quyết định</Link>}
            />
          )}
          {obligations === 0 ? null : (
            <Row
              title={`${formatNumber(obligations)} nội dung bản thân kê khai`}
              aside={<Link to={`${base}/xac-nhan#ke-khai`}>Xem và xác nhận</Link>}
            />
          )}
        </RowList>
      )}
    </Sheet>
  )
}

type Child = {
  id: number
  name: string
  help: Counts & BasisCounts & { awaiting: number }
  people: People & { awaiting: number }
}
/** The orders of the children, as the URL names them. */
export const CHILD_ORDERS = ['ty-le', 'noi-dung', 'can-cu', 'cho', 'ten'] as const
export type ChildOrder = (typeof CHILD_ORDERS)[number]

/** The units below one, each with its own figures and a way to its board. */
export function ChildrenTable({ rows, order, empty }: { rows: readonly Child[]; order: ChildOrder; empty: ReactNode }) {
  const sort = (to: ChildOrder, direction: 'ascending' | 'descending') => ({
    sortTo: `?xep=${to}#don-vi-truc-thuoc`,
    sorted: order === to ? direction : undefined,
  })
  const terms = useTerms()
  const columns: Column<Child>[] = [
    {
      key: 'name',
      header: 'Đơn vị',
      ...sort('ten', 'ascending'),
      cell: row => <Link to={`/don-vi/${row.id}`}>{row.name}</Link>,
    },
    {
      key: 'bar',
      header: 'So với chỉ tiêu',
      cell: ({ help: { reported, counted, verified }, people }) =>
        people.targets > 0 ? <NestedBar {...{ reported, counted, verified }} target={people.targets} /> : null,
    },
    { key: 'reported', header: 'Ghi nhận', align: 'end', cell: row => formatNumber(row.help.reported) },
    {
      key: 'counted',
      header: 'Được tính',
      align: 'end',
      ...sort('ty-le', 'ascending'),
      cell: ({ help, people }) => formatParts(help.counted, people.targets),
    },
    { key: 'verified', header: 'Đối chiếu', align: 'end', cell: row => formatNumber(row.help.verified) },
    ...(terms.parts.length === 0
      ? []
      : [
          {
            key: 'obligations',
            header: `Đủ ${allObligations(terms)}`,
            align: 'end' as const,
            ...sort('noi-dung', 'ascending'),
            cell: ({ people }: Child) =>
              people.obligationBearers === 0 ? '–' : formatParts(people.allMet, people.obligationBearers),
          },
        ]),
    {
      key: 'basis',
      header: labels.basis.unit,
      align: 'end',
      ...sort('can-cu', 'descending'),
      cell: ({ help }) => (help.counted === 0 ? '–' : <Share part={help.byUnit} whole={help.counted} />),
    },
    {
      key: 'awaiting',
      header: 'Chờ xác nhận',
      align: 'end',
      ...sort('cho', 'descending'),
      cell: row => formatNumber(row.help.awaiting + row.people.awaiting),
    },
  ]
  return (
    <DataTable
      caption="Các đơn vị trực thuộc"
      columns={columns}
      rows={rows}
      rowKey={row => String(row.id)}
      empty={empty}
      asCards
    />
  )
}
