import { data, type MetaFunction, redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { permitSomewhere } from '#app/access/policy.ts'
import { type LayoutColumn, layoutFields } from '#app/domain/table-layout.ts'
import { readColumnRows } from '#app/domain/table-layout-input.ts'
import { listIndicators } from '#app/queries/campaign-indicator.server.ts'
import { listLayouts, saveLayout } from '#app/queries/table-layout.server.ts'
import { formatInstant } from '#app/text/format.ts'
import { officeLabels } from '#app/text/office-vocabulary.ts'
import { explainProblem } from '#app/text/problem.ts'
import { layoutLabels } from '#app/text/table-layout.ts'
import { SubmitButton } from '#app/ui/form.tsx'
import { ColumnRows } from '#app/ui/layout-columns.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { found, idOf, reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Sửa mẫu bảng · 4 phủ' }]

const layoutOf = (layoutId: string | undefined) => {
  const id = idOf(layoutId)
  return found(listLayouts().find(layout => layout.id === id))
}

export const loader = reads(({ actor, campaign }, { params }) => {
  permitSomewhere(actor, 'layout.save')
  const layout = layoutOf(params.layoutId)
  return { ...layout, labels: layoutLabels(layout.exchanged, listIndicators(campaign.id)) }
})

export const action = writes(({ actor, campaign }, { params, form }) => {
  permitSomewhere(actor, 'layout.save')
  const { exchanged, name } = layoutOf(params.layoutId)
  const indicators = listIndicators(campaign.id)
  const columns = readColumnRows(layoutFields(exchanged, indicators), field => String(form.get(field) ?? ''))
  const refuse = (message: string) => data({ message, columns }, { status: 400 })
  if (columns.some(({ header }) => header === '')) return refuse('Có cột chưa có tiêu đề.')
  const twice = columns.find(({ field }, n) => field !== null && columns.findIndex(one => one.field === field) < n)
  if (twice?.field)
    return refuse(
      `“${layoutLabels(exchanged, indicators)[twice.field]}” được chọn ở hai cột. Mỗi nội dung chỉ ở một cột.`,
    )
  const saved = saveLayout(actor, campaign.id, { exchanged, name, columns })
  return saved.ok ? redirect('/mau-bang') : refuse(explainProblem(saved.problem))
})

export default function LayoutPage() {
  const { name, exchanged, columns: stored, labels: names, createdBy, createdAt } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const columns: readonly LayoutColumn[] = answer?.columns ?? stored
  return (
    <div className="stack">
      <PageHeading
        title={name}
        note={`${officeLabels.exchangedTable[exchanged]} · ${createdBy}, ${formatInstant(createdAt)}`}
        breadcrumbs={[{ to: '/mau-bang', label: 'Mẫu bảng' }]}
      />
      {answer ? <Notice kind="error">{answer.message}</Notice> : null}
      <Form method="post" className="stack">
        <Sheet title="Các cột" note="Xóa tiêu đề và nội dung để bỏ một cột; đổi số thứ tự để xếp lại">
          <ColumnRows
            key={JSON.stringify(columns)}
            columns={columns}
            options={Object.entries(names).map(([value, label]) => ({ value, label }))}
          />
          <SubmitButton isLarge>Lưu mẫu</SubmitButton>
        </Sheet>
      </Form>
    </div>
  )
}
