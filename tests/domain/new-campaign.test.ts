import { describe, expect, it } from 'vitest'
import { knownDaysOff, yearsWithoutDaysOff } from '#app/domain/days-off.ts'
import { copiedParameters } from '#app/domain/new-campaign.ts'
import { PLAN_128, type Regulation } from '#app/domain/regulation.ts'
import { regulationFields, regulationInput } from '#app/domain/regulation-input.ts'
import { reportPeriods } from '#app/domain/report.ts'

const OWN = { startsOn: '2026-03-01', endsOn: '2026-04-29', finalReportOn: '2026-05-08', quota: 5 }
const weeklyOf = (regulation: Regulation) =>
  reportPeriods(regulation, '45/KH-UBND').filter(({ kind }) => kind === 'weekly')

describe('a campaign that copies another', () => {
  const copy = copiedParameters(
    { ...PLAN_128, lastEntryOn: '2024-07-15', weeklyReport: { ...PLAN_128.weeklyReport, documentNumber: '9/CA' } },
    OWN,
  )

  it('has reports of its own days: the first after a whole week, none before or after', () => {
    const periods = weeklyOf(copy)
    expect(copy.weeklyReport.firstOn).toBe('2026-03-13')
    expect(periods.map(({ endsOn }) => endsOn)).toEqual([
      '2026-03-13',
      '2026-03-20',
      '2026-03-27',
      '2026-04-03',
      '2026-04-10',
      '2026-04-17',
      '2026-04-24',
    ])
    expect(periods[0]?.opensOn).toBe(OWN.startsOn)
  })

  it('takes over no day and no document of the other plan (A15)', () => {
    expect(copy.weeklyReport.documentNumber).toBe('')
    expect(copy.lastEntryOn).toBeNull()
    expect(JSON.stringify(copy)).not.toMatch(/2024|2025/)
    expect(copy).toMatchObject({ ...OWN, graceDays: PLAN_128.graceDays, mustAchieve: PLAN_128.mustAchieve })
  })

  it('has the first report of plan 128 where its days are those of plan 128', () => {
    const { startsOn, endsOn, finalReportOn, quota } = PLAN_128
    const same = copiedParameters(PLAN_128, { startsOn, endsOn, finalReportOn, quota })
    expect(same.weeklyReport).toEqual(PLAN_128.weeklyReport)
  })
})

describe('the weekly rhythm', () => {
  it('is of the campaign’s days also where an older version copied the first one of another', () => {
    const periods = weeklyOf({ ...PLAN_128, ...OWN })
    expect(periods[0]?.endsOn).toBe('2026-03-06')
    expect(periods).toHaveLength(8)
  })

  it.each([
    { weeklyFirstOn: '2024-04-03', isTaken: false },
    { weeklyFirstOn: '2024-04-04', isTaken: true },
    { weeklyFirstOn: '2024-07-03', isTaken: true },
    { weeklyFirstOn: '2024-07-04', isTaken: false },
  ])('may begin on $weeklyFirstOn: $isTaken', ({ weeklyFirstOn, isTaken }) => {
    const fields = { ...regulationFields(PLAN_128), basedOn: '1', documentNumber: '1', decidedOn: '2024-04-01' }
    expect(regulationInput.safeParse({ ...fields, weeklyFirstOn }).success).toBe(isTaken)
  })
})

describe('days off by year', () => {
  it('are those on fixed dates of each year, and those announced', () => {
    const days = knownDaysOff({ startsOn: '2025-12-01', finalReportOn: '2026-02-10' })
    expect(days).toContain('2025-09-02')
    expect(days).toContain('2026-01-01')
    expect(days).toContain('2026-02-17')
    expect(days).not.toContain('2024-04-30')
  })

  it.each([
    { startsOn: '2024-04-04', finalReportOn: '2024-07-09', years: [] },
    { startsOn: '2026-12-01', finalReportOn: '2027-03-15', years: ['2027'] },
    { startsOn: '2026-09-01', finalReportOn: '2026-11-15', years: ['2027'] },
    { startsOn: '2027-03-01', finalReportOn: '2027-05-15', years: ['2027'] },
  ])('are not announced for $years of a campaign from $startsOn', ({ years, ...span }) => {
    expect(yearsWithoutDaysOff(span, knownDaysOff(span))).toEqual(years)
  })

  it('are complete once the office entered one that is announced', () => {
    const span = { startsOn: '2027-03-01', finalReportOn: '2027-05-15' }
    expect(yearsWithoutDaysOff(span, ['2027-04-30'])).toEqual(['2027'])
    expect(yearsWithoutDaysOff(span, ['2027-02-08'])).toEqual([])
  })
})
