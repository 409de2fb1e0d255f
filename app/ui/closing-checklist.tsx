import { Form, Link } from '@remix-run/react'
import type { ClosingItem } from '#app/domain/vocabulary.ts'
import { closingLines, lineCount } from '#app/text/closing.ts'
import { formatInstant } from '#app/text/format.ts'
import { explainProblem } from '#app/text/problem.ts'
import { secondWaits } from '#app/text/waiting.ts'
import { ButtonLink } from './button.tsx'
import { Confirm } from './confirm.tsx'
import { SubmitButton } from './form.tsx'
import { Row, RowList, Sheet } from './sheet.tsx'
import { Status } from './status.tsx'

type Line = {
  item: ClosingItem
  count: number
  asOfOn?: string | null
  state: 'done' | 'left' | 'open'
  tick: { count: number; reason: string; createdAt: number; createdByName: string } | null
}

const STATES = {
  done: { tone: 'done', label: 'Xong' },
  left: { tone: 'neutral', label: 'Để lại, có lý do' },
  open: { tone: 'check', label: 'Cần xử lý' },
} as const

/** The list before the close: each line counts what waits, leads to it, and is done, left with a reason, or open. */
export function ClosingChecklist({
  lines,
  root,
  mayTick,
}: {
  lines: readonly Line[]
  root: { unitId: number; localityCode: string }
  mayTick: boolean
}) {
  const open = lines.filter(({ state }) => state === 'open').length
  return (
    <Sheet
      title="Việc cần xong trước khi kết thúc"
      note={open === 0 ? 'Mọi dòng đã xong hoặc có lý do để lại' : `Còn ${open} dòng cần xử lý hoặc ghi lý do để lại`}
    >
      {mayTick && open > 1 ? (
        <p>
          <ButtonLink to="/ket-thuc/de-lai" variant="quiet">
            Ghi lý do để lại cho nhiều dòng
          </ButtonLink>
        </p>
      ) : null}
      <RowList>
        {lines.map(line => (
          <Row
            key={line.item}
            title={<Link to={closingLines[line.item].to(root)}>{closingLines[line.item].name}</Link>}
            detail={
              <>
                {lineCount(line)}
                {line.count > 0 && closingLines[line.item].reminded !== null ? (
                  <span className="block">{closingLines[line.item].reminded}</span>
                ) : null}
                {line.tick === null || line.count === 0 ? null : (
                  <span className="block">
                    Để lại: {line.tick.reason} ({line.tick.createdByName}, {formatInstant(line.tick.createdAt)})
                    {line.state === 'open' ? '. Số chờ đã tăng từ lúc ghi lý do.' : ''}
                  </span>
                )}
              </>
            }
            aside={
              <>
                <Status tone={STATES[line.state].tone}>{STATES[line.state].label}</Status>
                {mayTick && line.count > 0 ? (
                  <div>
                    <Link to={`/ket-thuc/de-lai?muc=${line.item}`}>
                      {line.state === 'left' ? 'Sửa lý do' : 'Để lại, ghi lý do'}
                    </Link>
                  </div>
                ) : null}
              </>
            }
          />
        ))}
      </RowList>
    </Sheet>
  )
}

type Waiting = {
  proposedAt: number
  proposedByName: string
  dueOn: string
  isOverdue: boolean
  problem: string | null
  mayConfirm: boolean
  seconds: readonly string[]
}

/** An act of two people that waits for the second: who proposed it, until when, and its buttons. */
export function WaitingAct({
  title,
  action,
  waiting,
  question,
  consequence,
}: {
  title: string
  /** where its forms post to */
  action: string
  waiting: Waiting
  question: string
  consequence: string
}) {
  return (
    <Sheet title={title} note={`${waiting.proposedByName} đề nghị lúc ${formatInstant(waiting.proposedAt)}`}>
      <div className="stack">
        {waiting.isOverdue ? <p className="strong">Đã quá ngày chờ xác nhận.</p> : null}
        {waiting.problem === null ? null : <p>{explainProblem(waiting.problem)}</p>}
        <p className="small">{secondWaits({ seconds: waiting.seconds, dueOn: waiting.dueOn })}</p>
        {waiting.mayConfirm ? (
          <div className="actions">
            {waiting.problem === null ? (
              <Confirm label="Xác nhận" question={question} consequence={consequence} action={action}>
                <input type="hidden" name="step" value="confirm" />
              </Confirm>
            ) : null}
            <Form method="post" action={action}>
              <input type="hidden" name="step" value="withdraw" />
              <SubmitButton action={action} variant="quiet">
                Rút đề nghị
              </SubmitButton>
            </Form>
          </div>
        ) : null}
      </div>
    </Sheet>
  )
}
