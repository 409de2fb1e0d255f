import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import type { Reminder } from '#app/domain/reminder.ts'
import { listReminders } from '#app/queries/reminder.server.ts'
import { formatAsOf } from '#app/text/format.ts'
import { reminderPage, reminderSentence } from '#app/text/reminder.ts'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { reads } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Việc cần làm · 4 phủ' }]

export const loader = reads(({ actor, campaign, today, at }) => ({
  reminders: listReminders(actor, campaign.id, today),
  units: actor.grants.filter(({ role }) => role === 'head' || role === 'coordinator').map(({ unitId }) => unitId),
  asOf: formatAsOf(at),
}))

export default function RemindersPage() {
  const { reminders, units, asOf } = useLoaderData<typeof loader>()
  const own = reminders.filter(({ unit }) => unit === null)
  const ofUnits = new Map(reminders.flatMap(({ unit }) => (unit ? [[unit.id, unit.name]] : [])))
  return (
    <div className="narrow stack">
      <PageHeading title="Việc cần làm" note={asOf} />
      {reminders.length === 0 ? (
        <Sheet>
          <EmptyState title="Anh/chị không có việc nào đang chờ">
            Việc của bản thân và của đơn vị anh/chị phụ trách sẽ hiện ở đây.
          </EmptyState>
        </Sheet>
      ) : null}
      {own.length === 0 ? null : (
        <Sheet title="Của anh/chị">
          <ReminderRows reminders={own} />
        </Sheet>
      )}
      {[...ofUnits].map(([id, name]) => (
        <Sheet key={id} title={name}>
          <ReminderRows reminders={reminders.filter(({ unit }) => unit?.id === id)} />
        </Sheet>
      ))}
      {units.length === 0 ? null : (
        <p>
          <Link to={`/don-vi/${units[0]}/nhac-viec`}>Danh sách cán bộ còn thiếu, để in hoặc nhắc qua Zalo</Link>
        </p>
      )}
      <p className="small">
        <Link to="/tai-khoan/thu-nhac">Nhận nhắc việc qua thư điện tử</Link>
      </p>
    </div>
  )
}

function ReminderRows({ reminders }: { reminders: readonly Reminder[] }) {
  return (
    <RowList>
      {reminders.map(reminder => (
        <Row key={reminder.kind} title={<Link to={reminderPage(reminder)}>{reminderSentence(reminder)}</Link>} />
      ))}
    </RowList>
  )
}
