import { chosenIn, notFound } from '../_web/visit.server.ts'
import { invitation } from './params.ts'

/** The session that the address of invitations names, and the ids of those invited; 404 without a day or anybody. */
export function sessionIn(url: URL) {
  const { day, ...session } = invitation.read(url)
  const ids = chosenIn(url)
  if (day === undefined || ids.length === 0) throw notFound()
  return { ids, session: { day, ...session } }
}
