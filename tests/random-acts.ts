import fc from 'fast-check'
import { PLAN_128, type Regulation } from '#app/domain/regulation.ts'
import type { OutcomeValue } from '#app/domain/vocabulary.ts'

/** Days helped: before the campaign, its first, and two within it; today is 12/6/2024. */
const helpedOn = fc.constantFrom(
  '2024-04-03',
  ...Array(4).fill('2024-04-04'),
  ...Array(3).fill('2024-05-10'),
  '2024-06-12',
)
const who = fc.nat(7)
/** Citizens are five: many records are of one of them. */
export const CITIZENS = [0, 1, 2, 3, 4] as const
const citizen = fc.nat(CITIZENS.length - 1)
/** Which record of those made so far. */
const pick = fc.nat(30)
const unit = fc.nat(2)
const achieved = fc.constantFrom<OutcomeValue>('achieved', 'achieved', 'achieved', 'achieved', 'already_had', 'not_yet')
const outcomes = fc.record({
  vneid_installed: fc.constantFrom<OutcomeValue>('achieved', 'already_had', 'already_had', 'already_had', 'not_yet'),
  eid_activated: achieved,
  sim_signature: fc.constantFrom<OutcomeValue>('achieved', 'already_had', 'not_yet'),
  phone_4g: fc.constantFrom<OutcomeValue>('achieved', 'already_had', 'not_yet'),
})
const hasPhone = fc.boolean()
/** Where the citizen lives: a full list may cover one and not the other. */
const commune = fc.constantFrom('25195', '25195', '25195', '25216')
/** In the second campaign, which overlaps the first. */
const isSecond = fc.nat(3).map(n => n === 0)

const act = <Kind extends string, Shape extends Record<string, unknown>>(
  kind: Kind,
  weight: number,
  shape: { [Key in keyof Shape]: fc.Arbitrary<Shape[Key]> },
) => ({
  weight,
  arbitrary: fc.record({ do: fc.constant(kind), ...shape }) as unknown as fc.Arbitrary<{ do: Kind } & Shape>,
})

/** How a sequence begins: without records little can happen to them. */
export const FIRST_RECORDS = fc.array(
  act('record', 1, { who, citizen, on: helpedOn, outcomes, isSecond, hasPhone, commune }).arbitrary,
  {
    minLength: 2,
    maxLength: 8,
    size: 'max',
  },
)

/** What people do to the facts behind a verdict, a standing or a closing, with how often each comes. */
export const ANY_ACT = fc.oneof(
  act('record', 8, { who, citizen, on: helpedOn, outcomes, isSecond, hasPhone, commune }),
  act('confirm', 5, { picks: fc.array(pick, { minLength: 1, maxLength: 10, size: 'max' }) }),
  act('edit', 3, { pick, citizen: fc.option(citizen), on: fc.option(helpedOn), outcomes, hasPhone, commune }),
  act('withdraw', 1, { pick }),
  act('restore', 1, { pick }),
  act('return', 1, { pick }),
  act('reconsider', 2, { pick, isUpheld: fc.boolean() }),
  act('erase', 1, { pick }),
  act('answer', 2, {
    pick,
    answer: fc.constantFrom('yes' as const, 'no' as const, 'not_quite' as const),
    // a device of their own, or one that others answer from, too
    device: fc.constantFrom(null, null, 'one device'),
  }),
  act('extract', 6, {
    citizens: fc.subarray([...CITIZENS], { minLength: 2 }),
    source: fc.constantFrom('police' as const, 'police' as const, 'telecom' as const),
    asOf: fc.constantFrom('2024-04-04', '2024-05-25', '2024-06-12', '2024-06-12'),
    happened: fc.constantFrom(null, '2024-03-20', '2024-04-04', '2024-05-10', '2024-05-25', '2024-06-12'),
    isFull: fc.boolean(),
    scope: fc.constantFrom('689', '688', '25195'),
    byPhone: fc.boolean(),
    isSecond,
  }),
  act('undo', 1, { pick }),
  act('inspect', 3, { pick: fc.nat(4), result: fc.constantFrom('true' as const, 'untrue' as const) }),
  act('overturn', 1, { pick: fc.nat(4) }),
  act('pin', 1, { pick }),
  act('transfer', 1, { who, unit, on: fc.constantFrom('2024-04-20', '2024-05-20', '2024-06-12') }),
  act('exempt', 1, {
    who,
    part: fc.constantFrom('quota' as const, 'quota' as const, 'sim_signature' as const),
    toOn: fc.constantFrom('2024-05-31', '2024-12-31'),
  }),
  act('target', 1, { who, citizens: fc.integer({ min: 10, max: 12 }) }),
  act('fulfil', 1, { who }),
  // a person comes with their number, or with it only the second time and records themself meanwhile
  act('roster', 5, {
    unit,
    citizen: fc.constantFrom(0, 0, 1, 1, 4),
    hasNumber: fc.nat(2).map(n => n === 0),
    claims: fc.nat(3).map(n => n > 0),
    on: fc.constantFrom('2024-04-04', '2024-07-08'),
  }),
  act('rules', 3, {
    changes: fc.constantFrom<Partial<Regulation>>(
      { mustAchieve: 'sim_signature' },
      { mustAchieve: 'eid_activated' },
      { requiredOutcomes: ['eid_activated', 'sim_signature', 'phone_4g'] },
      { quotaReading: 'any' },
      { quotaReading: 'all' },
      { endsOn: '2024-06-11' },
      { endsOn: '2024-07-03' },
      { quota: 1 },
      { graceDays: 3 },
      { refusesRosterMembers: true },
      { refusesRosterMembers: true },
      { weeklyReport: { weekday: 3, hour: 17, firstOn: '2024-04-10', documentNumber: '9/UBND' } },
      { weeklyReport: { weekday: 3, hour: 17, firstOn: '2024-04-10', documentNumber: '9/UBND' } },
      { weeklyReport: { ...PLAN_128.weeklyReport, documentNumber: '8/UBND' } },
    ),
  }),
  act('report', 3, { unit, nth: fc.nat(12) }),
  act('clock', 1, { on: fc.constantFrom('2024-07-05', '2024-07-11') }),
  act('close', 2, {}),
)
type Played<A> = A extends fc.Arbitrary<infer T> ? T : never
export type Act = Played<typeof ANY_ACT>
export type ActOf<Kind extends Act['do']> = Extract<Act, { do: Kind }>
