import type { Person } from '#app/access/policy.ts'
import { findHelp } from '#app/queries/help-view.server.ts'
import { findPart } from '#app/queries/obligation.server.ts'
import { labels } from '#app/text/vocabulary.ts'

/** What a bulk act takes: help records or obligation parts. */
export type Kind = 'truong-hop' | 'noi-dung'

/** How many of those left a page names. */
const NAMED = 10

/** The part of an address that says what a bulk act left: how many, of which kind, and the first ids. */
export function leftBehind(kind: Kind, left: readonly number[]): string {
  if (left.length === 0) return ''
  const ids = left.slice(0, NAMED).map(id => `&giu=${id}`)
  return `&con-lai=${left.length}&loai=${kind}${ids.join('')}`
}

/** Reads such an address, with names as far as the actor may see them; `count` 0: nothing was left. */
export function readLeft(
  actor: Person,
  campaignId: number,
  url: URL,
): { count: number; named: { to: string; name: string }[] } {
  const count = Number(url.searchParams.get('con-lai')) || 0
  const ids = url.searchParams.getAll('giu').slice(0, NAMED).map(Number).filter(Number.isSafeInteger)
  const isHelp = url.searchParams.get('loai') === 'truong-hop'
  const named = ids.flatMap(id => {
    if (isHelp) {
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
