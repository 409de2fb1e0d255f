import { Views } from './views.tsx'

/** The three views of one place: its people, its sums, its citizens. `localityCode` null: it governs no locality. */
export const boardPages = ({ unitId, localityCode }: { unitId: number | null; localityCode: string | null }) => [
  ...(unitId === null
    ? []
    : [
        { key: 'board', to: `/don-vi/${unitId}`, label: 'Đơn vị' },
        { key: 'sums', to: `/tong-hop?don-vi=${unitId}`, label: 'Tổng hợp' },
      ]),
  ...(localityCode === null ? [] : [{ key: 'locality', to: `/dia-ban/${localityCode}`, label: 'Địa bàn' }]),
]

/** Leads from one view of a place to the others. */
export function BoardViews({
  current,
  ...place
}: {
  current: 'sums' | 'locality'
  unitId: number | null
  localityCode: string | null
}) {
  const pages = boardPages(place)
  if (pages.length < 2) return null
  return (
    <Views label="Cách xem" views={pages.map(({ key, to, label }) => ({ to, label, isCurrent: key === current }))} />
  )
}
