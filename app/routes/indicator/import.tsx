import { data, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { isDay } from '#app/domain/calendar.ts'
import { figuresOfTable, type TableProblem } from '#app/domain/figure-table.ts'
import { cutText } from '#app/domain/letters.ts'
import { checkFigures, findFigureForm } from '#app/queries/indicator-figure.server.ts'
import { governingUnit } from '#app/queries/locality.server.ts'
import { listLayouts } from '#app/queries/table-layout.server.ts'
import { capitalize } from '#app/text/board.ts'
import { formatDay, formatNumber } from '#app/text/format.ts'
import { explainProblem } from '#app/text/problem.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { FigureGrid } from '#app/ui/figure-grid.tsx'
import { SubmitButton } from '#app/ui/form.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { cellName } from '#app/ui/number-grid.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { ColumnsRead, TableColumns, tableFields } from '#app/ui/table-columns.tsx'
import { TableProblems } from '#app/ui/table-import.tsx'
import { readTableForm } from '../_web/table-form.server.ts'
import { found, reads, writes } from '../_web/visit.server.ts'
import { fillGrid } from './figure-form.server.ts'
import { figurePage } from './params.ts'

export const meta: MetaFunction = () => [{ title: 'Dán số liệu chỉ tiêu · 4 phủ' }]

export const loader = reads(({ actor, campaign, today }, { params, url }) => {
  const { day = today } = figurePage.read(url)
  return {
    day,
    today,
    grid: found(findFigureForm(actor, campaign.id, params.code ?? '', day)),
    layouts: listLayouts('indicator_figures').map(({ id, name }) => ({ id, name })),
  }
})

/** Reads a table and shows it in the grid; nothing is saved before the grid itself is. */
export const action = writes(async ({ actor, campaign }, { params, form }) => {
  const day = String(form.get('asOfOn') ?? '')
  const grid = found(findFigureForm(actor, campaign.id, params.code ?? '', isDay(day) ? day : ''))
  const pasted = String(form.get('pasted') ?? '')
  const layout = String(form.get('layout') ?? '')
  const refuse = (message: string) =>
    data({ ok: false as const, asked: undefined, message, pasted, day, layout }, { status: 400 })
  if (!isDay(day)) return refuse('Anh/chị chọn ngày của số liệu.')
  const unitId = governingUnit(grid.code)?.id
  const table = await readTableForm(actor, form, {
    table: 'indicator_figures',
    unitId,
    along: ['asOfOn'],
    indicators: grid.indicators,
  })
  if ('message' in table) return refuse(table.message)
  if (!table.ok) return data({ ok: false as const, asked: table.asked })
  const { figures, problems } = figuresOfTable(table.rows, grid.rows, grid.indicators)
  const named = figures.map(({ code, ...figure }) => ({ localityCode: code, ...figure }))
  const checked = checkFigures(actor, campaign.id, { asOfOn: day, reason: '', figures: named })
  if (checked.problems.some(({ reason }) => reason === 'figure_day_outside'))
    return refuse(explainProblem('figure_day_outside'))
  const refused = checked.problems.flatMap(({ index, reason }) => {
    const figure = figures[index]
    return figure ? [{ name: cellName(figure.code, figure.indicator), message: explainProblem(reason) }] : []
  })
  const fileName = table.columns.kept[tableFields.fileName]
  const source = fileName === undefined ? '' : cutText(`Tệp ${fileName}`, 200)
  return data({
    ok: true as const,
    day,
    grid,
    count: figures.length,
    fresh: checked.changed.length,
    columns: table.columns,
    problems,
    answer: { typed: fillGrid(grid, figures), source, reason: '', problems: refused },
  })
})

const REASONS: Record<TableProblem['reason'], string> = {
  locality_unknown: 'không có trong các địa bàn này, hoặc có nhiều địa bàn cùng tên',
  locality_twice: 'đã có ở dòng trên',
  not_a_count: 'không phải số nguyên',
  formula_unsaved: 'ô là công thức chưa có kết quả; anh/chị mở tệp bằng Excel và lưu lại',
  cell_error: 'ô là công thức bị lỗi; anh/chị sửa công thức hoặc ghi giá trị',
}

export default function PasteFiguresPage() {
  const { day, today, grid, layouts } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const base = `/dia-ban/${grid.code}/so-lieu`
  return (
    <div className="stack">
      <PageHeading
        title="Dán hoặc tải bảng số liệu lên"
        actions={
          <ButtonLink variant="quiet" to="/mau-bang">
            Mẫu bảng đã lưu
          </ButtonLink>
        }
        note={capitalize(grid.name)}
        breadcrumbs={[
          { to: `/dia-ban/${grid.code}`, label: capitalize(grid.name) },
          { to: base, label: 'Số liệu chỉ tiêu' },
        ]}
      />
      {answer?.ok ? (
        <>
          <ColumnsRead {...answer.columns} />
          {answer.fresh === 0 && answer.problems.length === 0 ? (
            <Notice kind="success" title="Không có gì cần nhập">
              {formatNumber(answer.count)} số trong bảng đã có trong phần mềm đến hết ngày {formatDay(answer.day)}.
            </Notice>
          ) : (
            <Notice kind="info" title={`Đọc được ${formatNumber(answer.count)} số, chưa lưu`}>
              Anh/chị xem lại bảng dưới đây, ghi nguồn rồi bấm “Lưu số liệu”. Số liệu đến hết ngày{' '}
              {formatDay(answer.day)}.
            </Notice>
          )}
          {answer.problems.length === 0 ? null : (
            <Sheet title="Dòng không lấy được">
              <TableProblems problems={answer.problems} explain={({ reason }) => REASONS[reason]} />
            </Sheet>
          )}
          <FigureGrid grid={answer.grid} action={base} day={answer.day} answer={answer.answer} />
        </>
      ) : answer?.asked ? (
        <TableColumns {...answer.asked} />
      ) : (
        <Form method="post" encType="multipart/form-data" className="narrow stack">
          {answer ? <Notice kind="error">{answer.message}</Notice> : null}
          <div className="field">
            <label htmlFor="asOfOn">Số liệu lũy kế đến hết ngày</label>
            <input
              id="asOfOn"
              name="asOfOn"
              type="date"
              className="control control-short"
              required
              max={today}
              defaultValue={answer ? answer.day : day}
            />
          </div>
          <div className="field">
            <label htmlFor="layout">Mẫu bảng</label>
            <select id="layout" name="layout" className="control" defaultValue={answer?.layout}>
              <option value="">Nhận theo tên cột của hệ thống này</option>
              {layouts.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          </div>
          <div className="field">
            <label htmlFor="pasted">Bảng dán từ trình duyệt hoặc Excel</label>
            <p className="hint" id="pasted-hint">
              Chép cả dòng tiêu đề, có cột địa bàn và các cột chỉ tiêu.
            </p>
            <textarea
              id="pasted"
              name="pasted"
              className="control"
              rows={8}
              aria-describedby="pasted-hint"
              defaultValue={answer && !answer.ok ? answer.pasted : ''}
            />
          </div>
          <div className="field">
            <label htmlFor="file">Hoặc tệp Excel, CSV</label>
            <input id="file" name="file" type="file" className="control" accept=".xlsx,.csv,.txt" />
          </div>
          <div className="actions">
            <SubmitButton isLarge pendingLabel="Đang đọc…">
              Đọc và xem trước
            </SubmitButton>
            <ButtonLink variant="quiet" to="/mau-so-lieu.xlsx" reloadDocument>
              Tải tệp mẫu
            </ButtonLink>
          </div>
        </Form>
      )}
    </div>
  )
}
