import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { campaignDay, dailyTarget, paceOfPerson, requiredBy } from '#app/domain/pace.ts'
import { partSums } from '#app/domain/part-sums.ts'
import type { Lacking } from '#app/domain/vocabulary.ts'
import { type ChildBoard, findUnitBoard } from '#app/queries/board.server.ts'
import { openDisputes } from '#app/queries/dispute.server.ts'
import { listOfficials } from '#app/queries/official.server.ts'
import { dueOf } from '#app/queries/report.server.ts'
import { burstsOf } from '#app/queries/signal.server.ts'
import { placementNote } from '#app/text/board.ts'
import { formatDay, formatNumber } from '#app/text/format.ts'
import { BasisFacts } from '#app/ui/basis-facts.tsx'
import { ButtonLink } from '#app/ui/button.tsx'
import { LineChart } from '#app/ui/chart.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { FiguresInMotion } from '#app/ui/figures-in-motion.tsx'
import { OfficialTable } from '#app/ui/official-table.tsx'
import { PartSumsTable } from '#app/ui/part-sums.tsx'
import { DueReports } from '#app/ui/report-status.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { CHILD_ORDERS, type ChildOrder, ChildrenTable, QueueBox, UnitFigures } from '#app/ui/unit-board.tsx'
import { UnitPageHeading } from '#app/ui/unit-heading.tsx'
import { found, idOf, reads } from '../_web/visit.server.ts'
import { unitBoard } from './params.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.heading.name ?? 'Đơn vị'} · 4 phủ` }]

const SHOWN = 10
const DUE_SHOWN = 3

const share = (part: number, whole: number) => (whole === 0 ? 1 : part / whole)

/** The share of a unit's counted records that rests on nothing but its own word. */
const ownWord = ({ help }: ChildBoard) => (help.counted === 0 ? 0 : help.byUnit / help.counted)

const ORDERS: Record<ChildOrder, (a: ChildBoard, b: ChildBoard) => number> = {
  'ty-le': (a, b) => share(a.help.counted, a.people.targets) - share(b.help.counted, b.people.targets),
  'noi-dung': (a, b) =>
    share(a.people.allMet, a.people.obligationBearers) - share(b.people.allMet, b.people.obligationBearers),
  'can-cu': (a, b) => ownWord(b) - ownWord(a),
  cho: (a, b) => b.help.awaiting + b.people.awaiting - a.help.awaiting - a.people.awaiting,
  ten: (a, b) => a.name.localeCompare(b.name, 'vi'),
}

export const loader = reads(({ actor, campaign, regulation, terms, today }, { params, url }) => {
  const { children, series, ...board } = found(findUnitBoard(actor, campaign.id, idOf(params.unitId), today))
  const { path, allowed } = board.heading
  const { people } = board
  const asked = unitBoard.read(url).order
  const order = CHILD_ORDERS.find(word => word === asked) ?? 'ty-le'
  const lacking = allowed.people ? listOfficials(actor, campaign.id, { unitPath: path, limit: SHOWN }).rows : null
  const bursts =
    allowed.confirm && lacking
      ? burstsOf(
          campaign.id,
          lacking.map(row => row.officialId),
        )
      : null
  const pace = { total: people.targets, daily: dailyTarget(people.targets, regulation) }
  const parts = partSums(people, terms)
  return {
    ...board,
    series: { ...series, pace: series.days.map((_, n) => requiredBy(n + 1, pace)) },
    pace: requiredBy(campaignDay(today, regulation), pace),
    endsOn: regulation.endsOn,
    parts: people.obligationBearers > 0 ? parts : [],
    gaps: parts.flatMap(({ part, bearers, met }) => (met < bearers ? [{ part, count: bearers - met }] : [])),
    officials: lacking?.map(row => ({
      ...row,
      pace: paceOfPerson(row, today, regulation),
      burst: bursts?.get(row.officialId)?.figures ?? null,
    })),
    reports: allowed.draftReports ? dueOf(campaign.id, board.heading.id).slice(0, DUE_SHOWN) : [],
    disputes: openDisputes(actor, campaign.id).find(row => row.unitPath === path)?.due.length ?? 0,
    order,
    children: children.sort((a, b) => ORDERS[order](a, b) || ORDERS.ten(a, b)),
  }
})

export default function UnitBoardPage() {
  const {
    heading,
    help,
    people,
    pace,
    endsOn,
    gaps,
    parts,
    series,
    officials,
    disputes,
    reports,
    children,
    order,
    motion,
  } = useLoaderData<typeof loader>()
  const base = `/don-vi/${heading.id}`
  const peopleTo = (lacking: Lacking) => `${base}/nguoi-thuc-hien?thieu=${lacking}`
  return (
    <div className="stack">
      <UnitPageHeading
        unit={heading}
        current="board"
        note={`Người đứng đầu: ${heading.headTitle}`}
        actions={
          <>
            <ButtonLink variant="quiet" to={`/tong-hop.xlsx?don-vi=${heading.id}`} reloadDocument>
              Xuất Excel
            </ButtonLink>
            <ButtonLink variant="quiet" to={`${base}/ket-qua.docx`} reloadDocument>
              Báo cáo kết quả (docx)
            </ButtonLink>
            <ButtonLink variant="quiet" to={`${base}/ket-qua.xlsx`} reloadDocument>
              Số liệu báo cáo (xlsx)
            </ButtonLink>
          </>
        }
      />
      <FiguresInMotion motion={motion} />
      <UnitFigures
        help={help}
        people={people}
        pace={pace}
        gaps={gaps}
        endsOn={endsOn}
        peopleTo={heading.allowed.people ? peopleTo : undefined}
        recordsTo={heading.allowed.records ? figure => `${base}/truong-hop?muc=${figure}` : undefined}
      />
      {parts.length === 0 ? null : (
        <Sheet title="Nội dung bản thân" note="Đã đối chiếu: có trong dữ liệu nhà mạng">
          <PartSumsTable rows={parts} />
        </Sheet>
      )}
      {children.length === 0 ? null : (
        <div id="don-vi-truc-thuoc">
          <Sheet title="Đơn vị trực thuộc" note={`${formatNumber(children.length)} đơn vị`}>
            <ChildrenTable rows={children} order={order} empty={null} />
          </Sheet>
        </div>
      )}
      <div className={officials === undefined ? 'stack' : 'columns'}>
        {officials === undefined ? null : (
          <Sheet title="Người thực hiện" note="Còn thiếu nhiều nhất đứng trước">
            <OfficialTable
              rows={officials}
              caption="Người thực hiện còn thiếu nhiều nhất"
              unitId={heading.id}
              empty={
                <EmptyState title="Chưa có người thực hiện">
                  Đơn vị nhập danh sách để bắt đầu theo dõi.{' '}
                  <Link to={`${base}/nguoi-thuc-hien/nhap`}>Nhập danh sách</Link>
                </EmptyState>
              }
            />
            {people.officials > 0 ? (
              <p>
                <Link to={`${base}/nguoi-thuc-hien`}>Xem cả {formatNumber(people.officials)} người</Link>
              </p>
            ) : null}
          </Sheet>
        )}
        <div className="stack">
          {heading.allowed.confirm ? (
            <QueueBox base={base} help={help.awaiting} obligations={people.awaiting} disputes={disputes} />
          ) : null}
          {reports.length === 0 ? null : (
            <Sheet title="Báo cáo đến hạn" note={<Link to={`${base}/bao-cao`}>Tất cả báo cáo</Link>}>
              <DueReports rows={reports} />
            </Sheet>
          )}
          <Sheet title="Số được tính dựa vào" note="Căn cứ mạnh nhất của mỗi trường hợp">
            <BasisFacts help={help} />
          </Sheet>
          <Sheet title={`${formatNumber(series.days.length)} ngày`} note={`Đến ${formatDay(endsOn)}`}>
            <LineChart
              label="Số người dân được hỗ trợ cộng dồn theo ngày, so với tiến độ cần có"
              days={series.days}
              pace={series.pace}
              target={people.targets}
              series={[
                { label: 'Ghi nhận', tone: 'reported', values: series.reported },
                { label: 'Được tính', tone: 'counted', values: series.counted },
                { label: 'Đã đối chiếu', tone: 'verified', values: series.verified },
              ]}
            />
          </Sheet>
        </div>
      </div>
      <p className="small">{placementNote}</p>
    </div>
  )
}
