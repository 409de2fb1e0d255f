import { assessOfficial, type OfficialFacts } from '#app/domain/assessment.ts'
import type { Day } from '#app/domain/calendar.ts'
import type { PartFacts } from '#app/domain/obligation.ts'
import type { Regulation } from '#app/domain/regulation.ts'
import { type Standing, type StandingFacts, standingOf } from '#app/domain/standing.ts'
import { decidedTarget, type TargetDecision } from '#app/domain/target.ts'
import {
  type Category,
  type CertificateKind,
  type ExemptionPart,
  OBLIGATION_PARTS,
  type ObligationPart,
  type ObligationState,
} from '#app/domain/vocabulary.ts'
import { prepared } from '#db/client.server.ts'
import { dueProcessOn, gatesOn } from './due-process.server.ts'
import { type PostingRow, type placementOn, postingOn } from './placement.server.ts'
import { addStanding, PARTS, type StoredStanding, type Sums } from './tally.server.ts'

const NOTHING_DECLARED: PartFacts = {
  state: 'missing',
  isOwnName: null,
  certificateKind: null,
  validFromOn: null,
  validToOn: null,
}

type ObligationRow = {
  part: ObligationPart
  state: ObligationState
  isOwnName: number | null
  certificateKind: CertificateKind | null
  validFromOn: string | null
  validToOn: string | null
}

function partsOf(campaignId: number, officialId: number): StandingFacts['parts'] {
  const rows = prepared(
    `select part, state, is_own_name as isOwnName, certificate_kind as certificateKind, valid_from_on as validFromOn,
            valid_to_on as validToOn from obligation where campaign_id = ? and official_id = ?`,
  ).all(campaignId, officialId) as ObligationRow[]
  const parts = Object.fromEntries(OBLIGATION_PARTS.map(part => [part, NOTHING_DECLARED])) as StandingFacts['parts']
  for (const row of rows) parts[row.part] = { ...row, isOwnName: row.isOwnName === null ? null : row.isOwnName === 1 }
  return parts
}

/** Decisions on one official's target: their own (distance 0), and of the units above, nearest first. */
function targetDecisions(campaignId: number, officialId: number, unitPath: string): TargetDecision[] {
  const own = prepared(
    `select id as decisionId, citizens as target, created_at as decidedAt, 0 as distance from target_decision
      where campaign_id = ? and official_id = ?`,
  ).all(campaignId, officialId) as TargetDecision[]
  const unitIds = unitPath.split('/').filter(id => id !== '')
  const above = unitIds.flatMap((unitId, level) =>
    (
      prepared(
        `select id as decisionId, citizens as target, created_at as decidedAt from target_decision
          where campaign_id = ? and unit_id = ?`,
      ).all(campaignId, Number(unitId)) as Omit<TargetDecision, 'distance'>[]
    ).map(row => ({ ...row, distance: unitIds.length - level })),
  )
  return [...own, ...above]
}

/** The facts of one official's standing: posting, target, obligations and exemptions as of the cut-off. */
export function standingFacts(
  campaignId: number,
  officialId: number,
  regulation: Regulation,
): StandingFacts & { decided: number | null; place: PostingRow | undefined } {
  const posting = postingOn(officialId, regulation.endsOn)
  const counts = prepared(
    `select coalesce(sum(is_reported), 0) as reported, coalesce(sum(verdict_kind = 'counts'), 0) as counted,
            coalesce(sum(verdict_reason = 'verified'), 0) as verified, coalesce(sum(counts_any), 0) as countedAny
       from help where campaign_id = ? and official_id = ?`,
  ).get(campaignId, officialId) as StandingFacts['counts']
  const exemptions = prepared(
    `select distinct part from exemption where campaign_id = ? and official_id = ? and state = 'approved'
        and from_on <= ? and to_on >= ?`,
  ).all(campaignId, officialId, regulation.endsOn, regulation.endsOn) as { part: ExemptionPart }[]
  const decided = decidedTarget(posting ? targetDecisions(campaignId, officialId, posting.unitPath) : [])
  return {
    posting: posting ? { category: posting.category as Category } : null,
    place: posting,
    decided,
    target: decided ?? regulation.quota,
    counts,
    parts: partsOf(campaignId, officialId),
    exemptParts: exemptions.map(row => row.part),
  }
}

/** Records of an official that a concluded inspection found untrue, no appeal upheld; withdrawn ones included. */
export function countFailedInspections(campaignId: number, officialId: number): number {
  const { count } = prepared(
    `select count(distinct h.id) as count from help h join inspection_pick p on p.help_id = h.id
       join inspection i on i.id = p.inspection_id
      where h.campaign_id = ? and h.official_id = ? and p.result = 'untrue' and p.overturned_at is null
        and i.concluded_at is not null`,
  ).get(campaignId, officialId) as { count: number }
  return count
}

/**
 * What `assessOfficial` asks of one official as it stands, without what is dated: due process and gates. The stored
 * standing is made from it, so that no stored figure changes because midnight passed.
 */
export function officialFacts(
  campaignId: number,
  officialId: number,
  regulation: Regulation,
  gathered = standingFacts(campaignId, officialId, regulation),
): OfficialFacts {
  return {
    standing: standingOf(gathered, regulation),
    dueProcess: { explanation: 'none', finding: 'none', appeal: 'none' },
    gates: [],
    failedInspections: countFailedInspections(campaignId, officialId),
    isCollectiveBarred: false,
  }
}

/** The same with due process and gates as they stand on `day`: what pages show of one official, and the close freezes. */
export function factsOn(campaignId: number, officialId: number, regulation: Regulation, day: Day): OfficialFacts {
  return {
    ...officialFacts(campaignId, officialId, regulation),
    dueProcess: dueProcessOn(campaignId, { officialId }, day, regulation),
    gates: gatesOn(campaignId, { officialId }, day),
  }
}

/** The same facts under the other reading of the quota: any one required outcome achieved is enough. */
export function underAnyReading(facts: OfficialFacts): OfficialFacts {
  const { counts, target } = facts.standing
  const standing: Standing = {
    ...facts.standing,
    counts: { ...counts, counted: counts.countedAny },
    reachedTarget: target === null ? null : counts.countedAny >= target,
  }
  return { ...facts, standing }
}

/** What `standing` ought to hold of one official, from the facts. */
export function computeStanding(
  campaignId: number,
  officialId: number,
  regulation: Regulation,
): StoredStanding & { shortage: number; resultAny: string; isLeader: number } {
  const gathered = standingFacts(campaignId, officialId, regulation)
  const facts = officialFacts(campaignId, officialId, regulation, gathered)
  const { standing } = facts
  const posting = gathered.place
  const parts = Object.fromEntries(PARTS.map(({ part, field }) => [field, standing.parts[part]])) as Record<
    (typeof PARTS)[number]['field'],
    string
  >
  return {
    unitId: posting?.unitId ?? null,
    category: posting?.category ?? null,
    isLeader: posting?.isLeader ?? 0,
    target: standing.target,
    ...standing.counts,
    ...parts,
    unmet: Object.values(standing.obligations).filter(state => !['met', 'exempt', 'not_borne'].includes(state)).length,
    shortage: standing.target === null ? 0 : Math.max(0, standing.target - standing.counts.counted),
    result: assessOfficial(facts, regulation).result,
    resultAny: assessOfficial(underAnyReading(facts), regulation).result,
  }
}

/** Stores one official's standing anew from the facts. Only `change` and the rebuild call it. */
export function refreshStanding(campaignId: number, officialId: number, regulation: Regulation) {
  const row = computeStanding(campaignId, officialId, regulation)
  prepared(
    `insert into standing (campaign_id, official_id, unit_id, category, is_leader, target, reported, counted, verified,
                           counted_any, sim_signature, phone4g, portal_national, portal_provincial, unmet, shortage,
                           result, result_any, refreshed_at)
     values (@campaignId, @officialId, @unitId, @category, @isLeader, @target, @reported, @counted, @verified,
             @countedAny, @simSignature, @phone4g, @portalNational, @portalProvincial, @unmet, @shortage, @result,
             @resultAny, @refreshedAt)
     on conflict (campaign_id, official_id) do update set unit_id = excluded.unit_id, category = excluded.category,
       is_leader = excluded.is_leader, target = excluded.target, reported = excluded.reported,
       counted = excluded.counted, verified = excluded.verified, counted_any = excluded.counted_any,
       sim_signature = excluded.sim_signature, phone4g = excluded.phone4g, portal_national = excluded.portal_national,
       portal_provincial = excluded.portal_provincial, unmet = excluded.unmet, shortage = excluded.shortage,
       result = excluded.result, result_any = excluded.result_any, refreshed_at = excluded.refreshed_at`,
  ).run({ campaignId, officialId, ...row, refreshedAt: Date.now() })
}

/** The stored standing of one official; undefined before the first refresh. */
export function storedStanding(campaignId: number, officialId: number): StoredStanding | undefined {
  return prepared(
    `select unit_id as unitId, category, target, reported, counted, verified, counted_any as countedAny,
            sim_signature as simSignature, phone4g, portal_national as portalNational,
            portal_provincial as portalProvincial, unmet, shortage, is_leader as isLeader, result,
            result_any as resultAny
       from standing where campaign_id = ? and official_id = ?`,
  ).get(campaignId, officialId) as StoredStanding | undefined
}

/** Adds what the stored standing contributes, under the posting and memberships at the cut-off. */
export function addStandingOf(
  sums: Sums,
  campaignId: number,
  officialId: number,
  regulation: Regulation,
  placementOf: typeof placementOn,
  sign: 1 | -1,
) {
  const row = storedStanding(campaignId, officialId)
  if (!row) return
  const sex = prepared('select sex from official where id = ?').get(officialId) as { sex: string | null } | undefined
  addStanding(sums, campaignId, row, placementOf(officialId, regulation.endsOn), sex?.sex === 'female', sign)
}

/**
 * Says that a fact about an official changed that their stored standing does not hold (a step of due process, a gate):
 * a close under way takes them once more.
 */
export function markStanding(campaignId: number, officialId: number) {
  prepared('update standing set refreshed_at = ? where campaign_id = ? and official_id = ?').run(
    Date.now(),
    campaignId,
    officialId,
  )
}
