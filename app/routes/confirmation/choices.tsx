import { Link } from '@remix-run/react'
import type { HelpChange } from '#app/domain/help-change.ts'
import { shownValue } from '#app/domain/shown-record.ts'
import type { listToConfirm } from '#app/queries/help-list.server.ts'
import type { listWaitingObligations } from '#app/queries/obligation.server.ts'
import { answerFlagTexts, citizenAnswerTexts } from '#app/text/citizen.ts'
import { formatDay, formatInstant, formatNumber } from '#app/text/format.ts'
import { describeChange } from '#app/text/help-change.ts'
import { lateNote } from '#app/text/late-entry.ts'
import { explainFlaws, explainLacking } from '#app/text/obligation.ts'
import { describeDeclared } from '#app/text/official.ts'
import { explainLogin } from '#app/text/portal-login.ts'
import type { TermNames } from '#app/text/terms.ts'
import { labels } from '#app/text/vocabulary.ts'
import type { Choice } from '#app/ui/choice-list.tsx'
import { Status } from '#app/ui/status.tsx'
import { useTerms } from '#app/ui/terms.ts'

/** Names of communes by their code. */
export type Communes = Record<string, string>

/** What was changed in a record, in words; nothing where nothing was. */
function Changes({ changes, communes }: { changes: readonly HelpChange[]; communes: Communes }) {
  const { names } = useTerms()
  if (changes.length === 0) return null
  return (
    <span className="block">
      <Status tone="check">Đã sửa</Status>{' '}
      {changes.map(change => describeChange(change, code => communes[code] ?? code, names)).join('; ')}
    </span>
  )
}

type Row = ReturnType<typeof listToConfirm>[number]

/** What speaks for or against a record: the citizen's answer, who entered it, how often it was sent back. */
function Evidence({ row, names }: { row: Row; names: TermNames }) {
  const { answer, flag, returns, recordedBy } = row
  const claimed = row.outcomes.map(
    ({ outcome, value }) => names.outcome[outcome] + (value === 'already_had' ? ' (đã có từ trước)' : ''),
  )
  return (
    <>
      <span className="block">{claimed.length === 0 ? 'Chưa có nội dung nào đạt' : claimed.join('; ')}</span>
      <span className="block choice-marks">
        {answer === null ? null : (
          <Status tone={answer === 'yes' && flag === null ? 'done' : 'check'}>{citizenAnswerTexts[answer]}</Status>
        )}
        {recordedBy === null ? null : <Status tone="neutral">Nhập hộ</Status>}
        {returns === 0 ? null : <Status tone="late">Đã trả lại {formatNumber(returns)} lần</Status>}
      </span>
      {flag === null ? null : <span className="block">{answerFlagTexts[flag]}</span>}
    </>
  )
}

/** A record of help as a line to tick, with what a confirmer weighs and what was changed in it. */
export function helpChoice(row: Row, communes: Communes, names: TermNames): Choice {
  return {
    id: row.id,
    value: shownValue(row),
    name: `${row.citizenName}, ${row.officialName} hỗ trợ`,
    title: row.citizenName,
    to: `/ho-tro/${row.id}`,
    group: row.officialName,
    detail: (
      <>
        {row.officialName} · {[row.hamlet, row.localityName].filter(Boolean).join(', ')} · {labels.helpPlace[row.place]}
        {row.lateAt === null ? '' : ` · Nhập sau ngày cuối: ${lateNote(row)}`}
        <Evidence row={row} names={names} />
        <Changes changes={row.changed} communes={communes} />
      </>
    ),
    aside: (
      <span className="small">
        hỗ trợ {formatDay(row.helpedOn)}, ghi {formatInstant(row.receivedAt)}
      </span>
    ),
  }
}

/** A declared obligation as a line to tick, with what it lacks. */
export function obligationChoice(
  row: ReturnType<typeof listWaitingObligations>['rows'][number],
  endsOn: string,
  names: TermNames,
): Choice {
  const flaws = explainFlaws(row, endsOn)
  return {
    id: row.id,
    name: `${row.officialName}, ${names.part[row.part]}`,
    title: `${row.officialName} · ${names.part[row.part]}`,
    to: `/can-bo/${row.officialId}`,
    detail: (
      <>
        {describeDeclared(row)}
        {row.login === null ? null : <span className="block">{explainLogin(row.login)}</span>}
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
