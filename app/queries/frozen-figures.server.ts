import { subtreeEnd } from '#app/access/scope.server.ts'
import {
  addMember,
  addSums,
  assessFrozenOfficial,
  type FrozenOfficial,
  type MemberSums,
  noMembers,
  type StoredCollective,
} from '#app/domain/closing.ts'
import { OFFICIAL_RESULTS, type OfficialResult } from '#app/domain/vocabulary.ts'
import { db, prepared } from '#db/client.server.ts'
import { unit } from '#db/schema.ts'
import { findCampaign } from './campaign.server.ts'
import { type Closing, currentClosing } from './closing.server.ts'
import { validCollectives } from './closing-rows.server.ts'
import { regulationOf } from './judging/index.server.ts'
import { rootUnit } from './unit.server.ts'

/** On what figures rest: frozen in a version of the assessments, or as they are now. */
export type ApiBasis = 'frozen' | 'live'

/** What an answer of the interface or an export says of its figures: whose they are, and on what they rest. */
export type ApiSource = {
  campaign: string
  basis: ApiBasis
  /** null: live */
  version: number | null
  isProvisional: boolean
}

/**
 * Chooses what an answer rests on. From the first version on that is the newest frozen one, and `live` must be asked
 * for; before it there is nothing frozen. Figures that no version freezes are live.
 */
export function sourceOf(
  campaignId: number,
  { basis, isFrozen = true }: { basis?: ApiBasis; isFrozen?: boolean },
): { source: ApiSource; closing: Closing | undefined } {
  const closing = basis === 'live' || !isFrozen ? undefined : currentClosing(campaignId)
  return {
    source: {
      campaign: findCampaign(campaignId)?.code ?? '',
      basis: closing ? 'frozen' : 'live',
      version: closing?.version ?? null,
      isProvisional: closing?.isProvisional ?? false,
    },
    closing,
  }
}

/** How many officials of each unit of today, with everything below it, have each result in a frozen version. */
export function frozenResultsByUnit({ campaignId, version }: Closing) {
  return resultsUnder(
    prepared<{ path: string; result: OfficialResult; count: number }>(
      `select u.path, a.result, count(*) as count from official_assessment a join unit u on u.id = a.unit_id
        where a.campaign_id = ? and a.from_version <= ? and (a.to_version is null or a.to_version > ?)
        group by u.id, a.result`,
    ).all(campaignId, version, version),
  )
}

/** How many officials of each unit, with everything below it, have each result now. */
export function liveResultsByUnit(campaignId: number) {
  return resultsUnder(
    prepared<{ path: string; result: OfficialResult; count: number }>(
      `select u.path, s.result, count(*) as count from unit u cross join standing s on s.unit_id = u.id
        where s.campaign_id = ? group by u.id, s.result`,
    ).all(campaignId),
  )
}

export type UnitResults = ReturnType<typeof resultsUnder>[number]

function resultsUnder(rows: readonly { path: string; result: OfficialResult; count: number }[]) {
  const units = db.select({ id: unit.id, parentId: unit.parentId, path: unit.path }).from(unit).all()
  return units.map(({ id, parentId, path }) => {
    const own = rows.filter(row => row.path.startsWith(path))
    const results = Object.fromEntries(
      OFFICIAL_RESULTS.map(result => [
        result,
        own.reduce((sum, row) => sum + (row.result === result ? row.count : 0), 0),
      ]),
    ) as Record<OfficialResult, number>
    return { id, parentId, officials: own.reduce((sum, row) => sum + row.count, 0), results }
  })
}

/**
 * The frozen sums of each collective's people in a version, and of the province: it is no collective, so its sums are
 * those of the units below it and of its own people.
 */
export function frozenSums(closing: Closing): Map<number, MemberSums> {
  const { campaignId, version } = closing
  const sums = new Map(
    validCollectives(campaignId, version).map(({ unitId, facts }) => [
      unitId,
      (JSON.parse(facts) as StoredCollective).sums,
    ]),
  )
  const root = rootUnit().id
  const { regulation } = regulationOf(closing.regulationId)
  const whole = noMembers()
  const below = prepared<number>('select id from unit where parent_id = ?').pluck().all(root)
  for (const unitId of below) addSums(whole, sums.get(unitId) ?? noMembers())
  const own = prepared<string>(
    `select facts from official_assessment where campaign_id = ? and unit_id = ? and from_version <= ?
        and (to_version is null or to_version > ?)`,
  )
    .pluck()
    .all(campaignId, root, version, version)
  for (const facts of own) {
    const frozen = JSON.parse(facts) as FrozenOfficial
    addMember(whole, frozen, assessFrozenOfficial(frozen, { regulation, countsAny: false }, false).standing, 1)
  }
  return sums.set(root, whole)
}

/** Officials of a unit who are eligible, and who completed, in a frozen version. */
export type FrozenCounts = { eligible: number; completed: number }

/**
 * Counts frozen results of a unit's people by one split of its board: `of` a row's key, and `whole`. By chapter no
 * version freezes them: undefined.
 */
export function frozenCounts(
  { campaignId, version }: Closing,
  { path, dimension }: { path: string; dimension: 'unit' | 'block' | 'category' | 'chapter' | 'locality' },
): { whole: FrozenCounts; of: (key: string) => FrozenCounts } | undefined {
  if (dimension === 'chapter' || dimension === 'locality') return undefined
  const rows = prepared<{ path: string; block: string; category: string; result: OfficialResult; count: number }>(
    `select u.path, u.block, a.facts ->> '$.category' as category, a.result, count(*) as count
       from official_assessment a join unit u on u.id = a.unit_id
      where a.campaign_id = @campaignId and a.from_version <= @version
        and (a.to_version is null or a.to_version > @version) and u.path >= @from and u.path < @end
      group by u.id, category, a.result`,
  ).all({ campaignId, version, from: path, end: subtreeEnd(path) })
  const count = (keep: (row: (typeof rows)[number]) => boolean): FrozenCounts => {
    const sum = (result: OfficialResult) =>
      rows.filter(row => row.result === result && keep(row)).reduce((total, row) => total + row.count, 0)
    return { eligible: sum('eligible'), completed: sum('completed') }
  }
  return {
    whole: count(() => true),
    of: key =>
      count(row => (dimension === 'unit' ? row.path.includes(`/${key}/`) : row[dimension] === key)),
  }
}
