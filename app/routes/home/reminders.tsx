import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { daysLeft } from '#app/domain/pace.ts'
import { nextDate } from '#app/domain/reminder.ts'
import { listReminders, readKnown } from '#app/queries/reminder.server.ts'
import { formatAsOf } from '#app/text/format.ts'
import { ownSentence } from '#app/text/home.ts'
import { PageHeading } from '#app/ui/page.tsx'
import { TaskList } from '#app/ui/task-list.tsx'
import { reads } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Việc cần làm · 4 phủ' }]

export const loader = reads(({ actor, campaign, regulation, today, at }) => {
  const known = readKnown(actor, campaign.id, today)
  const { own } = known
  const units = actor.grants.filter(({ role }) => role === 'head' || role === 'coordinator').map(({ unitId }) => unitId)
  return {
    reminders: listReminders(actor, campaign.id, today, known),
    sentence: own ? ownSentence(daysLeft(today, regulation), own.sums.state) : null,
    next: nextDate(today, regulation, units.length > 0),
    units,
    isOfficial: actor.officialId !== null,
    today,
    asOf: formatAsOf(at),
  }
})

export default function RemindersPage() {
  const { reminders, sentence, next, units, isOfficial, today, asOf } = useLoaderData<typeof loader>()
  return (
    <div className="tasks-page stack">
      <PageHeading title="Việc cần làm" note={asOf} />
      {sentence === null ? null : <p>{sentence}</p>}
      <TaskList reminders={reminders} next={next} today={today} />
      {units.length === 0 ? null : (
        <p>
          <Link to={`/don-vi/${units[0]}/nhac-viec`}>Danh sách cán bộ còn thiếu, để in hoặc nhắc qua Zalo</Link>
        </p>
      )}
      <p className="small">
        <Link to="/tai-khoan/thu-nhac">Nhận nhắc việc qua thư điện tử</Link>
        {isOfficial ? (
          <>
            {' · '}
            <Link to="/tai-khoan/nhac-may">Nhận nhắc trên máy này</Link>
          </>
        ) : null}
      </p>
    </div>
  )
}
