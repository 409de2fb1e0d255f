import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import type { UnitPace } from '#app/domain/unit-pace.ts'
import { formatNumber, formatParts, formatShare } from '#app/text/format.ts'
import { explainUnitPace } from '#app/text/indicator.ts'
import { allObligations } from '#app/text/terms.ts'
import { labels } from '#app/text/vocabulary.ts'
import type { BasisCounts } from './basis-facts.tsx'
import { type Column, DataTable } from './data-table.tsx'
import { EmptyState } from './empty-state.tsx'
import { CountFigure, type Counts, FigureRow, NestedBar, Share } from './figure.tsx'
import { IndicatorMark } from './indicator-mark.tsx'
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

/** The figures of a unit. `peopleTo` and `recordsTo` lead to what is behind them, where the reader may see that. */
export function UnitFigures({
  help,
  people,
  due,
  pace,
  causes,
  recordsTo,
}: {
  help: Counts
  people: People
  /** what the pace requires by now */
  due: number
  pace: UnitPace
  /** why people still lack something, each with the way to them */
  causes: ReactNode
  recordsTo?: (figure: 'reported' | 'counted' | 'verified') => string
}) {
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
        pace={people.targets > 0 ? due : undefined}
        links={
          recordsTo === undefined
            ? {}
            : { reported: recordsTo('reported'), counted: recordsTo('counted'), verified: recordsTo('verified') }
        }
        note={
          people.targets > 0 ? (
            <>
              <UnitPaceMark {...pace} /> {explainUnitPace(pace)}
            </>
          ) : undefined
        }
      />
      {causes}
      <section className="sheet figure-pair">
        <Quotient label="Đã đủ chỉ tiêu cá nhân" part={people.reached} whole={people.quotaBearers} />
        {terms.parts.length === 0 ? null : (
          <Quotient
            label={`Đạt đủ ${allObligations(terms)} bản thân`}
            part={people.allMet}
            whole={people.obligationBearers}
            note={lifted > 0 ? `${formatNumber(lifted)} người không áp dụng hoặc được miễn` : undefined}
          />
        )}
      </section>
    </FigureRow>
  )
}

/** A share of people beside what it says, smaller than a figure. */
function Quotient({ label, part, whole, note }: { label: string; part: number; whole: number; note?: string }) {
  return (
    <div>
      <h2 className="figure-label">{label}</h2>
      <p className="strong">
        {formatNumber(part)}/{formatNumber(whole)}
      </p>
      <p className="small">{[formatShare(part, whole), note].filter(Boolean).join(' · ')}</p>
    </div>
  )
}

/** The word of a unit's pace; nothing where it has no target. */
function UnitPaceMark({ word }: Pick<UnitPace, 'word'>) {
  return word === null ? null : <IndicatorMark word={word} />
}

/** Why people still lack something, as counts, each leading to them. */
export function CauseCounts({ counts, note }: { counts: readonly { text: string; to?: string }[]; note?: string }) {
  return (
    <section className="sheet">
      <h2 className="figure-label">Vì sao còn thiếu</h2>
      {counts.length === 0 ? <p className="strong">Không còn ai thiếu</p> : null}
      <ul className="cause-counts">
        {counts.map(({ text, to }) => (
          <li key={text}>{to === undefined ? text : <Link to={to}>{text}</Link>}</li>
        ))}
      </ul>
      {note === undefined ? null : <p className="small">{note}</p>}
    </section>
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
              detail="Trường hợp khác thường đứng trước ở mỗi trang"
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
              aside={<Link to={`${base}/xac-nhan?phan=noi-dung`}>Xem và xác nhận</Link>}
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
  pace: UnitPace
  help: Counts & Pick<BasisCounts, 'byUnit'> & { awaiting: number }
  people: Pick<People, 'targets' | 'obligationBearers' | 'allMet'> & { awaiting: number }
}
/** The orders of the children, as the URL names them. */
export const CHILD_ORDERS = ['thieu', 'ngay', 'ty-le', 'noi-dung', 'can-cu', 'cho', 'ten'] as const
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
      cell: row => (
        <Link to={`/don-vi/${row.id}`} discover="none">
          {row.name}
        </Link>
      ),
    },
    {
      key: 'bar',
      header: 'So với chỉ tiêu',
      cell: ({ help: { reported, counted, verified }, people, pace: { word } }) =>
        people.targets > 0 ? (
          <>
            <NestedBar {...{ reported, counted, verified }} target={people.targets} />
            {word === null ? null : <IndicatorMark word={word} />}
          </>
        ) : null,
    },
    {
      key: 'missing',
      header: 'Còn thiếu',
      align: 'end',
      ...sort('thieu', 'descending'),
      cell: ({ pace }) => formatNumber(pace.missing),
    },
    {
      key: 'needed',
      header: 'Mỗi ngày cần',
      align: 'end',
      ...sort('ngay', 'descending'),
      cell: ({ pace: { neededPerDay, lastWeekPerDay } }) => (
        <>
          {neededPerDay === null ? '–' : formatNumber(neededPerDay)}
          <span className="small block">{`tuần qua ${formatNumber(lastWeekPerDay, 1)}`}</span>
        </>
      ),
    },
    {
      key: 'counted',
      header: 'Được tính',
      align: 'end',
      ...sort('ty-le', 'ascending'),
      cell: ({ help, people }) => (
        <>
          {formatParts(help.counted, people.targets)}
          <span className="small block">
            {`ghi nhận ${formatNumber(help.reported)}, đối chiếu ${formatNumber(help.verified)}`}
          </span>
        </>
      ),
    },
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
    <div className="children-table">
      <DataTable
        caption="Các đơn vị trực thuộc"
        columns={columns}
        rows={rows}
        rowKey={row => String(row.id)}
        empty={empty}
        asCards
      />
    </div>
  )
}
