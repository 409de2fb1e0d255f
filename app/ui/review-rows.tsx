import { Link } from '@remix-run/react'
import type { Day } from '#app/domain/calendar.ts'
import type { CaseState, OpenStep } from '#app/domain/due-process.ts'
import type { ReviewDecision, ReviewStep } from '#app/domain/vocabulary.ts'
import { formatDay } from '#app/text/format.ts'
import { officeLabels } from '#app/text/office-vocabulary.ts'
import { explainCase, stepPages } from '#app/text/review.ts'
import { ButtonLink } from './button.tsx'
import { Row, RowList } from './sheet.tsx'
import { Status } from './status.tsx'

type Case = {
  id: number
  officialId: number | null
  name: string | null
  unitName: string
  withdrawnAt: number | null
  state: CaseState
  mine: readonly OpenStep[]
}

/** Lists cases of due process: the subject, the state and its term, and who must act next. */
export function ReviewRows({ rows, today }: { rows: readonly Case[]; today: Day }) {
  return (
    <RowList>
      {rows.map(row => (
        <Row
          key={row.id}
          title={<Link to={`/xem-xet/${row.id}`}>{row.name ?? row.unitName}</Link>}
          detail={[
            row.name === null ? 'Tập thể' : row.unitName,
            explainCase(row.state, row.withdrawnAt !== null, today),
          ].join(' · ')}
          aside={<CaseStatus {...row} />}
        />
      ))}
    </RowList>
  )
}

/** A case in one chip. */
function CaseStatus({ state, mine, withdrawnAt }: Pick<Case, 'state' | 'mine' | 'withdrawnAt'>) {
  if (withdrawnAt !== null) return <Status tone="neutral">Đã rút</Status>
  if (mine.some(({ kind }) => kind !== 'withdrawal')) return <Status tone="check">Đến lượt anh/chị</Status>
  return state.isClosed ? <Status tone="neutral">Đã xong</Status> : <Status tone="doing">Đang thực hiện</Status>
}

type Step = {
  id: number
  kind: ReviewStep
  decision: ReviewDecision | null
  body: string
  documentNumber: string
  fileId: number | null
  takenOn: Day
  takenByName: string
}

/** Every step on record, in the order in which it was taken. */
export function StepRows({ steps }: { steps: readonly Step[] }) {
  return (
    <RowList>
      {steps.map(step => (
        <Row
          key={step.id}
          title={[officeLabels.reviewStep[step.kind], step.decision ? officeLabels.reviewDecision[step.decision] : '']
            .filter(Boolean)
            .join(': ')}
          detail={
            <>
              {[formatDay(step.takenOn), step.takenByName, step.documentNumber && `văn bản ${step.documentNumber}`]
                .filter(Boolean)
                .join(' · ')}
              <span className="block">{step.body}</span>
              {step.fileId === null ? null : (
                <Link className="block" to={`/tep/${step.fileId}`} reloadDocument>
                  Tải tệp kèm theo
                </Link>
              )}
            </>
          }
        />
      ))}
    </RowList>
  )
}

/** The open steps that are the reader's, as buttons. */
export function StepActs({ caseId, mine }: { caseId: number; mine: readonly OpenStep[] }) {
  return mine.map(({ kind }) =>
    kind === 'notice' ? null : (
      <ButtonLink
        key={kind}
        variant={kind === 'withdrawal' ? 'quiet' : 'primary'}
        to={`/xem-xet/${caseId}/${stepPages[kind].path}`}
      >
        {stepPages[kind].title}
      </ButtonLink>
    ),
  )
}
