import { Form } from '@remix-run/react'
import type { CorrectionChange } from '#app/domain/correction.ts'
import type { CorrectionKind, CorrectionState } from '#app/domain/vocabulary.ts'
import { correctionEffects, correctionLines, correctionReason, correctionWaits } from '#app/text/correction.ts'
import { formatInstant } from '#app/text/format.ts'
import { officeLabels } from '#app/text/office-vocabulary.ts'
import { SubmitButton } from './form.tsx'
import { Row } from './sheet.tsx'
import { Status, type Tone } from './status.tsx'

/** A correction as its reader may see it: queries' `ShownCorrection`. */
export type ShownCorrection = {
  id: number
  officialName: string
  otherName: string | null
  kind: CorrectionKind
  changes: readonly CorrectionChange[]
  value: string | null
  reason: string
  batchId: number | null
  state: CorrectionState
  askedAt: number
  askedByName: string
  answeredAt: number | null
  answeredByName: string | null
  isOwn: boolean
  mayAnswer: boolean
  mayWithdraw: boolean
  waitsFor: string | null
  dueOn: string
  isOverdue: boolean
}

const TONES: Record<CorrectionState, Tone> = { asked: 'check', accepted: 'done', refused: 'late', withdrawn: 'neutral' }

/** One correction in words: what becomes what, why, by whom, and what the reader may do with it. */
export function CorrectionRow({ correction, showsName }: { correction: ShownCorrection; showsName: boolean }) {
  const { id, kind, value, state, answeredAt, mayAnswer, mayWithdraw } = correction
  const isWaiting = state === 'asked'
  const person = [correction.officialName, correction.otherName].filter(Boolean).join(' và ')
  return (
    <Row
      title={
        <>
          {showsName
            ? `${correction.isOwn ? 'Anh/chị' : person}: ${officeLabels.correctionKind[kind].toLowerCase()}`
            : officeLabels.correctionKind[kind]}{' '}
          <Status tone={TONES[state]}>{officeLabels.correctionState[state]}</Status>
        </>
      }
      detail={
        <>
          {correctionLines(correction.changes).map(line => (
            <span key={line} className="block">
              {line}
            </span>
          ))}
          {value === null ? null : <span className="block">Số mới đầy đủ: {value}</span>}
          <span className="block">
            {correctionReason(correction)}. {correction.askedByName}, {formatInstant(correction.askedAt)}
            {answeredAt === null ? '' : `; xác nhận: ${correction.answeredByName ?? ''}, ${formatInstant(answeredAt)}`}
          </span>
          {isWaiting ? (
            <span className="block">{mayAnswer ? correctionEffects[kind] : correctionWaits(correction)}</span>
          ) : null}
          {mayAnswer || mayWithdraw ? (
            <Form method="post" action={`/sua-ho-so/${id}`} className="actions">
              {mayAnswer ? (
                <>
                  <SubmitButton name="answer" value="accepted">
                    Đồng ý
                  </SubmitButton>
                  <SubmitButton name="answer" value="refused" variant="quiet">
                    Không đúng
                  </SubmitButton>
                </>
              ) : null}
              {mayWithdraw ? (
                <SubmitButton name="answer" value="withdrawn" variant="quiet">
                  Rút đề nghị
                </SubmitButton>
              ) : null}
            </Form>
          ) : null}
        </>
      }
    />
  )
}
