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
import { unconfirmObligations } from './obligation.server.ts'

/** What a queue confirms: records of help, or declared parts of obligations. */
export type Confirmed = 'help' | 'obligation'

/**
 * The account's newest @count confirmations of one kind that were done since @since and that no later event of the same
 * row followed.
 */
const lastActs = (subject: Confirmed) => `
  select cast(e.subject_id as integer) as id
    from (select id, at, subject_id from event where account_id = @accountId and campaign_id = @campaignId
             and verb = 'confirm' and subject = '${subject}' order by id desc limit @count) e
   where e.at >= @since and not exists (select 1 from event later where later.subject = '${subject}'
     and later.subject_id = e.subject_id and later.id > e.id)`

/** Of those, the ones that nothing was built on: of a record also no draw of an inspection since. */
const CONFIRMED: Record<Confirmed, string> = {
  help: `select h.id from (${lastActs('help')}) a join help h on h.id = a.id
    where h.confirmed_by = @accountId and h.returned_at is null and h.withdrawn_at is null
      and not exists (select 1 from inspection_pick p join inspection i on i.id = p.inspection_id
                       where p.help_id = h.id and i.drawn_at >= h.confirmed_at)`,
  obligation: `select o.id from (${lastActs('obligation')}) a join obligation o on o.id = a.id
    where o.state in ('confirmed', 'verified') and coalesce(o.cleared_by, o.confirmed_by) = @accountId`,
}

function lastConfirmed({ accountId }: Person, campaignId: number, kind: Confirmed, count: number, at: number) {
  if (count < 1 || count > UNDO_MOST) return []
  return prepared<number>(CONFIRMED[kind])
    .pluck()
    .all({ accountId, campaignId, count, since: undoneSince(at) })
}

type Act = { kind: Confirmed; count: number }

/** Returns true while the actor may undo their last `count` confirmations of a kind at the instant `at` (ms). */
export function mayUndoConfirming(actor: Person, campaignId: number, { kind, count }: Act, at: number): boolean {
  return lastConfirmed(actor, campaignId, kind, count, at).length === count
}

/**
 * Takes back the actor's last `count` confirmations of records or of declared parts, which wait again as before; the
 * log keeps both acts. All or none: refused where half a minute has passed, or something was built on one of them.
 * Later, each is sent back with a reason (domain 4, 6.2).
 */
export function undoConfirming(
  actor: Person,
  campaignId: number,
  { kind, count }: Act,
  at: number,
): Result<{ undone: number }, 'undo_over'> {
  return transact(() => {
    const ids = lastConfirmed(actor, campaignId, kind, count, at)
    if (ids.length === 0 || ids.length !== count) return { ok: false, problem: 'undo_over' }
    if (kind === 'help') unconfirmHelp(actor, campaignId, ids)
    else unconfirmObligations(actor, campaignId, ids)
    return { ok: true, undone: ids.length }
  })
}

function unconfirmHelp(actor: Person, campaignId: number, helpIds: readonly number[]) {
  const found = helpIds.map(helpId => helpWithTarget(campaignId, helpId)).filter(row => row !== undefined)
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
}
