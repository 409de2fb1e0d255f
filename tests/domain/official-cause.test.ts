import { describe, expect, it } from 'vitest'
import { awaitedObligations, byFirstCause, type CauseFacts, causesOf } from '#app/domain/official-cause.ts'

const TODAY = '2024-06-12'
const CAMPAIGN = { endsOn: '2024-07-03' }
const MET = { sim_signature: 'met', phone_4g: 'met', portal_national: 'verified', portal_provincial: 'exempt' } as const
const DONE: CauseFacts = {
  isActivated: true,
  target: 10,
  reported: 10,
  shortage: 0,
  parts: MET,
  awaiting: 0,
  lastRecordOn: '2024-06-10',
}
const of = (facts: Partial<CauseFacts>, today = TODAY) => causesOf({ ...DONE, ...facts }, today, CAMPAIGN)

describe('why somebody still lacks something', () => {
  it.each<[string, Partial<CauseFacts>, string[]]>([
    ['nobody who lacks nothing has a cause', {}, []],
    ['nor an account never opened by which nothing is owed', { isActivated: false }, []],
    ['no quota and everything met', { target: null, reported: 0, lastRecordOn: null }, []],
    [
      'an account never opened blocks all else',
      { isActivated: false, reported: 0, shortage: 10, lastRecordOn: null, parts: { ...MET, phone_4g: 'missing' } },
      ['not_activated', 'no_record', 'phone_4g'],
    ],
    ['no record yet', { reported: 0, shortage: 10, lastRecordOn: null }, ['no_record']],
    ['one part', { parts: { ...MET, sim_signature: 'missing' } }, ['sim_signature']],
    ['a part sent back', { parts: { ...MET, portal_national: 'returned' } }, ['portal_national']],
    ['a certificate that does not hold', { parts: { ...MET, sim_signature: 'confirmed' } }, ['sim_signature']],
    ['a declared part waits for the unit', { parts: { ...MET, sim_signature: 'declared' } }, ['awaiting']],
    ['records that cover the rest wait for the unit', { shortage: 3, awaiting: 3 }, ['awaiting']],
    [
      'records that do not cover it ask for more',
      { shortage: 4, awaiting: 3, lastRecordOn: '2024-06-10' },
      ['under_way', 'awaiting'],
    ],
    ['thirteen days without a record are no stop', { shortage: 2, lastRecordOn: '2024-05-30' }, ['under_way']],
    ['fourteen are', { shortage: 2, lastRecordOn: '2024-05-29' }, ['stopped']],
    ['surplus records that wait do not matter once the target is reached', { awaiting: 2 }, []],
    [
      'a part comes before the stop',
      { shortage: 2, lastRecordOn: '2024-05-01', parts: { ...MET, portal_provincial: 'missing' } },
      ['portal_provincial', 'stopped'],
    ],
  ])('%s', (_, facts, causes) => {
    expect(of(facts)).toEqual(causes)
  })

  it.each<[string, Partial<CauseFacts['parts']>, number]>([
    ['nothing is open', {}, 0],
    ['a declared part', { phone_4g: 'declared' }, 1],
    ['two parts of one obligation, both declared', { portal_national: 'declared', portal_provincial: 'review' }, 1],
    ['one of its parts is still missing', { portal_national: 'declared', portal_provincial: 'missing' }, 0],
    ['a part sent back is the person’s own step', { sim_signature: 'returned', phone_4g: 'declared' }, 1],
  ])('obligations that wait for the unit alone: %s', (_, parts, count) => {
    expect(awaitedObligations({ ...MET, ...parts })).toBe(count)
  })

  it('after the last day nobody stops who recorded until then', () => {
    expect(of({ shortage: 2, lastRecordOn: '2024-06-30' }, '2024-08-01')).toEqual(['under_way'])
  })

  it('puts each person into the group of what blocks first, in that order, and keeps the rows as they came', () => {
    const rows = [
      { name: 'An', causes: ['awaiting' as const] },
      { name: 'Bình', causes: ['phone_4g' as const, 'awaiting' as const] },
      { name: 'Chi', causes: [] },
      { name: 'Dung', causes: ['not_activated' as const] },
      { name: 'Em', causes: ['awaiting' as const] },
    ]
    expect(byFirstCause(rows).map(({ cause, rows }) => [cause, rows.map(({ name }) => name)])).toEqual([
      ['not_activated', ['Dung']],
      ['phone_4g', ['Bình']],
      ['awaiting', ['An', 'Em']],
    ])
  })
})
