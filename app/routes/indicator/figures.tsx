import { data, type MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData, useLocation } from '@remix-run/react'
import { isDay } from '#app/domain/calendar.ts'
import { listFigureVersions } from '#app/queries/indicator.server.ts'
import { findFigureForm, recordFigures } from '#app/queries/indicator-figure.server.ts'
import { listLayouts } from '#app/queries/table-layout.server.ts'
import { capitalize } from '#app/text/board.ts'
import { formatDay } from '#app/text/format.ts'
import { explainProblem } from '#app/text/problem.ts'
import { Button, ButtonLink } from '#app/ui/button.tsx'
import { FigureExport } from '#app/ui/figure-export.tsx'
import { FigureGrid } from '#app/ui/figure-grid.tsx'
import { FigureVersions } from '#app/ui/figure-versions.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { redirectWith } from '../_web/redirect.server.ts'
import { found, reads, writes } from '../_web/visit.server.ts'
import { readGrid } from './figure-form.server.ts'
import { figurePage } from './params.ts'

export const meta: MetaFunction = () => [{ title: 'Số liệu chỉ tiêu · 4 phủ' }]

export const loader = reads(({ actor, campaign, today, regulation }, { params, url }) => {
  const { day: asked = today } = figurePage.read(url)
  const day = asked >= regulation.startsOn && asked <= today ? asked : today
  const code = params.code ?? ''
  return {
    grid: found(findFigureForm(actor, campaign.id, code, day)),
    day,
    today,
    startsOn: regulation.startsOn,
    layouts: listLayouts('indicator_figures').map(({ id, name }) => ({ id, name })),
    versions: listFigureVersions(campaign.id, code, 12),
  }
})

export const action = writes(({ actor, campaign }, { form, params }) => {
  const code = params.code ?? ''
  const asOfOn = String(form.get('asOfOn') ?? '')
  const grid = found(findFigureForm(actor, campaign.id, code, isDay(asOfOn) ? asOfOn : ''))
  const { answer, day, figures, names } = readGrid(form, grid)
  if (answer.problems.length > 0) return data(answer, { status: 400 })
  const { source, reason } = answer
  const recorded = recordFigures(actor, campaign.id, { asOfOn: day, source, reason, origin: 'typed', figures })
  if (recorded.ok) return redirectWith(`/dia-ban/${code}/so-lieu?ngay=${day}`, 'da-luu', recorded.saved)
  const problems = recorded.problems.map(problem => ({
    name: names[problem.index] ?? null,
    message: explainProblem(problem.reason),
  }))
  return data({ ...answer, problems }, { status: 400 })
})

export default function FiguresPage() {
  const { grid, day, today, startsOn, versions, layouts } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { search } = useLocation()
  const base = `/dia-ban/${grid.code}/so-lieu`
  return (
    <div className="stack">
      <PageHeading
        title="Số liệu chỉ tiêu"
        note={`${capitalize(grid.name)}, lũy kế từ ngày đầu đợt đến hết ngày ${formatDay(day)}`}
        breadcrumbs={[{ to: `/dia-ban/${grid.code}`, label: capitalize(grid.name) }]}
        actions={
          <ButtonLink variant="quiet" to={`${base}/nhap?ngay=${day}`}>
            Dán hoặc tải bảng lên
          </ButtonLink>
        }
      />
      <Form method="get" className="filter-bar">
        <div className="field">
          <label htmlFor="ngay">Số liệu đến hết ngày</label>
          <input id="ngay" name="ngay" type="date" className="control" min={startsOn} max={today} defaultValue={day} />
        </div>
        <Button type="submit" variant="quiet">
          Xem ngày này
        </Button>
      </Form>
      <FigureGrid key={search} grid={grid} action={base} day={day} answer={answer} />
      <Sheet title="Xuất số liệu của ngày này" note="Theo mẫu của phần mềm này hoặc của hệ thống khác">
        <FigureExport action={`${base}.xlsx`} day={day} layouts={layouts} />
      </Sheet>
      <Sheet
        title="Lịch sử nhập"
        note={
          <>
            12 lần gần nhất của {grid.name} · <Link to={`${base}/lich-su`}>xem tất cả</Link>
          </>
        }
      >
        <FigureVersions versions={versions} />
      </Sheet>
      <p>
        <Link to={`/dia-ban/${grid.code}`}>Về bảng địa bàn</Link>
      </p>
    </div>
  )
}
