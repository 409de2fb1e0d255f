import { Link } from '@remix-run/react'
import { citizenAnswerTexts } from '#app/text/citizen.ts'
import { formatNumber } from '#app/text/format.ts'
import type { Choice } from '#app/ui/choice-list.tsx'
import { Status } from '#app/ui/status.tsx'
import type { HelpLine, Marks as MarksOf, ObligationLine } from './lines.server.ts'

/** What speaks for or against a record: the citizen's answer, who entered it, how often it was sent back. */
function Marks({ marks: { answer, flag, isEntered, returns, changes } }: { marks: MarksOf }) {
  return (
    <>
      {answer === undefined && !isEntered && returns === undefined ? null : (
        <span className="choice-marks">
          {answer === undefined ? null : (
            <Status tone={answer === 'yes' && flag === undefined ? 'done' : 'check'}>
              {citizenAnswerTexts[answer]}
            </Status>
          )}
          {isEntered ? <Status tone="neutral">Nhập hộ</Status> : null}
          {returns === undefined ? null : <Status tone="late">{`Đã trả lại ${formatNumber(returns)} lần`}</Status>}
        </span>
      )}
      {flag === undefined ? null : <span className="block">{flag}</span>}
      {changes === undefined ? null : (
        <span className="block">
          <Status tone="check">Đã sửa</Status> {changes}
        </span>
      )}
    </>
  )
}

/** What such a line says. */
export function readLine(line: HelpLine) {
  const [text, marks] = typeof line === 'string' ? [line, null] : line
  const [value = '', citizen = '', by = '', where = '', claimed = '', when = ''] = text.split('\t')
  return { value, citizen, by, where, claimed, when, marks }
}

/** A record of help as a line to tick, with what a confirmer weighs and what was changed in it. */
export function helpChoice(line: HelpLine): Choice {
  const { value, citizen, by, where, claimed, when, marks } = readLine(line)
  const id = Number.parseInt(value, 10)
  return {
    id,
    value,
    title: citizen,
    to: `/ho-tro/${id}`,
    group: by,
    detail: (
      <>
        {`${by} · ${where}`}
        <br />
        {claimed}
        {marks === null ? null : <Marks marks={marks} />}
      </>
    ),
    aside: <small>{when}</small>,
  }
}

/** A declared obligation as a line to tick, with what it lacks. */
export function obligationChoice(line: ObligationLine): Choice {
  return {
    id: line.id,
    name: `${line.by}, ${line.part}`,
    title: `${line.by} · ${line.part}`,
    to: `/can-bo/${line.officialId}`,
    detail: (
      <>
        {line.declared}
        {line.login === undefined ? null : <span className="block">{line.login}</span>}
        {line.signature === undefined ? null : (
          <span className="block">
            <Status tone={line.signature.isProof ? 'done' : 'check'}>{line.signature.label}</Status>{' '}
            {line.signature.text}
          </span>
        )}
        {line.lacking === undefined ? null : (
          <span className="block">
            <Status tone="check">Cần xem lại</Status> {line.lacking}
          </span>
        )}
        {line.flaws === undefined ? null : (
          <span className="block">
            <Status tone="late">Xác nhận thì vẫn chưa đạt</Status> {line.flaws}
          </span>
        )}
      </>
    ),
    aside:
      line.fileId === undefined ? undefined : (
        <Link to={`/tep/${line.fileId}`} reloadDocument>
          Tải minh chứng
        </Link>
      ),
  }
}
