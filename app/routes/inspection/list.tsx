import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { canSomewhere, permitSomewhere } from '#app/access/policy.ts'
import { dayOf } from '#app/domain/calendar.ts'
import { listInspections } from '#app/queries/inspection.server.ts'
import { formsSomewhere } from '#app/queries/inspection-team.server.ts'
import { formatDay, formatNumber, formatParts } from '#app/text/format.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { InspectionStatus } from '#app/ui/inspection-status.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { NO_SCRIPT } from '#app/ui/page-handle.ts'
import { Pager } from '#app/ui/pager.tsx'
import { Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { reads } from '../_web/visit.server.ts'
import { inspectionList } from './params.ts'

export const handle = NO_SCRIPT
export const meta: MetaFunction = () => [{ title: 'Kiểm tra · 4 phủ' }]

export const loader = reads(({ actor, campaign }, { url }) => {
  permitSomewhere(actor, 'inspection.view')
  const { before } = inspectionList.read(url)
  const { rows, next } = listInspections(actor, campaign.id, { before })
  return {
    rows: rows.map(row => ({ ...row, drawnOn: dayOf(row.drawnAt) })),
    next,
    isFirst: before === undefined,
    mayForm: formsSomewhere(actor),
    mayDecide: canSomewhere(actor, 'inspection.decide'),
  }
})

export default function InspectionsPage() {
  const { rows, next, isFirst, mayForm, mayDecide } = useLoaderData<typeof loader>()
  return (
    <div className="narrow stack">
      <PageHeading
        title="Kiểm tra"
        note="Mỗi cuộc kiểm tra chọn mẫu ngẫu nhiên từ các trường hợp đơn vị đã báo cáo, do tổ ngoài đơn vị đến gặp người dân."
        actions={mayForm ? <ButtonLink to="/kiem-tra/moi">Lập cuộc kiểm tra</ButtonLink> : undefined}
      />
      {mayDecide ? (
        <p>
          <Link to="/kiem-tra/de-nghi">Đề nghị xem lại chờ quyết định</Link>
        </p>
      ) : null}
      <Sheet>
        {rows.length === 0 ? (
          <EmptyState title="Chưa có cuộc kiểm tra nào">
            {mayForm
              ? 'Anh/chị chọn đơn vị, thành lập tổ kiểm tra rồi chọn mẫu.'
              : 'Khi anh/chị được giao vào tổ kiểm tra, hoặc đơn vị có kết quả kiểm tra, nội dung hiện ở đây.'}
          </EmptyState>
        ) : (
          <RowList>
            {rows.map(row => (
              <Row
                key={row.id}
                title={<Link to={`/kiem-tra/${row.id}`}>{row.unitName}</Link>}
                detail={
                  <>
                    Chọn mẫu {formatDay(row.drawnOn)} · có kết quả {formatParts(row.checked, row.picks)}
                    {row.concludedAt === null
                      ? ''
                      : ` · ${formatNumber(row.untrue)} trường hợp không đúng thực tế${row.hasFinding ? ' · đã có kết luận' : ''}`}
                  </>
                }
                aside={<InspectionStatus isConcluded={row.concludedAt !== null} untrue={row.untrue} />}
              />
            ))}
          </RowList>
        )}
        <Pager
          label={`${formatNumber(rows.length)} cuộc kiểm tra trong trang này`}
          firstTo={isFirst ? undefined : '/kiem-tra'}
          nextTo={next === null ? undefined : inspectionList.to('/kiem-tra', { before: next })}
        />
      </Sheet>
    </div>
  )
}
