import { eq } from 'drizzle-orm'
import { type Actor, permit } from '#app/access/policy.ts'
import { checkWithdrawal } from '#app/domain/help.ts'
import { found, type Result } from '#app/domain/refusal.ts'
import { type FactTx, prepared } from '#db/client.server.ts'
import { help, inspectionMember, inspectionPick } from '#db/schema.ts'
import { settleAssignments } from './assignment-closing.server.ts'
import { campaignNow } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { isDenied } from './help-change.server.ts'
import { visibleHelp } from './help-view.server.ts'
import { change } from './judging/index.server.ts'
import { lateColumns } from './late-entry.server.ts'

/**
 * Withdraws a record; not possible once the citizen denied it (domain 5). Whether an inspection drew it makes no
 * difference to the official: the team goes on with it as drawn, and sees that its withdrawal was asked (domain 6.4).
 */
export function withdrawHelp(actor: Actor, campaignId: number, helpId: number): Result {
  const { row, target } = found(visibleHelp(actor, campaignId, helpId))
  permit(actor, 'help.edit', target)
  const reason = checkWithdrawal({ isDenied: isDenied(helpId) })
  if (reason !== null) return { ok: false, problems: [{ field: 'helpId', reason }] }
  change(campaignId, { citizens: [row.citizenHash] }, tx => {
    tx.update(help)
      .set({ withdrawnAt: row.withdrawnAt ?? campaignNow(), revision: row.revision + 1 })
      .where(eq(help.id, helpId))
      .run()
    settleAssignments(campaignId, [row.citizenHash])
    logEvent(tx, actor, { verb: 'withdraw', subject: 'help', subjectId: helpId, campaignId })
  })
  return { ok: true }
}

/**
 * Takes a withdrawal back. The record keeps its place in the queue for the credit, and waits for its unit's
 * confirmation again. Inspections that drew while it was withdrawn draw it now, apart from the estimate, unless they are
 * concluded; then a signal asks, so that nobody sits a draw out (domain 6.4). After the last day of
 * entry it is late.
 */
export function restoreHelp(actor: Actor, campaignId: number, helpId: number) {
  const { row, target } = found(visibleHelp(actor, campaignId, helpId))
  permit(actor, 'help.edit', target)
  const { withdrawnAt } = row
  if (withdrawnAt === null) return
  const lateEntry = lateColumns(campaignId, null, [])
  change(campaignId, { citizens: [row.citizenHash] }, tx => {
    const missed = missedDraws(campaignId, { withdrawnAt, unitPath: target.unitPath ?? '', helpId })
    tx.update(help)
      .set({
        withdrawnAt: null,
        confirmedAt: null,
        confirmedBy: null,
        missedDrawAt: missed.at(-1)?.drawnAt ?? row.missedDrawAt,
        revision: row.revision + 1,
        ...lateEntry,
      })
      .where(eq(help.id, helpId))
      .run()
    for (const draw of missed) if (draw.concludedAt === null) drawRestored(tx, actor, campaignId, { ...draw, helpId })
    settleAssignments(campaignId, [row.citizenHash])
    logEvent(tx, actor, { verb: 'restore', subject: 'help', subjectId: helpId, campaignId })
  })
}

type MissedDraw = { id: number; unitId: number; drawnAt: number; concludedAt: number | null }

/** Inspections that drew in the record's unit, or above it, since it was withdrawn, and do not have it; the oldest first. */
function missedDraws(
  campaignId: number,
  { withdrawnAt, unitPath, helpId }: { withdrawnAt: number; unitPath: string; helpId: number },
): MissedDraw[] {
  return prepared<MissedDraw>(
    `select i.id, i.unit_id as unitId, i.drawn_at as drawnAt, i.concluded_at as concludedAt
       from inspection i join unit u on u.id = i.unit_id
      where i.campaign_id = ? and i.drawn_at >= ? and substr(?, 1, length(u.path)) = u.path
        and not exists (select 1 from inspection_pick p where p.inspection_id = i.id and p.help_id = ?)
      order by i.drawn_at, i.id`,
  ).all(campaignId, withdrawnAt, unitPath, helpId)
}

/** Adds a restored record to a draw that it missed, as chosen for its risk; signatures given before lapse. */
function drawRestored(
  tx: FactTx,
  actor: Actor,
  campaignId: number,
  { id, unitId, helpId }: MissedDraw & { helpId: number },
) {
  const { place } = prepared<{ place: number }>(
    'select coalesce(max(place), 0) + 1 as place from inspection_pick where inspection_id = ?',
  ).one(id)
  tx.insert(inspectionPick)
    .values({ inspectionId: id, helpId, origin: 'risk', stratum: `${unitId}/signal`, place })
    .run()
  tx.update(inspectionMember).set({ signedAt: null }).where(eq(inspectionMember.inspectionId, id)).run()
  logEvent(tx, actor, { verb: 'draw', subject: 'inspection', subjectId: id, campaignId, data: { helpId } })
}
