import { data, type MetaFunction, redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { EXTRACT_COLUMNS } from '#app/domain/extract.ts'
import { readColumnChoices } from '#app/domain/extract-input.ts'
import { columnLetters } from '#app/domain/table-layout.ts'
import { findExtract, mapColumns } from '#app/queries/extract.server.ts'
import { columnProblems, extractColumns } from '#app/text/extract.ts'
import { labels } from '#app/text/vocabulary.ts'
import { SubmitButton } from '#app/ui/form.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { found, idOf, reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Chọn cột · 4 phủ' }]

export const loader = reads(({ actor, campaign }, { params }) => {
  const extract = found(findExtract(actor, campaign.id, idOf(params.extractId)))
  const { id, source, state, fileName, summary, allowed } = extract
  if (state !== 'reading' || !summary.head || !allowed.manage) throw redirect(`/doi-chieu/${id}`)
  const { head, guess = {} } = summary
  return {
    id,
    source,
    fileName,
    guess,
    row: head.row,
    heads: head.cells.map((cell, at) => ({
      value: String(at),
      label: [columnLetters(at), cell].filter(Boolean).join(' · '),
    })),
  }
})

export const action = writes(({ actor, campaign }, { params, form }) => {
  const extractId = idOf(params.extractId)
  const { source } = found(findExtract(actor, campaign.id, extractId))
  const columns = readColumnChoices(source, column => form.get(column))
  const mapped = mapColumns(actor, campaign.id, { extractId, columns })
  if (!mapped.ok) return data({ problem: mapped.problem, columns }, { status: 400 })
  return redirect(`/cong-viec/${mapped.jobId}`)
})

export default function ExtractColumnsPage() {
  const { id, source, fileName, guess, heads, row } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const chosen = answer?.columns ?? guess
  return (
    <div className="narrow stack">
      <PageHeading
        title="Chọn cột"
        note={`${fileName} · ${labels.extractSource[source]}`}
        breadcrumbs={[
          { to: '/doi-chieu', label: 'Đối chiếu' },
          { to: `/doi-chieu/${id}`, label: 'Số liệu' },
        ]}
      />
      {answer ? <Notice kind="error" title={columnProblems[answer.problem]} /> : null}
      <Sheet title={`Tiêu đề ở dòng ${row}`} note="Lần sau phần mềm nhớ lựa chọn này cho cùng nguồn số liệu">
        <Form method="post" className="stack">
          {EXTRACT_COLUMNS[source].map(column => (
            <div key={column} className="field">
              <label htmlFor={`cot-${column}`}>{extractColumns[column].label}</label>
              {extractColumns[column].hint ? <p className="hint">{extractColumns[column].hint}</p> : null}
              <select
                id={`cot-${column}`}
                name={column}
                className="control"
                defaultValue={chosen[column] === undefined ? '' : String(chosen[column])}
              >
                <option value="">Tệp không có</option>
                {heads.map(({ value, label }) => (
                  <option key={value} value={value}>
                    {label}
                  </option>
                ))}
              </select>
            </div>
          ))}
          <SubmitButton isLarge pendingLabel="Đang bắt đầu…">
            Đọc và xem trước
          </SubmitButton>
        </Form>
      </Sheet>
    </div>
  )
}
