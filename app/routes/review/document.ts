import type { Actor } from '#app/access/policy.ts'
import type { ReviewPaperKind } from '#app/documents/review-paper.ts'
import { partBases } from '#app/domain/standing.ts'
import { reviewPaper } from '#app/jobs/papers/review.server.ts'
import { currentClosing, frozenOfficial } from '#app/queries/closing.server.ts'
import { retryBusy } from '#app/queries/retry.server.ts'
import { findReview, logReviewPaper } from '#app/queries/review.server.ts'
import { namedPartBases } from '#app/text/part-basis.ts'
import type { CampaignTerms } from '#app/text/terms.ts'
import { paperResponse } from '../_web/paper.server.ts'
import { found, idOf, reads } from '../_web/visit.server.ts'
import { REVIEW_DOCUMENTS } from './params.ts'

/** One paper of due process, a draft until its step is on record, for who sees the case; logged. */
export const loader = reads(async ({ actor, campaign, terms }, { params }) => {
  const row = found(findReview(actor, campaign.id, idOf(params.caseId)))
  const kinds = Object.keys(REVIEW_DOCUMENTS) as ReviewPaperKind[]
  const kind = found(kinds.find(name => REVIEW_DOCUMENTS[name].file === params.reviewPaper))
  await retryBusy(() => logReviewPaper(actor, campaign.id, { caseId: row.id, document: kind }))
  return paperResponse(
    await reviewPaper(campaign.id, row, { kind, parts: frozenParts(actor, campaign.id, { ...row, terms }) }),
    `${REVIEW_DOCUMENTS[kind].file.slice(0, -5)}-${row.id}`,
    campaign,
  )
})

/** Of a person: what each own part rests on in the result that was frozen last; null: none is frozen, or a collective. */
function frozenParts(
  actor: Actor,
  campaignId: number,
  { officialId, terms }: { officialId: number | null; terms: CampaignTerms },
) {
  const closing = currentClosing(campaignId)
  const row = closing && officialId !== null ? frozenOfficial(actor, closing.id, officialId) : undefined
  return row ? namedPartBases(partBases(row.parts), terms.names) : null
}
