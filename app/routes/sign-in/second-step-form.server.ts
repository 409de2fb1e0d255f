import { deviceOf } from '#app/access/device.server.ts'
import { ticketOf } from '#app/access/ticket.server.ts'
import type { Shown } from '#app/queries/second-factor.server.ts'

/** The ticket that a request shows for the second step of a sign-in. */
export function shownTicket(request: Request): Shown {
  return { ticketHash: ticketOf(request), deviceHash: deviceOf(request).hash }
}
