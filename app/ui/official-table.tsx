import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import type { PaceStatus } from '#app/domain/pace.ts'
import type { Category, PartStanding } from '#app/domain/vocabulary.ts'
import { formatNumber } from '#app/text/format.ts'
import { labels } from '#app/text/vocabulary.ts'
import { type Alike, AlikeNote } from './alike.tsx'
import { type Column, DataTable } from './data-table.tsx'
import type { Counts } from './figure.tsx'
import { Status } from './status.tsx'
import { useTerms } from './terms.ts'

/** One official in a list, with their counted figure compared with the pace of their own target. */
export type OfficialRow = Counts & {
  officialId: number
  name: string
  position: string
  unitId: number
  unitName: string
  category: Category | null
  target: number | null
  unmet: number
  simSignature: PartStanding
  phone4g: PartStanding
  portalNational: PartStanding
  portalProvincial: PartStanding
  pace: PaceStatus | null
  burst: { count: number; minutes: number } | null
  /** officials who may be the same person; left out for readers who cannot mend it */
  alike?: readonly Alike[]
}

/** Shows the position of an official: against the pace, beyond the target, or with records to ask about. */
function OfficialPace({ counted, target, pace, burst, category }: Omit<OfficialRow, 'name'>) {
  if (burst !== null)
    return (
      <>
        <Status tone="check" />
        <span className="small block">
          {burst.count} trường hợp trong {burst.minutes} phút
        </span>
      </>
    )
  if (target === null || pace === null)
    return <span className="small">{category === 'member' ? 'Không giao chỉ tiêu' : 'Được miễn chỉ tiêu'}</span>
  if (pace === 'reached') return <Status tone="done">{counted > target ? 'Vượt chỉ tiêu' : 'Đạt chỉ tiêu'}</Status>
  return pace === 'on_pace' ? <Status tone="doing">Đúng tiến độ</Status> : <Status tone="late" />
}

/** Counts how many of the campaign's obligations are met or lifted; a dash for somebody who bears none. */
function obligationsOf({ unmet, simSignature, phone4g, portalNational, portalProvincial }: OfficialRow, count: number) {
  const bearsNone = [simSignature, phone4g, portalNational, portalProvincial].every(part => part === 'not_borne')
  return bearsNone ? '–' : `${count - unmet}/${count}`
}

/**
 * Officials with what each lacks. `sortTo` are the URLs that sort by a column; `unitId` is the unit whose list it is:
 * who works elsewhere below it has their unit named.
 */
export function OfficialTable({
  rows,
  caption,
  empty,
  unitId,
  sorted,
  sortTo = {},
}: {
  rows: readonly OfficialRow[]
  caption: string
  empty: ReactNode
  unitId: number
  sorted?: 'name' | 'lacking'
  sortTo?: { name?: string; lacking?: string }
}) {
  const count = useTerms().obligations.length
  const columns: Column<OfficialRow>[] = [
    {
      key: 'name',
      header: 'Họ và tên',
      sortTo: sortTo.name,
      sorted: sorted === 'name' ? 'ascending' : undefined,
      cell: row => (
        <>
          <Link to={`/can-bo/${row.officialId}`}>{row.name}</Link>
          <span className="small block">
            {[
              row.position || (row.category ? labels.category[row.category] : ''),
              row.unitId === unitId ? '' : row.unitName,
            ]
              .filter(Boolean)
              .join(' · ')}
          </span>
          <AlikeNote alike={row.alike ?? []} />
        </>
      ),
    },
    ...(count === 0
      ? []
      : [
          {
            key: 'obligations',
            header: 'Bản thân',
            align: 'end' as const,
            cell: (row: OfficialRow) => obligationsOf(row, count),
          },
        ]),
    { key: 'reported', header: 'Ghi nhận', align: 'end', cell: row => formatNumber(row.reported) },
    { key: 'counted', header: 'Được tính', align: 'end', cell: row => formatNumber(row.counted) },
    { key: 'verified', header: 'Đối chiếu', align: 'end', cell: row => formatNumber(row.verified) },
    {
      key: 'target',
      header: 'Chỉ tiêu',
      align: 'end',
      sortTo: sortTo.lacking,
      sorted: sorted === 'lacking' ? 'descending' : undefined,
      cell: row => (row.target === null ? '–' : formatNumber(row.target)),
    },
    { key: 'pace', header: 'Tình trạng', cell: row => <OfficialPace {...row} /> },
  ]
  return (
    <DataTable
      caption={caption}
      columns={columns}
      rows={rows}
      rowKey={row => String(row.officialId)}
      empty={empty}
      asCards
    />
  )
}
