import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { dayOf } from '#app/domain/calendar.ts'
import { findUnitHeading } from '#app/queries/board.server.ts'
import { listDisputes } from '#app/queries/dispute.server.ts'
import { formatDay, formatNumber } from '#app/text/format.ts'
import { DisputeStatus } from '#app/ui/dispute-status.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { NO_SCRIPT } from '#app/ui/page-handle.ts'
import { Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { UnitPageHeading } from '#app/ui/unit-heading.tsx'
import { found, idOf, reads } from '../_web/visit.server.ts'
import { noteShown } from '../admin/access.server.ts'

export const handle = NO_SCRIPT
export const meta: MetaFunction = () => [{ title: 'Đề nghị xem xét lại · 4 phủ' }]

export const loader = reads(async ({ actor, campaign }, { params }) => {
  const heading = found(findUnitHeading(actor, campaign.id, idOf(params.unitId)))
  const rows = found(listDisputes(actor, campaign.id, heading.path)).map(({ raisedAt, decidedAt, ...row }) => ({
    ...row,
    raisedOn: dayOf(raisedAt),
    decidedOn: decidedAt === null ? null : dayOf(decidedAt),
  }))
  await noteShown(actor, { what: 'dispute_list', subjectId: heading.id, count: rows.length })
  return { heading, rows }
})

type Line = ReturnType<typeof useLoaderData<typeof loader>>['rows'][number]

export default function DisputesPage() {
  const { heading, rows } = useLoaderData<typeof loader>()
  const base = `/don-vi/${heading.id}/tranh-chap`
  const open = rows.filter(row => row.state === 'open')
  const decided = rows.filter(row => row.state !== 'open')
  return (
    <div className="stack">
      <UnitPageHeading
        unit={heading}
        current="disputes"
        title="Đề nghị xem xét lại"
        note="Hai người cùng ghi một người dân. Người đứng đầu đơn vị chung gần nhất quyết định; việc có người đứng đầu là một bên thì cấp trên quyết định."
      />
      <Sheet title={`Chờ quyết định · ${formatNumber(open.length)}`}>
        {open.length === 0 ? (
          <EmptyState title="Không có đề nghị nào chờ anh/chị quyết định">
            Khi hai người thuộc các đơn vị bên dưới cùng ghi một người dân, người ghi sau có thể đề nghị xem xét lại.
          </EmptyState>
        ) : (
          <Lines rows={open} base={base} />
        )}
      </Sheet>
      {decided.length === 0 ? null : (
        <Sheet title="Đã quyết định">
          <Lines rows={decided} base={base} />
        </Sheet>
      )}
    </div>
  )
}

function Lines({ rows, base }: { rows: readonly Line[]; base: string }) {
  return (
    <RowList>
      {rows.map(({ id, citizenName, own, holder, raisedOn, decidedOn, state, mayDecide }) => (
        <Row
          key={id}
          title={<Link to={`${base}/${id}`}>{citizenName}</Link>}
          detail={
            <>
              <span className="block">
                {own.officialName} ({own.unitName}) đề nghị ngày {formatDay(raisedOn)}
              </span>
              <span className="block">
                Đang so với trường hợp của {holder.officialName} ({holder.unitName})
                {decidedOn === null ? '' : ` · quyết định ngày ${formatDay(decidedOn)}`}
              </span>
            </>
          }
          aside={
            mayDecide ? (
              <Link to={`${base}/${id}`}>
                Xem và quyết định<span className="visually-hidden">: {citizenName}</span>
              </Link>
            ) : (
              <DisputeStatus state={state} />
            )
          }
        />
      ))}
    </RowList>
  )
}
