import { data, type MetaFunction, redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { permitSomewhere } from '#app/access/policy.ts'
import { cutText } from '#app/domain/letters.ts'
import { guessColumns, type LayoutColumn, layoutFields, pastedCells } from '#app/domain/table-layout.ts'
import { listIndicators } from '#app/queries/campaign-indicator.server.ts'
import { saveLayout } from '#app/queries/table-layout.server.ts'
import { officeLabels } from '#app/text/office-vocabulary.ts'
import { explainProblem } from '#app/text/problem.ts'
import { layoutLabels } from '#app/text/table-layout.ts'
import { SubmitButton } from '#app/ui/form.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { reads, writes } from '../_web/visit.server.ts'
import { layoutForm } from './params.ts'

export const meta: MetaFunction = () => [{ title: 'Lập mẫu bảng · 4 phủ' }]

const MOST_COLUMNS = 60
const MOST_CHARACTERS = 200

const tableOf = (url: URL) => {
  const { table } = layoutForm.read(url)
  if (!table) throw redirect('/mau-bang')
  return table
}
const headersOf = (url: URL) => (pastedCells(layoutForm.read(url).heads ?? '')[0] ?? []).slice(0, MOST_COLUMNS)

export const loader = reads(({ actor, campaign }, { url }) => {
  permitSomewhere(actor, 'layout.save')
  const table = tableOf(url)
  const headers = headersOf(url)
  if (headers.length === 0) throw redirect('/mau-bang')
  const names = layoutLabels(table, listIndicators(campaign.id))
  return { table, columns: guessColumns(headers, names), names }
})

export const action = writes(({ actor, campaign }, { url, form }) => {
  permitSomewhere(actor, 'layout.save')
  const table = tableOf(url)
  const indicators = listIndicators(campaign.id)
  const known = layoutFields(table, indicators)
  const name = String(form.get('name') ?? '')
    .normalize('NFC')
    .trim()
  const columns = headersOf(url).map((header, n): LayoutColumn => {
    const field = String(form.get(`field-${n}`) ?? '')
    const fixed = cutText(
      String(form.get(`fixed-${n}`) ?? '')
        .normalize('NFC')
        .trim(),
      MOST_CHARACTERS,
    )
    return { header, field: known.includes(field) ? field : null, fixed: known.includes(field) ? '' : fixed }
  })
  const refuse = (message: string) => data({ message, name, columns }, { status: 400 })
  if (name === '' || name.length > MOST_CHARACTERS) return refuse('Anh/chị đặt tên cho mẫu, nhiều nhất 200 ký tự.')
  const twice = columns.find(({ field }, n) => field !== null && columns.findIndex(c => c.field === field) < n)
  if (twice?.field)
    return refuse(`“${layoutLabels(table, indicators)[twice.field]}” được chọn ở hai cột. Mỗi nội dung chỉ ở một cột.`)
  const saved = saveLayout(actor, campaign.id, { exchanged: table, name, columns })
  return saved.ok ? redirect('/mau-bang') : refuse(explainProblem(saved.problem))
})

export default function NewLayoutPage() {
  const { table, columns: guessed, names } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const columns = answer?.columns ?? guessed
  return (
    <div className="narrow stack">
      <PageHeading
        title="Lập mẫu bảng"
        note={officeLabels.exchangedTable[table]}
        breadcrumbs={[{ to: '/mau-bang', label: 'Mẫu bảng' }]}
      />
      {answer ? <Notice kind="error">{answer.message}</Notice> : null}
      <Form method="post" className="stack">
        <div className="field">
          <label htmlFor="name">Tên mẫu</label>
          <input
            id="name"
            name="name"
            className="control"
            required
            maxLength={200}
            defaultValue={answer?.name ?? ''}
            placeholder="Ví dụ: Hệ thống báo cáo của tỉnh"
          />
        </div>
        {columns.map(({ header, field, fixed }, n) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: columns of a file stay in their order, and headers may be alike
          <Sheet key={`${n} ${header}`} title={header === '' ? `Cột ${n + 1}` : header}>
            <div className="field-pair">
              <div className="field">
                <label htmlFor={`field-${n}`}>Nội dung</label>
                <select id={`field-${n}`} name={`field-${n}`} className="control" defaultValue={field ?? ''}>
                  <option value="">Không có ở đây</option>
                  {Object.entries(names).map(([field, name]) => (
                    <option key={field} value={field}>
                      {name}
                    </option>
                  ))}
                </select>
              </div>
              <div className="field">
                <label htmlFor={`fixed-${n}`}>Hoặc ghi cố định khi xuất</label>
                <input id={`fixed-${n}`} name={`fixed-${n}`} className="control" maxLength={200} defaultValue={fixed} />
              </div>
            </div>
          </Sheet>
        ))}
        <SubmitButton isLarge>Lưu mẫu</SubmitButton>
      </Form>
    </div>
  )
}
