import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type CandidacyFacts,
  candidacyBars,
  checkCandidateStep,
  compareCandidates,
  fitsCap,
  isPreferred,
  placeAfter,
  type RankFacts,
  stationsOf,
} from '#app/domain/round.ts'
import type { CandidateAction, RoundStage } from '#app/domain/vocabulary.ts'

describe('the stations', () => {
  it.each([
    ['a commune under a district', 'commendation', true, ['unit', 'agency', 'home_affairs', 'council', 'decision']],
    ['a district or agency itself', 'commendation', false, ['unit', 'home_affairs', 'council', 'decision']],
    ['a proposal for review, from a commune', 'review', true, ['home_affairs', 'decision']],
    ['a proposal for review, from an agency', 'review', false, ['home_affairs', 'decision']],
  ] as const)('of %s', (_, kind, hasAgency, stations) => {
    expect(stationsOf(kind, { hasAgency })).toEqual(stations)
  })

  const ALL = stationsOf('commendation', { hasAgency: true })
  it.each([
    ['proposed at the unit', 'propose', 'unit', { stage: 'agency', ended: null }],
    ['passed on by the district', 'pass', 'agency', { stage: 'home_affairs', ended: null }],
    ['passed on by home affairs', 'pass', 'home_affairs', { stage: 'council', ended: null }],
    ['passed on by the council', 'pass', 'council', { stage: 'decision', ended: null }],
    ['returned by the district', 'return', 'agency', { stage: 'unit', ended: null }],
    ['returned by home affairs', 'return', 'home_affairs', { stage: 'agency', ended: null }],
    ['returned by the council', 'return', 'council', { stage: 'home_affairs', ended: null }],
    ['dropped by home affairs', 'drop', 'home_affairs', { stage: 'home_affairs', ended: 'drop' }],
    ['decided', 'decide', 'decision', { stage: 'decision', ended: 'decide' }],
    ['revoked', 'revoke', 'decision', { stage: 'decision', ended: 'revoke' }],
    ['returned by the unit itself', 'return', 'unit', null],
    ['passed on behind the decision', 'pass', 'decision', null],
  ] as const)('%s', (_, action, stage, after) => {
    expect(placeAfter(action, { stage }, ALL)).toEqual(after)
  })

  it('a review returned by home affairs has nowhere to go', () => {
    expect(placeAfter('return', { stage: 'home_affairs' }, stationsOf('review', { hasAgency: true }))).toBeNull()
  })
})

const OPEN = { kind: 'commendation', isFrozen: false, isDecided: false } as const
const FROZEN = { ...OPEN, isFrozen: true }
const DECIDED = { ...FROZEN, isDecided: true }

describe('a step', () => {
  it.each([
    ['pass at the district, list open', 'pass', 'agency', null, OPEN, null],
    ['pass at the unit', 'pass', 'unit', null, OPEN, 'candidate_step_closed'],
    ['propose at the unit after a return', 'propose', 'unit', null, OPEN, null],
    ['propose anew what the unit dropped', 'propose', 'unit', 'drop', OPEN, null],
    ['propose anew what home affairs dropped', 'propose', 'home_affairs', 'drop', OPEN, 'candidate_step_closed'],
    ['take back before the freeze', 'return', 'council', null, OPEN, null],
    ['council passes before the freeze', 'pass', 'council', null, OPEN, 'round_not_frozen'],
    ['decide before the freeze', 'decide', 'decision', null, OPEN, 'round_not_frozen'],
    ['propose after the freeze', 'propose', 'unit', null, FROZEN, 'round_frozen'],
    ['district passes after the freeze', 'pass', 'agency', null, FROZEN, 'round_frozen'],
    ['council passes after the freeze', 'pass', 'council', null, FROZEN, null],
    ['decide after the freeze', 'decide', 'decision', null, FROZEN, null],
    ['decide at the council', 'decide', 'council', null, FROZEN, 'candidate_step_closed'],
    ['pass after the decision', 'pass', 'council', null, DECIDED, 'round_decided'],
    ['revoke what was decided', 'revoke', 'decision', 'decide', DECIDED, null],
    ['revoke what was not decided', 'revoke', 'decision', null, FROZEN, 'candidate_step_closed'],
    ['revoke twice', 'revoke', 'decision', 'revoke', DECIDED, 'candidate_step_closed'],
    ['pass what was dropped', 'pass', 'home_affairs', 'drop', OPEN, 'candidate_step_closed'],
  ] as const satisfies readonly (readonly [
    string,
    CandidateAction,
    RoundStage,
    CandidateAction | null,
    typeof OPEN | typeof FROZEN | typeof DECIDED,
    string | null,
  ])[])('%s', (_, action, stage, ended, round, problem) => {
    expect(checkCandidateStep(action, { stage, ended }, round)).toBe(problem)
  })
})

const ELIGIBLE: CandidacyFacts = {
  kind: 'official',
  result: 'eligible',
  newestResult: 'eligible',
  isFinalReportMissing: false,
  gates: [],
  isAwarded: false,
  isElsewhere: false,
  outsiderBar: null,
  hasReasons: false,
}

describe('a commendation is barred', () => {
  it.each([
    ['not: eligible, nothing stands against it', {}, []],
    ['where only completed', { result: 'completed', newestResult: 'completed' }, ['not_eligible']],
    ['where a newer version no longer says eligible', { newestResult: 'completed' }, ['not_eligible']],
    ['where never assessed', { result: null, newestResult: null }, ['not_eligible']],
    ['while discipline is pending', { gates: ['pending_discipline'] }, ['gate_in_force']],
    ['while a complaint is open', { gates: ['complaint'] }, ['gate_in_force']],
    ['where the achievement was awarded', { isAwarded: true }, ['achievement_used']],
    ['where another round has it', { isElsewhere: true }, ['proposed_elsewhere']],
    [
      'by all of them at once',
      { result: 'completed', gates: ['complaint'], isAwarded: true },
      ['not_eligible', 'gate_in_force', 'achievement_used'],
    ],
    ['not: from outside the rosters', { kind: 'outside_person', result: null, newestResult: null }, []],
    ['not: a hamlet team from outside', { kind: 'outside_collective', result: null, newestResult: null }, []],
  ] as const)('%s', (_, changes, bars) => {
    expect(candidacyBars('commendation', { ...ELIGIBLE, ...changes })).toEqual(bars)
  })
})

describe('a proposal for review is barred', () => {
  it.each([
    ['not: every step is on record', { result: 'responsibility_review', newestResult: 'responsibility_review' }, []],
    [
      'where an appeal was upheld since',
      { result: 'responsibility_review', newestResult: 'not_completed_excused' },
      ['not_for_review'],
    ],
    ['where only not completed', { result: 'not_completed', newestResult: 'not_completed' }, ['not_for_review']],
    ['where excused', { result: 'not_completed_excused', newestResult: 'not_completed_excused' }, ['not_for_review']],
    ['where a step is open', { result: 'not_completed_open', newestResult: 'not_completed_open' }, ['not_for_review']],
    ['where never assessed', { result: null, newestResult: null }, ['not_for_review']],
    [
      'from outside the rosters',
      { kind: 'outside_person', result: 'responsibility_review', newestResult: 'responsibility_review' },
      ['not_for_review'],
    ],
  ] as const)('%s', (_, changes, bars) => {
    expect(candidacyBars('review', { ...ELIGIBLE, ...changes })).toEqual(bars)
  })
})

const PERSON: RankFacts = {
  kind: 'official',
  isWoman: false,
  women: 0,
  officials: 0,
  counted: 14,
  target: 10,
  verified: 8,
  completedOn: '2024-05-20',
}
const COLLECTIVE: RankFacts = { ...PERSON, kind: 'collective', officials: 20, women: 10, counted: 300, target: 200 }

describe('the order', () => {
  it.each([
    ['the larger share of the target first', { ...PERSON, counted: 15 }, PERSON],
    ['a share, not a count: 12 of 8 before 14 of 10', { ...PERSON, counted: 12, target: 8 }, PERSON],
    ['a tie: the woman first', { ...PERSON, isWoman: true }, { ...PERSON, verified: 14 }],
    ['a tie of two men: more verified first', { ...PERSON, verified: 9 }, PERSON],
    ['a tie in verified: the earlier completion first', { ...PERSON, completedOn: '2024-05-19' }, PERSON],
    ['a known completion before an unknown one', PERSON, { ...PERSON, completedOn: null }],
    ['collectives: 70 % women first', { ...COLLECTIVE, women: 14 }, { ...COLLECTIVE, women: 13, verified: 99 }],
    ['figures before none', PERSON, { ...PERSON, counted: null }],
    ['without figures: the woman first', { ...PERSON, counted: null, isWoman: true }, { ...PERSON, counted: null }],
  ] as const)('%s', (_, first, second) => {
    expect(compareCandidates(first, second)).toBeLessThan(0)
    expect(compareCandidates(second, first)).toBeGreaterThan(0)
  })

  it('exactly 70 % is enough, a collective of nobody is not', () => {
    expect(isPreferred({ ...COLLECTIVE, officials: 10, women: 7 })).toBe(true)
    expect(isPreferred({ ...COLLECTIVE, officials: 100, women: 69 })).toBe(false)
    expect(isPreferred({ ...COLLECTIVE, officials: 0, women: 0 })).toBe(false)
  })

  const facts = fc.record({
    kind: fc.constantFrom('official' as const, 'outside_person' as const),
    isWoman: fc.boolean(),
    women: fc.constant(0),
    officials: fc.constant(0),
    counted: fc.option(fc.nat(40)),
    target: fc.nat(20),
    verified: fc.nat(40),
    completedOn: fc.option(fc.constantFrom('2024-05-01', '2024-06-01')),
  })
  it('is the same however the candidates come in', () => {
    fc.assert(
      fc.property(fc.array(facts, { maxLength: 8 }), rows => {
        const ranked = [...rows].sort(compareCandidates)
        const again = [...rows].reverse().sort(compareCandidates)
        for (const [n, row] of ranked.entries()) expect(compareCandidates(row, again[n] as RankFacts)).toBe(0)
      }),
    )
  })
  it('never puts a higher count behind, all else equal', () => {
    fc.assert(
      fc.property(facts, fc.nat(10), (row, more) => {
        if (row.counted === null) return
        expect(compareCandidates({ ...row, counted: row.counted + more }, row)).toBeLessThanOrEqual(0)
      }),
    )
  })
})

describe('a cap', () => {
  it.each([
    ['none', null, 500, 500, true],
    ['room for all', 10, 8, 2, true],
    ['one too many', 10, 8, 3, false],
    ['zero', 0, 0, 1, false],
  ] as const)('%s', (_, cap, passed, adding, fits) => {
    expect(fitsCap(cap, { passed, adding })).toBe(fits)
  })
})
