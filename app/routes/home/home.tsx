import { type MetaFunction, redirect } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import type { Plan } from '#app/domain/article.ts'
import { dayOf } from '#app/domain/calendar.ts'
import { daysLeft } from '#app/domain/pace.ts'
import type { Regulation } from '#app/domain/regulation.ts'
import { ownObligations } from '#app/domain/terms.ts'
import { articleOf } from '#app/domain/verdict.ts'
import { nextOwnAssignments } from '#app/queries/assignment.server.ts'
import { campaignToChoose } from '#app/queries/campaign-choice.server.ts'
import { toldOfOfficial } from '#app/queries/citizen-right.server.ts'
import { openDisputes } from '#app/queries/dispute.server.ts'
import { listHelp } from '#app/queries/help-list.server.ts'
import { findHelp } from '#app/queries/help-view.server.ts'
import { ownStanding } from '#app/queries/home.server.ts'
import { ownNudge } from '#app/queries/nudge.server.ts'
import { findPlan } from '#app/queries/plan.server.ts'
import { findPledges } from '#app/queries/pledge.server.ts'
import { dueReports } from '#app/queries/report.server.ts'
import { waitingReviews } from '#app/queries/review.server.ts'
import { citizenRightTexts } from '#app/text/citizen.ts'
import { formatAsOf, formatDay, formatInstant, formatNumber } from '#app/text/format.ts'
import { missingSentence } from '#app/text/home.ts'
import { cite } from '#app/text/plan.ts'
import { remindOfStep } from '#app/text/review.ts'
import { AssignedLine } from '#app/ui/assignment-row.tsx'
import { ButtonLink } from '#app/ui/button.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { HelpVerdict } from '#app/ui/help-verdict.tsx'
import { HomeFigures } from '#app/ui/home-figures.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { NudgeNotice } from '#app/ui/nudge.tsx'
import { ObligationStatus } from '#app/ui/obligation-status.tsx'
import { DueReports } from '#app/ui/report-status.tsx'
import { Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { Status } from '#app/ui/status.tsx'
import { useTerms } from '#app/ui/terms.ts'
import { reads } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Hôm nay · 4 phủ' }]

const SHOWN = 5
const DUE_SHOWN = 3
const ASSIGNED_SHOWN = 4
/** How long the home page tells of a citizen's right that was met. */
const RIGHT_SHOWN_MS = 14 * 86_400_000

export const loader = reads(({ actor, campaign, regulation, at, today }) => {
  if (campaignToChoose(today) !== undefined) throw redirect('/dot/khoi-dau')
  const own = ownStanding(actor, campaign.id)
  if (!own) {
    const widest = actor.grants.find(grant => grant.role !== 'admin' && grant.role !== 'auditor')
    throw redirect(
      widest ? `/don-vi/${widest.unitId}` : actor.grants.some(g => g.role === 'auditor') ? '/nhat-ky' : '/quan-tri',
    )
  }
  const officialId = actor.officialId ?? -1
  const plan = findPlan(campaign.id)
  const notCounted = (['pending', 'rejected'] as const).flatMap(
    kind => listHelp(actor, campaign.id, { officialId, kind, limit: 100 }).rows,
  )
  const open = notCounted
    .filter(row => row.verdictReason !== 'awaiting_confirmation' && row.verdictReason !== 'withdrawn')
    .sort((a, b) => b.id - a.id)
  return {
    standing: own.standing,
    unitName: own.place.unitName,
    left: daysLeft(today, regulation),
    endsOn: regulation.endsOn,
    asOf: formatAsOf(at),
    pledge: findPledges(actor, campaign.id, officialId)?.versions[0],
    toReview: open.slice(0, SHOWN).flatMap(({ id }) => {
      const help = findHelp(actor, campaign.id, id)
      return help ? [reviewOf(help, { regulation, plan })] : []
    }),
    reports: dueReports(actor, campaign.id).slice(0, DUE_SHOWN),
    reviews: waitingReviews(actor, campaign.id).slice(0, SHOWN),
    assigned: nextOwnAssignments(actor, campaign.id, ASSIGNED_SHOWN),
    disputes: openDisputes(actor, campaign.id).map(({ unitId, due }) => ({ unitId, count: due.length })),
    nudge: ownNudge(actor, campaign.id, today),
    rights: toldOfOfficial(campaign.id, officialId, at - RIGHT_SHOWN_MS),
    moreToReview: Math.max(0, open.length - SHOWN),
  }
})

/** Returns what the list shows of one record: nothing else goes to the browser. */
function reviewOf(
  help: NonNullable<ReturnType<typeof findHelp>>,
  { regulation, plan }: { regulation: Regulation; plan: Plan },
) {
  const { id, citizenName, helpedOn, verdictKind, verdictReason, verdictOutcome, alreadyRecordedAt, outcomes } = help
  return {
    id,
    citizenName,
    helpedOn,
    verdict: { verdictKind, verdictReason, verdictOutcome },
    value: verdictOutcome ? (outcomes[verdictOutcome]?.value ?? null) : null,
    recordedOn: alreadyRecordedAt === null ? null : dayOf(alreadyRecordedAt),
    basis: cite(plan, articleOf(verdictReason, verdictOutcome, regulation)),
  }
}

export default function HomePage() {
  const {
    standing,
    unitName,
    left,
    endsOn,
    asOf,
    pledge,
    toReview,
    moreToReview,
    disputes,
    reports,
    reviews,
    assigned,
    rights,
    nudge,
  } = useLoaderData<typeof loader>()
  const { names } = useTerms()
  const title = missingSentence(left, standing)
  return (
    <div className="narrow stack">
      <h1 className="visually-hidden">Hôm nay</h1>
      <NudgeNotice nudge={nudge} />
      <HomeFigures standing={standing} title={title} asOf={asOf} endsOn={endsOn} />
      <ButtonLink to="/ho-tro/moi" isLarge>
        Thêm người dân đã hỗ trợ
      </ButtonLink>
      {rights.map(({ helpId, kind, closedAt }) => (
        <Notice key={`${helpId}/${closedAt}`} kind="info">
          {citizenRightTexts[kind]}, {formatInstant(closedAt)}.{' '}
          <Link to={`/ho-tro/${helpId}`}>Trường hợp {helpId}</Link>
        </Notice>
      ))}
      {disputes.map(({ unitId, count }) => (
        <p key={unitId}>
          <Link to={`/don-vi/${unitId}/tranh-chap`}>
            {formatNumber(count)} đề nghị xem xét lại chờ anh/chị quyết định
          </Link>
        </p>
      ))}
      {reports.length === 0 ? null : (
        <Sheet title="Báo cáo đến hạn">
          <DueReports rows={reports} isNamed />
        </Sheet>
      )}
      {reviews.map(({ caseId, name, step }) => (
        <p key={caseId}>
          <Link to={`/xem-xet/${caseId}`}>{remindOfStep(name, step)}</Link>
        </p>
      ))}
      <Sheet title="Nội dung bản thân thực hiện" note={<Link to="/nghia-vu">Xem và kê khai</Link>}>
        <RowList>
          <Row
            title={<Link to="/cam-ket">Bản cam kết</Link>}
            aside={<Status tone={pledge ? 'done' : 'late'}>{pledge ? 'Đã ký' : 'Chưa ký'}</Status>}
          />
          {ownObligations(standing).map(obligation => (
            <Row
              key={obligation}
              title={names.obligation[obligation]}
              aside={<ObligationStatus standing={standing.obligations[obligation]} />}
            />
          ))}
        </RowList>
      </Sheet>
      <Sheet title="Trường hợp cần anh/chị xem lại" note={unitName}>
        {toReview.length === 0 ? (
          <EmptyState title="Không có trường hợp nào cần xem lại">
            Các trường hợp đã ghi đều được tính hoặc đang chờ đơn vị xác nhận. <Link to="/ho-tro">Xem tất cả</Link>
          </EmptyState>
        ) : (
          <RowList>
            {toReview.map(row => (
              <Row
                key={row.id}
                title={
                  <>
                    <Link to={`/ho-tro/${row.id}`}>{row.citizenName}</Link> · {formatDay(row.helpedOn)}
                  </>
                }
                detail={<HelpVerdict {...row} />}
              />
            ))}
          </RowList>
        )}
        {moreToReview > 0 ? (
          <p>
            <Link to="/ho-tro">Còn {formatNumber(moreToReview)} trường hợp khác</Link>
          </p>
        ) : null}
      </Sheet>
      {assigned.count === 0 ? null : (
        <Sheet
          title={`Danh sách được phân công · ${formatNumber(assigned.count)} người`}
          note={<Link to="/phan-cong">Xem cả danh sách</Link>}
        >
          <RowList>
            {assigned.rows.map(row => (
              <AssignedLine key={row.id} citizen={row} />
            ))}
          </RowList>
        </Sheet>
      )}
      <p>
        <Link to="/danh-gia/cua-toi">Đánh giá dự kiến của tôi</Link>
      </p>
    </div>
  )
}
