import type { ReviewPaperKind } from '#app/documents/review-paper.ts'
import { reviewPaper } from '#app/jobs/papers/review.server.ts'
import { retryBusy } from '#app/queries/retry.server.ts'
import { findReview, logReviewPaper } from '#app/queries/review.server.ts'
import { paperResponse } from '../_web/paper.server.ts'
import { found, idOf, reads } from '../_web/visit.server.ts'
import { REVIEW_DOCUMENTS } from './params.ts'

/** One paper of due process, a draft until its step is on record, for who sees the case; logged. */
export const loader = reads(async ({ actor, campaign }, { params }) => {
  const row = found(findReview(actor, campaign.id, idOf(params.caseId)))
  const kinds = Object.keys(REVIEW_DOCUMENTS) as ReviewPaperKind[]
  const kind = found(kinds.find(name => REVIEW_DOCUMENTS[name].file === params.reviewPaper))
  await retryBusy(() => logReviewPaper(actor, campaign.id, { caseId: row.id, document: kind }))
  return paperResponse(
    await reviewPaper(campaign.id, row, kind),
    `${REVIEW_DOCUMENTS[kind].file.slice(0, -5)}-${row.id}`,
    campaign,
  )
})
