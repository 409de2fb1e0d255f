import { describe, expect, test } from 'vitest'
import { PLAN_128 } from '#app/domain/regulation.ts'
import { checkTarget, decidedTarget, effectiveTarget, type TargetDecision } from '#app/domain/target.ts'

const personal = { decisionId: 1, distance: 0, target: 15, decidedAt: 100 }
const ofUnit = { decisionId: 2, distance: 1, target: 12, decidedAt: 200 }
const ofDistrict = { decisionId: 3, distance: 2, target: 8, decidedAt: 300 }

describe('the effective target', () => {
  test.each<{ label: string; decisions: TargetDecision[]; target: number }>([
    { label: 'no decision: the quota', decisions: [], target: 10 },
    { label: 'a personal one beats a later one for the unit', decisions: [ofUnit, personal, ofDistrict], target: 15 },
    { label: 'the nearest unit beats a later one for the district', decisions: [ofDistrict, ofUnit], target: 12 },
    { label: 'only the district decided', decisions: [ofDistrict], target: 8 },
    {
      label: 'the latest of two personal ones',
      decisions: [{ ...personal, decisionId: 4, decidedAt: 150, target: 20 }, personal],
      target: 20,
    },
    {
      label: 'two in the same instant: the later entered',
      decisions: [{ ...personal, decisionId: 5, target: 11 }, personal],
      target: 11,
    },
  ])('$label', ({ decisions, target }) => {
    expect(effectiveTarget(decidedTarget(decisions), PLAN_128)).toBe(target)
    expect(effectiveTarget(decidedTarget(decisions.toReversed()), PLAN_128)).toBe(target)
  })
})

describe('deciding a target', () => {
  test.each([
    { label: 'the quota', target: 10, documentNumber: null, problems: [] },
    { label: 'more', target: 15, documentNumber: null, problems: [] },
    { label: 'less, with a document', target: 5, documentNumber: '12/QĐ-UBND', problems: [] },
    {
      label: 'less, without',
      target: 5,
      documentNumber: null,
      problems: [{ field: 'documentNumber', reason: 'target_document_needed' }],
    },
    {
      label: 'none at all',
      target: 0,
      documentNumber: '12/QĐ-UBND',
      problems: [{ field: 'target', reason: 'target_not_positive' }],
    },
    {
      label: 'half a citizen',
      target: 10.5,
      documentNumber: null,
      problems: [{ field: 'target', reason: 'target_not_positive' }],
    },
  ])('$label', ({ target, documentNumber, problems }) => {
    expect(checkTarget({ target, documentNumber }, PLAN_128)).toEqual(problems)
  })
})
