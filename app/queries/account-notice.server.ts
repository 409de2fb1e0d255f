import { isRoot, type Person } from '#app/access/policy.ts'
import { type Day, dayOf } from '#app/domain/calendar.ts'
import { isOfficeRole } from '#app/domain/independence.ts'
import type { Role } from '#app/domain/vocabulary.ts'
import { prepared } from '#db/client.server.ts'
import { campaignNow, campaignToday } from './clock.server.ts'
import { findVouchers, listAsleep } from './receipt.server.ts'

/** How long a replaced password is shown (ms). */
const TOLD_MS = 14 * 86_400_000

/**
 * What an account's owner must see, so that no act of another person on it stays hidden: their password was replaced,
 * another root head's was, a role sleeps until one of `by` vouches, or the keys of a campaign are to be destroyed.
 */
type AccountNotice =
  | { kind: 'own_reset' | 'root_head_reset'; name: string; by: string; at: number }
  | { kind: 'asleep'; role: Role; unitName: string; by: string[] }
  | { kind: 'keys_announced'; campaignId: number; code: string; fromOn: Day }

type Reset = { name: string; by: string | null; at: number }

const RESETS = `
  select a.display_name as name, i.display_name as by, c.opened_at as at
    from activation_code c join account a on a.id = c.account_id left join account i on i.id = c.created_by
   where c.is_reset = 1 and c.opened_at > @since`

/** Lists an account's notices, those about its own password first. */
export function listAccountNotices(actor: Person): AccountNotice[] {
  const since = campaignNow() - TOLD_MS
  const told = (kind: 'own_reset' | 'root_head_reset', rows: Reset[]) =>
    rows.map(({ by, ...row }) => ({ kind, by: by ?? 'hệ thống', ...row }))
  const own = prepared<Reset>(`${RESETS} and c.account_id = @accountId order by c.id desc`).all({
    since,
    accountId: actor.accountId,
  })
  return [
    ...sleeping(actor),
    ...told('own_reset', own),
    ...told('root_head_reset', rootHeadResets(actor, since)),
    ...announcements(actor),
  ]
}

/** Roles of the actor that sleep, with the names of who may vouch. */
function sleeping(actor: Person): AccountNotice[] {
  const roles = listAsleep(actor)
  if (roles.length === 0) return []
  const by = findVouchers(actor.accountId) ?? []
  return roles.map(row => ({ kind: 'asleep', ...row, by }))
}

/** Root heads whose password was replaced by another, told to the other root heads. */
function rootHeadResets(actor: Person, since: number): Reset[] {
  if (!actor.grants.some(({ role, unitPath }) => role === 'head' && isRoot(unitPath))) return []
  return prepared<Reset>(
    `${RESETS} and c.account_id <> @accountId and exists (
       select 1 from role_grant g join unit u on u.id = g.unit_id
        where g.account_id = c.account_id and g.role = 'head' and u.parent_id is null and g.from_on <= @today
          and (g.to_on is null or g.to_on >= @today)) order by c.id desc`,
  ).all({ since, accountId: actor.accountId, today: campaignToday() })
}

/** Destructions of keys that are proposed, for every office. */
function announcements(actor: Person): AccountNotice[] {
  if (!actor.grants.some(({ role }) => isOfficeRole(role))) return []
  return prepared<{ campaignId: number; code: string; dueAt: number | null; proposedAt: number }>(
    `select c.id as campaignId, c.code, d.due_at as dueAt, d.proposed_at as proposedAt
       from key_destruction d join campaign c on c.id = d.campaign_id
      where d.withdrawn_at is null and d.confirmed_at is null order by d.id`,
  )
    .all()
    .map(({ dueAt, proposedAt, ...row }) => ({ kind: 'keys_announced', ...row, fromOn: dayOf(dueAt ?? proposedAt) }))
}
