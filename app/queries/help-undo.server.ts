import { eq } from 'drizzle-orm'
import type { Person } from '#app/access/policy.ts'
import type { Result } from '#app/domain/refusal.ts'
import { UNDO_MOST, undoneSince } from '#app/domain/undo.ts'
import { prepared, transact } from '#db/client.server.ts'
import { help } from '#db/schema.ts'
import { permitConfirming } from './confirmer.server.ts'
import { logEvent } from './event.server.ts'
import { helpWithTarget } from './help-view.server.ts'
import { change } from './judging/index.server.ts'

/**
 * The account's newest @count confirmations of records, of them those that nothing was built on: no later event of
 * the record, no draw of an inspection since.
 */
const CONFIRMED = `
  select cast(e.subject_id as integer) as helpId
    from (select id, at, subject_id from event where account_id = @accountId and campaign_id = @campaignId
             and verb = 'confirm' and subject = 'help' order by id desc limit @count) e
    join help h on h.id = cast(e.subject_id as integer)
   where e.at >= @since and h.confirmed_by = @accountId and h.returned_at is null and h.withdrawn_at is null
     and not exists (select 1 from event later where later.subject = 'help' and later.subject_id = e.subject_id
                        and later.id > e.id)
     and not exists (select 1 from inspection_pick p join inspection i on i.id = p.inspection_id
                      where p.help_id = h.id and i.drawn_at >= h.confirmed_at)`

function lastConfirmed({ accountId }: Person, campaignId: number, count: number, at: number): number[] {
  if (count < 1 || count > UNDO_MOST) return []
  return prepared<{ helpId: number }>(CONFIRMED)
    .all({ accountId, campaignId, count, since: undoneSince(at) })
    .map(({ helpId }) => helpId)
}

/** Returns true while the actor may undo their last `count` confirmations of records at the instant `at` (ms). */
export function mayUndoConfirming(actor: Person, campaignId: number, count: number, at: number): boolean {
  return lastConfirmed(actor, campaignId, count, at).length === count
}

/**
 * Takes back the actor's last `count` confirmations of records, which wait again as before; the log keeps both acts.
 * All or none: refused where half a minute has passed, or something was built on one of them. Later, a record is sent
 * back with a reason (domain 6.2).
 */
export function undoConfirming(
  actor: Person,
  campaignId: number,
  count: number,
  at: number,
): Result<{ undone: number }, 'undo_over'> {
  return transact(() => {
    const helpIds = lastConfirmed(actor, campaignId, count, at)
    const found = helpIds.map(helpId => helpWithTarget(campaignId, helpId)).filter(row => row !== undefined)
    if (found.length === 0 || found.length !== count) return { ok: false, problem: 'undo_over' }
    for (const { target } of found) permitConfirming(actor, 'help.confirm', target)
    change(campaignId, { citizens: found.map(({ row }) => row.citizenHash) }, tx => {
      for (const { row } of found) {
        tx.update(help)
          .set({ confirmedAt: null, confirmedBy: null, revision: row.revision + 1 })
          .where(eq(help.id, row.id))
          .run()
        logEvent(tx, actor, { verb: 'undo', subject: 'help', subjectId: row.id, campaignId })
      }
    })
    return { ok: true, undone: found.length }
  })
}
