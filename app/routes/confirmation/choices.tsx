import { Link } from '@remix-run/react'
import type { listToConfirm } from '#app/queries/help-list.server.ts'
import type { listWaitingObligations } from '#app/queries/obligation.server.ts'
import { formatDay, formatInstant } from '#app/text/format.ts'
import { lateNote } from '#app/text/late-entry.ts'
import { explainFlaws, explainLacking } from '#app/text/obligation.ts'
import { describeDeclared } from '#app/text/official.ts'
import { labels } from '#app/text/vocabulary.ts'
import type { Choice } from '#app/ui/choice-list.tsx'
import { Status } from '#app/ui/status.tsx'

/** A record of help as a line to tick. */
export function helpChoice(row: ReturnType<typeof listToConfirm>[number]): Choice {
  return {
    id: row.id,
    name: `${row.citizenName}, ${row.officialName} hỗ trợ`,
    title: <Link to={`/ho-tro/${row.id}`}>{row.citizenName}</Link>,
    detail: (
      <>
        {row.officialName} · {[row.hamlet, row.localityName].filter(Boolean).join(', ')} · {labels.helpPlace[row.place]}
        {row.lateAt === null ? '' : ` · Nhập sau ngày cuối: ${lateNote(row)}`}
      </>
    ),
    aside: (
      <span className="small">
        {row.recordedBy === null ? '' : 'Nhập hộ · '}hỗ trợ {formatDay(row.helpedOn)}, ghi{' '}
        {formatInstant(row.receivedAt)}
      </span>
    ),
  }
}

/** A declared obligation as a line to tick, with what it lacks. */
export function obligationChoice(
  row: ReturnType<typeof listWaitingObligations>['rows'][number],
  endsOn: string,
): Choice {
  const flaws = explainFlaws(row, endsOn)
  return {
    id: row.id,
    name: `${row.officialName}, ${labels.exemptionPart[row.part]}`,
    title: (
      <>
        <Link to={`/can-bo/${row.officialId}`}>{row.officialName}</Link> · {labels.exemptionPart[row.part]}
      </>
    ),
    detail: (
      <>
        {describeDeclared(row)}
        {row.isInReview && row.extract ? (
          <span className="block">
            <Status tone="check">Cần xem lại</Status> {explainLacking(row.extract)}
          </span>
        ) : null}
        {flaws === null ? null : (
          <span className="block">
            <Status tone="late">Xác nhận thì vẫn chưa đạt</Status> {flaws}
          </span>
        )}
      </>
    ),
    aside:
      row.evidenceFileId === null ? undefined : (
        <Link to={`/tep/${row.evidenceFileId}`} reloadDocument>
          Tải minh chứng
        </Link>
      ),
  }
}
