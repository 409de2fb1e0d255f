import { type Actor, can, type Person } from '#app/access/policy.ts'
import { UNDO_MS } from '#app/domain/report.ts'
import { prepared, transact } from '#db/client.server.ts'
import { campaignNow } from './clock.server.ts'
import { logEvent } from './event.server.ts'

/** A unit whose report is read. */
type Reported = { id: number; path: string }

/** True if a grant other than a head's or coordinator's of this very unit lets the person read its reports. */
function readsFromAbove(actor: Person, { id, path }: Reported): boolean {
  return actor.grants.some(grant => {
    const isOfUnit = grant.unitId === id && (grant.role === 'head' || grant.role === 'coordinator')
    return !isOfUnit && can({ ...actor, grants: [grant] }, 'report.view', { unitPath: path })
  })
}

/**
 * Returns those of the versions whose first opening by somebody above is yet to be kept: signed so lately that it
 * matters. Who signed is not above their own report. Empty for readers who are not above the unit.
 */
export function newOpenings(actor: Actor, of: Reported, reportIds: readonly number[]): number[] {
  if (actor.kind !== 'person' || reportIds.length === 0 || !readsFromAbove(actor, of)) return []
  return prepared<number>(
    `select id from report where id in (select value from json_each(?)) and signed_at > ? and opened_at is null
       and signed_by <> ?`,
  )
    .pluck()
    .all(JSON.stringify(reportIds), campaignNow() - UNDO_MS, actor.accountId)
}

/**
 * Keeps when signed content was first shown to somebody above the unit, on a page or in an export: from then on its
 * signature cannot be taken back (domain 8). Logged once for each version.
 */
export function noteOpening(actor: Actor, of: Reported, reportIds: readonly number[]) {
  const opened = newOpenings(actor, of, reportIds)
  if (actor.kind !== 'person' || opened.length === 0) return
  transact(tx => {
    for (const id of opened) {
      prepared('update report set opened_at = ?, opened_by = ? where id = ?').run(campaignNow(), actor.accountId, id)
      logEvent(tx, actor, { verb: 'open', subject: 'report', subjectId: id, data: { unitId: of.id } })
    }
  })
}

/** True if a version cannot be taken back any more: shown to somebody above, or used by a close since it was signed. */
export function isOpenedAbove(row: { campaignId: number; openedAt: number | null; signedAt: number | null }): boolean {
  if (row.openedAt !== null) return true
  return (
    prepared('select 1 from closing where campaign_id = ? and version > 0 and started_at >= ?').get(
      row.campaignId,
      row.signedAt ?? 0,
    ) !== undefined
  )
}

/** Returns the signed reports whose PDF a stored file is, with their unit; none for a file of another kind. */
export function reportsOfFile(fileId: number): { id: number; of: Reported }[] {
  return prepared<{ id: number; unitId: number; path: string }>(
    'select r.id, u.id as unitId, u.path from report r join unit u on u.id = r.unit_id where r.signed_file_id = ?',
  )
    .all(fileId)
    .map(({ id, unitId, path }) => ({ id, of: { id: unitId, path } }))
}
