import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isDayOff, termEnd } from '#app/domain/calendar.ts'
import { type CaseState, caseState, checkStep, DECISIONS_OF, type TakenStep } from '#app/domain/due-process.ts'
import { PLAN_128 } from '#app/domain/regulation.ts'
import { REVIEW_DECISIONS, REVIEW_STEPS, type ReviewDecision, type ReviewStep } from '#app/domain/vocabulary.ts'

const step = (on: string, kind: ReviewStep, decision: ReviewDecision | null = null): TakenStep => ({
  on,
  kind,
  decision,
})

const NOTICE = step('2024-07-10', 'notice')
const EXPLAINED = step('2024-07-15', 'explanation')
const REJECTED = step('2024-07-18', 'explanation_decision', 'rejected')
const FOUND = step('2024-07-24', 'finding_decision', 'made')
const APPEALED = step('2024-07-26', 'appeal')

describe('terms', () => {
  it.each([
    ['ten days from a Wednesday end on a Saturday: Monday counts', '2024-07-10', 10, '2024-07-22'],
    ['five days from a Wednesday end on a Monday', '2024-07-24', 5, '2024-07-29'],
    ['an end on 30 April runs over 1 May', '2024-04-20', 10, '2024-05-02'],
    ['an end on a working day stays', '2024-07-09', 10, '2024-07-19'],
  ])('%s', (_label, from, days, end) => {
    expect(termEnd(from, days, PLAN_128.daysOff)).toBe(end)
  })

  it('never ends on a day off, nor before its days', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 1, max: 60 }), (offset, days) => {
        const from = new Date(Date.UTC(2024, 3, 1) + offset * 86_400_000).toISOString().slice(0, 10)
        const end = termEnd(from, days, PLAN_128.daysOff)
        expect(isDayOff(end, PLAN_128.daysOff)).toBe(false)
        expect(end > from).toBe(true)
      }),
    )
  })
})

describe('a case', () => {
  const open = (state: CaseState) => state.open.map(({ kind }) => kind)

  it.each<[string, TakenStep[], string, Partial<CaseState['dueProcess']>, ReviewStep[]]>([
    ['nothing yet', [], '2024-07-10', { explanation: 'none' }, ['notice']],
    ['notified', [NOTICE], '2024-07-11', { explanation: 'pending' }, ['explanation', 'withdrawal']],
    ['the last day of the term', [NOTICE], '2024-07-22', { explanation: 'pending' }, ['explanation', 'withdrawal']],
    [
      'silent beyond the term: the head may decide, an explanation is still taken',
      [NOTICE],
      '2024-07-23',
      { explanation: 'pending' },
      ['explanation', 'explanation_decision', 'withdrawal'],
    ],
    [
      'explained: the head decides at once',
      [NOTICE, EXPLAINED],
      '2024-07-15',
      { explanation: 'pending' },
      ['explanation_decision', 'withdrawal'],
    ],
    [
      'explanation accepted: the case is over',
      [NOTICE, EXPLAINED, step('2024-07-18', 'explanation_decision', 'accepted')],
      '2024-07-18',
      { explanation: 'accepted', finding: 'none' },
      [],
    ],
    [
      "explanation rejected: a finding is still a person's to make",
      [NOTICE, EXPLAINED, REJECTED],
      '2024-08-30',
      { explanation: 'rejected', finding: 'pending' },
      ['finding_decision', 'withdrawal'],
    ],
    [
      'no lack of responsibility found: not completed, and no review',
      [NOTICE, EXPLAINED, REJECTED, step('2024-07-24', 'finding_decision', 'not_made')],
      '2024-08-30',
      { explanation: 'rejected', finding: 'none', appeal: 'none' },
      [],
    ],
    [
      'found: an appeal may be lodged until Monday 29/7',
      [NOTICE, EXPLAINED, REJECTED, FOUND],
      '2024-07-29',
      { finding: 'made', appeal: 'pending' },
      ['appeal'],
    ],
    [
      'found, the term for the appeal has passed',
      [NOTICE, EXPLAINED, REJECTED, FOUND],
      '2024-07-30',
      { finding: 'made', appeal: 'none' },
      [],
    ],
    [
      'appealed: pending however long the decision takes',
      [NOTICE, EXPLAINED, REJECTED, FOUND, APPEALED],
      '2024-12-01',
      { finding: 'made', appeal: 'pending' },
      ['appeal_decision'],
    ],
    [
      'appeal upheld',
      [NOTICE, EXPLAINED, REJECTED, FOUND, APPEALED, step('2024-08-02', 'appeal_decision', 'upheld')],
      '2024-08-02',
      { appeal: 'upheld' },
      [],
    ],
    [
      'appeal dismissed',
      [NOTICE, EXPLAINED, REJECTED, FOUND, APPEALED, step('2024-08-02', 'appeal_decision', 'dismissed')],
      '2024-08-02',
      { finding: 'made', appeal: 'rejected' },
      [],
    ],
    [
      'withdrawn: as if it had never been opened',
      [NOTICE, EXPLAINED, step('2024-07-16', 'withdrawal')],
      '2024-07-16',
      { explanation: 'none', finding: 'none', appeal: 'none' },
      [],
    ],
  ])('%s', (_label, steps, today, dueProcess, next) => {
    const state = caseState(steps, today, PLAN_128)
    expect(state.dueProcess).toMatchObject(dueProcess)
    expect(open(state)).toEqual(next)
    expect(state.isClosed).toBe(next.length === 0)
  })

  it('says until when an explanation and an appeal may come', () => {
    expect(caseState([NOTICE], '2024-07-11', PLAN_128).explanationDueOn).toBe('2024-07-22')
    expect(caseState([NOTICE, EXPLAINED, REJECTED, FOUND], '2024-07-25', PLAN_128).appealDueOn).toBe('2024-07-29')
  })
})

describe('shortcuts', () => {
  it.each<[string, TakenStep[], ReviewStep, ReviewDecision | null, string, ReturnType<typeof checkStep>]>([
    ['a finding without a notice', [], 'finding_decision', 'made', '2024-07-11', 'step_not_open'],
    [
      'a finding before the explanation is decided',
      [NOTICE, EXPLAINED],
      'finding_decision',
      'made',
      '2024-07-30',
      'step_not_open',
    ],
    [
      'a decision before the term has passed',
      [NOTICE],
      'explanation_decision',
      'rejected',
      '2024-07-22',
      'step_not_open',
    ],
    ['the decision after it', [NOTICE], 'explanation_decision', 'rejected', '2024-07-23', null],
    [
      'a decision without saying which',
      [NOTICE, EXPLAINED],
      'explanation_decision',
      null,
      '2024-07-16',
      'decision_not_fitting',
    ],
    [
      'a finding in place of it',
      [NOTICE, EXPLAINED],
      'explanation_decision',
      'made',
      '2024-07-16',
      'decision_not_fitting',
    ],
    ['an appeal one day late', [NOTICE, EXPLAINED, REJECTED, FOUND], 'appeal', null, '2024-07-30', 'step_too_late'],
    ['an appeal in time', [NOTICE, EXPLAINED, REJECTED, FOUND], 'appeal', null, '2024-07-29', null],
    ['a second notice', [NOTICE], 'notice', null, '2024-07-12', 'step_not_open'],
    [
      'a withdrawal after the finding',
      [NOTICE, EXPLAINED, REJECTED, FOUND],
      'withdrawal',
      null,
      '2024-07-25',
      'step_not_open',
    ],
  ])('%s', (_label, steps, kind, decision, today, expected) => {
    expect(checkStep({ kind, decision }, steps, today, PLAN_128)).toBe(expected)
  })

  function expectOrder(steps: TakenStep[], on: string) {
    if (caseState(steps, on, PLAN_128).dueProcess.finding !== 'made') return
    const kinds = steps.map(taken => taken.kind)
    expect(kinds.filter(taken => taken === 'notice')).toHaveLength(1)
    expect(kinds.indexOf('notice')).toBeLessThan(kinds.indexOf('explanation_decision'))
    expect(kinds.indexOf('explanation_decision')).toBeLessThan(kinds.indexOf('finding_decision'))
  }

  it('no order of accepted steps makes a finding stand without notice, decision and finding, each once', () => {
    const attempt = fc.record({
      kind: fc.constantFrom(...REVIEW_STEPS),
      decision: fc.option(fc.constantFrom(...REVIEW_DECISIONS), { nil: null }),
      wait: fc.integer({ min: 0, max: 15 }),
    })
    fc.assert(
      fc.property(fc.array(attempt, { maxLength: 40 }), attempts => {
        const steps: TakenStep[] = []
        let today = Date.UTC(2024, 6, 10)
        for (const { kind, decision, wait } of attempts) {
          today += wait * 86_400_000
          const on = new Date(today).toISOString().slice(0, 10)
          if (checkStep({ kind, decision }, steps, on, PLAN_128) === null) steps.push({ kind, decision, on })
          expectOrder(steps, on)
        }
        for (const { kind, decision } of steps)
          expect(decision === null ? DECISIONS_OF[kind] : [decision]).toEqual(
            decision === null ? [] : [expect.toBeOneOf([...DECISIONS_OF[kind]])],
          )
      }),
      { numRuns: 500 },
    )
  })
})
