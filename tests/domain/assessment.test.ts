import { describe, expect, test } from 'vitest'
import {
  type AssessmentReason,
  assessCollective,
  assessOfficial,
  type CollectiveFacts,
  type DueProcess,
  type OfficialFacts,
} from '#app/domain/assessment.ts'
import { PLAN_128, type Regulation } from '#app/domain/regulation.ts'
import type { Standing } from '#app/domain/standing.ts'
import type { CollectiveResult, OfficialResult } from '#app/domain/vocabulary.ts'

const NOTHING_BEGUN: DueProcess = { explanation: 'none', finding: 'none', appeal: 'none' }
const REVIEW_DUE: DueProcess = { explanation: 'rejected', finding: 'made', appeal: 'none' }

/** An official with a target of 10 and `counted` citizens who met every obligation. */
function official(
  counted: number,
  changes: Partial<OfficialFacts> = {},
  standing: Partial<Standing> = {},
): OfficialFacts {
  return {
    standing: {
      bearsQuota: true,
      bearsObligations: true,
      target: 10,
      reachedTarget: counted >= 10,
      counts: { reported: counted, counted, verified: 0, countedAny: counted },
      parts: { sim_signature: 'met', phone_4g: 'met', portal_national: 'met', portal_provincial: 'met' },
      obligations: { sim_signature: 'met', phone_4g: 'met', portal_login: 'met' },
      allMet: true,
      ...standing,
    },
    dueProcess: NOTHING_BEGUN,
    gates: [],
    failedInspections: 0,
    isCollectiveBarred: false,
    ...changes,
  }
}

type Row<Facts, Result> = {
  label: string
  facts: Facts
  result: Result
  codes: AssessmentReason['code'][]
  regulation?: Partial<Regulation>
}

describe('an official', () => {
  const simExpired: Partial<Standing> = {
    obligations: { sim_signature: 'confirmed', phone_4g: 'met', portal_login: 'met' },
    allMet: false,
  }
  const exempt: Partial<Standing> = { target: null, reachedTarget: null, allMet: null }
  test.each<Row<OfficialFacts, OfficialResult>>([
    {
      label: 'twelve of ten, all met',
      facts: official(12),
      result: 'eligible',
      codes: ['target_exceeded', 'obligations_met'],
    },
    {
      label: 'case 18: twelve counted, SIM certificate does not last to the cut-off',
      facts: official(12, {}, simExpired),
      result: 'not_completed_open',
      codes: ['target_exceeded', 'obligation_unmet'],
    },
    {
      label: 'case 20: ten of ten, all met: must exceed',
      facts: official(10),
      result: 'completed',
      codes: ['target_reached', 'obligations_met'],
    },
    {
      label: 'case 21: nine, explanation accepted',
      facts: official(9, { dueProcess: { ...NOTHING_BEGUN, explanation: 'accepted' } }),
      result: 'not_completed_excused',
      codes: ['target_short', 'explanation_accepted'],
    },
    {
      label: 'case 22: none, no explanation, no finding',
      facts: official(0),
      result: 'not_completed_open',
      codes: ['target_short'],
    },
    {
      label: 'nine, explanation waits for the head',
      facts: official(9, { dueProcess: { ...NOTHING_BEGUN, explanation: 'pending' } }),
      result: 'not_completed_open',
      codes: ['target_short', 'explanation_pending'],
    },
    {
      label: 'nine, explanation rejected, no finding',
      facts: official(9, { dueProcess: { ...NOTHING_BEGUN, explanation: 'rejected' } }),
      result: 'not_completed',
      codes: ['target_short', 'explanation_rejected'],
    },
    {
      label: 'nine, finding still pending',
      facts: official(9, { dueProcess: { ...REVIEW_DUE, finding: 'pending' } }),
      result: 'not_completed_open',
      codes: ['target_short', 'explanation_rejected', 'finding_pending'],
    },
    {
      label: 'nine, every step on record, finding made',
      facts: official(9, { dueProcess: REVIEW_DUE }),
      result: 'responsibility_review',
      codes: ['target_short', 'explanation_rejected', 'finding_made'],
    },
    {
      label: 'nine, finding made, appeal rejected',
      facts: official(9, { dueProcess: { ...REVIEW_DUE, appeal: 'rejected' } }),
      result: 'responsibility_review',
      codes: ['target_short', 'explanation_rejected', 'finding_made', 'appeal_rejected'],
    },
    {
      label: 'nine, finding made, appeal may still be lodged',
      facts: official(9, { dueProcess: { ...REVIEW_DUE, appeal: 'pending' } }),
      result: 'not_completed_open',
      codes: ['target_short', 'explanation_rejected', 'finding_made', 'appeal_pending'],
    },
    {
      label: 'nine, finding made, appeal upheld',
      facts: official(9, { dueProcess: { ...REVIEW_DUE, appeal: 'upheld' } }),
      result: 'not_completed_excused',
      codes: ['target_short', 'explanation_rejected', 'finding_made', 'appeal_upheld'],
    },
    {
      label: 'nine, a finding without an explanation on record reaches no review list',
      facts: official(9, { dueProcess: { ...REVIEW_DUE, explanation: 'none' } }),
      result: 'not_completed_open',
      codes: ['target_short', 'finding_made'],
    },
    {
      label: 'twelve and all met, whatever finding is on record',
      facts: official(12, { dueProcess: REVIEW_DUE }),
      result: 'eligible',
      codes: ['target_exceeded', 'obligations_met'],
    },
    { label: 'exempt from all', facts: official(0, {}, exempt), result: 'exempt', codes: ['exempt_from_all'] },
    {
      label: 'bears nothing',
      facts: official(0, {}, { ...exempt, bearsQuota: false, bearsObligations: false }),
      result: 'exempt',
      codes: ['bears_nothing'],
    },
    {
      label: 'exempt from the quota, all met: nothing to exceed',
      facts: official(3, {}, { target: null, reachedTarget: null }),
      result: 'completed',
      codes: ['exempt_from_quota', 'obligations_met'],
    },
    {
      label: 'a member with twelve: no obligations to meet',
      facts: official(12, {}, { bearsObligations: false, allMet: null }),
      result: 'eligible',
      codes: ['target_exceeded'],
    },
    {
      label: 'twelve, one record found untrue',
      facts: official(12, { failedInspections: 1 }),
      result: 'completed',
      codes: ['target_exceeded', 'obligations_met', 'inspections_failed'],
    },
    {
      label: 'twelve, discipline pending',
      facts: official(12, { gates: ['pending_discipline'] }),
      result: 'completed',
      codes: ['target_exceeded', 'obligations_met', 'gate'],
    },
    {
      label: 'twelve, collective out of consideration',
      facts: official(12, { isCollectiveBarred: true }),
      result: 'eligible',
      codes: ['target_exceeded', 'obligations_met'],
    },
    {
      label: 'the same, where the regulation lets that bar its people',
      facts: official(12, { isCollectiveBarred: true }),
      result: 'completed',
      codes: ['target_exceeded', 'obligations_met', 'collective_barred'],
      regulation: { collectiveBarsMembers: true },
    },
  ])('$label: $result', ({ facts, result, codes, regulation }) => {
    const assessment = assessOfficial(facts, { ...PLAN_128, ...regulation })
    expect(assessment.result).toBe(result)
    expect(assessment.reasons.map(({ code }) => code)).toEqual(codes)
    expect(assessment.articles).toContain('IV.1')
  })

  test('reasons carry their figures', () => {
    expect(assessOfficial(official(9, {}, simExpired), PLAN_128).reasons).toEqual([
      { code: 'target_short', counted: 9, target: 10 },
      { code: 'obligation_unmet', obligation: 'sim_signature', standing: 'confirmed' },
    ])
  })
})

/** A unit of 20: 230 of 200 counted, 100 % of each obligation, every report in time, never inspected. */
function collective(changes: Partial<CollectiveFacts> = {}): CollectiveFacts {
  const all = { met: 20, bearers: 20 }
  return {
    isFinalReportMissing: false,
    isUntrueReportFound: false,
    counted: 230,
    target: 200,
    membersShort: 2,
    obligations: { sim_signature: all, phone_4g: all, portal_login: all },
    indicators: [],
    reports: { inTime: 1, due: 1 },
    inspection: null,
    dueProcess: NOTHING_BEGUN,
    gates: [],
    ...changes,
  }
}

describe('a collective', () => {
  const exceeded: AssessmentReason['code'][] = ['target_exceeded', 'obligations_met', 'never_inspected']
  test.each<Row<CollectiveFacts, CollectiveResult>>([
    { label: 'target exceeded, all in order', facts: collective(), result: 'eligible', codes: exceeded },
    {
      label: 'final report missing',
      facts: collective({ isFinalReportMissing: true }),
      result: 'no_consideration',
      codes: ['final_report_missing'],
    },
    {
      label: 'a finding of untrue reporting',
      facts: collective({ isUntrueReportFound: true }),
      result: 'no_consideration',
      codes: ['untrue_report_found'],
    },
    {
      label: 'target missed',
      facts: collective({ counted: 199 }),
      result: 'emulation_criterion',
      codes: ['target_short'],
    },
    {
      label: 'target missed, finding made after every step',
      facts: collective({ counted: 199, dueProcess: REVIEW_DUE }),
      result: 'responsibility_review',
      codes: ['target_short', 'explanation_rejected', 'finding_made'],
    },
    {
      label: 'target missed, explanation accepted',
      facts: collective({ counted: 199, dueProcess: { ...NOTHING_BEGUN, explanation: 'accepted' } }),
      result: 'emulation_criterion',
      codes: ['target_short', 'explanation_accepted'],
    },
    {
      label: 'two members short, where every member must reach theirs',
      facts: collective(),
      result: 'emulation_criterion',
      codes: ['members_short'],
      regulation: { collectiveTarget: 'every_member' },
    },
    {
      label: 'a locality short of an annex indicator',
      facts: collective({ indicators: [{ indicator: 'eid_activated', done: 27_546, target: 27_547 }] }),
      result: 'emulation_criterion',
      codes: ['indicator_short'],
    },
    {
      label: 'a locality that reached it',
      facts: collective({ indicators: [{ indicator: 'eid_activated', done: 27_547, target: 27_547 }] }),
      result: 'eligible',
      codes: exceeded,
    },
    {
      label: 'target reached, not exceeded',
      facts: collective({ counted: 200 }),
      result: 'completed',
      codes: ['target_reached', 'obligations_met', 'never_inspected'],
    },
    {
      label: 'one without a 4G phone',
      facts: collective({ obligations: { ...collective().obligations, phone_4g: { met: 19, bearers: 20 } } }),
      result: 'completed',
      codes: ['target_exceeded', 'obligation_share', 'never_inspected'],
    },
    {
      label: 'final report late',
      facts: collective({ reports: { inTime: 0, due: 1 } }),
      result: 'completed',
      codes: ['target_exceeded', 'reports_late', 'obligations_met', 'never_inspected'],
    },
    {
      label: 'inspected, nothing untrue',
      facts: collective({ inspection: { untrue: 0, drawn: 45 } }),
      result: 'eligible',
      codes: ['target_exceeded', 'obligations_met'],
    },
    {
      label: 'inspected, one of 45 untrue, none tolerated',
      facts: collective({ inspection: { untrue: 1, drawn: 45 } }),
      result: 'completed',
      codes: ['target_exceeded', 'inspection_share', 'obligations_met'],
    },
    {
      label: 'inspected, one of 20 untrue, 5 % tolerated',
      facts: collective({ inspection: { untrue: 1, drawn: 20 } }),
      result: 'eligible',
      codes: ['target_exceeded', 'obligations_met'],
      regulation: { toleratedUntrueShare: 0.05 },
    },
    {
      label: 'a complaint is being settled',
      facts: collective({ gates: ['complaint'] }),
      result: 'completed',
      codes: ['target_exceeded', 'gate', 'obligations_met', 'never_inspected'],
    },
  ])('$label: $result', ({ facts, result, codes, regulation }) => {
    const assessment = assessCollective(facts, { ...PLAN_128, ...regulation })
    expect(assessment.result).toBe(result)
    expect(assessment.reasons.map(({ code }) => code)).toEqual(codes)
    expect(assessment.articles).toContain('IV.2')
  })
})
