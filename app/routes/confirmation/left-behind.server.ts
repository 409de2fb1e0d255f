import type { Person } from '#app/access/policy.ts'
import { findHelp, type ShownHelp } from '#app/queries/help.server.ts'
import { changesOf } from '#app/queries/help-change.server.ts'
import { listToConfirm } from '#app/queries/help-list.server.ts'
import { findPart } from '#app/queries/obligation.server.ts'
import { labels } from '#app/text/vocabulary.ts'
import { changedRecords } from './params.ts'

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

/** The part of an address that says which records were changed since they were shown, each with the revision shown. */
export function changedSince(changed: readonly number[], shown: readonly ShownHelp[]): string {
  const moved = shown.filter(({ helpId }) => changed.includes(helpId))
  return moved.length === 0 ? '' : `&${changedRecords.to('', { shown: moved }).slice(1)}`
}

/** Reads such an address: what was changed in those records since, in words, as far as the actor may confirm them. */
export function readChanged(actor: Person, campaignId: number, url: URL) {
  const revisions = new Map(changedRecords.read(url).shown.map(({ helpId, revision }) => [helpId, revision]))
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
