import { type ReviewPaperKind, writeReviewPaper } from '#app/documents/review-paper.ts'
import type { Day } from '#app/domain/calendar.ts'
import { authorityInFull } from '#app/domain/letterhead.ts'
import { found } from '#app/domain/refusal.ts'
import type { ReviewStep } from '#app/domain/vocabulary.ts'
import { type findReview, reviewTarget, subjectOf } from '#app/queries/review.server.ts'
import { unitForPaper } from '#app/queries/unit.server.ts'
import { officeLabels } from '#app/text/office-vocabulary.ts'
import type { NamedBasis } from '#app/text/part-basis.ts'
import { citations, citedPlan, unitIssuing } from './issuing.server.ts'

type Case = NonNullable<ReturnType<typeof findReview>>

/** The step of due process that each paper is about. */
const STEP_OF: Record<ReviewPaperKind, ReviewStep> = {
  notice: 'notice',
  explanation: 'explanation',
  finding: 'finding_decision',
  appeal: 'appeal_decision',
}

/**
 * Makes one paper of a case as far as its steps are on record; the rest is left to be filled in by hand. `parts`: what
 * the person's own parts rest on in the frozen result; null: none is frozen, or it is about a collective.
 */
export function reviewPaper(
  campaignId: number,
  row: Case,
  { kind, parts }: { kind: ReviewPaperKind; parts: readonly NamedBasis[] | null },
): Promise<Uint8Array> {
  const step = row.steps.findLast(taken => taken.kind === STEP_OF[kind])
  const notice = row.steps.find(taken => taken.kind === 'notice')
  const decides = decidingUnit(campaignId, row)
  const issuedBy = kind === 'appeal' ? (unitForPaper(decides).above.at(-1)?.id ?? decides) : decides
  const issuing = unitIssuing(issuedBy, step?.takenOn ?? null)
  const name = row.name === null ? authorityInFull(row.unitName) : `ông (bà) ${row.name}`
  const dues: Record<ReviewPaperKind, Day | null> = {
    notice: row.state.explanationDueOn,
    explanation: null,
    finding: row.state.appealDueOn,
    appeal: null,
  }
  return writeReviewPaper({
    kind,
    plan: citedPlan(campaignId),
    issuing: { ...issuing, number: step?.documentNumber.split('/')[0]?.trim() || null },
    bases: citations(campaignId, step?.takenOn ?? null, { subjects: ['review'] }).bases,
    concerned: row.name === null ? name : `${name}, ${authorityInFull(row.unitName)}`,
    signer: row.name ?? authorityInFull(row.unitName),
    step:
      step === undefined
        ? null
        : {
            body: step.body,
            on: step.takenOn,
            decision: step.decision === null ? null : officeLabels.reviewDecision[step.decision],
          },
    parts,
    answers: notice?.documentNumber ? `Thông báo số ${notice.documentNumber}` : '',
    dueOn: dues[kind],
  })
}

/** The unit whose head decides: the person's own; of a head and of a collective the one above. */
function decidingUnit(campaignId: number, row: Case): number {
  const { unitId, unitPath, headPaths = [] } = reviewTarget(campaignId, subjectOf(row))
  const isAbove = row.officialId === null || headPaths.includes(unitPath)
  const above = unitForPaper(unitId).above.at(-1)
  return found(isAbove && above !== undefined ? above.id : unitId)
}
