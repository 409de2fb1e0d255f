import type { MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { correctionsAskedBy, correctionsToAnswer } from '#app/queries/correction-list.server.ts'
import { CorrectionRow } from '#app/ui/corrections.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { RowList, Sheet } from '#app/ui/sheet.tsx'
import { reads } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Đề nghị sửa hồ sơ · 4 phủ' }]

export const loader = reads(({ actor }) => ({
  waiting: correctionsToAnswer(actor),
  asked: correctionsAskedBy(actor),
}))

export default function CorrectionsPage() {
  const { waiting, asked } = useLoaderData<typeof loader>()
  return (
    <div className="narrow stack">
      <PageHeading
        title="Đề nghị sửa hồ sơ"
        note="Số định danh, điện thoại đăng nhập và việc gộp hai hồ sơ có hiệu lực khi được xác nhận"
      />
      <Sheet title="Chờ anh/chị xác nhận">
        {waiting.length === 0 ? (
          <EmptyState title="Không có đề nghị nào đang chờ">Đề nghị mới sẽ hiện ở đây và ở Việc cần làm.</EmptyState>
        ) : (
          <RowList>
            {waiting.map(correction => (
              <CorrectionRow key={correction.id} correction={correction} showsName />
            ))}
          </RowList>
        )}
      </Sheet>
      {asked.length === 0 ? null : (
        <Sheet title="Anh/chị đã đề nghị">
          <RowList>
            {asked.map(correction => (
              <CorrectionRow key={correction.id} correction={correction} showsName />
            ))}
          </RowList>
        </Sheet>
      )}
    </div>
  )
}
