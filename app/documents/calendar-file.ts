import { addDays, type Day, startOf } from '#app/domain/calendar.ts'
import { wholeLetters } from '#app/domain/letters.ts'

/** One entry of a calendar; `time` '' where any time of the day will do, `minutes` long where it is given. */
type CalendarEntry = {
  uid: string
  day: Day
  time: string
  minutes: number
  title: string
  place: string
}

/** Text of a calendar file: reserved signs escaped, line ends as words, other control characters left out. */
const escaped = (text: string) =>
  wholeLetters(text)
    .replace(/[\\;,]/g, sign => `\\${sign}`)
    .replace(/\r\n?|\n/g, '\\n')
    .replace(/(?!\t)\p{Cc}/gu, '')

/** Lines of at most 75 bytes, continued by a space, never within a letter. */
function folded(line: string): string {
  const lines: string[] = []
  let current = ''
  for (const letter of line) {
    if (Buffer.byteLength(current + letter) > 74) {
      lines.push(current)
      current = ' '
    }
    current += letter
  }
  return [...lines, current].join('\r\n')
}

const stamp = (at: number) => `${new Date(at).toISOString().replace(/[-:]/g, '').slice(0, 15)}Z`
const dayStamp = (day: Day) => day.replaceAll('-', '')

function linesOf({ uid, day, time, minutes, title, place }: CalendarEntry, plan: string, writtenAt: number): string[] {
  const [hours = 0, rest = 0] = time.split(':').map(Number)
  const from = startOf(day) + (hours * 60 + rest) * 60_000
  const span =
    time === ''
      ? [`DTSTART;VALUE=DATE:${dayStamp(day)}`, `DTEND;VALUE=DATE:${dayStamp(addDays(day, 1))}`]
      : [`DTSTART:${stamp(from)}`, `DTEND:${stamp(from + minutes * 60_000)}`]
  return [
    'BEGIN:VEVENT',
    `UID:${uid}`,
    `DTSTAMP:${stamp(writtenAt)}`,
    ...span,
    `SUMMARY:${escaped(title)}`,
    `LOCATION:${escaped(place)}`,
    `DESCRIPTION:${escaped(plan)}`,
    'END:VEVENT',
  ]
}

/** An iCalendar file (RFC 5545) of these entries; calendars show it, and what each entry is for, by `plan`. */
export function writeCalendar(plan: string, entries: readonly CalendarEntry[], writtenAt: number): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//4 phu//VI',
    'CALSCALE:GREGORIAN',
    `X-WR-CALNAME:${escaped(plan)}`,
    ...entries.flatMap(entry => linesOf(entry, plan, writtenAt)),
    'END:VCALENDAR',
  ]
  return `${lines.map(folded).join('\r\n')}\r\n`
}
