import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { canSomewhere } from '#app/access/policy.ts'
import { forbidden } from '#app/domain/refusal.ts'
import { listGates } from '#app/queries/gate.server.ts'
import { gateLabels } from '#app/text/assessment.ts'
import { formatDay } from '#app/text/format.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { Confirm } from '#app/ui/confirm.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { Status } from '#app/ui/status.tsx'
import { reads } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Vướng mắc khi xét khen thưởng · 4 phủ' }]

export const loader = reads(({ actor, campaign }) => {
  if (!canSomewhere(actor, 'gate.view')) throw forbidden()
  return { rows: listGates(actor, campaign.id), mayAdd: canSomewhere(actor, 'gate.edit') }
})

export default function GatesPage() {
  const { rows, mayAdd } = useLoaderData<typeof loader>()
  return (
    <div className="narrow stack">
      <PageHeading
        title="Vướng mắc khi xét khen thưởng"
        note="Đang xem xét kỷ luật, thanh tra dấu hiệu vi phạm, đơn tố cáo: còn hiệu lực thì chưa đề nghị khen thưởng."
        breadcrumbs={[{ to: '/xem-xet', label: 'Xem xét trách nhiệm' }]}
        actions={mayAdd ? <ButtonLink to="/xem-xet/vuong-mac/moi">Ghi vướng mắc của tập thể</ButtonLink> : undefined}
      />
      <Sheet>
        {rows.length === 0 ? (
          <EmptyState title="Chưa có vướng mắc nào">
            {mayAdd
              ? 'Vướng mắc của một người được ghi từ trang của người đó.'
              : 'Sở Nội vụ ghi khi có văn bản của cơ quan có thẩm quyền.'}
          </EmptyState>
        ) : (
          <RowList>
            {rows.map(row => (
              <Row
                key={row.id}
                title={
                  row.officialId === null ? row.unitName : <Link to={`/can-bo/${row.officialId}`}>{row.name}</Link>
                }
                detail={
                  <>
                    {[
                      gateLabels[row.kind],
                      row.officialId === null ? '' : row.unitName,
                      `văn bản ${row.documentNumber} ngày ${formatDay(row.documentOn)}`,
                      row.toOn === null
                        ? `từ ${formatDay(row.fromOn)}`
                        : `${formatDay(row.fromOn)} – ${formatDay(row.toOn)}`,
                    ]
                      .filter(Boolean)
                      .join(' · ')}
                    {row.mayWithdraw ? (
                      <Confirm
                        label="Rút"
                        question={`Rút vướng mắc của ${row.name ?? row.unitName}?`}
                        consequence="Vướng mắc không còn tác dụng từ bây giờ. Có thể ghi lại khi có văn bản mới."
                        action={`/xem-xet/vuong-mac/${row.id}/rut`}
                      />
                    ) : null}
                  </>
                }
                aside={
                  row.withdrawnAt !== null ? (
                    <Status tone="neutral">Đã rút</Status>
                  ) : row.isInForce ? (
                    <Status tone="check">Còn hiệu lực</Status>
                  ) : (
                    <Status tone="neutral">Ngoài thời hạn</Status>
                  )
                }
              />
            ))}
          </RowList>
        )}
      </Sheet>
    </div>
  )
}
