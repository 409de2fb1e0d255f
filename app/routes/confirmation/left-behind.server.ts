import type { Person } from '#app/access/policy.ts'
import { changesOf } from '#app/queries/help-change.server.ts'
import type { ShownHelp } from '#app/queries/help-confirmation.server.ts'
import { listToConfirm } from '#app/queries/help-list.server.ts'
import { findHelp } from '#app/queries/help-view.server.ts'
import { findPart } from '#app/queries/obligation.server.ts'
import type { CampaignTerms } from '#app/text/terms.ts'
import { queuePage } from './params.ts'

/** How many of those left a page names. */
const NAMED = 10

/** Adds to the address of the queue which help records or obligation parts a bulk act left. */
export const withLeft = (queue: string, kind: 'truong-hop' | 'noi-dung', left: readonly number[]) =>
  left.length === 0 ? queue : queuePage.to(queue, { left: left.length, kind, ids: left.slice(0, NAMED) })

/** Adds to the address of the queue which records were changed since they were shown, each with the revision shown. */
export function withChanged(queue: string, changed: readonly number[], shown: readonly ShownHelp[]): string {
  const moved = shown.filter(({ helpId }) => changed.includes(helpId))
  return moved.length === 0 ? queue : queuePage.to(queue, { changed: moved })
}

/** Reads such an address: what was changed in those records since, in words, as far as the actor may confirm them. */
export function readChanged(actor: Person, campaignId: number, url: URL) {
  const revisions = new Map(queuePage.read(url).changed.map(({ helpId, revision }) => [helpId, revision]))
  const changes = changesOf([...revisions.keys()])
  return listToConfirm(actor, campaignId, [...revisions.keys()]).map(row => ({
    ...row,
    changed: changes
      .filter(change => change.helpId === row.id && change.revision > (revisions.get(row.id) ?? 0))
      .flatMap(change => change.changes),
  }))
}

/** Reads such an address, with names as far as the actor may see them; `count` 0: nothing was left. */
export function readLeft(
  actor: Person,
  campaignId: number,
  url: URL,
  { names }: CampaignTerms,
): { count: number; named: { to: string; name: string }[] } {
  const { left: count = 0, kind, ids } = queuePage.read(url)
  const named = ids.slice(0, NAMED).flatMap(id => {
    if (kind === 'truong-hop') {
      const row = findHelp(actor, campaignId, id)
      return row ? [{ to: `/ho-tro/${id}`, name: `${row.citizenName} (${row.officialName} hỗ trợ)` }] : []
    }
    const part = findPart(actor, campaignId, id)
    return part ? [{ to: `/can-bo/${part.officialId}`, name: `${part.officialName}, ${names.part[part.part]}` }] : []
  })
  return { count, named }
}
