import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { daysLeft } from '#app/domain/pace.ts'
import { currentClosing, frozenOfficial } from '#app/queries/closing.server.ts'
import { ownAssessment } from '#app/queries/official-assessment.server.ts'
import { findOwn } from '#app/queries/own-waiting.server.ts'
import { findPlan } from '#app/queries/plan.server.ts'
import { findReviewOf } from '#app/queries/review.server.ts'
import { formerUnitNote, officialPreviewLabels, previewNote, quotaReadings } from '#app/text/assessment.ts'
import { versionName } from '#app/text/closing.ts'
import { formatAsOf, formatDay, formatNumber, formatParts } from '#app/text/format.ts'
import { ownSentence } from '#app/text/home.ts'
import { citeAll } from '#app/text/plan.ts'
import { explainCase } from '#app/text/review.ts'
import { Notice } from '#app/ui/notice.tsx'
import { ObligationStatus } from '#app/ui/obligation-status.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { ReasonList } from '#app/ui/reason-list.tsx'
import { OfficialResultStatus } from '#app/ui/result-status.tsx'
import { StepActs } from '#app/ui/review-rows.tsx'
import { Facts, Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { useTerms } from '#app/ui/terms.ts'
import { CitedText } from '#app/ui/verdict.tsx'
import { found, reads, type Visit } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Đánh giá của tôi · 4 phủ' }]

/** The visitor's own assessment; its articles in the words of the campaign's plan. */
function ownOf(actor: Visit['actor'], campaignId: number) {
  const own = found(ownAssessment(actor, campaignId))
  return { ...own, sources: citeAll(findPlan(campaignId), own.articles) }
}

export const loader = reads(({ actor, campaign, regulation, terms, today, at }) => ({
  own: ownOf(actor, campaign.id),
  note: previewNote(campaign),
  sentence: sentenceOf(actor, campaign.id, { regulation, today }),
  frozen: frozenOwn(actor, campaign.id),
  review: reviewOf(actor, campaign.id, today),
  readings: quotaReadings(regulation, terms.names),
  lead:
    today > regulation.endsOn
      ? `Đợt cao điểm kết thúc ngày ${formatDay(regulation.endsOn)}.`
      : `Đây là kết quả nếu đợt cao điểm kết thúc hôm nay. Anh/chị còn đến hết ngày ${formatDay(regulation.endsOn)} để bổ sung.`,
  asOf: formatAsOf(at),
}))

/** The one sentence about the visitor's own work that the home page shows too; null without a posting. */
function sentenceOf(actor: Visit['actor'], campaignId: number, on: Pick<Visit, 'regulation' | 'today'>) {
  const own = findOwn(actor, campaignId, on)
  return own ? ownSentence(daysLeft(on.today, on.regulation), own.sums.state) : null
}

/** Returns what was frozen about the visitor at the close; null before it. */
function frozenOwn(actor: Visit['actor'], campaignId: number) {
  const closing = currentClosing(campaignId)
  const row = closing && actor.officialId !== null ? frozenOfficial(actor, closing.id, actor.officialId) : undefined
  if (!closing || !row) return null
  const { result, reasons } = row
  return { version: closing.version, isProvisional: closing.isProvisional, on: closing.summary.on, result, reasons }
}

/** Returns the due process about the visitor, if there is a case. */
function reviewOf(actor: Visit['actor'], campaignId: number, today: string) {
  const review =
    actor.officialId === null ? undefined : findReviewOf(actor, campaignId, { officialId: actor.officialId })
  return review ? { id: review.id, mine: review.mine, standsAs: explainCase(review.state, false, today) } : null
}

export default function OwnAssessmentPage() {
  const { own, note, sentence, readings, lead, asOf, frozen, review } = useLoaderData<typeof loader>()
  const terms = useTerms()
  const { counts, target, parts, result, resultAny, reasons, sources } = own
  const against = (counted: number) => (target === null ? formatNumber(counted) : formatParts(counted, target))
  return (
    <div className="narrow stack">
      <PageHeading title="Đánh giá của tôi" note={asOf} breadcrumbs={[{ to: '/', label: 'Hôm nay' }]} />
      {frozen === null ? (
        <Notice>{note}</Notice>
      ) : (
        <Sheet
          title={<OfficialResultStatus result={frozen.result} isFrozen />}
          note={`Đã chốt, ${versionName(frozen).toLowerCase()}, ngày ${formatDay(frozen.on)}`}
        >
          <ReasonList reasons={frozen.reasons} />
        </Sheet>
      )}
      {review === null ? null : (
        <Sheet title="Giải trình, kiến nghị" note={<Link to={`/xem-xet/${review.id}`}>Xem hồ sơ và các bước</Link>}>
          <div className="stack">
            <p>{review.standsAs}.</p>
            <div className="actions">
              <StepActs caseId={review.id} mine={review.mine} />
            </div>
          </div>
        </Sheet>
      )}
      <Sheet
        title={<OfficialResultStatus result={result} />}
        note={frozen === null ? undefined : 'Theo số liệu hiện tại'}
      >
        <div className="stack">
          {sentence === null ? null : <p>{sentence}</p>}
          <p className="small">{lead}</p>
          {own.formerUnit === null ? null : <p className="small">{formerUnitNote(own.formerUnit)}.</p>}
          <ReasonList reasons={reasons} />
          <details className="disclosure">
            <summary>Căn cứ</summary>
            {sources.map(source => (
              <CitedText key={source.article} {...source} />
            ))}
          </details>
        </div>
      </Sheet>
      <Sheet title="Người dân đã hỗ trợ" note={<Link to="/ho-tro">Xem từng trường hợp</Link>}>
        <Facts
          facts={[
            { name: 'Ghi nhận', value: formatNumber(counts.reported) },
            { name: target === null ? 'Được tính' : 'Được tính/chỉ tiêu', value: against(counts.counted) },
            { name: 'Đã đối chiếu', value: formatNumber(counts.verified) },
            {
              name: `Cách tính khác: ${readings.other.label.toLowerCase()}`,
              value:
                result === resultAny
                  ? `${against(counts.countedAny)}, kết quả không đổi`
                  : `${against(counts.countedAny)}, ${officialPreviewLabels[resultAny].toLowerCase()}`,
            },
          ]}
        />
        <p className="small">Đang áp dụng: {readings.inForce.detail}</p>
      </Sheet>
      {terms.parts.length === 0 ? null : (
        <Sheet title="Nội dung bản thân thực hiện" note={<Link to="/nghia-vu">Kê khai</Link>}>
          <RowList>
            {terms.parts.map(part => (
              <Row key={part} title={terms.names.part[part]} aside={<ObligationStatus standing={parts[part]} />} />
            ))}
          </RowList>
        </Sheet>
      )}
    </div>
  )
}
