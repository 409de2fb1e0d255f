import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { PLAN_128, type Regulation } from '#app/domain/regulation.ts'
import {
  canonicalJson,
  evidenceOfReports,
  isOpen,
  owesReports,
  periodOf,
  periodSlug,
  type ReportPeriod,
  reportPeriods,
  reportState,
} from '#app/domain/report.ts'

const at = (text: string) => Date.parse(`${text}+07:00`)
const periods = (changes: Partial<Regulation['weeklyReport']> = {}, dates: Partial<Regulation> = {}) =>
  reportPeriods({ ...PLAN_128, ...dates, weeklyReport: { ...PLAN_128.weeklyReport, ...changes } }, '128/KH-UBND')
const period = (slug: string, of = periods()): ReportPeriod => {
  const found = periodOf(of, slug)
  if (!found) throw new Error(`no period ${slug}`)
  return found
}

describe('the periods of plan 128', () => {
  it('are twelve Fridays from 12/4 to 28/6 and the final one on the whole campaign', () => {
    expect(periods().map(periodSlug)).toEqual([
      'tuan-2024-04-12',
      'tuan-2024-04-19',
      'tuan-2024-04-26',
      'tuan-2024-05-03',
      'tuan-2024-05-10',
      'tuan-2024-05-17',
      'tuan-2024-05-24',
      'tuan-2024-05-31',
      'tuan-2024-06-07',
      'tuan-2024-06-14',
      'tuan-2024-06-21',
      'tuan-2024-06-28',
      'tong-ket',
    ])
    expect(period('tong-ket')).toMatchObject({ kind: 'final', endsOn: '2024-07-03', opensOn: '2024-07-04' })
  })

  it('follow each other without a gap', () => {
    const weekly = periods().slice(0, -1)
    expect(weekly[0]?.opensOn).toBe('2024-04-04')
    expect(weekly.slice(1).map(row => row.opensOn)).toEqual([
      '2024-04-13',
      '2024-04-20',
      '2024-04-27',
      '2024-05-04',
      '2024-05-11',
      '2024-05-18',
      '2024-05-25',
      '2024-06-01',
      '2024-06-08',
      '2024-06-15',
      '2024-06-22',
    ])
  })

  test.each([
    { label: 'no Friday after the end', dates: {}, last: 'tuan-2024-06-28' },
    { label: 'a campaign that ends on a Friday', dates: { endsOn: '2024-07-05' }, last: 'tuan-2024-07-05' },
    { label: 'the first day is no Friday: the next one', weekly: { firstOn: '2024-04-10' }, first: 'tuan-2024-04-12' },
    { label: 'Mondays', weekly: { weekday: 1, firstOn: '2024-04-12' }, first: 'tuan-2024-04-15' },
    { label: 'Sundays', weekly: { weekday: 7, firstOn: '2024-04-12' }, first: 'tuan-2024-04-14' },
    { label: 'first after the end: the final one alone', weekly: { firstOn: '2024-07-12' }, first: 'tong-ket' },
  ])('$label', ({ dates, weekly, first, last }) => {
    const slugs = periods(weekly, dates).map(periodSlug)
    if (first) expect(slugs[0]).toBe(first)
    if (last) expect(slugs.at(-2)).toBe(last)
    expect(slugs.at(-1)).toBe('tong-ket')
  })

  test.each(['tuan-2024-06-13', 'tuan-2024-07-05', 'tuan-2024-02-30', 'tong-ket-2', '2024-06-14', ''])(
    'there is none called “%s”',
    slug => {
      expect(periodOf(periods(), slug)).toBeUndefined()
    },
  )
})

const signed = (text: string) => ({ firstSignedAt: at(text), hasDraft: false })
const NONE = { firstSignedAt: null, hasDraft: false }
const DRAFT = { firstSignedAt: null, hasDraft: true }

/** A report by the known facts and the time at which one looks. */
const SITUATIONS = [
  { of: 'tuan-2024-06-14', label: 'before its week', facts: NONE, now: '2024-06-07T16:00', state: 'not_open' },
  { of: 'tuan-2024-06-14', label: 'in its week', facts: NONE, now: '2024-06-08T00:00', state: 'awaited' },
  { of: 'tuan-2024-06-14', label: 'drafted', facts: DRAFT, now: '2024-06-13T09:00', state: 'draft' },
  { of: 'tuan-2024-06-14', label: 'nothing at 17:00 exactly', facts: NONE, now: '2024-06-14T17:00', state: 'awaited' },
  {
    of: 'tuan-2024-06-14',
    label: 'nothing after 17:00',
    facts: NONE,
    now: '2024-06-14T17:00:00.001',
    state: 'missing',
  },
  { of: 'tuan-2024-06-14', label: 'only a draft after 17:00', facts: DRAFT, now: '2024-06-15T08:00', state: 'missing' },
  { of: 'tuan-2024-06-14', label: '17:00 exactly', facts: signed('2024-06-14T17:00'), state: 'in_time' },
  { of: 'tuan-2024-06-14', label: 'a moment later', facts: signed('2024-06-14T17:00:00.001'), state: 'late' },
  { of: 'tuan-2024-06-14', label: 'weeks later', facts: signed('2024-07-01T08:00'), state: 'late' },
  { of: 'tong-ket', label: 'while the campaign runs', facts: NONE, now: '2024-07-03T23:59', state: 'not_open' },
  { of: 'tong-ket', label: 'the day after', facts: NONE, now: '2024-07-04T00:00', state: 'awaited' },
  { of: 'tong-ket', label: 'last moment of 09/7', facts: signed('2024-07-09T23:59:59.999'), state: 'in_time' },
  { of: 'tong-ket', label: '09/7 24:00 is 10/7 already', facts: signed('2024-07-10T00:00'), state: 'late' },
  { of: 'tong-ket', label: 'nothing on 09/7 23:59', facts: NONE, now: '2024-07-09T23:59', state: 'awaited' },
  { of: 'tong-ket', label: 'nothing at 10/7 00:00', facts: NONE, now: '2024-07-10T00:00', state: 'missing' },
] as const

describe('the state of a report', () => {
  test.each(SITUATIONS)('$of, $label: $state', ({ of, facts, state, ...rest }) => {
    const now = 'now' in rest ? at(rest.now) : at('2024-08-01T00:00')
    expect(reportState(period(of), facts, now)).toBe(state)
  })

  it('opens with its period and never closes', () => {
    expect(isOpen(period('tong-ket'), at('2024-07-03T23:59'))).toBe(false)
    expect(isOpen(period('tong-ket'), at('2024-07-04T00:00'))).toBe(true)
    expect(isOpen(period('tuan-2024-04-12'), at('2024-12-31T00:00'))).toBe(true)
  })

  it('a weekly deadline at 24 o’clock is the last moment of its day', () => {
    const friday = period('tuan-2024-06-14', periods({ hour: 24 }))
    expect(reportState(friday, signed('2024-06-14T23:59:59.999'), at('2024-08-01T00:00'))).toBe('in_time')
    expect(reportState(friday, signed('2024-06-15T00:00'), at('2024-08-01T00:00'))).toBe('late')
  })
})

describe('what an assessment sees', () => {
  const evidence = (signedBy: Record<string, string>, now: string, documentNumber = '') =>
    evidenceOfReports(
      periods({ documentNumber }),
      row => {
        const text = signedBy[periodSlug(row)]
        return text ? signed(text) : NONE
      },
      at(now),
    )

  test.each([
    {
      label: 'weekly deadlines that no document set count for nothing',
      now: '2024-06-30T00:00',
      sees: { isFinalReportMissing: false, inTime: 0, due: 0 },
    },
    {
      label: 'with a document those passed count',
      now: '2024-06-30T00:00',
      documentNumber: '45/CAT-PC06',
      signedBy: { 'tuan-2024-04-12': '2024-04-12T16:00', 'tuan-2024-04-19': '2024-04-20T16:00' },
      sees: { isFinalReportMissing: false, inTime: 1, due: 12 },
    },
    {
      label: 'the final report is not missing before its deadline',
      now: '2024-07-09T23:00',
      sees: { isFinalReportMissing: false, inTime: 0, due: 0 },
    },
    {
      label: 'and is after it',
      now: '2024-07-10T00:00',
      sees: { isFinalReportMissing: true, inTime: 0, due: 1 },
    },
    {
      label: 'late is not missing, and not in time',
      now: '2024-07-12T00:00',
      signedBy: { 'tong-ket': '2024-07-11T09:00' },
      sees: { isFinalReportMissing: false, inTime: 0, due: 1 },
    },
    {
      label: 'in time',
      now: '2024-07-12T00:00',
      signedBy: { 'tong-ket': '2024-07-08T09:00' },
      sees: { isFinalReportMissing: false, inTime: 1, due: 1 },
    },
  ])('$label', ({ now, documentNumber, signedBy = {}, sees }) => {
    expect(evidence(signedBy as Record<string, string>, now, documentNumber)).toEqual(sees)
  })
})

test.each([
  { kind: 'provincial_agency', officials: 1, owes: true },
  { kind: 'district', officials: 300, owes: true },
  { kind: 'department', officials: 4, owes: true },
  { kind: 'commune', officials: 20, owes: true },
  { kind: 'commune', officials: 0, owes: false },
  { kind: 'province', officials: 6000, owes: false },
  { kind: 'hamlet_team', officials: 5, owes: false },
  { kind: 'grassroots', officials: 5, owes: false },
] as const)('a $kind with $officials officials owes reports: $owes', ({ owes, ...unit }) => {
  expect(owesReports(unit)).toBe(owes)
})

describe('canonical JSON', () => {
  it('sorts keys at every depth and has no spaces', () => {
    expect(canonicalJson({ b: 1, a: [{ d: null, c: 'Ộ "x"\n' }], â: true })).toBe(
      '{"a":[{"c":"Ộ \\"x\\"\\n","d":null}],"b":1,"â":true}',
    )
  })

  it('is the same for the same value in any order, and reads back', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.stringMatching(/^[a-zâ"]{1,5}$/), fc.oneof(fc.integer(), fc.string(), fc.constant(null))),
        value => {
          const shuffled = Object.fromEntries(Object.entries(value).reverse())
          expect(canonicalJson(shuffled)).toBe(canonicalJson(value))
          expect(JSON.parse(canonicalJson(value))).toEqual({ ...value })
        },
      ),
    )
  })
})
