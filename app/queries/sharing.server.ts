import { createHash } from 'node:crypto'
import type { Actor } from '#app/access/policy.ts'
import { OPEN_STATES } from '#app/domain/assignment.ts'
import type { Result } from '#app/domain/refusal.ts'
import { type Bearer, type SharingWay, shareOut } from '#app/domain/sharing.ts'
import { prepared, transact } from '#db/client.server.ts'
import { type ListBearer, listBearers } from './bearer.server.ts'
import { campaignNow } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { listAssignments, listUnit } from './worklist.server.ts'

/**
 * A request to share out citizens. `way`: how; `from`: which open citizens (`none`: unassigned ones, else those of one
 * bearer). `hamlet` or `itemIds` narrow them; `bearerKeys` receive them. `cap`: how many each may have open at most;
 * null: the shortage to their target.
 */
export type SharingWish = {
  way: SharingWay
  from: string
  hamlet?: string
  itemIds?: readonly number[]
  bearerKeys: readonly string[]
  cap: number | null
}

/**
 * Returns the share of a bearer: the cap for each member, or the shortage. Without a cap, a bearer without a target
 * gets none.
 */
export function shareOf({ shortage, members }: Pick<ListBearer, 'shortage' | 'members'>, cap: number | null): number {
  return cap === null ? (shortage ?? 0) : cap * members
}

function planOf(actor: Actor, campaignId: number, unitId: number, wish: SharingWish) {
  const { bearers, leavers } = listBearers(actor, campaignId, unitId)
  const at = listUnit(actor, unitId)
  const rows = listAssignments(actor, campaignId, {
    unitPath: at?.path ?? '',
    hamlet: wish.hamlet,
    bearer: wish.itemIds === undefined ? wish.from : undefined,
    ids: wish.itemIds,
    limit: Number.MAX_SAFE_INTEGER,
  }).rows.filter(row => row.unitId === unitId && OPEN_STATES.some(state => state === row.state))
  const chosen = bearers.filter(({ key }) => wish.bearerKeys.includes(key) && key !== wish.from)
  const hands = chosen.map(
    (row): Bearer => ({ key: row.key, hamlets: row.hamlets, load: row.open, share: shareOf(row, wish.cap) }),
  )
  const sharing = shareOut(rows, hands, wish.way)
  const planKey = createHash('sha256').update(JSON.stringify(sharing)).digest('base64url')
  return { bearers, leavers, chosen, rows, sharing, planKey }
}

/**
 * Returns the result of a sharing without writing: each citizen with the reason, and what each bearer would have open
 * before and after. `planKey` names exactly this sharing.
 */
export function previewSharing(actor: Actor, campaignId: number, unitId: number, wish: SharingWish) {
  const { bearers, leavers, chosen, rows, sharing, planKey } = planOf(actor, campaignId, unitId, wish)
  const byId = new Map(rows.map(({ id, name, hamlet }) => [id, { id, name, hamlet }]))
  return {
    bearers,
    leavers,
    count: rows.length,
    planKey,
    given: chosen.flatMap(({ key, name, open, shortage, members }) => {
      const items = sharing.given.flatMap(({ itemId, bearerKey, reason }) => {
        const item = byId.get(itemId)
        return bearerKey === key && item ? [{ ...item, reason }] : []
      })
      return items.length === 0 ? [] : [{ key, name, open, share: shareOf({ shortage, members }, wish.cap), items }]
    }),
    left: sharing.left.flatMap(({ itemId, reason }) => {
      const item = byId.get(itemId)
      return item ? [{ ...item, reason }] : []
    }),
  }
}

/**
 * Shares citizens out as a preview showed it (`planKey`), in one transaction; where that would by now give anything
 * else, writes nothing. Returns how many were given.
 */
export function applySharing(
  actor: Actor,
  campaignId: number,
  unitId: number,
  { wish, planKey }: { wish: SharingWish; planKey: string },
): Result<{ given: number }, 'plan_moved'> {
  return transact(tx => {
    const { sharing, planKey: present } = planOf(actor, campaignId, unitId, wish)
    if (present !== planKey) return { ok: false, problem: 'plan_moved' }
    const statement = prepared(
      'update assignment set official_id = ?, team_id = ?, assigned_at = ?, revision = revision + 1 where id = ?',
    )
    const at = campaignNow()
    for (const { itemId, bearerKey } of sharing.given) {
      const id = Number(bearerKey.slice(1))
      statement.run(bearerKey.startsWith('o') ? id : null, bearerKey.startsWith('t') ? id : null, at, itemId)
    }
    if (sharing.given.length > 0)
      logEvent(tx, actor, {
        verb: 'share',
        subject: 'unit',
        subjectId: unitId,
        campaignId,
        data: { way: wish.way, count: sharing.given.length },
      })
    return { ok: true, given: sharing.given.length }
  })
}
