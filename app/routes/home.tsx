import { type MetaFunction, redirect } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { daysLeft } from '#app/domain/pace.ts'
import { OBLIGATIONS } from '#app/domain/vocabulary.ts'
import { articleOf } from '#app/domain/verdict.ts'
import { listHelp } from '#app/queries/help.server.ts'
import { ownStanding } from '#app/queries/home.server.ts'
import { formatDay, formatNumber } from '#app/text/format.ts'
import { labels } from '#app/text/vocabulary.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { HelpVerdict } from '#app/ui/help-verdict.tsx'
import { ObligationStatus } from '#app/ui/obligation-status.tsx'
import { Ring } from '#app/ui/ring.tsx'
import { Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { reads } from './visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Hôm nay · 4 phủ' }]

const SHOWN = 5

export const loader = reads(({ actor, campaign, regulation, today }) => {
  const own = ownStanding(actor, campaign.id)
  if (!own) {
    const widest = actor.grants.find(grant => grant.role !== 'admin' && grant.role !== 'auditor')
    throw redirect(widest ? `/don-vi/${widest.unitId}` : actor.grants.some(g => g.role === 'auditor') ? '/nhat-ky' : '/quan-tri')
  }
  const records = listHelp(actor, campaign.id, { officialId: actor.officialId ?? -1, limit: 200 }).rows
  const open = records.filter(row => row.verdictKind !== 'counts' && !['awaiting_confirmation', 'withdrawn'].includes(row.verdictReason))
  return {
    standing: own.standing,
    unitName: own.place.unitName,
    left: daysLeft(today, regulation),
    endsOn: regulation.endsOn,
    toReview: open.slice(0, SHOWN).map(row => ({ ...row, article: articleOf(row.verdictReason) })),
    moreToReview: Math.max(0, open.length - SHOWN),
  }
})

function missingSentence(left: number, counted: number, target: number | null) {
  const days = left > 0 ? `Còn ${left} ngày` : 'Đợt cao điểm đã kết thúc'
  if (target === null) return `${days}. Anh/chị không có chỉ tiêu số người dân.`
  if (counted >= target) return `${days}. Anh/chị đã đủ chỉ tiêu${counted > target ? ` và vượt ${counted - target} người` : ''}.`
  return `${days}, cần thêm ${formatNumber(target - counted)} người dân.`
}

export default function HomePage() {
  const { standing, unitName, left, endsOn, toReview, moreToReview } = useLoaderData<typeof loader>()
  const { counts, target } = standing
  return (
    <div className="narrow stack">
      <h1 className="visually-hidden">Hôm nay</h1>
      <Ring
        value={counts.counted}
        target={target ?? 0}
        counted="người dân"
        title={missingSentence(left, counts.counted, target)}
      >
        <p className="small">
          Đã ghi nhận {formatNumber(counts.reported)}, được tính {formatNumber(counts.counted)}, đã đối chiếu{' '}
          {formatNumber(counts.verified)}. Kết thúc ngày {formatDay(endsOn)}.
        </p>
      </Ring>
      <ButtonLink to="/ho-tro/moi" isLarge>
        Thêm người dân đã hỗ trợ
      </ButtonLink>
      {standing.bearsObligations ? (
        <Sheet title="Nội dung bản thân thực hiện" note={<Link to="/nghia-vu">Kê khai</Link>}>
          <RowList>
            {OBLIGATIONS.map(obligation => (
              <Row
                key={obligation}
                title={labels.obligation[obligation]}
                aside={<ObligationStatus standing={standing.obligations[obligation]} />}
              />
            ))}
          </RowList>
        </Sheet>
      ) : null}
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
                detail={<HelpVerdict verdict={row} article={row.article} />}
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
    </div>
  )
}
