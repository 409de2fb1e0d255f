import type { Day } from './calendar.ts'
import type { PortalPart } from './portal-login.ts'

/** The days on which an issuer is a portal's own, both inclusive, and when a second administrator agreed (ms). */
export type IssuerDays = { part: PortalPart; validFromOn: Day; validToOn: Day | null; agreedAt: number }

/**
 * Picks the issuers that prove a part on a day out of those that were agreed to and not ended: of each portal the one
 * agreed to last. So a new one takes the former's place on its own first day (plan IV.1).
 */
export function issuersInForce<Issuer extends IssuerDays>(issuers: readonly Issuer[], day: Day): Issuer[] {
  const newest = new Map<PortalPart, Issuer>()
  for (const issuer of [...issuers].sort((one, other) => one.agreedAt - other.agreedAt))
    if (issuer.validFromOn <= day && (issuer.validToOn === null || day <= issuer.validToOn))
      newest.set(issuer.part, issuer)
  return [...newest.values()]
}

const isLoopback = ({ hostname }: URL) => ['127.0.0.1', '[::1]', 'localhost'].includes(hostname)

/** True for the address of an issuer: https, without a user, a query or a fragment; plain http on this machine alone. */
export function isIssuerAddress(text: string): boolean {
  if (!URL.canParse(text)) return false
  const url = new URL(text)
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url))
}
