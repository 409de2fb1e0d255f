import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import type { CollectiveFacts } from '#app/domain/assessment.ts'
import {
  addMember,
  assessFrozenCollective,
  assessFrozenOfficial,
  canonical,
  changesBetween,
  checkClosing,
  type FrozenCollective,
  type FrozenOfficial,
  isProvisional,
  type MemberSums,
  noMembers,
} from '#app/domain/closing.ts'
import { caseState, type TakenStep } from '#app/domain/due-process.ts'
import type { PartFacts } from '#app/domain/obligation.ts'
import { PLAN_128, type Regulation } from '#app/domain/regulation.ts'
import { differencesOf, parametersOf, readingOf } from '#app/domain/scenario.ts'
import {
  type Category,
  CLOSING_REASONS,
  type CollectiveResult,
  EXEMPTION_PARTS,
  type ExemptionPart,
  GATES,
  OBLIGATION_PARTS,
  type ObligationPart,
  type OfficialResult,
  type ReviewDecision,
  type ReviewStep,
} from '#app/domain/vocabulary.ts'

const CONFIRMED: PartFacts = {
  state: 'confirmed',
  isOwnName: true,
  certificateKind: 'sim',
  validFromOn: '2024-01-01',
  validToOn: '2025-01-01',
}
const NOTHING: PartFacts = {
  state: 'missing',
  isOwnName: null,
  certificateKind: null,
  validFromOn: null,
  validToOn: null,
}

/** What a situation says of an official at the close; what it does not say is in order. */
type Situation = {
  counted: number
  countsAny?: number
  category?: Category
  decided?: number
  lacks?: Partial<Record<ObligationPart, Partial<PartFacts>>>
  exempt?: readonly ExemptionPart[]
  failed?: number
  gates?: FrozenOfficial['gates']
  steps?: readonly TakenStep[]
  on?: string
}

function frozen({ counted, countsAny, category, decided, lacks, exempt, failed, gates, steps, on }: Situation) {
  const official: FrozenOfficial = {
    unitId: 2,
    category: category ?? 'civil_servant',
    isLeader: false,
    sex: 'female',
    decided: decided ?? null,
    counts: { reported: Math.max(counted, countsAny ?? 0), counted, verified: 0, countedAny: countsAny ?? counted },
    parts: Object.fromEntries(
      OBLIGATION_PARTS.map(part => [part, { ...CONFIRMED, ...lacks?.[part] }]),
    ) as FrozenOfficial['parts'],
    exemptParts: exempt ?? [],
    failedInspections: failed ?? 0,
    dueProcess: caseState(steps ?? [], on ?? '2024-07-31', PLAN_128).dueProcess,
    gates: gates ?? [],
  }
  return official
}

const step = (on: string, kind: ReviewStep, decision: ReviewDecision | null = null): TakenStep => ({
  on,
  kind,
  decision,
})
const NOTICE = step('2024-07-08', 'notice')
const EXPLAINED = step('2024-07-10', 'explanation')
const REJECTED = step('2024-07-12', 'explanation_decision', 'rejected')
const FOUND = step('2024-07-16', 'finding_decision', 'made')
const FOUR: readonly ExemptionPart[] = ['sim_signature', 'phone_4g', 'portal_national', 'portal_provincial']

describe('an official at the close, from the facts', () => {
  test.each<[string, Situation, OfficialResult, Partial<Regulation>?]>([
    // what was reached
    ['She helped 11 people and meets every obligation.', { counted: 11 }, 'eligible'],
    ['He helped exactly 10: that completes, and does not exceed.', { counted: 10 }, 'completed'],
    ['She helped 9.', { counted: 9 }, 'not_completed_open'],
    ['He helped nobody.', { counted: 0 }, 'not_completed_open'],
    ['Her head assigned 15, she helped 15.', { counted: 15, decided: 15 }, 'completed'],
    [
      'Her head assigned 15, she helped 14: more than the plan asks, less than assigned.',
      { counted: 14, decided: 15 },
      'not_completed_open',
    ],
    ['Her head assigned 15, she helped 16.', { counted: 16, decided: 15 }, 'eligible'],
    ['The area was lowered to 6, he helped 7.', { counted: 7, decided: 6 }, 'eligible'],
    ['The area was lowered to 6, he helped 6.', { counted: 6, decided: 6 }, 'completed'],
    ['The province sets the quota at 8, she helped 9.', { counted: 9 }, 'eligible', { quota: 8 }],
    ['The province sets the quota at 12, she helped 11.', { counted: 11 }, 'not_completed_open', { quota: 12 }],
    // the three obligations
    ['She helped 12 and never declared a phone.', { counted: 12, lacks: { phone_4g: NOTHING } }, 'not_completed_open'],
    [
      'He helped 12, his head has not confirmed the SIM yet.',
      { counted: 12, lacks: { sim_signature: { state: 'declared' } } },
      'not_completed_open',
    ],
    [
      'She helped 12, her SIM was returned to her.',
      { counted: 12, lacks: { sim_signature: { state: 'returned' } } },
      'not_completed_open',
    ],
    [
      "He helped 12, the SIM is in his wife's name.",
      { counted: 12, lacks: { sim_signature: { isOwnName: false } } },
      'not_completed_open',
    ],
    [
      'Her certificate ended on 30 June, three days before the cut-off.',
      { counted: 12, lacks: { sim_signature: { validToOn: '2024-06-30' } } },
      'not_completed_open',
    ],
    [
      'His certificate ends on the cut-off itself.',
      { counted: 12, lacks: { sim_signature: { validToOn: '2024-07-03' } } },
      'eligible',
    ],
    [
      'Her certificate begins the day after the cut-off.',
      { counted: 12, lacks: { sim_signature: { validFromOn: '2024-07-04' } } },
      'not_completed_open',
    ],
    [
      'He signs remotely on the phone.',
      { counted: 12, lacks: { sim_signature: { certificateKind: 'remote' } } },
      'eligible',
    ],
    [
      'She has a government token, which is not accepted.',
      { counted: 12, lacks: { sim_signature: { certificateKind: 'government_token' } } },
      'not_completed_open',
    ],
    [
      'The same, where the province accepts it.',
      { counted: 12, lacks: { sim_signature: { certificateKind: 'government_token' } } },
      'eligible',
      { certificateKinds: ['sim', 'remote', 'government_token'] },
    ],
    [
      'He logged in to the national portal and not to the provincial one.',
      { counted: 12, lacks: { portal_provincial: NOTHING } },
      'not_completed_open',
    ],
    ['An extract verified her SIM.', { counted: 12, lacks: { sim_signature: { state: 'verified' } } }, 'eligible'],
    // who bears what
    [
      'A union member who works nowhere else helped 11: no obligations to meet.',
      { counted: 11, category: 'member', lacks: { phone_4g: NOTHING, sim_signature: NOTHING } },
      'eligible',
    ],
    ['A union member helped 9.', { counted: 9, category: 'member' }, 'not_completed_open'],
    [
      'Where members bear no quota, a member is exempt.',
      { counted: 3, category: 'member' },
      'exempt',
      { quotaCategories: ['civil_servant'] },
    ],
    ['A soldier helped 11.', { counted: 11, category: 'soldier' }, 'eligible'],
    [
      'A contract worker helped 11 and has no 4G phone.',
      { counted: 11, category: 'contract', lacks: { phone_4g: NOTHING } },
      'not_completed_open',
    ],
    // exemptions; maternity counts as worked
    [
      'On maternity leave, exempt from everything.',
      { counted: 0, exempt: [...FOUR, 'quota'], lacks: { phone_4g: NOTHING } },
      'exempt',
    ],
    [
      'On maternity leave, exempt from the quota, every obligation met.',
      { counted: 0, exempt: ['quota'] },
      'completed',
    ],
    [
      'On maternity leave, exempt from the quota, and yet she helped 11: it bars her from nothing.',
      { counted: 11, exempt: ['quota'] },
      'eligible',
    ],
    [
      'On maternity leave, exempt from the quota, she helped 10: not more than the others must.',
      { counted: 10, exempt: ['quota'] },
      'completed',
    ],
    [
      'On maternity leave, exempt from the obligations, she helped 11.',
      { counted: 11, exempt: FOUR, lacks: { phone_4g: NOTHING } },
      'eligible',
    ],
    [
      'On maternity leave, exempt from the obligations, she helped 10.',
      { counted: 10, exempt: FOUR, lacks: { phone_4g: NOTHING } },
      'completed',
    ],
    [
      'Long ill, exempt from the quota, without a 4G phone.',
      { counted: 0, exempt: ['quota'], lacks: { phone_4g: NOTHING } },
      'not_completed_open',
    ],
    [
      'Exempt from the provincial portal alone, the rest met.',
      { counted: 11, exempt: ['portal_provincial'], lacks: { portal_provincial: NOTHING } },
      'eligible',
    ],
    // what holds back
    ['Helped 12, one record was found untrue.', { counted: 12, failed: 1 }, 'completed'],
    ['Helped 12, discipline is pending.', { counted: 12, gates: ['pending_discipline'] }, 'completed'],
    [
      'Helped 12, an inspection on signs of violation runs.',
      { counted: 12, gates: ['violation_inspection'] },
      'completed',
    ],
    ['Helped 12, a complaint is being settled.', { counted: 12, gates: ['complaint'] }, 'completed'],
    [
      'Helped 9, a complaint is being settled: the lack stays a lack.',
      { counted: 9, gates: ['complaint'] },
      'not_completed_open',
    ],
    // due process, by its days
    [
      'Helped 9, notified on 8 July, nothing else yet.',
      { counted: 9, steps: [NOTICE], on: '2024-07-09' },
      'not_completed_open',
    ],
    [
      'Helped 9, silent until the end: silence alone concludes nothing.',
      { counted: 9, steps: [NOTICE], on: '2024-12-31' },
      'not_completed_open',
    ],
    [
      'Helped 9, the explanation was accepted.',
      { counted: 9, steps: [NOTICE, EXPLAINED, step('2024-07-12', 'explanation_decision', 'accepted')] },
      'not_completed_excused',
    ],
    [
      'Helped 9, the explanation was not accepted, a finding is still to be made.',
      { counted: 9, steps: [NOTICE, EXPLAINED, REJECTED] },
      'not_completed_open',
    ],
    [
      'Helped 9, no lack of responsibility was found.',
      { counted: 9, steps: [NOTICE, EXPLAINED, REJECTED, step('2024-07-16', 'finding_decision', 'not_made')] },
      'not_completed',
    ],
    [
      'Helped 9, found, the appeal may still be lodged today.',
      { counted: 9, steps: [NOTICE, EXPLAINED, REJECTED, FOUND], on: '2024-07-22' },
      'not_completed_open',
    ],
    [
      'Helped 9, found, nobody appealed in time.',
      { counted: 9, steps: [NOTICE, EXPLAINED, REJECTED, FOUND], on: '2024-07-23' },
      'responsibility_review',
    ],
    [
      'Helped 9, found, appealed, undecided for months.',
      { counted: 9, steps: [NOTICE, EXPLAINED, REJECTED, FOUND, step('2024-07-18', 'appeal')], on: '2024-12-31' },
      'not_completed_open',
    ],
    [
      'Helped 9, the appeal was upheld.',
      {
        counted: 9,
        steps: [
          NOTICE,
          EXPLAINED,
          REJECTED,
          FOUND,
          step('2024-07-18', 'appeal'),
          step('2024-07-25', 'appeal_decision', 'upheld'),
        ],
      },
      'not_completed_excused',
    ],
    [
      'Helped 9, the appeal was dismissed.',
      {
        counted: 9,
        steps: [
          NOTICE,
          EXPLAINED,
          REJECTED,
          FOUND,
          step('2024-07-18', 'appeal'),
          step('2024-07-25', 'appeal_decision', 'dismissed'),
        ],
      },
      'responsibility_review',
    ],
    [
      'Helped 9, the case was withdrawn.',
      { counted: 9, steps: [NOTICE, EXPLAINED, step('2024-07-11', 'withdrawal')] },
      'not_completed_open',
    ],
    [
      'Found, and then it turned out that 10 counted: nothing is left to review.',
      { counted: 10, steps: [NOTICE, EXPLAINED, REJECTED, FOUND] },
      'completed',
    ],
  ])('%s', (_label, situation, result, regulation) => {
    const reading = { regulation: { ...PLAN_128, ...regulation }, countsAny: false }
    expect(assessFrozenOfficial(frozen(situation), reading, false).result).toBe(result)
  })

  test('under the other reading of the quota any one outcome is enough', () => {
    const official = frozen({ counted: 9, countsAny: 11 })
    expect(assessFrozenOfficial(official, { regulation: PLAN_128, countsAny: true }, false).result).toBe('eligible')
  })
})

/** The sums of people who each have so many counted, and a target of 10. */
function sumsOf(counts: readonly number[], changes: Partial<Situation> = {}): MemberSums {
  const sums = noMembers()
  for (const counted of counts) {
    const official = frozen({ ...changes, counted })
    addMember(sums, official, assessFrozenOfficial(official, readingOf(PLAN_128, {}), false).standing, 1)
  }
  return sums
}

const collective = (changes: Partial<FrozenCollective> = {}): FrozenCollective => ({
  isFinalReportMissing: false,
  isUntrueReportFound: false,
  indicators: [],
  reports: { inTime: 1, due: 1 },
  inspection: null,
  dueProcess: caseState([], '2024-07-31', PLAN_128).dueProcess,
  gates: [],
  ...changes,
})

describe('a collective at the close, from its people', () => {
  const steps = [NOTICE, EXPLAINED, REJECTED, FOUND]
  const reviewed = caseState(steps, '2024-07-23', PLAN_128).dueProcess
  test.each<[string, MemberSums, Partial<FrozenCollective>, CollectiveResult, Partial<Regulation>?]>([
    ['Two helped 11 and 10: more together than asked.', sumsOf([11, 10]), {}, 'eligible'],
    ['Two helped 12 and 9: together more than asked, though one is short.', sumsOf([12, 9]), {}, 'eligible'],
    [
      'The same, where every member must reach theirs.',
      sumsOf([12, 9]),
      {},
      'emulation_criterion',
      { collectiveTarget: 'every_member' },
    ],
    ['Two helped 10 each: reached, not exceeded.', sumsOf([10, 10]), {}, 'completed'],
    ['Two helped 11 and 8.', sumsOf([11, 8]), {}, 'emulation_criterion'],
    ["One on leave is exempt from the quota: the target is the others'.", sumsOf([11]), {}, 'eligible'],
    ['One has no 4G phone.', sumsOf([12, 12], { lacks: { phone_4g: NOTHING } }), {}, 'completed'],
    ['The final report is missing.', sumsOf([12, 12]), { isFinalReportMissing: true }, 'no_consideration'],
    [
      'The final report is missing, and the target too.',
      sumsOf([1]),
      { isFinalReportMissing: true, dueProcess: reviewed },
      'no_consideration',
    ],
    ['Untrue reporting was found.', sumsOf([12, 12]), { isUntrueReportFound: true }, 'no_consideration'],
    ['A report came late.', sumsOf([12, 12]), { reports: { inTime: 0, due: 1 } }, 'completed'],
    ['Never inspected: no obstacle.', sumsOf([12, 12]), { inspection: null }, 'eligible'],
    [
      'One of 45 records was untrue, none is tolerated.',
      sumsOf([12, 12]),
      { inspection: { untrue: 1, drawn: 45 } },
      'completed',
    ],
    [
      'One of 45, where 5 % are tolerated.',
      sumsOf([12, 12]),
      { inspection: { untrue: 1, drawn: 45 } },
      'eligible',
      { toleratedUntrueShare: 0.05 },
    ],
    [
      'A locality is short of an annex indicator.',
      sumsOf([12, 12]),
      { indicators: [{ indicator: 'phone_4g', done: 1, target: 2 }] },
      'emulation_criterion',
    ],
    ['Discipline is pending against it.', sumsOf([12, 12]), { gates: ['pending_discipline'] }, 'completed'],
    ['Short, every step on record.', sumsOf([5, 5]), { dueProcess: reviewed }, 'responsibility_review'],
    [
      'Short, the appeal may still be lodged.',
      sumsOf([5, 5]),
      { dueProcess: caseState(steps, '2024-07-22', PLAN_128).dueProcess },
      'emulation_criterion',
    ],
    ['Every step on record, and yet the target was reached.', sumsOf([10, 10]), { dueProcess: reviewed }, 'completed'],
  ])('%s', (_label, sums, changes, result, regulation) => {
    const reading = { regulation: { ...PLAN_128, ...regulation } }
    expect(assessFrozenCollective(collective(changes), sums, reading).result).toBe(result)
  })
})

/* properties over any facts */

const anyPart = fc.record({
  state: fc.constantFrom('missing', 'declared', 'confirmed', 'verified', 'returned' as const),
  isOwnName: fc.constantFrom(true, false),
  certificateKind: fc.constantFrom('sim', 'remote', 'government_token' as const),
  validFromOn: fc.constantFrom('2024-01-01', '2024-07-04'),
  validToOn: fc.constantFrom('2024-06-30', '2025-01-01'),
})
const anyOfficial: fc.Arbitrary<FrozenOfficial> = fc
  .record({
    category: fc.constantFrom<Category>('civil_servant', 'member', 'soldier'),
    counted: fc.nat(14),
    more: fc.nat(4),
    decided: fc.option(fc.integer({ min: 1, max: 14 }), { nil: null }),
    parts: fc.record({
      sim_signature: anyPart,
      phone_4g: anyPart,
      portal_national: anyPart,
      portal_provincial: anyPart,
    }),
    exemptParts: fc.uniqueArray(fc.constantFrom(...EXEMPTION_PARTS)),
    failedInspections: fc.nat(1),
    dueProcess: fc.record({
      explanation: fc.constantFrom('none', 'pending', 'accepted', 'rejected' as const),
      finding: fc.constantFrom('none', 'pending', 'made' as const),
      appeal: fc.constantFrom('none', 'pending', 'upheld', 'rejected' as const),
    }),
    gates: fc.uniqueArray(fc.constantFrom(...GATES)),
  })
  .map(({ counted, more, ...rest }) => ({
    ...rest,
    unitId: 2,
    isLeader: false,
    sex: 'female' as const,
    counts: { reported: counted + more, counted, verified: 0, countedAny: counted + more },
  }))
const anyReading = fc
  .record({
    countsAny: fc.boolean(),
    quota: fc.integer({ min: 1, max: 14 }),
    collectiveBarsMembers: fc.boolean(),
    collectiveTarget: fc.constantFrom('sum', 'every_member' as const),
  })
  .map(parameters => readingOf(PLAN_128, parameters))

const RANK: Record<OfficialResult, number> = {
  responsibility_review: 0,
  not_completed: 0,
  not_completed_open: 0,
  not_completed_excused: 0,
  exempt: 1,
  completed: 1,
  eligible: 2,
}
const COLLECTIVE_RANK: Record<CollectiveResult, number> = {
  no_consideration: 0,
  responsibility_review: 1,
  emulation_criterion: 1,
  completed: 2,
  eligible: 3,
}

describe('whatever the facts', () => {
  it('their order changes nothing', () => {
    fc.assert(
      fc.property(anyOfficial, anyReading, fc.boolean(), (official, reading, barred) => {
        const turned = {
          ...official,
          exemptParts: [...official.exemptParts].reverse(),
          gates: [...official.gates].reverse(),
        }
        const one = assessFrozenOfficial(official, reading, barred)
        const other = assessFrozenOfficial(turned, reading, barred)
        expect(other.result).toBe(one.result)
        expect(new Set(other.reasons.map(canonical))).toEqual(new Set(one.reasons.map(canonical)))
      }),
    )
  })

  it("the order of a collective's people changes nothing", () => {
    fc.assert(
      fc.property(fc.array(anyOfficial, { maxLength: 6 }), anyReading, (people, reading) => {
        const sum = (list: readonly FrozenOfficial[]) => {
          const sums = noMembers()
          for (const official of list)
            addMember(sums, official, assessFrozenOfficial(official, reading, false).standing, 1)
          return sums
        }
        expect(canonical(sum([...people].reverse()))).toBe(canonical(sum(people)))
      }),
    )
  })

  it('whoever is taken out of a collective leaves no trace in its sums', () => {
    fc.assert(
      fc.property(fc.array(anyOfficial, { maxLength: 4 }), anyOfficial, anyReading, (people, other, reading) => {
        const sums = noMembers()
        const move = (official: FrozenOfficial, sign: 1 | -1) =>
          addMember(sums, official, assessFrozenOfficial(official, reading, false).standing, sign)
        for (const official of people) move(official, 1)
        const before = canonical(sums)
        move(other, 1)
        move(other, -1)
        expect(canonical(sums)).toBe(before)
      }),
    )
  })

  it('one more counted record never lowers a result', () => {
    fc.assert(
      fc.property(anyOfficial, anyReading, fc.boolean(), (official, reading, barred) => {
        const { counts } = official
        const raised = {
          ...official,
          counts: {
            ...counts,
            counted: counts.counted + 1,
            countedAny: counts.countedAny + 1,
            reported: counts.reported + 1,
          },
        }
        expect(RANK[assessFrozenOfficial(raised, reading, barred).result]).toBeGreaterThanOrEqual(
          RANK[assessFrozenOfficial(official, reading, barred).result],
        )
      }),
    )
  })

  it("nor a collective's", () => {
    const anyFacts: fc.Arbitrary<Partial<CollectiveFacts>> = fc.record({
      isFinalReportMissing: fc.boolean(),
      reports: fc.constantFrom({ inTime: 1, due: 1 }, { inTime: 0, due: 1 }),
      gates: fc.uniqueArray(fc.constantFrom(...GATES)),
    })
    fc.assert(
      fc.property(
        fc.array(fc.nat(14), { minLength: 1, maxLength: 5 }),
        anyFacts,
        anyReading,
        (counts, facts, reading) => {
          const assess = (list: readonly number[]) =>
            COLLECTIVE_RANK[assessFrozenCollective(collective(facts), sumsOf(list), reading).result]
          const [first = 0, ...rest] = counts
          expect(assess([first + 1, ...rest])).toBeGreaterThanOrEqual(assess(counts))
        },
      ),
    )
  })

  it('a replay with unchanged parameters moves nobody', () => {
    fc.assert(
      fc.property(anyOfficial, fc.boolean(), (official, barred) => {
        const differences = differencesOf(parametersOf(PLAN_128), PLAN_128)
        expect(differences).toEqual({})
        expect(assessFrozenOfficial(official, readingOf(PLAN_128, differences), barred).result).toBe(
          assessFrozenOfficial(official, { regulation: PLAN_128, countsAny: false }, barred).result,
        )
      }),
    )
  })

  it('nobody is under review whose steps are not all there and closed', () => {
    fc.assert(
      fc.property(anyOfficial, anyReading, fc.boolean(), (official, reading, barred) => {
        if (assessFrozenOfficial(official, reading, barred).result !== 'responsibility_review') return
        const { explanation, finding, appeal } = official.dueProcess
        expect([explanation, finding]).toEqual(['rejected', 'made'])
        expect(['none', 'rejected']).toContain(appeal)
      }),
      { numRuns: 2000 },
    )
  })

  it('equal facts are equal texts, whatever the order of their keys', () => {
    fc.assert(
      fc.property(anyOfficial, official => {
        const turned = Object.fromEntries(Object.entries(official).reverse())
        expect(canonical(turned)).toBe(canonical(official))
        expect(JSON.parse(canonical(official))).toEqual(JSON.parse(JSON.stringify(official)))
      }),
    )
  })
})

describe('what a later version says has changed', () => {
  test.each<[string, Situation, Situation, string[]]>([
    ['nothing', { counted: 9 }, { counted: 9 }, []],
    ['the counted records', { counted: 11 }, { counted: 10 }, ['counted']],
    ['a gate', { counted: 11 }, { counted: 11, gates: ['complaint'] }, ['gates']],
    ['an exemption', { counted: 11 }, { counted: 11, exempt: ['quota'] }, ['exemptions']],
    ['the target', { counted: 11 }, { counted: 11, decided: 12 }, ['target']],
    ['an obligation', { counted: 11 }, { counted: 11, lacks: { phone_4g: NOTHING } }, ['obligations']],
    ['a step of due process', { counted: 9 }, { counted: 9, steps: [NOTICE] }, ['due_process']],
    ['an inspection', { counted: 9 }, { counted: 8, failed: 1 }, ['counted', 'failed_inspections']],
    ['the posting', { counted: 9 }, { counted: 9, category: 'contract' }, ['posting']],
    ['what was reported', { counted: 9 }, { counted: 9, countsAny: 10 }, ['reported']],
  ])('%s', (_label, before, after, codes) => {
    expect(changesBetween(frozen(before), frozen(after)).map(change => change.code)).toEqual(codes)
  })
})

describe('when a campaign may be closed', () => {
  const late = { now: 0, before: 0, isSeen: false }
  const facts = {
    today: '2024-07-04',
    endsOn: '2024-07-03',
    finalReportOn: '2024-07-09',
    last: null,
    isComputing: false,
    isAgreed: false,
    late,
  }
  const provisional = { version: 1, isProvisional: true }
  const closed = { version: 3, isProvisional: false }
  test.each([
    ['on the last day it still runs', 'close', { today: '2024-07-03' }, 'campaign_runs'],
    ['from the day after provisionally', 'close', {}, null],
    ['on the last day of the final reports still provisionally', 'close', { today: '2024-07-09' }, null],
    ['provisionally once', 'close', { last: provisional }, 'closed_already'],
    ['after the final reports by two people', 'close', { today: '2024-07-10' }, 'close_needs_two'],
    ['to which both agreed', 'close', { today: '2024-07-10', isAgreed: true }, null],
    ['after a provisional version', 'close', { today: '2024-07-10', isAgreed: true, last: provisional }, null],
    ['once', 'close', { today: '2024-07-10', isAgreed: true, last: closed }, 'closed_already'],
    ['a rehearsal at any time before', 'rehearsal', { today: '2024-05-01' }, null],
    ['and after, to compare', 'rehearsal', { last: closed }, null],
    ['a later version only after the close', 'extract', {}, 'not_closed_yet'],
    ['of a provisional one until the final reports are due', 'extract', { last: provisional }, null],
    ['and then the close comes first', 'extract', { today: '2024-07-10', last: provisional }, 'close_first'],
    ['and as often as needed', 'appeal', { last: closed }, null],
    [
      'late entries unseen',
      'appeal',
      { last: closed, late: { now: 4, before: 3, isSeen: false } },
      'late_entries_unseen',
    ],
    ['late entries seen', 'appeal', { last: closed, late: { now: 4, before: 3, isSeen: true } }, null],
    [
      'late entries in the version before',
      'appeal',
      { last: closed, late: { now: 3, before: 3, isSeen: false } },
      null,
    ],
    ['late entries of a rehearsal', 'rehearsal', { late: { now: 4, before: 0, isSeen: false } }, null],
  ] as const)('%s', (_label, reason, changes, problem) => {
    expect(checkClosing(reason, { ...facts, ...changes })).toBe(problem)
  })

  it.each([
    [1, '2024-07-09', true],
    [1, '2024-07-10', false],
    [0, '2024-07-09', false],
  ])('version %i of %s is provisional: %s', (version, on, expected) => {
    expect(isProvisional({ version, on }, PLAN_128)).toBe(expected)
  })

  it('never while another computation runs', () => {
    for (const reason of CLOSING_REASONS)
      expect(checkClosing(reason, { ...facts, isComputing: true })).toBe('being_computed')
  })
})
