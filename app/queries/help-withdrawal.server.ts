import { eq } from 'drizzle-orm'
import { type Actor, permit } from '#app/access/policy.ts'
import { checkWithdrawal } from '#app/domain/help.ts'
import { found, type Result } from '#app/domain/refusal.ts'
import { prepared } from '#db/client.server.ts'
import { help } from '#db/schema.ts'
import { settleAssignments } from './assignment-closing.server.ts'
import { campaignNow } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { visibleHelp } from './help-view.server.ts'
import { change } from './judging/index.server.ts'

/** Withdraws a record; not possible once it was drawn for inspection or denied by the citizen (domain 5). */
export function withdrawHelp(actor: Actor, campaignId: number, helpId: number): Result {
  const row = editable(actor, campaignId, helpId)
  const reason = checkWithdrawal({ isDrawn: isDrawn(helpId), isDenied: isDenied(helpId) })
  if (reason !== null) return { ok: false, problems: [{ field: 'helpId', reason }] }
  setWithdrawn(actor, campaignId, row, campaignNow())
  return { ok: true }
}

/** Takes a withdrawal back; the record keeps the place in the queue for the credit that it had. */
export function restoreHelp(actor: Actor, campaignId: number, helpId: number) {
  setWithdrawn(actor, campaignId, editable(actor, campaignId, helpId), null)
}

function editable(actor: Actor, campaignId: number, helpId: number) {
  const { row, target } = found(visibleHelp(actor, campaignId, helpId))
  permit(actor, 'help.edit', target)
  return row
}

function setWithdrawn(actor: Actor, campaignId: number, row: ReturnType<typeof editable>, withdrawnAt: number | null) {
  change(campaignId, { citizens: [row.citizenHash] }, tx => {
    tx.update(help)
      .set({ withdrawnAt, revision: row.revision + 1 })
      .where(eq(help.id, row.id))
      .run()
    settleAssignments(campaignId, [row.citizenHash])
    const verb = withdrawnAt === null ? 'restore' : 'withdraw'
    logEvent(tx, actor, { verb, subject: 'help', subjectId: row.id, campaignId })
  })
}

/** Returns true if the record was drawn for an inspection: it and its citizen then stay as they were drawn. */
export function isDrawn(helpId: number): boolean {
  return prepared('select 1 from inspection_pick where help_id = ?').get(helpId) !== undefined
}

/** True while a citizen's "no" is in force, whatever the verdict names first. */
function isDenied(helpId: number): boolean {
  return (
    prepared(`select 1 from citizen_answer where help_id = ? and set_aside_at is null and answer = 'no'`).get(
      helpId,
    ) !== undefined
  )
}
