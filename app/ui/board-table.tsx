import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { formatNumber, formatParts } from '#app/text/format.ts'
import { labels } from '#app/text/vocabulary.ts'
import { type Column, DataTable } from './data-table.tsx'
import { type Counts, NestedBar } from './figure.tsx'
import { useTerms } from './terms.ts'

/** One line of a board; the people's figures are undefined where its key holds no people: localities. */
type BoardTableRow = Counts & {
  key: string
  label: string
  to?: string
  /** of the counted, those that rest on nothing but their unit's word */
  byUnit?: number
  people?: {
    officials: number
    targets: number
    quotaBearers: number
    reached: number
    obligationBearers: number
    allMet: number
  }
  /** The counted are compared with this where there are no people: the annex's target. */
  target?: number
}

const number = (key: keyof Counts, header: string): Column<BoardTableRow> => ({
  key,
  header,
  align: 'end',
  cell: row => formatNumber(row[key]),
})

const ownWord: Column<BoardTableRow> = {
  key: 'own-word',
  header: labels.basis.unit,
  align: 'end',
  cell: row => formatParts(row.byUnit ?? 0, row.counted),
}

const ALL_MET: Column<BoardTableRow> = {
  key: 'all-met',
  header: 'Đạt đủ nội dung bản thân',
  align: 'end',
  cell: row => formatParts(row.people?.allMet ?? 0, row.people?.obligationBearers ?? 0),
}

/** The split of a board: reported, counted and verified side by side, counted against the target, and the people. */
export function BoardTable({
  caption,
  header,
  rows,
  shareSort,
  missingSort,
  empty,
}: {
  caption: string
  /** Head of the first column. */
  header: string
  rows: readonly BoardTableRow[]
  /** The URL that sorts by the share of the target, and whether it is so sorted. */
  shareSort?: { to: string; isSorted: boolean }
  /** The same by how many are missing to the target. */
  missingSort?: { to: string; isSorted: boolean }
  empty: ReactNode
}) {
  const hasPeople = rows.some(row => row.people !== undefined)
  const targetOf = (row: BoardTableRow) => row.people?.targets ?? row.target ?? 0
  const hasTarget = rows.some(row => targetOf(row) > 0)
  /** of people's targets alone: records are a small part of what the annex assigns to a locality */
  const missing: Column<BoardTableRow> = {
    key: 'missing',
    header: 'Còn thiếu',
    align: 'end',
    sortTo: missingSort?.to,
    sorted: missingSort?.isSorted ? 'descending' : undefined,
    cell: row => formatNumber(Math.max(0, targetOf(row) - row.counted)),
  }
  const shares: Column<BoardTableRow>[] = [
    {
      key: 'share',
      header: 'Được tính/chỉ tiêu',
      align: 'end',
      sortTo: shareSort?.to,
      sorted: shareSort?.isSorted ? 'descending' : undefined,
      cell: row => formatParts(row.counted, targetOf(row)),
    },
    ...(hasPeople ? [missing] : []),
    {
      key: 'bar',
      header: 'So với chỉ tiêu',
      cell: row => {
        const { reported, counted, verified } = row
        return <NestedBar {...{ reported, counted, verified }} target={targetOf(row)} />
      },
    },
  ]
  const { parts } = useTerms()
  const people: Column<BoardTableRow>[] = [
    {
      key: 'officials',
      header: 'Số người',
      align: 'end',
      cell: row => formatNumber(row.people?.officials ?? 0),
    },
    {
      key: 'reached',
      header: 'Đạt chỉ tiêu',
      align: 'end',
      cell: row => formatParts(row.people?.reached ?? 0, row.people?.quotaBearers ?? 0),
    },
    ...(parts.length === 0 ? [] : [ALL_MET]),
  ]
  const columns: Column<BoardTableRow>[] = [
    { key: 'label', header, cell: row => (row.to === undefined ? row.label : <Link to={row.to}>{row.label}</Link>) },
    ...(hasTarget ? shares : []),
    number('reported', 'Ghi nhận'),
    ...(hasTarget ? [] : [number('counted', 'Được tính')]),
    number('verified', 'Đã đối chiếu'),
    ...(rows.some(row => row.byUnit !== undefined) ? [ownWord] : []),
    ...(hasPeople ? people : []),
  ]
  return (
    <div className="board">
      <DataTable caption={caption} columns={columns} rows={rows} rowKey={row => row.key} empty={empty} asCards />
    </div>
  )
}
