import { isRoot } from '#app/access/policy.ts'
import { subtreeEnd } from '#app/access/scope.server.ts'
import { type ExemptionDecider, exemptionDeciders, isWithinShare } from '#app/domain/exemption.ts'
import { grouped } from '#app/domain/grouping.ts'
import type { ExemptionPart } from '#app/domain/vocabulary.ts'
import { prepared } from '#db/client.server.ts'
import { isAwake } from './asleep.server.ts'
import { campaignToday } from './clock.server.ts'
import { secondsOf } from './independence.server.ts'
import { rulesOf } from './judging/index.server.ts'
import { unitIdSql } from './official-posting.server.ts'
import { idsOfPath } from './unit-title.server.ts'

/** What the rules on who decides read of an exemption. */
export type Decidable = {
  id: number
  officialId: number
  part: ExemptionPart
  askedAt: number
  askedBy: number | null
  unitPath: string
  guardPath: string | null
  /** units that the official heads today */
  headPaths: string[]
  /** units by whose charge this part was decided on before, here and in earlier requests */
  decidedPaths: string[]
  /** heads of their unit and of those above it, the nearest to the ground first */
  heads: ExemptionDecider[]
}
type Told = 'headPaths' | 'decidedPaths' | 'heads'

/** Which exemptions: these, or those of a subtree's people that are asked for, the newest 200. */
type Wanted = { ids: readonly number[] } | { askedBelow: string }

/** Reads what decides about some exemptions, in one statement. */
export function decidables(campaignId: number, wanted: Wanted): Decidable[] {
  const isListed = 'ids' in wanted
  const rows = prepared<Omit<Decidable, Told> & Record<Told, string>>(
    `select e.id, e.official_id as officialId, e.part, e.asked_at as askedAt, e.asked_by as askedBy, u.path as unitPath,
            u.guard_path as guardPath,
            (select json_group_array(h.path) from account a join role_grant g on g.account_id = a.id
               join unit h on h.id = g.unit_id
              where a.official_id = e.official_id and g.role = 'head' and g.from_on <= @today
                and (g.to_on is null or g.to_on >= @today)) as headPaths,
            (select json_group_array(distinct d.path) from exemption x join unit d on d.id = x.decided_unit_id
              where x.campaign_id = e.campaign_id and x.official_id = e.official_id and x.part = e.part) as decidedPaths,
            (select json_group_array(json_object('accountId', a.id, 'officialId', a.official_id, 'unitId', h.id,
                                                 'unitPath', h.path) order by length(h.path) desc, g.id)
               from role_grant g join account a on a.id = g.account_id join unit h on h.id = g.unit_id
              where g.unit_id in (${idsOfPath('u.path')}) and g.role = 'head' and a.disabled_at is null
                and g.from_on <= @today and (g.to_on is null or g.to_on >= @today) and ${isAwake('g')}) as heads
       from exemption e join unit u on u.id = ${unitIdSql('e.official_id', '@today')}
      where e.campaign_id = @campaignId and ${
        isListed
          ? 'e.id in (select value from json_each(@ids))'
          : "e.state = 'asked' and u.path >= @path and u.path < @end"
      }
      order by e.id desc ${isListed ? '' : 'limit 200'}`,
  ).all({
    campaignId,
    today: campaignToday(),
    ...(isListed
      ? { ids: JSON.stringify(wanted.ids) }
      : { path: wanted.askedBelow, end: subtreeEnd(wanted.askedBelow) }),
  })
  return rows.map(row => ({
    ...row,
    headPaths: JSON.parse(row.headPaths) as string[],
    decidedPaths: JSON.parse(row.decidedPaths) as string[],
    heads: (JSON.parse(row.heads) as ExemptionDecider[]).filter(
      ({ unitPath }) => !row.guardPath || unitPath.startsWith(row.guardPath),
    ),
  }))
}

/** Heads who may approve, nearest unit first, and those who may do anything else; `isOffice`: the campaign office does. */
export type Deciders = {
  approving: ExemptionDecider[]
  deciding: ExemptionDecider[]
  isOffice: boolean
  isSecond: (accountId: number) => boolean
}

/** Accounts on whose ties it rests who decides on these exemptions. */
export const deciderAccounts = (rows: readonly Decidable[]): number[] =>
  rows.flatMap(({ heads }) => heads.map(({ accountId }) => accountId))

/** Finds who decides on some exemptions of a campaign; ties and shares are read once for all. */
export class ExemptionDeciders {
  private shares: ReadonlyMap<string, Share> | undefined

  constructor(
    private readonly campaignId: number,
    private readonly rows: readonly Decidable[],
    private readonly seconds = secondsOf(),
  ) {
    this.seconds.ready(deciderAccounts(rows))
  }

  of(row: Decidable): Deciders {
    const { heads } = row
    const isSecond = (accountId: number) => this.seconds.isSecond(accountId, row.askedBy)
    const deciding = exemptionDeciders(heads, row, { isSecond, isWithin: () => true })
    const approving = exemptionDeciders(heads, row, {
      isSecond,
      isWithin: head => this.isWithin(head, heads[0]?.unitId, row.officialId),
    })
    return { approving, deciding, isOffice: approving.length === 0 && !row.guardPath, isSecond }
  }

  /** Only the official's own unit, the nearest that has a head, is bound to its share; the root has nobody above. */
  private isWithin({ unitId, unitPath }: ExemptionDecider, own: number | undefined, officialId: number): boolean {
    if (unitId !== own || isRoot(unitPath)) return true
    this.shares ??= sharesOf(
      this.campaignId,
      this.rows.flatMap(({ heads }) => heads[0]?.unitPath ?? []),
    )
    const share = this.shares.get(unitPath)
    const exempt = share?.exempt ?? new Set()
    return isWithinShare(
      { exempt: exempt.size + (exempt.has(officialId) ? 0 : 1), people: share?.people ?? 0 },
      rulesOf(this.campaignId).regulation,
    )
  }
}

/** SQL: the unit `u` is at the path `j` or below. */
const IS_BELOW = "u.path >= j.value and u.path < substr(j.value, 1, length(j.value) - 1) || '0'"

/** The people of a unit and the exempt among them. */
type Share = { exempt: ReadonlySet<number>; people: number }

/**
 * The people of each unit at the cut-off, without those of units below that have a head of their own, and those of them
 * whom an approved exemption lifts something for; by the units' paths.
 */
function sharesOf(campaignId: number, unitPaths: readonly string[]): Map<string, Share> {
  const { endsOn } = rulesOf(campaignId).regulation
  const paths = [...new Set(unitPaths)]
  const rows = prepared<{ top: string | null; path: string; isHeaded: number; people: number; officialId: number }>(
    `select j.value as top, u.path, exists (
              select 1 from role_grant g where g.unit_id = u.id and g.role = 'head' and g.from_on <= @today
                 and (g.to_on is null or g.to_on >= @today)) as isHeaded,
            (select count(*) from standing s where s.campaign_id = @campaignId and s.unit_id = u.id) as people,
            null as officialId
       from json_each(@paths) j cross join unit u on ${IS_BELOW}
     union all
     select null, u.path, 0, 0, e.official_id from exemption e
       join standing s on s.campaign_id = e.campaign_id and s.official_id = e.official_id join unit u on u.id = s.unit_id
      where e.campaign_id = @campaignId and e.state = 'approved' and e.from_on <= @endsOn and e.to_on >= @endsOn
        and exists (select 1 from json_each(@paths) j where ${IS_BELOW})`,
  ).all({ campaignId, endsOn, paths: JSON.stringify(paths), today: campaignToday() })
  const lifted = rows.filter(({ top }) => top === null)
  const units = rows.flatMap(({ top, ...row }) => (top === null ? [] : { top, ...row }))
  const below = grouped(units, ({ top }) => top)
  return new Map(
    paths.map(top => {
      const ofTop = below.get(top) ?? []
      const headed = ofTop.filter(({ path, isHeaded }) => path !== top && isHeaded === 1)
      const isOwn = ({ path }: { path: string }) =>
        path.startsWith(top) && !headed.some(other => path.startsWith(other.path))
      return [
        top,
        {
          people: ofTop.filter(isOwn).reduce((sum, { people }) => sum + people, 0),
          exempt: new Set(lifted.filter(isOwn).map(({ officialId }) => officialId)),
        },
      ]
    }),
  )
}
