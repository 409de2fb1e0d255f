import { data, type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData, useSearchParams } from '@remix-run/react'
import { isDay } from '#app/domain/calendar.ts'
import { listFigureVersions } from '#app/queries/indicator.server.ts'
import { findFigureForm, recordFigures } from '#app/queries/indicator-figure.server.ts'
import { capitalize } from '#app/text/board.ts'
import { formatDay, formatInstant, formatNumber } from '#app/text/format.ts'
import { explainProblem } from '#app/text/reasons.ts'
import { labels } from '#app/text/vocabulary.ts'
import { Button, ButtonLink } from '#app/ui/button.tsx'
import { DataTable } from '#app/ui/data-table.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { FigureGrid } from '#app/ui/figure-grid.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { readGrid } from './figure-form.server.ts'
import { found, reads, writes } from './visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Số liệu chỉ tiêu · 4 phủ' }]

export const loader = reads(({ actor, campaign, today, regulation }, { params, url }) => {
  const asked = url.searchParams.get('ngay') ?? today
  const day = isDay(asked) && asked >= regulation.startsOn && asked <= today ? asked : today
  const code = params.code ?? ''
  return {
    grid: found(findFigureForm(actor, campaign.id, code, day)),
    day,
    today,
    startsOn: regulation.startsOn,
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
  if (recorded.ok) return redirect(`/dia-ban/${code}/so-lieu?ngay=${day}&da-luu=${recorded.saved}`)
  const problems = recorded.problems.map(problem => ({
    name: names[problem.index] ?? null,
    message: explainProblem(problem.reason),
  }))
  return data({ ...answer, problems }, { status: 400 })
})

export default function FiguresPage() {
  const { grid, day, today, startsOn, versions } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const [search] = useSearchParams()
  const base = `/dia-ban/${grid.code}/so-lieu`
  const saved = Number(search.get('da-luu') ?? -1)
  return (
    <div className="stack">
      <PageHeading
        title="Số liệu chỉ tiêu"
        note={`${capitalize(grid.name)}, lũy kế từ ngày đầu đợt đến hết ngày ${formatDay(day)}`}
        breadcrumbs={[{ to: `/dia-ban/${grid.code}`, label: capitalize(grid.name) }]}
        actions={
          <>
            <ButtonLink variant="quiet" to={`${base}/nhap?ngay=${day}`}>
              Dán hoặc tải bảng lên
            </ButtonLink>
            <ButtonLink variant="quiet" to={`${base}.xlsx?ngay=${day}`} reloadDocument>
              Xuất Excel
            </ButtonLink>
          </>
        }
      />
      {saved < 0 || answer ? null : (
        <Notice kind="success">
          {saved === 0 ? 'Không có số nào thay đổi.' : `Đã lưu ${formatNumber(saved)} số liệu.`}
        </Notice>
      )}
      <Form method="get" className="filter-bar">
        <div className="field">
          <label htmlFor="ngay">Số liệu đến hết ngày</label>
          <input id="ngay" name="ngay" type="date" className="control" min={startsOn} max={today} defaultValue={day} />
        </div>
        <Button type="submit" variant="quiet">
          Xem ngày này
        </Button>
      </Form>
      <FigureGrid key={`${day} ${saved}`} grid={grid} action={base} day={day} answer={answer} />
      <Sheet title="Lịch sử nhập" note={`12 lần gần nhất của ${grid.name}`}>
        <DataTable
          caption="Các số đã nhập, mới nhất ở trên"
          rows={versions}
          rowKey={row => String(row.id)}
          asCards
          empty={<EmptyState title="Chưa có số liệu">Các số được nhập sẽ hiện ở đây, kể cả số đã thay.</EmptyState>}
          columns={[
            { key: 'indicator', header: 'Chỉ tiêu', cell: row => labels.indicator[row.indicator] },
            { key: 'day', header: 'Đến hết ngày', cell: row => formatDay(row.asOfOn) },
            {
              key: 'value',
              header: 'Lũy kế',
              align: 'end',
              cell: row => (row.value === null ? 'đã xóa' : formatNumber(row.value)),
            },
            { key: 'source', header: 'Nguồn', cell: row => `${row.source} (${labels.figureOrigin[row.origin]})` },
            { key: 'reason', header: 'Lý do', cell: row => row.reason || '–' },
            {
              key: 'who',
              header: 'Người nhập',
              cell: row => `${row.enteredBy ?? 'Qua giao diện kết nối'}, ${formatInstant(row.enteredAt)}`,
            },
          ]}
        />
      </Sheet>
      <p>
        <Link to={`/dia-ban/${grid.code}`}>Về bảng địa bàn</Link>
      </p>
    </div>
  )
}
