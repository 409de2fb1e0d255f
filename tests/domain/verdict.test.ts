import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { startOf } from '#app/domain/calendar.ts'
import { PLAN_128, type Regulation } from '#app/domain/regulation.ts'
import {
  articleOf,
  creditHolder,
  type ExtractEvidence,
  type HelpFacts,
  judge,
  judgeCitizen,
} from '#app/domain/verdict.ts'
import {
  EXTRACT_SOURCES,
  OUTCOME_VALUES,
  OUTCOMES,
  type Outcome,
  type OutcomeValue,
  VERDICT_REASONS,
  type VerdictReason,
} from '#app/domain/vocabulary.ts'

type Value = OutcomeValue | [OutcomeValue, string | null]

/** A record helped, activated and received on 04/4/2024, everything achieved, confirmed by its unit. */
function help(changes: Partial<HelpFacts> = {}, outcomes: { vneid?: Value; eid?: Value; sim?: Value } = {}): HelpFacts {
  const helpedOn = changes.helpedOn ?? '2024-04-04'
  const fact = (value: Value = 'achieved') => {
    const [kind, on] = Array.isArray(value) ? value : [value, value === 'achieved' ? helpedOn : null]
    return { value: kind, on }
  }
  const receivedAt = changes.receivedAt ?? at(helpedOn, '10:00')
  return {
    helpId: 1,
    // each by another official
    officialId: changes.helpId ?? 1,
    helpedOn,
    citizenAt: receivedAt,
    claimedAt: receivedAt,
    receivedAt,
    isWithdrawn: false,
    isSelf: false,
    isDenied: false,
    isAffirmed: false,
    isReturned: false,
    isConfirmed: true,
    isRosterMember: false,
    inspection: 'none',
    isErased: false,
    outcomes: {
      vneid_installed: fact(outcomes.vneid),
      eid_activated: fact(outcomes.eid),
      sim_signature: fact(outcomes.sim),
    },
    evidence: [],
    ...changes,
  }
}

function at(day: string, time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return startOf(day) + (hours * 60 + minutes) * 60_000
}

/** A police extract that shows the account, activated on a day (null: no date given). */
function shown(asOfOn: string, happenedOn: string | null, outcome: Outcome = 'eid_activated'): ExtractEvidence {
  return { source: 'police', asOfOn, outcome, shows: true, happenedOn }
}

/** A full list for the citizen's locality that does not have the outcome. */
function lacks(asOfOn: string, outcome: Outcome = 'eid_activated'): ExtractEvidence {
  const source = outcome === 'eid_activated' ? 'police' : 'telecom'
  return { source, asOfOn, outcome, shows: false, happenedOn: null }
}

type Row = {
  label: string
  records: HelpFacts[]
  reasons: VerdictReason[]
  outcome?: Outcome
  regulation?: Partial<Regulation>
  pinned?: number
}

function judged({ records, regulation, pinned }: Row) {
  return judgeCitizen(records, { ...PLAN_128, ...regulation }, pinned ?? null)
}

function expectVerdicts(row: Row) {
  const judgements = judged(row)
  const verdicts = row.records.map(({ helpId }) => judgements.get(helpId)?.verdict)
  expect(verdicts.map(verdict => verdict?.reason)).toEqual(row.reasons)
  if (row.outcome !== undefined) expect(verdicts[0]?.outcome).toBe(row.outcome)
}

const A = { helpId: 1, receivedAt: at('2024-04-04', '10:00') }
const B = { helpId: 2, receivedAt: at('2024-04-04', '10:05') }

describe('worked cases of the domain', () => {
  test.each<Row>([
    { label: '1: helped 04/4, all three achieved that day, confirmed', records: [help()], reasons: ['confirmed'] },
    { label: '2a: helped 03/4', records: [help({ helpedOn: '2024-04-03' })], reasons: ['outside_period'] },
    { label: '2b: helped 04/7', records: [help({ helpedOn: '2024-07-04' })], reasons: ['outside_period'] },
    {
      label: '2c: helped 03/7, activated 05/7',
      records: [help({ helpedOn: '2024-07-03' }, { eid: ['achieved', '2024-07-05'] })],
      reasons: ['outside_period'],
    },
    {
      label: '3: helped and activated on the last day, saved 05/7',
      records: [help({ helpedOn: '2024-07-03', receivedAt: at('2024-07-05', '09:00') })],
      reasons: ['confirmed'],
    },
    {
      label: '4: VNeID and SIM already had, activation achieved',
      records: [help({}, { vneid: 'already_had', sim: 'already_had' })],
      reasons: ['confirmed'],
    },
    {
      label: '5: activation already had',
      records: [help({}, { eid: 'already_had' })],
      reasons: ['outcome_missing'],
      outcome: 'eid_activated',
    },
    {
      label: '6: SIM not yet',
      records: [help({}, { sim: 'not_yet' })],
      reasons: ['outcome_missing'],
      outcome: 'sim_signature',
    },
    { label: '7: not confirmed', records: [help({ isConfirmed: false })], reasons: ['awaiting_confirmation'] },
    {
      label: '8: A saved 10:00, B saved 10:05, same citizen',
      records: [help(A), help(B)],
      reasons: ['confirmed', 'duplicate_claim'],
    },
    {
      label: '9: as 8, then A withdraws',
      records: [help({ ...A, isWithdrawn: true }), help(B)],
      reasons: ['withdrawn', 'confirmed'],
    },
    {
      label: '10: as 8, but A set activation achieved at 10:10',
      records: [help({ ...A, claimedAt: at('2024-04-04', '10:10') }), help(B)],
      reasons: ['duplicate_claim', 'confirmed'],
    },
    {
      label: '11: extract as of 30/4 shows activation 04/4',
      records: [help({ evidence: [shown('2024-04-30', '2024-04-04')] })],
      reasons: ['verified'],
    },
    {
      label: '12: full list as of 10/4 without the citizen, within the grace',
      records: [help({ evidence: [lacks('2024-04-10')] })],
      reasons: ['confirmed'],
    },
    {
      label: '13: full list as of 20/4 without the citizen',
      records: [help({ evidence: [lacks('2024-04-20')] })],
      reasons: ['not_in_extract'],
      outcome: 'eid_activated',
    },
    {
      label: '14: as 13, then extract as of 20/5 shows activation 05/4',
      records: [help({ evidence: [lacks('2024-04-20'), shown('2024-05-20', '2024-04-05')] })],
      reasons: ['verified'],
    },
    {
      label: '15: extract shows activation 20/3',
      records: [help({ evidence: [shown('2024-04-30', '2024-03-20')] })],
      reasons: ['activated_before'],
    },
    {
      label: '23: A helped 30/5; B helped 05/4, saved 31/5; extract shows activation 05/4',
      records: [
        help({
          helpId: 1,
          helpedOn: '2024-05-30',
          receivedAt: at('2024-05-30', '10:00'),
          evidence: [shown('2024-06-15', '2024-04-05')],
        }),
        help({
          helpId: 2,
          helpedOn: '2024-04-05',
          receivedAt: at('2024-05-31', '10:00'),
          evidence: [shown('2024-06-15', '2024-04-05')],
        }),
      ],
      reasons: ['activated_before', 'verified'],
    },
    {
      label: '24: extract of another carrier, so no evidence for this citizen',
      records: [help({ evidence: [] })],
      reasons: ['confirmed'],
    },
  ])('$label', expectVerdicts)
})

describe('what bars a record', () => {
  test.each<Row>([
    { label: 'the citizen is the official', records: [help({ isSelf: true })], reasons: ['self_claim'] },
    { label: 'the citizen said no', records: [help({ isDenied: true })], reasons: ['citizen_denied'] },
    {
      label: 'an inspection found it untrue, though an extract shows it',
      records: [help({ inspection: 'failed', evidence: [shown('2024-04-30', '2024-04-04')] })],
      reasons: ['inspection_failed'],
    },
    {
      label: 'sent back by the unit',
      records: [help({ isReturned: true, isConfirmed: false })],
      reasons: ['returned'],
    },
    {
      label: 'the citizen is staff: asked about, not refused',
      records: [help({ isRosterMember: true })],
      reasons: ['confirmed'],
    },
    {
      label: 'the citizen is staff, where the regulation refuses staff',
      records: [help({ isRosterMember: true })],
      reasons: ['roster_member'],
      regulation: { refusesRosterMembers: true },
    },
    {
      label: 'withdrawn comes before all else',
      records: [help({ isWithdrawn: true, isDenied: true, helpedOn: '2024-04-01' })],
      reasons: ['withdrawn'],
    },
    {
      label: 'an activation already had before the campaign is missing, not outside the period',
      records: [help({}, { eid: ['already_had', '2023-11-01'] })],
      reasons: ['outcome_missing'],
      outcome: 'eid_activated',
    },
    {
      label: 'activation not yet is named before SIM not yet',
      records: [help({ claimedAt: null }, { eid: 'not_yet', sim: 'not_yet' })],
      reasons: ['outcome_missing'],
      outcome: 'eid_activated',
    },
    {
      label: 'activation already had is named before a VNeID not yet installed',
      records: [help({ claimedAt: null }, { eid: 'already_had', vneid: 'not_yet' })],
      reasons: ['outcome_missing'],
      outcome: 'eid_activated',
    },
  ])('$label', expectVerdicts)
})

describe('what extracts know', () => {
  test.each<Row>([
    {
      label: 'the grace ends: full list as of 14/4 for an outcome of 04/4',
      records: [help({ evidence: [lacks('2024-04-14')] })],
      reasons: ['not_in_extract'],
    },
    {
      label: 'one day earlier it says nothing',
      records: [help({ evidence: [lacks('2024-04-13')] })],
      reasons: ['confirmed'],
    },
    {
      label: 'on the same date showing wins',
      records: [help({ evidence: [shown('2024-05-20', '2024-04-04'), lacks('2024-05-20')] })],
      reasons: ['verified'],
    },
    {
      label: 'a later full list without the citizen overrules an earlier showing',
      records: [help({ evidence: [shown('2024-04-30', '2024-04-04'), lacks('2024-05-20')] })],
      reasons: ['not_in_extract'],
    },
    {
      label: 'the telecom list lacks a SIM that was achieved',
      records: [help({ evidence: [shown('2024-04-30', '2024-04-04'), lacks('2024-05-20', 'sim_signature')] })],
      reasons: ['not_in_extract'],
      outcome: 'sim_signature',
    },
    {
      label: 'the telecom list lacks a SIM already had; undated, it was there on the day helped',
      records: [help({ evidence: [lacks('2024-04-20', 'sim_signature')] }, { sim: 'already_had' })],
      reasons: ['not_in_extract'],
      outcome: 'sim_signature',
    },
    {
      label: 'a SIM not yet is missing, whatever lists lack it',
      records: [help({ evidence: [lacks('2024-05-20', 'sim_signature')] }, { sim: 'not_yet' })],
      reasons: ['outcome_missing'],
    },
    {
      label: 'an outcome that is not required contradicts nothing',
      records: [help({ evidence: [lacks('2024-05-20', 'phone_4g')] })],
      reasons: ['confirmed'],
    },
    {
      label: 'the SIM alone is shown: nothing known of the activation',
      records: [help({ evidence: [shown('2024-05-20', null, 'sim_signature')] })],
      reasons: ['confirmed'],
    },
    { label: 'an inspection found it true', records: [help({ inspection: 'passed' })], reasons: ['verified'] },
    {
      label: 'an inspection found it true, but the latest full list lacks it',
      records: [help({ inspection: 'passed', evidence: [lacks('2024-05-20')] })],
      reasons: ['not_in_extract'],
    },
    {
      label: 'shown, but not confirmed by the unit',
      records: [help({ isConfirmed: false, evidence: [shown('2024-04-30', '2024-04-04')] })],
      reasons: ['awaiting_confirmation'],
    },
    {
      label: 'activated 10 days before the day given: within the grace',
      records: [help({ helpedOn: '2024-04-25', evidence: [shown('2024-05-20', '2024-04-15')] })],
      reasons: ['verified'],
    },
    {
      label: 'activated 11 days before the day given',
      records: [help({ helpedOn: '2024-04-25', evidence: [shown('2024-05-20', '2024-04-14')] })],
      reasons: ['activated_before'],
    },
    {
      label: 'activated one day before the campaign, though within the grace',
      records: [help({ evidence: [shown('2024-05-20', '2024-04-03')] })],
      reasons: ['activated_before'],
    },
    {
      label: 'shown without a date by an extract from before the campaign',
      records: [help({ evidence: [shown('2024-03-25', null)] })],
      reasons: ['activated_before'],
    },
    {
      label: 'shown without a date by a later extract: no more than that is known',
      records: [help({ evidence: [shown('2024-05-20', null)] })],
      reasons: ['verified'],
    },
    {
      label: 'activated 10 days after the day given: within the grace',
      records: [help({ evidence: [shown('2024-05-20', '2024-04-14')] })],
      reasons: ['verified'],
    },
    {
      label: 'activated 11 days after the day given',
      records: [help({ evidence: [shown('2024-05-20', '2024-04-15')] })],
      reasons: ['activated_after'],
    },
    {
      label: 'only the police date an activation: another source with an earlier date shows it, no more',
      records: [help({ evidence: [{ ...shown('2024-05-20', '2024-03-20'), source: 'telecom' }] })],
      reasons: ['verified'],
    },
    {
      label: 'a later extract corrects the date',
      records: [help({ evidence: [shown('2024-04-30', '2024-03-20'), shown('2024-05-20', '2024-04-04')] })],
      reasons: ['verified'],
    },
  ])('$label', expectVerdicts)
})

describe('who holds the credit', () => {
  test.each<Row>([
    {
      label: 'received in the same instant: the lower id',
      records: [help({ ...B, receivedAt: A.receivedAt }), help(A)],
      reasons: ['duplicate_claim', 'confirmed'],
    },
    {
      label: 'a decided dispute gives it to the later one',
      records: [help(A), help(B)],
      reasons: ['duplicate_claim', 'confirmed'],
      pinned: 2,
    },
    {
      label: 'a decided dispute gives way once its record is denied',
      records: [help(A), help({ ...B, isDenied: true })],
      reasons: ['confirmed', 'citizen_denied'],
      pinned: 2,
    },
    {
      label: 'the first still lacks the SIM: it keeps the credit, the second waits',
      records: [help(A, { sim: 'not_yet' }), help(B)],
      reasons: ['outcome_missing', 'duplicate_claim'],
    },
    {
      label: 'the first has not activated: the credit goes to the second',
      records: [help({ ...A, claimedAt: null }, { eid: 'not_yet' }), help(B)],
      reasons: ['outcome_missing', 'confirmed'],
    },
    {
      label: 'the first is returned: the second takes over meanwhile',
      records: [help({ ...A, isReturned: true, isConfirmed: false }), help(B)],
      reasons: ['returned', 'confirmed'],
    },
    {
      label: 'the first names a date that is off: pending, and it keeps the credit',
      records: [
        help({ ...A, evidence: [shown('2024-05-20', '2024-04-20')] }),
        help({ ...B, helpedOn: '2024-04-20', evidence: [shown('2024-05-20', '2024-04-20')] }),
      ],
      reasons: ['activated_after', 'duplicate_claim'],
    },
    {
      label:
        'the first is contradicted by its SIM: it is told so; the second, whose SIM is too new for the list, counts',
      records: [
        help({ ...A, evidence: [lacks('2024-05-20', 'sim_signature')] }),
        help({ ...B, evidence: [lacks('2024-05-20', 'sim_signature')] }, { sim: ['achieved', '2024-05-15'] }),
      ],
      reasons: ['not_in_extract', 'confirmed'],
    },
  ])('$label', expectVerdicts)
})

describe('the other reading of the quota: any one of the three achieved', () => {
  test.each<{ label: string; records: HelpFacts[]; counts: number[] }>([
    { label: 'all three achieved', records: [help()], counts: [1] },
    { label: 'SIM not yet', records: [help({}, { sim: 'not_yet' })], counts: [1] },
    {
      label: 'only VNeID achieved, activation already had',
      records: [help({}, { eid: 'already_had', sim: 'not_yet' })],
      counts: [1],
    },
    {
      label: 'nothing achieved by the help',
      records: [help({}, { vneid: 'already_had', eid: 'already_had', sim: 'not_yet' })],
      counts: [],
    },
    { label: 'not confirmed', records: [help({ isConfirmed: false })], counts: [] },
    { label: 'denied', records: [help({ isDenied: true })], counts: [] },
    {
      label: 'the only one achieved is not in the extract',
      records: [help({ evidence: [lacks('2024-05-20')] }, { vneid: 'already_had', sim: 'not_yet' })],
      counts: [],
    },
    {
      label: 'the only one achieved is dated off',
      records: [help({ evidence: [shown('2024-05-20', '2024-04-20')] }, { vneid: 'already_had', sim: 'not_yet' })],
      counts: [],
    },
    {
      label: 'the activation was there before, VNeID stands',
      records: [help({ evidence: [shown('2024-05-20', '2024-03-20')] }, { sim: 'not_yet' })],
      counts: [1],
    },
    {
      label: 'VNeID achieved before the campaign began',
      records: [help({}, { vneid: ['achieved', '2024-04-03'], eid: 'already_had', sim: 'not_yet' })],
      counts: [],
    },
    {
      label: 'the first received holds the credit',
      records: [help(B), help(A, { eid: 'not_yet', sim: 'not_yet' })],
      counts: [1],
    },
    {
      label: 'and keeps it while its unit has not confirmed',
      records: [help(B), help({ ...A, isConfirmed: false })],
      counts: [],
    },
  ])('$label', ({ records, counts }) => {
    const judgements = judgeCitizen(records, PLAN_128, null)
    expect([...judgements].filter(([, judgement]) => judgement.countsAny).map(([helpId]) => helpId)).toEqual(counts)
  })
})

describe('reported', () => {
  test.each([
    { label: 'pending', facts: help({ isConfirmed: false }), isReported: true },
    { label: 'denied', facts: help({ isDenied: true }), isReported: true },
    { label: 'withdrawn', facts: help({ isWithdrawn: true }), isReported: false },
    { label: 'outside the period', facts: help({ helpedOn: '2024-04-03' }), isReported: false },
    {
      label: 'outside the period and the citizen is the official',
      facts: help({ helpedOn: '2024-04-03', isSelf: true }),
      isReported: false,
    },
  ])('$label', ({ facts, isReported }) => {
    expect(judgeCitizen([facts], PLAN_128, null).get(1)?.isReported).toBe(isReported)
  })
})

const dayInOrNearCampaign = fc
  .integer({ min: -5, max: 95 })
  .map(days => new Date(Date.parse('2024-04-04') + days * 86_400_000).toISOString().slice(0, 10))

const evidence: fc.Arbitrary<ExtractEvidence> = fc.record({
  source: fc.constantFrom(...EXTRACT_SOURCES),
  asOfOn: dayInOrNearCampaign,
  outcome: fc.constantFrom(...OUTCOMES.slice(0, 3)),
  shows: fc.boolean(),
  happenedOn: fc.option(dayInOrNearCampaign),
})

const rarely = fc.integer({ min: 0, max: 9 }).map(n => n === 0)
const outcomeFact = fc.record({
  value: fc.constantFrom<OutcomeValue>(...OUTCOME_VALUES, 'achieved', 'achieved', 'achieved'),
  on: fc.option(dayInOrNearCampaign),
})
const facts: fc.Arbitrary<HelpFacts> = fc.record({
  helpId: fc.integer({ min: 1, max: 50 }),
  officialId: fc.integer({ min: 1, max: 3 }),
  helpedOn: dayInOrNearCampaign,
  citizenAt: fc.integer({ min: 0, max: 20 }),
  claimedAt: fc.option(fc.integer({ min: 0, max: 20 })),
  receivedAt: fc.integer({ min: 0, max: 20 }),
  isWithdrawn: rarely,
  isSelf: rarely,
  isDenied: rarely,
  isAffirmed: rarely,
  isReturned: rarely,
  isConfirmed: fc.boolean(),
  isRosterMember: rarely,
  inspection: fc.constantFrom('none', 'none', 'passed', 'failed'),
  isErased: rarely,
  outcomes: fc.record(
    { vneid_installed: outcomeFact, eid_activated: outcomeFact, sim_signature: outcomeFact },
    { requiredKeys: [] },
  ),
  evidence: fc.array(evidence, { maxLength: 5 }),
})
const claims = fc.uniqueArray(facts, { selector: ({ helpId }) => helpId, maxLength: 6 })
const pinned = fc.option(fc.integer({ min: 1, max: 50 }))

describe('for any records of one citizen', () => {
  test('one verdict each, the credit with at most one, and only the credited counts', () => {
    const seen = new Set<VerdictReason>()
    fc.assert(
      fc.property(claims, pinned, (records, pinnedHelpId) => {
        const judgements = judgeCitizen(records, PLAN_128, pinnedHelpId)
        const all = [...judgements.values()]
        expect([...judgements.keys()].sort()).toEqual(records.map(({ helpId }) => helpId).sort())
        expect(all.filter(({ holdsCredit }) => holdsCredit).length).toBeLessThanOrEqual(1)
        expect(all.filter(({ countsAny }) => countsAny).length).toBeLessThanOrEqual(1)
        for (const { verdict, holdsCredit, isReported, countsAny } of all) {
          seen.add(verdict.reason)
          if (verdict.kind === 'counts') expect(holdsCredit && isReported).toBe(true)
          if (countsAny) expect(isReported).toBe(true)
          expect(verdict.reason === 'duplicate_claim' && holdsCredit).toBe(false)
        }
      }),
      { numRuns: 2000, seed: 128 },
    )
    expect(VERDICT_REASONS.filter(reason => !seen.has(reason))).toEqual(['roster_member'])
  })

  test('the order in which records and extracts come changes nothing', () => {
    fc.assert(
      fc.property(claims, pinned, (records, pinnedHelpId) => {
        const turned = records.map(record => ({ ...record, evidence: record.evidence.toReversed() })).toReversed()
        const judgements = judgeCitizen(records, PLAN_128, pinnedHelpId)
        const ofTurned = judgeCitizen(turned, PLAN_128, pinnedHelpId)
        for (const [helpId, judgement] of judgements) expect(ofTurned.get(helpId)).toEqual(judgement)
      }),
      { numRuns: 1000, seed: 128 },
    )
  })

  test('when the holder withdraws, the credit passes on or nobody else could hold it', () => {
    fc.assert(
      fc.property(claims, records => {
        const holder = creditHolder(records, PLAN_128, null)
        const rest = records.map(record => (record.helpId === holder ? { ...record, isWithdrawn: true } : record))
        const next = creditHolder(rest, PLAN_128, null)
        if (holder !== null) expect(next).not.toBe(holder)
        const others = records.filter(({ helpId }) => helpId !== holder)
        expect(next).toBe(creditHolder(others, PLAN_128, null))
      }),
      { numRuns: 1000, seed: 128 },
    )
  })

  test('a record alone is never a duplicate', () => {
    fc.assert(
      fc.property(facts, record => {
        const holder = creditHolder([record], PLAN_128, null)
        expect(judge(record, PLAN_128, holder).reason).not.toBe('duplicate_claim')
      }),
      { seed: 128 },
    )
  })
})

describe('facts of a citizen bind the official', () => {
  const reasonsOf = (records: HelpFacts[]) => {
    const judgements = judgeCitizen(records, PLAN_128, null)
    return records.map(({ helpId }) => judgements.get(helpId)?.verdict.reason)
  }
  const same = { officialId: 7 }
  const first = { ...same, helpId: 1, citizenAt: 10 }
  const later = { ...same, helpId: 2, citizenAt: 11 }

  test.each<{ label: string; records: HelpFacts[]; reasons: VerdictReason[] }>([
    {
      label: 'worked case 25: a no bars the same official’s later record of the citizen',
      records: [help({ ...first, isDenied: true }), help(later)],
      reasons: ['citizen_denied', 'citizen_denied'],
    },
    {
      label: 'worked case 26: an untrue does, too',
      records: [help({ ...first, inspection: 'failed' }), help(later)],
      reasons: ['inspection_failed', 'inspection_failed'],
    },
    {
      label: 'the first withdrawn, returned or outside the period changes nothing about it',
      records: [help({ ...first, isDenied: true, isWithdrawn: true }), help(later)],
      reasons: ['withdrawn', 'citizen_denied'],
    },
    {
      label: 'a yes of the citizen to the later one does not overrule it',
      records: [help({ ...first, isDenied: true }), help({ ...later, isAffirmed: true })],
      reasons: ['citizen_denied', 'citizen_denied'],
    },
    {
      label: 'an inspection that found the later one true does',
      records: [help({ ...first, isDenied: true }), help({ ...later, inspection: 'passed' })],
      reasons: ['citizen_denied', 'verified'],
    },
    {
      label: 'worked case 27: somebody else’s record goes on',
      records: [help({ ...first, isDenied: true }), help({ ...later, officialId: 8 })],
      reasons: ['citizen_denied', 'confirmed'],
    },
    {
      label: 'an earlier record goes on',
      records: [help(first), help({ ...later, isDenied: true })],
      reasons: ['confirmed', 'citizen_denied'],
    },
    {
      label: 'an earlier row that was given the citizen later does not',
      records: [help({ ...first, citizenAt: 12 }), help({ ...later, isDenied: true })],
      reasons: ['citizen_denied', 'citizen_denied'],
    },
  ])('$label', ({ records, reasons }) => {
    expect(reasonsOf(records)).toEqual(reasons)
  })

  test('worked case 28: a kept contradiction holds whatever day is written, until an extract shows the citizen', () => {
    const kept = { ...lacks('2024-04-05'), isKept: true }
    expect(reasonsOf([help({ evidence: [kept] })])).toEqual(['not_in_extract'])
    expect(reasonsOf([help({ evidence: [lacks('2024-04-05')] })])).toEqual(['confirmed'])
    expect(reasonsOf([help({ evidence: [kept, shown('2024-05-20', '2024-04-05')] })])).toEqual(['verified'])
  })

  test('worked case 29: erased, a record that rests on its unit alone stops counting, and the credit passes on', () => {
    const bare = help({ ...first, isErased: true })
    expect(reasonsOf([bare, help({ ...later, officialId: 8 })])).toEqual(['withdrawn', 'confirmed'])
    expect(reasonsOf([{ ...bare, isConfirmed: false }])).toEqual(['withdrawn'])
    expect(reasonsOf([{ ...bare, isAffirmed: true }])).toEqual(['confirmed'])
    expect(reasonsOf([{ ...bare, inspection: 'passed' }])).toEqual(['verified'])
    expect(reasonsOf([{ ...bare, evidence: [shown('2024-05-20', '2024-04-05')] }])).toEqual(['verified'])
  })

  test('worked case 30: a duplicate says so only once it claims the outcome and its unit confirmed it', () => {
    const holder = help({ helpId: 1, citizenAt: 1 })
    const reasonOf = (other: HelpFacts) => reasonsOf([holder, other])[1]
    expect(reasonOf(help({ helpId: 2, isConfirmed: false }))).toBe('awaiting_confirmation')
    expect(reasonOf(help({ helpId: 2 }, { eid: 'not_yet' }))).toBe('outcome_missing')
    expect(reasonOf(help({ helpId: 2, isConfirmed: false }, { sim: 'not_yet' }))).toBe('outcome_missing')
    expect(reasonOf(help({ helpId: 2 }, { sim: 'not_yet' }))).toBe('duplicate_claim')
    expect(reasonOf(help({ helpId: 2 }))).toBe('duplicate_claim')
  })
})

test('a missing outcome cites the article of the parameter that requires it (IV.2 for the must-achieve one)', () => {
  expect(articleOf('outcome_missing', PLAN_128.mustAchieve, PLAN_128)).toBe('IV.2')
  expect(articleOf('outcome_missing', 'sim_signature', PLAN_128)).toBe('IV.1')
  expect(articleOf('outcome_missing', 'sim_signature', { mustAchieve: 'sim_signature' })).toBe('IV.2')
})
