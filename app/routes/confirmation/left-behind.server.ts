import type { Person } from '#app/access/policy.ts'
import { findHelp } from '#app/queries/help-view.server.ts'
import { findPart } from '#app/queries/obligation.server.ts'
import { labels } from '#app/text/vocabulary.ts'
import { queuePage } from './params.ts'

/** How many of those left a page names. */
const NAMED = 10

/** Adds to the address of the queue which help records or obligation parts a bulk act left. */
export const withLeft = (queue: string, kind: 'truong-hop' | 'noi-dung', left: readonly number[]) =>
  left.length === 0 ? queue : queuePage.to(queue, { left: left.length, kind, ids: left.slice(0, NAMED) })

/** Reads such an address, with names as far as the actor may see them; `count` 0: nothing was left. */
export function readLeft(
  actor: Person,
  campaignId: number,
  url: URL,
): { count: number; named: { to: string; name: string }[] } {
  const { left: count = 0, kind, ids } = queuePage.read(url)
  const named = ids.slice(0, NAMED).flatMap(id => {
    if (kind === 'truong-hop') {
      const row = findHelp(actor, campaignId, id)
      return row ? [{ to: `/ho-tro/${id}`, name: `${row.citizenName} (${row.officialName} hỗ trợ)` }] : []
    }
    const part = findPart(actor, campaignId, id)
    return part
      ? [{ to: `/can-bo/${part.officialId}`, name: `${part.officialName}, ${labels.exemptionPart[part.part]}` }]
      : []
  })
  return { count, named }
}
