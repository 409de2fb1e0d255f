import { writeCalendar } from '#app/documents/calendar-file.ts'
import type { findAssignment } from '#app/queries/assignment.server.ts'
import { download } from '../_web/download.server.ts'

type Appointment = Pick<
  NonNullable<ReturnType<typeof findAssignment>>,
  'id' | 'name' | 'hamlet' | 'communeName' | 'appointmentOn' | 'appointmentTime' | 'appointmentPlace'
>

const MINUTES = 30

/** Appointments as a calendar file: name and place of those one goes to, no number, no phone. */
export function calendarResponse(
  appointments: readonly Appointment[],
  { fileName, campaign, writtenAt }: { fileName: string; campaign: { code: string }; writtenAt: number },
): Response {
  const entries = appointments.flatMap(row =>
    row.appointmentOn === null
      ? []
      : [
          {
            uid: `phan-cong-${row.id}@4phu`,
            day: row.appointmentOn,
            time: row.appointmentTime,
            minutes: MINUTES,
            title: `Hỗ trợ ${row.name}`,
            place: row.appointmentPlace ?? [row.hamlet, row.communeName].filter(Boolean).join(', '),
          },
        ],
  )
  const plan = `Kế hoạch ${campaign.code}`
  return download(writeCalendar(plan, entries, writtenAt), { name: fileName, ending: 'ics', campaign })
}
