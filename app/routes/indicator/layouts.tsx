import type { MetaFunction } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { permitSomewhere } from '#app/access/policy.ts'
import { EXCHANGED_TABLES } from '#app/domain/vocabulary.ts'
import { listLayouts } from '#app/queries/table-layout.server.ts'
import { formatInstant, formatNumber } from '#app/text/format.ts'
import { officeLabels } from '#app/text/office-vocabulary.ts'
import { Button } from '#app/ui/button.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { SubmitButton } from '#app/ui/form.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { reads } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Mẫu bảng · 4 phủ' }]

export const loader = reads(({ actor }) => {
  permitSomewhere(actor, 'layout.save')
  return {
    layouts: listLayouts().map(({ columns, ...row }) => ({
      ...row,
      fields: columns.filter(({ field }) => field !== null).length,
      columns: columns.length,
    })),
  }
})

export default function LayoutsPage() {
  const { layouts } = useLoaderData<typeof loader>()
  return (
    <div className="narrow stack">
      <PageHeading
        title="Mẫu bảng của hệ thống khác"
        note="Khai một lần: cột nào của hệ thống kia là nội dung nào ở đây. Sau đó nhập, xuất theo đúng mẫu, không gõ lại."
      />
      <Sheet title="Lập mẫu mới">
        <Form method="get" action="/mau-bang/moi" className="stack">
          <div className="field">
            <label htmlFor="bang">Bảng</label>
            <select id="bang" name="bang" className="control">
              {EXCHANGED_TABLES.map(table => (
                <option key={table} value={table}>
                  {officeLabels.exchangedTable[table]}
                </option>
              ))}
            </select>
          </div>
          <div className="field">
            <label htmlFor="dau">Dòng tiêu đề của hệ thống kia</label>
            <p className="hint" id="dau-hint">
              Chép các ô tiêu đề từ Excel hoặc trình duyệt rồi dán vào đây, đúng thứ tự.
            </p>
            <textarea id="dau" name="dau" className="control" rows={3} required aria-describedby="dau-hint" />
          </div>
          <Button type="submit">Tiếp tục</Button>
        </Form>
      </Sheet>
      <Sheet title="Mẫu đã lưu" note={formatNumber(layouts.length)}>
        {layouts.length === 0 ? (
          <EmptyState title="Chưa có mẫu nào">Mẫu đã lưu dùng chung cho mọi đơn vị.</EmptyState>
        ) : (
          <RowList>
            {layouts.map(row => (
              <Row
                key={row.id}
                title={<Link to={`/mau-bang/${row.id}`}>{row.name}</Link>}
                detail={`${officeLabels.exchangedTable[row.exchanged]} · ${formatNumber(row.fields)}/${formatNumber(row.columns)} cột có nội dung · ${row.createdBy}, ${formatInstant(row.createdAt)}`}
                aside={
                  <Form method="post" action={`/mau-bang/${row.id}/bo`}>
                    <SubmitButton action={`/mau-bang/${row.id}/bo`} variant="quiet">
                      Bỏ
                    </SubmitButton>
                  </Form>
                }
              />
            ))}
          </RowList>
        )}
      </Sheet>
      <p className="small">
        <Link to="/">Về trang chính</Link>
      </p>
    </div>
  )
}
