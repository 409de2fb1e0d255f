import { isRoot } from '#app/access/policy.ts'
import { subtreeEnd } from '#app/access/scope.server.ts'
import { type ExemptionDecider, exemptionDeciders, isWithinShare } from '#app/domain/exemption.ts'
import type { ExemptionPart } from '#app/domain/vocabulary.ts'
import { prepared } from '#db/client.server.ts'
import { isAwake } from './asleep.server.ts'
import { campaignToday } from './clock.server.ts'
import { secondsOf } from './independence.server.ts'
import { rulesOf } from './judging/index.server.ts'
import { targetOf } from './official.server.ts'

/** What the rules on who decides read of an exemption. */
export type Decidable = { officialId: number; part: ExemptionPart; askedBy: number | null }
/** Heads who may approve, nearest unit first, and those who may do anything else; `isOffice`: the campaign office does. */
export type Deciders = {
  approving: ExemptionDecider[]
  deciding: ExemptionDecider[]
  isOffice: boolean
  isSecond: (accountId: number) => boolean
}

/** Finds who decides on exemptions of a campaign; what it reads of units is read once. */
export class ExemptionDeciders {
  private readonly seconds = secondsOf()
  private readonly shares = new Map<number, { exempt: Set<number>; people: number }>()

  constructor(private readonly campaignId: number) {}

  of({ officialId, part, askedBy }: Decidable): Deciders {
    const today = campaignToday()
    const { unitPath, guardPath, headPaths = [] } = targetOf(officialId, today)
    const heads = prepared<ExemptionDecider>(
      `select g.account_id as accountId, a.official_id as officialId, u.id as unitId, u.path as unitPath
         from role_grant g join account a on a.id = g.account_id join unit u on u.id = g.unit_id
        where g.role = 'head' and a.disabled_at is null and g.from_on <= @today
          and (g.to_on is null or g.to_on >= @today) and substr(@unitPath, 1, length(u.path)) = u.path
          and ${isAwake('g')}
        order by length(u.path) desc, g.id`,
    )
      .all({ today, unitPath })
      .filter(head => !guardPath || head.unitPath.startsWith(guardPath))
    const about = { officialId, headPaths, decidedPaths: this.decidedPaths(officialId, part) }
    const isSecond = (accountId: number) => this.seconds.isSecond(accountId, askedBy)
    const deciding = exemptionDeciders(heads, about, { isSecond, isWithin: () => true })
    const approving = exemptionDeciders(heads, about, {
      isSecond,
      isWithin: head => this.isWithin(head, heads[0]?.unitId, officialId),
    })
    return { approving, deciding, isOffice: approving.length === 0 && !guardPath, isSecond }
  }

  /** The units by whose charge this part was decided on before, here and in earlier requests. */
  private decidedPaths(officialId: number, part: ExemptionPart): string[] {
    return prepared<string>(
      `select distinct u.path from exemption e join unit u on u.id = e.decided_unit_id
        where e.campaign_id = ? and e.official_id = ? and e.part = ?`,
    )
      .pluck()
      .all(this.campaignId, officialId, part)
  }

  /** Only the official's own unit, the nearest that has a head, is bound to its share; the root has nobody above. */
  private isWithin({ unitId, unitPath }: ExemptionDecider, own: number | undefined, officialId: number): boolean {
    if (unitId !== own || isRoot(unitPath)) return true
    const known = this.shares.get(unitId) ?? this.readShare(unitPath)
    this.shares.set(unitId, known)
    const exempt = known.exempt.size + (known.exempt.has(officialId) ? 0 : 1)
    return isWithinShare({ exempt, people: known.people }, rulesOf(this.campaignId).regulation)
  }

  /**
   * The people of a unit at the cut-off, without those of units below that have a head of their own, and those of them
   * whom an approved exemption lifts something for.
   */
  private readShare(unitPath: string) {
    const { campaignId } = this
    const { endsOn } = rulesOf(campaignId).regulation
    const today = campaignToday()
    const rows = prepared<{ officialId: number; path: string; isExempt: number }>(
      `select s.official_id as officialId, u.path, exists (
                select 1 from exemption e where e.campaign_id = s.campaign_id and e.official_id = s.official_id
                  and e.state = 'approved' and e.from_on <= @endsOn and e.to_on >= @endsOn) as isExempt
         from unit u cross join standing s on s.campaign_id = @campaignId and s.unit_id = u.id
        where u.path >= @path and u.path < @end`,
    ).all({ campaignId, path: unitPath, end: subtreeEnd(unitPath), endsOn })
    const headed = prepared<string>(
      `select distinct u.path from role_grant g join unit u on u.id = g.unit_id
        where g.role = 'head' and g.from_on <= @today and (g.to_on is null or g.to_on >= @today)
          and u.path > @path and u.path < @end`,
    )
      .pluck()
      .all({ today, path: unitPath, end: subtreeEnd(unitPath) })
    const own = rows.filter(({ path }) => !headed.some(below => path.startsWith(below)))
    const exempt = own.filter(({ isExempt }) => isExempt === 1).map(({ officialId }) => officialId)
    return { exempt: new Set(exempt), people: own.length }
  }
}
