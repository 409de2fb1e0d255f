import { Link } from '@remix-run/react'
import type { PaperGap } from '#app/domain/paper-gap.ts'
import { explainGap } from '#app/text/paper-gap.ts'
import { Row, RowList, Sheet } from './sheet.tsx'

/** Lists what papers have dots for, each with the page where it is entered; nothing where nothing is lacking. */
export function PaperGaps({ gaps }: { gaps: readonly { gap: PaperGap; count: number }[] }) {
  if (gaps.length === 0) return null
  return (
    <Sheet title="Còn để dấu chấm trên văn bản" note="Nhập một lần, văn bản lập sau có đủ">
      <RowList>
        {gaps.map(row => {
          const { title, to } = explainGap(row)
          return <Row key={row.gap} title={<Link to={to}>{title}</Link>} />
        })}
      </RowList>
    </Sheet>
  )
}
