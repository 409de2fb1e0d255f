import { Link } from '@remix-run/react'
import type { Reminder } from '#app/domain/reminder.ts'
import { nothingWaits } from '#app/text/home.ts'
import { reminderAct, reminderDue, reminderWhat } from '#app/text/reminder.ts'
import { EmptyState } from './empty-state.tsx'
import { Sheet } from './sheet.tsx'

type NextDate = Parameters<typeof nothingWaits>[0]

/** What waits for somebody, in the order in which it is due: until when, what, and its act. Home and task list share it. */
export function TaskList({
  reminders,
  next,
  today,
}: {
  reminders: readonly Reminder[]
  /** the next date that matters, told where nothing waits */
  next: NextDate
  today: string
}) {
  const units = new Set(reminders.flatMap(({ unit }) => unit?.id ?? []))
  return (
    <Sheet title="Việc của anh/chị">
      {reminders.length === 0 ? (
        <EmptyState title="Hôm nay không có việc nào đang chờ anh/chị">{nothingWaits(next)}</EmptyState>
      ) : (
        <ul className="tasks">
          {reminders.map(row => (
            <Task
              key={`${row.kind}/${row.unit?.id ?? ''}/${row.at ?? ''}/${row.of ?? ''}`}
              row={row}
              unitName={units.size > 1 ? row.unit?.name : undefined}
              today={today}
            />
          ))}
        </ul>
      )}
    </Sheet>
  )
}

/** One row; `unitName`: left out where the reader answers for one unit alone. */
function Task({ row, unitName, today }: { row: Reminder; unitName: string | undefined; today: string }) {
  const due = reminderDue(row, today)
  const act = reminderAct(row)
  const about = row.about ?? unitName
  const isLate = row.dueOn !== null && row.dueOn < today
  return (
    <li className="task">
      <span className={isLate ? 'task-due task-late' : 'task-due'}>{due}</span>
      <span className="task-what">
        {reminderWhat(row)}
        {about === undefined ? null : <span className="small block">{about}</span>}
      </span>
      {act === null ? null : (
        <Link className="task-act" to={act.to}>
          <span className="visually-hidden">
            {`${[reminderWhat(row), due.toLowerCase()].filter(Boolean).join(', ')}: `}
          </span>
          {act.act}
        </Link>
      )}
    </li>
  )
}
