import { isDay } from '#app/domain/calendar.ts'
import { cutText } from '#app/domain/letters.ts'
import { chosenIn, notFound } from '../_web/visit.server.ts'

/** The session that the URL of invitations names (`ngay`, `gio`, `noi`, `mang`), and the ids of those invited; else 404. */
export function sessionIn(url: URL) {
  const text = (name: string) => cutText(url.searchParams.get(name) ?? '', 300)
  const ids = chosenIn(url)
  if (!isDay(text('ngay')) || ids.length === 0) throw notFound()
  return { ids, session: { day: text('ngay'), time: text('gio'), place: text('noi'), bring: text('mang') } }
}
