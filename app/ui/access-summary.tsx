import { Link } from '@remix-run/react'
import { formatNumber } from '#app/text/format.ts'
import { Row, RowList, Sheet } from './sheet.tsx'

/** Who opened and exported most citizens' data in the last week: numbers, for the auditor. */
export function AccessSummary({ rows }: { rows: readonly { name: string; opened: number; exported: number }[] }) {
  return (
    <Sheet title="Mở và xuất dữ liệu nhiều trong 7 ngày" note={<Link to="/nhat-ky/truy-cap">Xem tất cả</Link>}>
      <RowList>
        {rows.map(({ name, opened, exported }) => (
          <Row key={name} title={name} aside={`mở ${formatNumber(opened)}, xuất ${formatNumber(exported)}`} />
        ))}
      </RowList>
    </Sheet>
  )
}
