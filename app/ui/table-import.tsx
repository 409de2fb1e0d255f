import { Form, Link } from '@remix-run/react'
import type { RowProblem } from '#app/domain/field-table.ts'
import { grouped } from '#app/domain/grouping.ts'
import { MOST_NAMED } from '#app/domain/mending.ts'
import { explainRowProblem } from '#app/text/field-table.ts'
import { formatNumber } from '#app/text/format.ts'
import { nameRows } from '#app/text/mending.ts'
import { SubmitButton } from './form.tsx'
import { Notice } from './notice.tsx'
import { ProblemGroups } from './problem-groups.tsx'
import { Row, RowList, Sheet } from './sheet.tsx'
import { type AskedColumns, ColumnsRead, type ReadColumns, TableColumns, tableFields } from './table-columns.tsx'

type Layout = { id: number; name: string }

/** Downloads of a list in the saved layouts of other systems (`to` with `?mau=`); nothing where none is saved. */
export function LayoutLinks({ layouts, to }: { layouts: readonly Layout[]; to: string }) {
  if (layouts.length === 0) return null
  return (
    <p className="small">
      Xuất theo mẫu của hệ thống khác:{' '}
      {layouts.map(({ id, name }, n) => (
        <span key={id}>
          {n > 0 ? ', ' : ''}
          <Link to={`${to}?mau=${id}`} reloadDocument>
            {name}
          </Link>
        </span>
      ))}
    </p>
  )
}

/** What a table was read as: `text` goes through the form that saves it. */
type TablePreview = {
  text: string
  rows: readonly { number: number; title: string; detail: string }[]
  problems: readonly RowProblem[]
  /** the same with the rows that are to be mended */
  whole: string
  /** rows that are there already */
  known: number
  columns: ReadColumns
}

/**
 * Takes a table over in two steps, without script too: paste or choose a file, look at what was read, save. What is not
 * certain of its columns is asked between (`asked`). `heads` are the columns that are recognised.
 */
export function TableImport({
  heads,
  layouts,
  template,
  backTo,
  message,
  asked,
  preview,
}: {
  heads: readonly string[]
  layouts: readonly Layout[]
  /** where the template is downloaded */
  template: string
  backTo: string
  /** why the last attempt was refused */
  message?: string
  asked?: AskedColumns
  preview?: TablePreview
}) {
  if (asked) return <TableColumns {...asked} />
  return (
    <>
      {message === undefined ? null : <Notice kind="error">{message}</Notice>}
      {preview === undefined ? (
        <Sheet>
          <Form method="post" encType="multipart/form-data" className="stack">
            <p>
              Các cột nhận được: <b>{heads.join(', ')}</b>. Thứ tự tùy ý; cột khác được bỏ qua.
            </p>
            {layouts.length === 0 ? null : (
              <div className="field">
                <label htmlFor="layout">Mẫu bảng</label>
                <select id="layout" name="layout" className="control">
                  <option value="">Nhận theo tên cột nêu trên</option>
                  {layouts.map(({ id, name }) => (
                    <option key={id} value={id}>
                      {name}
                    </option>
                  ))}
                </select>
              </div>
            )}
            <div className="field">
              <label htmlFor="pasted">Bảng dán từ trình duyệt hoặc Excel</label>
              <p className="hint" id="pasted-hint">
                Chép cả dòng tiêu đề.
              </p>
              <textarea id="pasted" name="pasted" rows={8} className="control" aria-describedby="pasted-hint" />
            </div>
            <div className="field">
              <label htmlFor="file">Hoặc tệp Excel, CSV</label>
              <input id="file" name="file" type="file" accept=".xlsx,.csv,.txt" className="control" />
            </div>
            <div className="actions">
              <SubmitButton pendingLabel="Đang đọc…">Đọc và xem trước</SubmitButton>
              <Link to={template} reloadDocument>
                Tải tệp mẫu
              </Link>
              <Link to={backTo}>Không, quay lại</Link>
            </div>
          </Form>
        </Sheet>
      ) : (
        <Preview {...preview} backTo={backTo} />
      )}
    </>
  )
}

function Preview({ text, whole, rows, problems, known, columns, backTo }: TablePreview & { backTo: string }) {
  return (
    <>
      <ColumnsRead {...columns} />
      {problems.length === 0 ? null : <Problems text={whole} problems={problems} />}
      {rows.length === 0 && problems.length === 0 ? (
        <Notice kind="success" title="Không có gì cần nhập">
          {formatNumber(known)} dòng trong bảng đã có trong phần mềm.
        </Notice>
      ) : null}
      <Sheet
        title={`${formatNumber(rows.length)} dòng mới, chưa lưu`}
        note={known === 0 ? undefined : `${formatNumber(known)} dòng đã có, giữ nguyên`}
      >
        <RowList>
          {rows.map(({ number, title, detail }) => (
            <Row key={number} title={title} detail={detail} />
          ))}
        </RowList>
        <Form method="post" encType="multipart/form-data" className="actions">
          <textarea name="pasted" hidden readOnly value={text} />
          <input type="hidden" name={tableFields.own} value="on" />
          {rows.length === 0 ? null : (
            <SubmitButton name="luu" value="on">
              Lưu {formatNumber(rows.length)} dòng
            </SubmitButton>
          )}
          <Link to={backTo}>Không lưu</Link>
        </Form>
      </Sheet>
    </>
  )
}

/** The problems of a table's rows, equal ones together, with the rows and what was read there. */
export function TableProblems<Reason extends string>({
  problems,
  explain,
}: {
  problems: readonly { number: number; reason: Reason; cell: string }[]
  explain: (problem: { reason: Reason }) => string
}) {
  const nameOf = ([number, cells]: [number, readonly { cell: string }[]]) => {
    const read = cells.flatMap(({ cell }) => (cell === '' ? [] : `“${cell}”`))
    return read.length === 0 ? formatNumber(number) : `${formatNumber(number)}: ${read.join(' ')}`
  }
  const shared = [...grouped(problems, ({ reason }) => reason)].sort(([, a], [, b]) => b.length - a.length)
  return (
    <ProblemGroups
      groups={shared.map(([reason, cells]) => {
        const rows = [...grouped(cells, ({ number }) => number)]
        return {
          word: reason,
          text: explain({ reason }),
          rows: rows.length,
          detail: nameRows(rows.slice(0, MOST_NAMED).map(nameOf), rows.length),
        }
      })}
    />
  )
}

/** The rows that were not understood, equal problems together, and the table itself to mend them in. */
function Problems({ text, problems }: Pick<TablePreview, 'text' | 'problems'>) {
  return (
    <Sheet title="Dòng cần sửa" note={formatNumber(new Set(problems.map(({ number }) => number)).size)}>
      <TableProblems problems={problems} explain={explainRowProblem} />
      <Form method="post" encType="multipart/form-data" className="stack">
        <input type="hidden" name={tableFields.own} value="on" />
        <div className="field">
          <label htmlFor="mended">Sửa ngay trong bảng</label>
          <textarea id="mended" name="pasted" key={text} rows={8} className="control" defaultValue={text} />
        </div>
        <div className="actions">
          <SubmitButton pendingLabel="Đang đọc…">Đọc lại</SubmitButton>
        </div>
      </Form>
    </Sheet>
  )
}
