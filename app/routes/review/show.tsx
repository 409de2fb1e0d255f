import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { canSomewhere } from '#app/access/policy.ts'
import { findReview } from '#app/queries/review.server.ts'
import { explainCase } from '#app/text/review.ts'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { StepActs, StepRows } from '#app/ui/review-rows.tsx'
import { Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { found, idOf, reads } from '../_web/visit.server.ts'
import { REVIEW_DOCUMENTS } from './params.ts'

export const meta: MetaFunction = () => [{ title: 'Hồ sơ xem xét trách nhiệm · 4 phủ' }]

export const loader = reads(({ actor, campaign, today }, { params }) => {
  const { id, officialId, name, unitName, withdrawnAt, steps, state, mine } = found(
    findReview(actor, campaign.id, idOf(params.caseId)),
  )
  return {
    id,
    officialId,
    name,
    unitName,
    steps: steps.map(({ id: stepId, kind, decision, body, documentNumber, fileId, takenOn, takenByName }) => ({
      id: stepId,
      kind,
      decision,
      body,
      documentNumber,
      fileId,
      takenOn,
      takenByName,
    })),
    mine,
    standsAs: explainCase(state, withdrawnAt !== null, today),
    seesAll: canSomewhere(actor, 'review.notify'),
  }
})

export default function ReviewPage() {
  const { id, officialId, name, unitName, steps, mine, standsAs, seesAll } = useLoaderData<typeof loader>()
  return (
    <div className="narrow stack">
      <PageHeading
        title={name ?? unitName}
        note={name === null ? 'Tập thể · Hồ sơ xem xét trách nhiệm' : `${unitName} · Hồ sơ xem xét trách nhiệm`}
        breadcrumbs={[
          seesAll
            ? { to: '/xem-xet', label: 'Xem xét trách nhiệm' }
            : { to: '/danh-gia/cua-toi', label: 'Đánh giá của tôi' },
        ]}
        actions={<StepActs caseId={id} mine={mine} />}
      />
      <Notice title={standsAs}>
        {officialId !== null && seesAll ? (
          <p>
            <Link to={`/can-bo/${officialId}`}>Xem số liệu của người này</Link>
          </p>
        ) : null}
      </Notice>
      <Sheet title="Văn bản" note="Dự thảo theo các bước đã ghi; mỗi lần tải được ghi nhật ký">
        <RowList>
          {Object.values(REVIEW_DOCUMENTS).map(({ file, name: paper }) => (
            <Row
              key={file}
              title={
                <Link to={`/xem-xet/${id}/van-ban/${file}`} reloadDocument>
                  {paper}
                </Link>
              }
              detail="docx"
            />
          ))}
        </RowList>
      </Sheet>
      <Sheet title="Các bước đã ghi" note="Không sửa, không xóa">
        <StepRows steps={steps} />
      </Sheet>
    </div>
  )
}
