import type { MetaFunction } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { dayOf } from '#app/domain/calendar.ts'
import { grouped } from '#app/domain/grouping.ts'
import { findInspection } from '#app/queries/inspection.server.ts'
import { listRoad } from '#app/queries/inspection-check.server.ts'
import { papersOf } from '#app/queries/prepared-paper.server.ts'
import { maySeeMinutes } from '#app/queries/signed-minutes.server.ts'
import { formatDay, formatInstant, formatNumber, formatParts, formatShare } from '#app/text/format.ts'
import { formatInterval, placeInWords, stratumLabel } from '#app/text/inspection.ts'
import { officeLabels } from '#app/text/office-vocabulary.ts'
import { explainProblem } from '#app/text/problem.ts'
import { askResults, innocentReasons } from '#app/text/signal.ts'
import { signatureWaits } from '#app/text/waiting.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { Figure, FigureRow } from '#app/ui/figure.tsx'
import { SubmitButton } from '#app/ui/form.tsx'
import { InspectionStatus, PickStatus } from '#app/ui/inspection-status.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Progress } from '#app/ui/progress.tsx'
import { Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { Status } from '#app/ui/status.tsx'
import { refusedPage, useQuery } from '../_web/params.ts'
import { found, idOf, reads } from '../_web/visit.server.ts'
import { DesignSheet, OutcomeSheets } from './outcome-sheets.tsx'

export const meta: MetaFunction = () => [{ title: 'Cuộc kiểm tra · 4 phủ' }]

export const loader = reads(({ actor, campaign }, { params }) => {
  const inspection = found(findInspection(actor, campaign.id, idOf(params.inspectionId)))
  const road = inspection.isMember ? listRoad(actor, campaign.id, inspection.id) : []
  const papers = papersOf(campaign.id, {
    unitId: inspection.unitId,
    kind: 'minutes',
    subject: String(inspection.id),
  }).filter(paper => maySeeMinutes(actor, paper))
  return {
    inspection,
    road,
    drawnOn: dayOf(inspection.drawnAt),
    papers: papers.map(({ id, preparedAt, signatures }) => ({ id, preparedAt, signatures })),
  }
})

type Page = ReturnType<typeof useLoaderData<typeof loader>>['inspection']

export default function InspectionPage() {
  const { inspection, drawnOn, road, papers } = useLoaderData<typeof loader>()
  const { refusal } = useQuery(refusedPage)
  return (
    <div className="stack">
      <PageHeading
        title={`Kiểm tra ${inspection.unitName}`}
        note={
          <>
            Chọn mẫu ngày {formatDay(drawnOn)}{' '}
            <InspectionStatus isConcluded={inspection.concludedAt !== null} untrue={inspection.untrue} />
          </>
        }
        breadcrumbs={[{ to: '/kiem-tra', label: 'Kiểm tra' }]}
      />
      {refusal ? <Notice kind="warning">{explainProblem(refusal)}</Notice> : null}
      <FigureRow>
        <EstimateFigure inspection={inspection} />
        <section className="sheet figure">
          <h2 className="figure-label">Phiếu kiểm tra</h2>
          <Progress
            label="Đã có kết quả"
            done={inspection.picks.length - inspection.open}
            total={inspection.picks.length}
            counted="phiếu"
          />
          <p className="small">
            {formatNumber(inspection.estimate.notReached)} người dân chưa gặp được, chọn thay{' '}
            {formatNumber(inspection.picks.filter(pick => pick.origin === 'redraw').length)}
          </p>
        </section>
      </FigureRow>
      <div className="columns">
        <div className="stack">
          <PicksSheet inspection={inspection} road={road} />
          <TeamSheet inspection={inspection} papers={papers} />
        </div>
        <div className="stack">
          {inspection.concludedAt === null ? null : <OutcomeSheets inspection={inspection} />}
          <DesignSheet inspection={inspection} />
        </div>
      </div>
    </div>
  )
}

function EstimateFigure({ inspection: { estimate, certainty, concludedAt } }: { inspection: Page }) {
  return (
    <Figure
      label={concludedAt === null ? 'Tỷ lệ không đúng thực tế (tạm tính)' : 'Tỷ lệ không đúng thực tế'}
      value={estimate.reached === 0 ? '–' : formatShare(estimate.untrue, estimate.reached)}
    >
      <p className="small">
        {estimate.reached === 0
          ? 'Chưa có người dân nào được gặp trong mẫu ngẫu nhiên.'
          : `${formatParts(estimate.untrue, estimate.reached)} trường hợp chọn ngẫu nhiên đã gặp. Với độ tin cậy ${formatShare(certainty, 1)}, tỷ lệ thực trong khoảng ${formatInterval(estimate)}.`}
      </p>
    </Figure>
  )
}

/** How a result was found, and when the citizen was opened and the result recorded: for those who sign beside. */
function findingOf({ foundBy, openedAt, checkedAt, enteredAt }: Page['picks'][number]): string[] {
  return [
    foundBy === null ? '' : officeLabels.findingWay[foundBy],
    openedAt === null ? '' : `mở ${formatInstant(openedAt)}`,
    enteredAt === null ? '' : `ghi ${formatInstant(enteredAt)} theo giờ của máy`,
    checkedAt === null ? '' : `${enteredAt === null ? 'ghi' : 'gửi'} ${formatInstant(checkedAt)}`,
  ].filter(Boolean)
}

type Road = ReturnType<typeof useLoaderData<typeof loader>>['road']

function PicksSheet({ inspection, road }: { inspection: Page; road: Road }) {
  const open = inspection.picks.filter(pick => pick.result === null)
  const untrue = inspection.picks.filter(pick => pick.result === 'untrue')
  const others = inspection.picks.filter(pick => pick.result !== null && pick.result !== 'untrue')
  const next = road.find(({ result }) => result === null)
  return (
    <Sheet title="Phiếu" note={`${formatNumber(inspection.picks.length)} phiếu`}>
      {next ? (
        <p>
          <ButtonLink to={`/kiem-tra/${inspection.id}/phieu/${next.helpId}`} isLarge>
            Mở phiếu {next.place}, {placeInWords(next.hamlet, next.commune)}
          </ButtonLink>
        </p>
      ) : null}
      {next && inspection.concludedAt === null ? (
        <p>
          <Link to={`/kiem-tra/${inspection.id}/mang-theo`}>Mang phiếu theo, dùng khi không có mạng</Link>
        </p>
      ) : null}
      {inspection.concludedAt !== null && untrue.length === 0 ? (
        <p>Không có trường hợp nào không đúng thực tế.</p>
      ) : null}
      <PickRows inspection={inspection} picks={untrue} />
      {inspection.isMember ? (
        <RoadPicks inspection={inspection} road={road} />
      ) : (
        <Picks inspection={inspection} picks={open} label="phiếu chưa có kết quả" />
      )}
      <Picks inspection={inspection} picks={others} label="phiếu khác đã có kết quả" />
    </Sheet>
  )
}

/** The open sheets by hamlet, in the order of the road: where to go is known before anybody is opened. */
function RoadPicks({ inspection, road }: { inspection: Page; road: Road }) {
  const picks = new Map(inspection.picks.map(pick => [pick.helpId, pick]))
  const open = road.filter(({ result }) => result === null)
  return [...grouped(open, ({ hamlet, commune }) => placeInWords(hamlet, commune).toLocaleLowerCase('vi'))].map(
    ([where, stops]) => (
      <Picks
        key={where}
        inspection={inspection}
        picks={stops.flatMap(({ helpId }) => picks.get(helpId) ?? [])}
        label={`phiếu ở ${stops[0] ? placeInWords(stops[0].hamlet, stops[0].commune) : where}`}
      />
    ),
  )
}

function Picks({ inspection, picks, label }: { inspection: Page; picks: Page['picks']; label: string }) {
  if (picks.length === 0) return null
  return (
    <details className="disclosure">
      <summary>
        {formatNumber(picks.length)} {label}
      </summary>
      <PickRows inspection={inspection} picks={picks} />
    </details>
  )
}

function PickRows({ inspection, picks }: { inspection: Page; picks: Page['picks'] }) {
  const names = new Map(inspection.strata.map(stratum => [stratum.stratum, stratumLabel(stratum)]))
  return (
    <RowList>
      {picks.map(pick => (
        <Row
          key={pick.helpId}
          title={
            inspection.isMember ? (
              <Link to={`/kiem-tra/${inspection.id}/phieu/${pick.helpId}`}>Phiếu {pick.place}</Link>
            ) : pick.result === 'untrue' ? (
              <Link to={`/kiem-tra/${inspection.id}/kien-nghi/${pick.helpId}`}>Phiếu {pick.place}</Link>
            ) : (
              `Phiếu ${pick.place}`
            )
          }
          detail={[
            `Trường hợp ${pick.helpId}`,
            officeLabels.pickOrigin[pick.origin],
            ...(inspection.strata.length > 1 ? [names.get(pick.stratum) ?? ''] : []),
            ...(inspection.isMember || inspection.mayDecide ? findingOf(pick) : []),
          ].join(' · ')}
          aside={
            pick.result === null ? undefined : <PickStatus result={pick.result} overturnedAt={pick.overturnedAt} />
          }
        />
      ))}
    </RowList>
  )
}

type Papers = ReturnType<typeof useLoaderData<typeof loader>>['papers']

function TeamSheet({ inspection, papers }: { inspection: Page; papers: Papers }) {
  const to = `/kiem-tra/${inspection.id}/ky`
  const toPaper = `/kiem-tra/${inspection.id}/bien-ban/ky-so`
  return (
    <Sheet title="Tổ kiểm tra và chữ ký" note="Kết thúc khi có hai chữ ký">
      <RowList>
        {inspection.members.map(member => (
          <Row
            key={member.accountId}
            title={member.isSelf ? `${member.name} (anh/chị)` : member.name}
            detail={member.isLeader ? 'Tổ trưởng' : undefined}
            aside={
              member.signedAt === null ? (
                <Status tone="neutral">Chưa ký</Status>
              ) : (
                <Status tone="done">Ký {formatInstant(member.signedAt)}</Status>
              )
            }
          />
        ))}
      </RowList>
      {inspection.teamDecision === null && !inspection.mayNameDecision ? null : (
        <p className="small actions-below">
          {inspection.teamDecision === null
            ? 'Chưa ghi quyết định thành lập Tổ.'
            : `Quyết định thành lập Tổ: số ${inspection.teamDecision.number}, ngày ${formatDay(inspection.teamDecision.on)}.`}{' '}
          {inspection.mayNameDecision ? (
            <Link to={`/kiem-tra/${inspection.id}/quyet-dinh-lap-to`}>
              {inspection.teamDecision === null ? 'Ghi quyết định, Tổ trưởng' : 'Sửa quyết định, Tổ trưởng'}
            </Link>
          ) : null}
        </p>
      )}
      {inspection.secondSignature ? <p className="small">{signatureWaits(inspection.secondSignature)}</p> : null}
      {inspection.bursts.map(({ name, figures }) => (
        <Notice key={name} kind="warning">
          {name}: {askResults(figures)} {innocentReasons.burst}
        </Notice>
      ))}
      {inspection.signing === null ? (
        <Form method="post" action={to} className="actions-below">
          <p className="small">
            Khi ký, anh/chị xác nhận kết quả của mọi phiếu. Chữ ký thứ hai kết thúc cuộc kiểm tra; kết quả xét của các
            trường hợp được cập nhật và không sửa được nữa.
          </p>
          <SubmitButton action={to} isLarge pendingLabel="Đang ký…">
            Ký kết quả kiểm tra
          </SubmitButton>
        </Form>
      ) : inspection.signing && inspection.concludedAt === null ? (
        <p className="small">{explainProblem(inspection.signing)}</p>
      ) : null}
      {inspection.signing === null ? (
        <Form method="post" action={toPaper} className="actions-below">
          <SubmitButton action={toPaper} variant="quiet" pendingLabel="Đang lập…">
            Lập biên bản để ký số (PDF)
          </SubmitButton>
        </Form>
      ) : null}
      {papers.map(paper => (
        <p key={paper.id} className="actions-below">
          <Link to={`/van-ban/${paper.id}`}>
            Biên bản ký số lập {formatInstant(paper.preparedAt)}, {formatNumber(paper.signatures)} chữ ký
          </Link>
        </p>
      ))}
      {inspection.hasMinutes ? (
        <p className="actions-below">
          <Link to={`/kiem-tra/${inspection.id}/bien-ban.docx`} reloadDocument>
            {inspection.concludedAt === null ? 'Tải dự thảo biên bản (docx)' : 'Tải biên bản (docx)'}
          </Link>
        </p>
      ) : null}
    </Sheet>
  )
}
