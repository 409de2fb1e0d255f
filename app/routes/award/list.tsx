import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { canSomewhere } from '#app/access/policy.ts'
import { dayOf } from '#app/domain/calendar.ts'
import { forbidden } from '#app/domain/refusal.ts'
import { ownCandidacies } from '#app/queries/candidate.server.ts'
import { currentClosing } from '#app/queries/closing.server.ts'
import { hasDistricts } from '#app/queries/locality.server.ts'
import { listRounds } from '#app/queries/round.server.ts'
import { formatDay } from '#app/text/format.ts'
import { officeLabels } from '#app/text/office-vocabulary.ts'
import { placeLabel } from '#app/text/round.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { NO_SCRIPT } from '#app/ui/page-handle.ts'
import { usePlaces } from '#app/ui/places.ts'
import { RoundStatus } from '#app/ui/round-status.tsx'
import { Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { reads } from '../_web/visit.server.ts'

export const handle = NO_SCRIPT
export const meta: MetaFunction = () => [{ title: 'Khen thưởng · 4 phủ' }]

export const loader = reads(({ actor, campaign, today }) => {
  const seesRounds = canSomewhere(actor, 'round.view')
  if (!seesRounds && actor.officialId === null) throw forbidden()
  return {
    seesRounds,
    rounds: seesRounds
      ? listRounds(actor, campaign.id).map(row => ({
          id: row.id,
          name: row.name,
          kind: row.kind,
          proposalsDueOn: row.proposalsDueOn,
          isFrozen: row.isFrozen,
          isDecided: row.isDecided,
          decision: row.decisionOn === null ? null : { number: row.decisionNumber, on: row.decisionOn },
        }))
      : [],
    own: ownCandidacies(actor, campaign.id).map(row => ({
      id: row.id,
      roundId: row.roundId,
      roundName: row.roundName,
      place: placeLabel(row.roundKind, row, hasDistricts(today)),
      proposedOn: dayOf(row.proposedAt),
    })),
    isClosed: currentClosing(campaign.id) !== undefined,
    mayManage: canSomewhere(actor, 'round.manage'),
  }
})

export default function RoundsPage() {
  const { seesRounds, rounds, own, isClosed, mayManage } = useLoaderData<typeof loader>()
  const place = usePlaces()['V.4']
  return (
    <div className="narrow stack">
      <PageHeading
        title="Khen thưởng, xem xét trách nhiệm"
        note={`Mỗi đợt xét lấy danh sách từ kết quả đã chốt khi kết thúc đợt cao điểm${place === undefined ? '' : ` (${place})`}.`}
        actions={mayManage && isClosed ? <ButtonLink to="/khen-thuong/moi">Lập đợt xét</ButtonLink> : undefined}
      />
      {own.length > 0 ? (
        <Sheet title="Hồ sơ của tôi">
          <RowList>
            {own.map(row => (
              <Row
                key={row.id}
                title={<Link to={`/khen-thuong/${row.roundId}/ho-so/${row.id}`}>{row.roundName}</Link>}
                detail={`${row.place} · đề nghị ngày ${formatDay(row.proposedOn)}`}
              />
            ))}
          </RowList>
        </Sheet>
      ) : seesRounds ? null : (
        <Sheet>
          <EmptyState title="Chưa có hồ sơ nào của anh/chị">
            Khi đơn vị đề nghị khen thưởng anh/chị, hồ sơ và các bước xét hiện ở đây.
          </EmptyState>
        </Sheet>
      )}
      {seesRounds ? (
        <Sheet title="Các đợt xét">
          {rounds.length === 0 ? (
            <EmptyState title="Chưa có đợt xét nào">
              {isClosed
                ? 'Sở Nội vụ lập đợt xét; các đơn vị đề nghị từ danh sách đủ điều kiện.'
                : 'Đợt xét lập được sau khi kết thúc đợt cao điểm và chốt kết quả xét.'}
            </EmptyState>
          ) : (
            <RowList>
              {rounds.map(row => (
                <Row
                  key={row.id}
                  title={<Link to={`/khen-thuong/${row.id}`}>{row.name}</Link>}
                  detail={`${officeLabels.roundKind[row.kind]} · ${
                    row.decision
                      ? `Quyết định số ${row.decision.number} ngày ${formatDay(row.decision.on)}`
                      : `nhận đề nghị đến hết ngày ${formatDay(row.proposalsDueOn)}`
                  }`}
                  aside={<RoundStatus isFrozen={row.isFrozen} isDecided={row.isDecided} />}
                />
              ))}
            </RowList>
          )}
        </Sheet>
      ) : null}
      <p>
        <Link to="/khen-thuong/can-cu">Căn cứ pháp lý của văn bản</Link> ·{' '}
        <Link to="/khen-thuong/muc-thuong">Mức tiền thưởng</Link>
        {mayManage ? (
          <>
            {' '}
            · <Link to="/khen-thuong/phoi">Vị trí in Bằng khen</Link>
          </>
        ) : null}
      </p>
    </div>
  )
}
