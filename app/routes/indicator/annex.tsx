import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { daysBetween } from '#app/domain/calendar.ts'
import { findAnnex, findCampaign } from '#app/queries/campaign.server.ts'
import { findLocalityBoard } from '#app/queries/locality-board.server.ts'
import { capitalize } from '#app/text/board.ts'
import { formatDay } from '#app/text/format.ts'
import { bareName } from '#app/text/level.ts'
import { useLevels } from '#app/ui/levels.ts'
import { PageHeading } from '#app/ui/page.tsx'
import { NO_SCRIPT } from '#app/ui/page-handle.ts'
import { found, notFound, reads } from '../_web/visit.server.ts'

export const handle = NO_SCRIPT
export const meta: MetaFunction = () => [{ title: 'Phụ lục chỉ tiêu · 4 phủ' }]

export const loader = reads(({ actor, campaign, regulation, today }, { params }) => {
  const board = found(findLocalityBoard(actor, campaign, params.code ?? '', { regulation, today }))
  if (board.level !== 'province') throw notFound()
  const { annexAsOf, annexNote } = found(findCampaign(campaign.id))
  return {
    code: board.code,
    name: capitalize(board.name),
    note: `Kèm theo Kế hoạch số ${campaign.code}${annexAsOf === null ? '' : `, tính đến ngày ${formatDay(annexAsOf)}`}`,
    days: daysBetween(regulation.startsOn, regulation.endsOn),
    annexNote,
    ...findAnnex(campaign.id),
  }
})

/** The annex as the plan prints it: whole numbers without marks, the localities in its order, the totals below. */
export default function AnnexTablePage() {
  const { code, name, note, days, annexNote, indicators, rows, sums } = useLoaderData<typeof loader>()
  const levels = useLevels()
  return (
    <div className="stack">
      <PageHeading
        title="Phụ lục chỉ tiêu thực hiện đợt cao điểm “4 phủ”"
        note={note}
        breadcrumbs={[{ to: `/dia-ban/${code}`, label: name }]}
      />
      <section className="frame" aria-label="Phụ lục chỉ tiêu" tabIndex={0}>
        <table className="annex">
          <caption className="visually-hidden">
            Chỉ tiêu phải thực hiện và chỉ tiêu hằng ngày theo {levels.below}
          </caption>
          <thead>
            <tr>
              <th scope="col" rowSpan={2}>
                STT
              </th>
              <th scope="col" rowSpan={2}>
                Đơn vị
              </th>
              {indicators.map(indicator => (
                <th key={indicator.code} scope="colgroup" colSpan={2}>
                  {indicator.printedName}
                </th>
              ))}
            </tr>
            <tr>
              {indicators.flatMap(({ code: indicator }) => [
                <th key={`${indicator} total`} scope="col" className="end">
                  Phải thực hiện
                </th>,
                <th key={`${indicator} daily`} scope="col" className="end">
                  Hằng ngày
                </th>,
              ])}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, n) => (
              <tr key={row.localityCode}>
                <td>{n + 1}</td>
                <th scope="row">
                  <Link to={`/dia-ban/${row.localityCode}`}>{capitalize(bareName(row.name))}</Link>
                </th>
                <Figures indicators={indicators} figures={row.figures} />
              </tr>
            ))}
            <tr>
              <td />
              <th scope="row">Tổng</th>
              <Figures indicators={indicators} figures={sums} />
            </tr>
          </tbody>
        </table>
      </section>
      <p className="small">
        {levels.annexDaily} làm tròn lên từ chỉ tiêu chia {days} ngày; dòng tổng cộng các số đã làm tròn. {annexNote}
      </p>
    </div>
  )
}

type Annex = ReturnType<typeof findAnnex>

function Figures({ indicators, figures }: Pick<Annex, 'indicators'> & { figures: Annex['sums'] }) {
  return indicators.flatMap(({ code: indicator }) => [
    <td key={`${indicator} total`} className="end">
      {figures[indicator]?.total ?? 0}
    </td>,
    <td key={`${indicator} daily`} className="end">
      {figures[indicator]?.daily ?? 0}
    </td>,
  ])
}
