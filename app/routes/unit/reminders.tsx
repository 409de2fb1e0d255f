import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { PARTS } from '#app/domain/figures.ts'
import { daysLeft } from '#app/domain/pace.ts'
import { isOpen } from '#app/domain/standing.ts'
import { findUnitHeading } from '#app/queries/board.server.ts'
import { listOfficials } from '#app/queries/official.server.ts'
import { formatAsOf, formatNumber } from '#app/text/format.ts'
import { groupMessage } from '#app/text/reminder.ts'
import { DataTable } from '#app/ui/data-table.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { GroupMessage } from '#app/ui/group-message.tsx'
import { Pager } from '#app/ui/pager.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { UnitPageHeading } from '#app/ui/unit-heading.tsx'
import { found, idOf, notFound, reads } from '../_web/visit.server.ts'
import { reminderList } from './params.ts'

export const meta: MetaFunction = () => [{ title: 'Danh sách nhắc việc · 4 phủ' }]

const PAGE = 50

export const loader = reads(({ actor, campaign, regulation, terms, today, at }, { params, url, context }) => {
  const heading = found(findUnitHeading(actor, campaign.id, idOf(params.unitId)))
  if (!heading.allowed.people) throw notFound()
  const { after } = reminderList.read(url)
  const { rows, next } = listOfficials(actor, campaign.id, {
    unitPath: heading.path,
    lacking: 'anything',
    after: after === undefined ? undefined : { id: after },
    limit: PAGE,
  })
  const left = daysLeft(today, regulation)
  return {
    heading,
    next,
    isFirst: !after,
    left,
    asOf: formatAsOf(at),
    message: groupMessage('reminders', { campaign: campaign.code, left, address: context.publicUrl }),
    rows: rows.map(({ officialId, name, position, unitId, unitName, shortage, ...row }) => {
      const open = terms.parts.filter(part => isOpen(row[PARTS[part].field]))
      const place = [position, unitId === heading.id ? '' : unitName].filter(Boolean).join(', ')
      return { officialId, name, place, shortage, open: open.map(part => terms.names.shortPart[part]).join(', ') }
    }),
  }
})

export default function UnitRemindersPage() {
  const { heading, rows, next, isFirst, left, asOf, message } = useLoaderData<typeof loader>()
  const base = `/don-vi/${heading.id}/nhac-viec`
  return (
    <div className="stack">
      <UnitPageHeading
        unit={heading}
        current="people"
        title="Danh sách nhắc việc"
        note={`${asOf}. ${left > 0 ? `Còn ${formatNumber(left)} ngày` : 'Đợt cao điểm đã kết thúc'}.`}
      />
      <GroupMessage text={message} />
      <Sheet title="Người còn thiếu" note="Để in, anh/chị dùng lệnh In của trình duyệt">
        <DataTable
          caption="Người còn thiếu và nội dung còn thiếu"
          rows={rows}
          rowKey={row => String(row.officialId)}
          empty={<EmptyState title="Không còn ai thiếu">Mọi người đã đạt nội dung bản thân và chỉ tiêu.</EmptyState>}
          columns={[
            {
              key: 'name',
              header: 'Họ và tên',
              cell: row => (
                <>
                  <Link to={`/can-bo/${row.officialId}`}>{row.name}</Link>
                  <span className="small block">{row.place}</span>
                </>
              ),
            },
            {
              key: 'parts',
              header: 'Nội dung bản thân còn thiếu',
              cell: row => row.open || 'đã đủ',
            },
            {
              key: 'shortage',
              header: 'Người dân còn thiếu',
              align: 'end',
              cell: row => (row.shortage > 0 ? formatNumber(row.shortage) : 'đã đủ'),
            },
          ]}
        />
        <Pager
          label={`${formatNumber(rows.length)} người trong trang này`}
          firstTo={isFirst ? undefined : base}
          nextTo={next === null ? undefined : reminderList.to(base, { after: next })}
        />
      </Sheet>
    </div>
  )
}
