import { Link } from '@remix-run/react'
import type { ClosingReason, CollectiveResult, OfficialResult } from '#app/domain/vocabulary.ts'
import { closingTitle, explainMoved } from '#app/text/closing.ts'
import { formatInstant } from '#app/text/format.ts'
import { Row, RowList, Sheet } from './sheet.tsx'

type Move<Result> = { from: Result | null; to: Result; count: number }
type Version = {
  id: number
  version: number
  isProvisional: boolean
  reason: ClosingReason
  note: string
  startedByName: string | null
  frozenAt: number | null
  summary: { moved?: { officials: readonly Move<OfficialResult>[]; collectives: readonly Move<CollectiveResult>[] } }
}

/** The versions of the results, the newest first, and what a recount would change by the newest comparison. */
export function ClosingVersions({
  versions,
  recount,
}: {
  versions: readonly Version[]
  recount: { note: string; closingId: number | null } | null
}) {
  return (
    <Sheet title="Các phiên bản kết quả" note={recount?.note}>
      <RowList>
        {versions.map(row => (
          <Row
            key={row.id}
            title={<Link to={`/ket-thuc/${row.id}`}>{closingTitle(row)}</Link>}
            detail={[
              row.frozenAt === null ? 'Đang tính, hoặc dừng giữa chừng' : `Chốt lúc ${formatInstant(row.frozenAt)}`,
              row.startedByName ?? '',
              row.note,
            ]
              .filter(Boolean)
              .join(' · ')}
            aside={row.summary.moved === undefined ? undefined : explainMoved(row.summary.moved)}
          />
        ))}
      </RowList>
      {recount?.closingId == null ? null : (
        <p>
          <Link to={`/ket-thuc/${recount.closingId}`}>Ai, tập thể nào sẽ thay đổi nếu tính lại</Link>
        </p>
      )}
    </Sheet>
  )
}
