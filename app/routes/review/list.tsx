import type { MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { canSomewhere, permitSomewhere } from '#app/access/policy.ts'
import { checkNotice, noticesFrom } from '#app/domain/due-process.ts'
import { scopeUnit } from '#app/queries/aggregate.server.ts'
import { countReviews, listReviews } from '#app/queries/review.server.ts'
import { titleOfUnit } from '#app/queries/unit-title.server.ts'
import { formatDay, formatNumber } from '#app/text/format.ts'
import { REVIEW_STAGES } from '#app/text/review.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Pager } from '#app/ui/pager.tsx'
import { useInBrackets } from '#app/ui/places.ts'
import { ReviewRows } from '#app/ui/review-rows.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { Views } from '#app/ui/views.tsx'
import { found, idOf, reads } from '../_web/visit.server.ts'
import { reviewList } from './params.ts'

export const meta: MetaFunction = () => [{ title: 'Xem xét trách nhiệm · 4 phủ' }]

const PAGE = 30

export const loader = reads(({ actor, campaign, regulation, today }, { url }) => {
  permitSomewhere(actor, 'review.notify')
  const { unit: typed, stage: asked, before } = reviewList.read(url)
  const unit = found(scopeUnit(actor, 'review.notify', typed ? idOf(typed) : undefined))
  const stage = REVIEW_STAGES.find(({ word }) => word === asked)
  const counts = countReviews(actor, campaign.id, unit.path)
  const { rows, next } = listReviews(actor, campaign.id, { unitPath: unit.path, ...stage, before, limit: PAGE })
  return {
    unit: { id: unit.id, name: titleOfUnit(unit.id), isChosen: typed !== undefined },
    stage: stage?.word ?? null,
    stages: REVIEW_STAGES.map(({ word, label, last, decision }) => ({
      word,
      label,
      count: counts
        .filter(row => row.last === last && (decision === undefined || row.decision === decision))
        .reduce((sum, row) => sum + row.count, 0),
    })),
    total: counts.reduce((sum, row) => sum + row.count, 0),
    rows: rows.map(({ id, officialId, name, unitName, withdrawnAt, state, mine }) => ({
      id,
      officialId,
      name,
      unitName,
      withdrawnAt,
      state,
      mine,
    })),
    next,
    isFirst: before === undefined,
    today,
    /** the day from which notices are given; null: they are */
    from: checkNotice(today, regulation) === null ? null : noticesFrom(regulation),
    seesGates: canSomewhere(actor, 'gate.view'),
  }
})

export default function ReviewsPage() {
  const { unit, stage, stages, total, rows, next, isFirst, today, from, seesGates } = useLoaderData<typeof loader>()
  const inBrackets = useInBrackets()
  const address = (changes: Record<string, string>) => {
    const own = { 'don-vi': unit.isChosen ? String(unit.id) : '', buoc: stage ?? '' }
    const query = new URLSearchParams(Object.entries({ ...own, ...changes }).filter(([, value]) => value !== ''))
    return `/xem-xet?${query}`
  }
  return (
    <div className="stack">
      <PageHeading
        title="Xem xét trách nhiệm"
        note={`${unit.name} · Thông báo, giải trình, ý kiến, kết luận, kiến nghị${inBrackets('V.4')}. Không ai có tên trong danh sách đề nghị xem xét khi chưa đủ các bước.`}
        actions={
          <>
            <ButtonLink variant={from === null ? 'primary' : 'quiet'} to={`/xem-xet/moi?don-vi=${unit.id}`}>
              Gửi thông báo
            </ButtonLink>
            {seesGates ? (
              <ButtonLink variant="quiet" to="/xem-xet/vuong-mac">
                Vướng mắc
              </ButtonLink>
            ) : null}
          </>
        }
      />
      {from === null ? null : (
        <Notice kind="info" title={`Thông báo chưa hoàn thành được gửi từ ngày ${formatDay(from)}`}>
          Mọi người còn đến hết ngày cuối của đợt để hoàn thành.
        </Notice>
      )}
      <Views
        label="Hồ sơ theo bước"
        views={[
          {
            to: address({ buoc: '' }),
            label: `Tất cả (${formatNumber(total)})`,
            isCurrent: stage === null,
          },
          ...stages.map(({ word, label, count }) => ({
            to: address({ buoc: word }),
            label: `${label} (${formatNumber(count)})`,
            isCurrent: stage === word,
          })),
        ]}
      />
      <Sheet>
        {rows.length === 0 ? (
          <EmptyState title="Không có hồ sơ nào ở bước này">
            Hồ sơ mở bằng một thông báo có số văn bản gửi cá nhân hoặc tập thể chưa hoàn thành.
          </EmptyState>
        ) : (
          <ReviewRows rows={rows} today={today} />
        )}
        <Pager
          label={`${formatNumber(rows.length)} hồ sơ trong trang này`}
          firstTo={isFirst ? undefined : address({})}
          nextTo={next === null ? undefined : address({ truoc: String(next) })}
        />
      </Sheet>
    </div>
  )
}
