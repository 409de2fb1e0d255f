import { describe, expect, it } from 'vitest'
import { foresee } from '#app/domain/foresight.ts'
import { PLAN_128 } from '#app/domain/regulation.ts'
import type { ExtractEvidence, HelpFacts } from '#app/domain/verdict.ts'

const achieved = { value: 'achieved', on: '2024-04-04' } as const
const FACTS: HelpFacts = {
  helpId: 1,
  officialId: 1,
  helpedOn: '2024-04-04',
  citizenAt: 0,
  claimedAt: 0,
  receivedAt: 0,
  isWithdrawn: false,
  isSelf: false,
  isDenied: false,
  isAffirmed: false,
  isReturned: false,
  isConfirmed: false,
  isRosterMember: false,
  inspection: 'none',
  isErased: false,
  outcomes: { vneid_installed: achieved, eid_activated: achieved, sim_signature: achieved },
  evidence: [],
}
const police = (changes: Partial<ExtractEvidence>): ExtractEvidence => ({
  source: 'police',
  asOfOn: '2024-05-20',
  outcome: 'eid_activated',
  shows: true,
  happenedOn: null,
  ...changes,
})
const reasonOf = (changes: Partial<HelpFacts>) => foresee({ ...FACTS, ...changes }, PLAN_128).reason

describe('what a preview tells of a row', () => {
  it.each([
    ['complete', {}, 'awaiting_confirmation'],
    ['a day outside', { helpedOn: '2024-07-04' }, 'outside_period'],
    [
      'an outcome that is not there yet',
      { outcomes: { ...FACTS.outcomes, sim_signature: undefined } },
      'outcome_missing',
    ],
    ['a full list without the citizen', { evidence: [police({ shows: false })] }, 'not_in_extract'],
    ['a list that shows the citizen', { evidence: [police({})] }, 'awaiting_confirmation'],
  ] as const)('%s', (_, changes, expected) => expect(reasonOf(changes)).toBe(expected))

  it.each([
    ['the citizen said no', { isDenied: true }],
    ['an inspection found it untrue', { inspection: 'failed' }],
    ['the citizen is an official', { isRosterMember: true }],
    ['a contradiction kept from another record', { evidence: [police({ shows: false, isKept: true })] }],
  ] as const)('nothing of whether %s', (_, changes) => {
    const foreseen = foresee({ ...FACTS, ...changes }, { ...PLAN_128, refusesRosterMembers: true })
    expect(foreseen).toEqual({
      kind: 'pending',
      reason: 'awaiting_confirmation',
      outcome: null,
      isDayCompared: false,
    })
  })

  it.each(['2024-03-20', '2024-04-04', '2024-05-19'])('nothing of the day %s in an extract', happenedOn =>
    expect(foresee({ ...FACTS, evidence: [police({ happenedOn })] }, PLAN_128)).toMatchObject({
      reason: 'awaiting_confirmation',
      isDayCompared: true,
    }),
  )
})
