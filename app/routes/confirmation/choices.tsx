import { Link } from '@remix-run/react'
import { OUTCOMES } from '#app/domain/vocabulary.ts'
import { citizenAnswerTexts } from '#app/text/citizen.ts'
import { formatNumber } from '#app/text/format.ts'
import type { TermNames } from '#app/text/terms.ts'
import type { Choice } from '#app/ui/choice-list.tsx'
import { Status } from '#app/ui/status.tsx'
import { useTerms } from '#app/ui/terms.ts'
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

/** The campaign's words for outcomes, and how many it requires. */
type Told = { outcomes: TermNames['outcome']; required: number }

/** Returns what makes lines to tick of records, in the campaign's words. */
export function useHelpChoice(required: number): (line: HelpLine) => Choice {
  const { names } = useTerms()
  return line => helpChoice(line, { outcomes: names.outcome, required })
}

/** What a record claims, in words: all that is required in one, and what is beside or before that. */
function readClaimed(claimed: string, { outcomes, required }: Told): string {
  const [achieved = [], had = []] = claimed
    .replace('+', '')
    .split('/')
    .map(numbers =>
      numbers.split(',').flatMap(number => {
        const outcome = number === '' ? undefined : OUTCOMES[Number(number)]
        return outcome === undefined ? [] : [outcomes[outcome]]
      }),
    )
  const said = [
    ...(claimed.startsWith('+') ? [`Đủ ${formatNumber(required)} nội dung`] : []),
    ...achieved,
    ...(had.length > 0 ? [`đã có từ trước: ${had.join(', ')}`] : []),
  ]
  return said.join('; ') || 'Chưa có nội dung nào đạt'
}

/** What such a line says. */
export function readLine(line: HelpLine) {
  const [text, marks] = typeof line === 'string' ? [line, null] : line
  const [value = '', citizen = '', by = '', where = '', claimed = '', when = ''] = text.split('\t')
  return { value, citizen, by, where, claimed, when, marks }
}

/** A record of help as a line to tick, with what a confirmer weighs and what was changed in it. */
function helpChoice(line: HelpLine, told: Told): Choice {
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
        {readClaimed(claimed, told)}
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
