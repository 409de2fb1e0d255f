import { eq } from 'drizzle-orm'
import type { Actor } from '#app/access/policy.ts'
import { found } from '#app/domain/refusal.ts'
import { transact } from '#db/client.server.ts'
import { help } from '#db/schema.ts'
import { campaignNow } from './clock.server.ts'
import { mayConfirm, permitConfirming } from './confirmer.server.ts'
import { logEvent } from './event.server.ts'
import { helpWithTarget, visibleHelp } from './help-view.server.ts'
import { secondsOf } from './independence.server.ts'
import { change } from './judging/index.server.ts'
import { withinReach } from './reach.server.ts'

/**
 * Confirms the named records on behalf of their unit (domain 6.2). Skips records already confirmed, returned or
 * withdrawn, and those that the actor may not confirm (moved to another unit's day, for example). The official, and
 * who entered the record in their name, must be independent of the actor (domain 10).
 * Returns how many were confirmed, and the ids that were skipped. Throws 403 or 404 if the actor may confirm none.
 */
export function confirmHelp(
  actor: Actor,
  campaignId: number,
  helpIds: readonly number[],
): { confirmed: number; left: number[] } {
  const accountId = actor.kind === 'person' ? actor.accountId : null
  const seconds = secondsOf()
  const { count, left } = setEach(actor, campaignId, helpIds, {
    verb: 'confirm',
    isOpen: row =>
      row.confirmedAt === null &&
      row.returnedAt === null &&
      row.withdrawnAt === null &&
      seconds.mayConfirm(actor, row.officialId, row.receivedAt) &&
      (accountId === null || seconds.isSecond(accountId, row.recordedBy, row.receivedAt)),
    set: () => ({ confirmedAt: campaignNow(), confirmedBy: accountId }),
  })
  return { confirmed: count, left }
}

/**
 * Sends records back to their officials with a reason; they count again when corrected and confirmed. Withdrawn ones,
 * and those that are not the actor's to confirm, stay as they are. Returns how many were sent back, and the ids that
 * were left; throws 403 or 404 where none of them is the actor's.
 */
export function returnHelp(
  actor: Actor,
  campaignId: number,
  { helpIds, reason }: { helpIds: readonly number[]; reason: string },
): { returned: number; left: number[] } {
  const { count, left } = setEach(actor, campaignId, helpIds, {
    verb: 'return',
    isOpen: row => row.withdrawnAt === null,
    set: () => ({ returnedAt: campaignNow(), returnReason: reason, confirmedAt: null, confirmedBy: null }),
  })
  return { returned: count, left }
}

type Row = typeof help.$inferSelect

/** Changes the records that are open to the act, in one transaction; `left` names the others. */
function setEach(
  actor: Actor,
  campaignId: number,
  helpIds: readonly number[],
  { verb, isOpen, set }: { verb: 'confirm' | 'return'; isOpen: (row: Row) => boolean; set: () => Partial<Row> },
): { count: number; left: number[] } {
  return transact(() => {
    const { rows, left } = withinReach(helpIds, helpId => {
      const { row, target } = found(visibleHelp(actor, campaignId, helpId) ?? leftVisible(actor, campaignId, helpId))
      permitConfirming(actor, 'help.confirm', target)
      return row
    })
    const open = rows.filter(isOpen)
    left.push(...rows.filter(row => !isOpen(row)).map(({ id }) => id))
    change(campaignId, { citizens: open.map(row => row.citizenHash) }, tx => {
      for (const row of open) {
        tx.update(help)
          .set({ ...set(), revision: row.revision + 1 })
          .where(eq(help.id, row.id))
          .run()
        logEvent(tx, actor, { verb, subject: 'help', subjectId: row.id, campaignId })
      }
    })
    return { count: open.length, left }
  })
}

/** A record out of the actor's sight that nobody but their office may confirm; undefined for any other. */
function leftVisible(actor: Actor, campaignId: number, helpId: number) {
  const found = helpWithTarget(campaignId, helpId)
  return found && mayConfirm(actor, 'help.confirm', found.target) ? found : undefined
}
