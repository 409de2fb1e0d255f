import { getTableColumns } from 'drizzle-orm'
import { describe, expect, it, test } from 'vitest'
import {
  camel,
  DAY_METRICS,
  HELP_METRICS,
  helpFigures,
  obligationSums,
  PARTS,
  PEOPLE_METRICS,
  peopleFigures,
  type StoredStanding,
} from '#app/domain/figures.ts'
import { PLEDGE_DAYS } from '#app/domain/pledge.ts'
import { recordOf } from '#app/domain/vocabulary.ts'
import { helpTally, helpTotal, peopleTally, pledge, standing } from '#db/schema.ts'

describe('a metric', () => {
  test.each([
    { name: 'help_tally', table: helpTally, metrics: DAY_METRICS },
    { name: 'help_total', table: helpTotal, metrics: HELP_METRICS },
    { name: 'people_tally', table: peopleTally, metrics: PEOPLE_METRICS },
  ])('is a column of $name, and each column of sums is a metric', ({ table, metrics }) => {
    const keys = ['campaignId', 'dimension', 'key', 'day']
    const columns = Object.keys(getTableColumns(table)).filter(column => !keys.includes(column))
    expect([...metrics].map(metric => camel<string>(metric)).sort()).toEqual(columns.sort())
  })

  it('of the people is moved by a number that still tells which ones move', () => {
    expect(2 ** PEOPLE_METRICS.length).toBeLessThan(Number.MAX_SAFE_INTEGER)
  })
})

it('a part of the obligations has its column in a standing, an obligation its day in a pledge', () => {
  expect(Object.keys(getTableColumns(standing))).toEqual(
    expect.arrayContaining(Object.values(PARTS).map(({ field }) => field)),
  )
  expect(Object.keys(getTableColumns(pledge))).toEqual(expect.arrayContaining(Object.values(PLEDGE_DAYS)))
})

const told = (figures: Record<string, number>) =>
  Object.fromEntries(Object.entries(figures).filter(([, sum]) => sum !== 0))

it('a verified record counts by its basis and its outcomes', () => {
  const record = {
    verdictKind: 'counts',
    verdictReason: 'verified',
    isReported: 1,
    countsAny: 1,
    basis: 'extract',
    countedOutcomes: 'a-h',
  } as const
  expect(told(helpFigures(record))).toEqual({
    reported: 1,
    counted: 1,
    verified: 1,
    counted_any: 1,
    by_extract: 1,
    eid_activated_achieved: 1,
    phone4g_had: 1,
  })
  const waiting = { ...record, verdictKind: 'pending', verdictReason: 'awaiting_confirmation', basis: null } as const
  expect(told(helpFigures({ ...waiting, countedOutcomes: null, countsAny: 0 }))).toEqual({ reported: 1, awaiting: 1 })
})

const ROW: StoredStanding = {
  unitId: 7,
  category: 'civil_servant',
  target: 10,
  reported: 12,
  counted: 8,
  verified: 3,
  countedAny: 11,
  simSignature: 'verified',
  phone4g: 'declared',
  portalNational: 'met',
  portalProvincial: 'exempt',
  unmet: 1,
  result: 'not_completed_open',
  simSignatureProven: 0,
}

it('an official contributes their target, counts and parts', () => {
  const figures = peopleFigures(ROW, true)
  expect(told(figures)).toEqual({
    officials: 1,
    women: 1,
    quota_bearers: 1,
    targets: 10,
    reached_any: 1,
    shortage: 2,
    reported: 12,
    counted: 8,
    verified: 3,
    counted_any: 11,
    obligation_bearers: 1,
    awaiting: 1,
    sim_signature_bearers: 1,
    sim_signature_declared: 1,
    sim_signature_confirmed: 1,
    sim_signature_met: 1,
    sim_signature_verified: 1,
    phone4g_bearers: 1,
    phone4g_declared: 1,
    portal_national_bearers: 1,
    portal_national_declared: 1,
    portal_national_confirmed: 1,
    portal_national_met: 1,
    portal_login_bearers: 1,
    portal_login_met: 1,
  })
  expect(peopleFigures({ ...ROW, simSignatureProven: 1 }, true).sim_signature_proven).toBe(1)
  // proven, and the SIM's own name still open
  expect(peopleFigures({ ...ROW, simSignature: 'declared', simSignatureProven: 1 }, true).sim_signature_proven).toBe(0)
  const sums = recordOf(PEOPLE_METRICS.map(camel), () => 0)
  for (const metric of PEOPLE_METRICS) sums[camel(metric)] = figures[metric]
  expect(obligationSums(sums)).toEqual({
    sim_signature: { met: 1, bearers: 1 },
    phone_4g: { met: 0, bearers: 1 },
    portal_login: { met: 1, bearers: 1 },
  })
})

it('an official posted nowhere at the cut-off, or without a standing, contributes nothing', () => {
  expect(told(peopleFigures({ ...ROW, unitId: null }, true))).toEqual({})
  expect(told(peopleFigures(undefined, false))).toEqual({})
})
