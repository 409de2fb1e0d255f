import { eq } from 'drizzle-orm'
import type { Actor } from '#app/access/policy.ts'
import { needsHead } from '#app/domain/late-entry.ts'
import { found } from '#app/domain/refusal.ts'
import { transact } from '#db/client.server.ts'
import { help } from '#db/schema.ts'
import { campaignNow } from './clock.server.ts'
import { mayConfirm, permitConfirming } from './confirmer.server.ts'
import { logEvent } from './event.server.ts'
import { helpWithTarget, visibleHelp } from './help-view.server.ts'
import { secondsOf } from './independence.server.ts'
import { change } from './judging/index.server.ts'
import { targetOf } from './official.server.ts'
import { withinReach } from './reach.server.ts'

/** A record as a page showed it: what was changed since, `revision` tells. */
export type ShownHelp = { helpId: number; revision: number }

/** `left`: not the actor's, or no longer open. `changed`: written again since they were shown, so that they stay as they are. */
type LeftHelp = { left: number[]; changed: number[] }

/**
 * Confirms records on behalf of their unit (domain 6.2), each as it was shown: what was changed since is not confirmed.
 * Skips records already confirmed, returned or withdrawn, and those that the actor may not confirm (moved to another
 * unit's day, for example). The official, and who entered the record in their name, must be independent of the actor
 * (domain 10); a late one without a document needs a head.
 * Returns how many were confirmed, and the ids that were skipped. Throws 403 or 404 if the actor may confirm none.
 */
export function confirmHelp(
  actor: Actor,
  campaignId: number,
  shown: readonly ShownHelp[],
): { confirmed: number } & LeftHelp {
  const accountId = actor.kind === 'person' ? actor.accountId : null
  const seconds = secondsOf()
  const { count, ...left } = setEach(actor, campaignId, shown, {
    verb: 'confirm',
    isOpen: row =>
      row.confirmedAt === null &&
      row.returnedAt === null &&
      row.withdrawnAt === null &&
      seconds.mayConfirm(actor, row.officialId, row.receivedAt) &&
      (accountId === null || seconds.isSecond(accountId, row.recordedBy, row.receivedAt)) &&
      (!needsHead(row) || isHeadOver(actor, targetOf(row.officialId, row.helpedOn).unitPath)),
    set: () => ({ confirmedAt: campaignNow(), confirmedBy: accountId }),
  })
  return { confirmed: count, ...left }
}

/**
 * Sends records back to their officials with a reason, each as it was shown; they count again when corrected and confirmed. Withdrawn ones,
 * and those that are not the actor's to confirm, stay as they are. Returns how many were sent back, and the ids that
 * were left; throws 403 or 404 where none of them is the actor's.
 */
export function returnHelp(
  actor: Actor,
  campaignId: number,
  { shown, reason }: { shown: readonly ShownHelp[]; reason: string },
): { returned: number } & LeftHelp {
  const { count, ...left } = setEach(actor, campaignId, shown, {
    verb: 'return',
    isOpen: row => row.withdrawnAt === null,
    set: () => ({ returnedAt: campaignNow(), returnReason: reason, confirmedAt: null, confirmedBy: null }),
  })
  return { returned: count, ...left }
}

/** True for a head of the unit or of one above it. */
function isHeadOver(actor: Actor, unitPath: string): boolean {
  return actor.kind === 'person' && actor.grants.some(row => row.role === 'head' && unitPath.startsWith(row.unitPath))
}

type Row = typeof help.$inferSelect

/** Changes the records that are as they were shown and open to the act, in one transaction; the others are named. */
function setEach(
  actor: Actor,
  campaignId: number,
  shown: readonly ShownHelp[],
  { verb, isOpen, set }: { verb: 'confirm' | 'return'; isOpen: (row: Row) => boolean; set: () => Partial<Row> },
): { count: number } & LeftHelp {
  return transact(() => {
    const revisions = new Map(shown.map(({ helpId, revision }) => [helpId, revision]))
    const isMoved = ({ id, revision }: Row) => revisions.get(id) !== revision
    const { rows, left } = withinReach([...revisions.keys()], helpId => {
      const { row, target } = found(visibleHelp(actor, campaignId, helpId) ?? leftVisible(actor, campaignId, helpId))
      permitConfirming(actor, 'help.confirm', target)
      return row
    })
    const asShown = rows.filter(row => !isMoved(row))
    const open = asShown.filter(isOpen)
    left.push(...asShown.filter(row => !isOpen(row)).map(({ id }) => id))
    change(campaignId, { citizens: open.map(row => row.citizenHash) }, tx => {
      for (const row of open) {
        tx.update(help)
          .set({ ...set(), revision: row.revision + 1 })
          .where(eq(help.id, row.id))
          .run()
        logEvent(tx, actor, { verb, subject: 'help', subjectId: row.id, campaignId })
      }
    })
    return { count: open.length, left, changed: rows.filter(isMoved).map(({ id }) => id) }
  })
}

/** A record out of the actor's sight that nobody but their office may confirm; undefined for any other. */
function leftVisible(actor: Actor, campaignId: number, helpId: number) {
  const found = helpWithTarget(campaignId, helpId)
  return found && mayConfirm(actor, 'help.confirm', found.target) ? found : undefined
}
