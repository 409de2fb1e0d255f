import { describe, expect, it } from 'vitest'
import {
  activationOf,
  codeOf,
  indicatorChanges,
  isIndicatorCode,
  leadingIndicator,
} from '#app/domain/campaign-indicator.ts'
import { indicatorInput } from '#app/domain/campaign-indicator-input.ts'
import { exceptionProblem, goalOf, judgedTarget, type StatedGoal } from '#app/domain/goal.ts'
import { explainGoal } from '#app/text/board.ts'
import { layoutHeads, layoutLabels } from '#app/text/table-layout.ts'
import { INDICATORS } from '#tests/indicators.ts'

const FORM = { name: 'Lập sổ sức khỏe', shortName: 'Sổ sức khỏe', unit: 'sổ', source: 'locality' }
const STATED: StatedGoal = {
  indicator: 'id_card_mobile',
  share: 0.8,
  basis: 'annex',
  adults: null,
  atStart: null,
  exceptions: 'người ra nước ngoài',
}

describe('a code', () => {
  it.each([
    ['Sổ sức khỏe', 'so_suc_khoe'],
    ['4G cho hộ nghèo!', 'c_4g_cho_ho_ngheo'],
    ['Đổi máy (2G → 4G)', 'doi_may_2g_4g'],
    ['locality', 'c_locality'],
  ])('of %s is %s', (words, code) => {
    expect(codeOf(words)).toBe(code)
    expect(isIndicatorCode(code)).toBe(true)
  })

  it.each(['', 'Sổ', '4g', 'a', 'locality_code', 'a-b', 'a'.repeat(41)])('%s is none', code =>
    expect(isIndicatorCode(code)).toBe(false),
  )
})

describe('the form of an indicator', () => {
  const problems = (changes: Record<string, string>) => {
    const read = indicatorInput.safeParse({ ...FORM, ...changes })
    return read.success ? [] : read.error.issues.map(({ path, message }) => `${path} ${message}`)
  }

  it('gives it a code where none is typed, and no goal where no basis is chosen', () => {
    expect(indicatorInput.parse({ ...FORM, share: '80' })).toEqual({
      indicator: { ...FORM, code: 'so_suc_khoe', printedName: '', publicName: '', outcome: null },
      goal: null,
    })
  })

  it('reads a goal of the annex, of the adults and of what the plan does not give', () => {
    expect(indicatorInput.parse({ ...FORM, basis: 'annex', share: '82,5', exceptions: 'x' }).goal).toEqual({
      share: 0.825,
      basis: 'annex',
      adults: null,
      atStart: null,
      exceptions: 'x',
    })
    const adults = { basis: 'adults', share: '50', adults: '872.831', atStart: '56.943', exceptions: 'x' }
    expect(indicatorInput.parse({ ...FORM, ...adults }).goal).toMatchObject({
      adults: 872_831,
      atStart: 56_943,
      exceptions: '',
    })
    expect(indicatorInput.parse({ ...FORM, basis: 'unknown', share: '90' }).goal).toMatchObject({
      share: 0.9,
      adults: null,
    })
  })

  it('says what is missing at its field', () => {
    expect(problems({ code: 'Sổ' })).toEqual(['code indicator_code'])
    expect(problems({ basis: 'annex' })).toEqual(['share required'])
    expect(problems({ basis: 'annex', share: 'nhiều' })).toEqual(['share not_a_number'])
    expect(problems({ basis: 'adults', share: '5', adults: 'x' })).toEqual(['adults not_a_count', 'atStart required'])
  })
})

describe('a change of an indicator', () => {
  const goal = { share: 0.8, basis: 'annex', adults: null, atStart: null, exceptions: 'x' } as const
  const before = { ...FORM, code: 'a', printedName: '', publicName: '', source: 'police', outcome: null, goal } as const

  it('is wording, or decides about figures and judging', () => {
    expect(indicatorChanges(before, before)).toEqual({ words: [], deciding: [] })
    expect(indicatorChanges(before, { ...before, name: 'B', goal: { ...goal, exceptions: 'y' } })).toEqual({
      words: ['name', 'goal'],
      deciding: [],
    })
    expect(indicatorChanges(before, { ...before, source: 'telecom', goal: { ...goal, share: 0.7 } })).toEqual({
      words: [],
      deciding: ['source', 'goal'],
    })
    expect(indicatorChanges(before, { ...before, goal: null }).deciding).toEqual(['goal'])
  })
})

it('pages open with the indicator that activation feeds, else with the first', () => {
  expect(leadingIndicator(INDICATORS)?.code).toBe('eid_activated')
  const others = INDICATORS.filter(({ code }) => code !== 'eid_activated')
  expect([activationOf(others), leadingIndicator(others)?.code]).toEqual([undefined, 'id_card_first'])
  expect(leadingIndicator([])).toBeUndefined()
})

describe('a goal', () => {
  it('is a share of what is left of the annex, rounded up to whole people', () => {
    expect(goalOf(STATED, 11_207, null)).toMatchObject({ excepted: null, wanted: 8966 })
    expect(goalOf(STATED, 11_207, 1207)).toMatchObject({ excepted: 1207, wanted: 8000 })
    expect(goalOf({ ...STATED, share: 0.07 }, 100, 0)).toMatchObject({ wanted: 7 })
    expect(goalOf(STATED, 10, 12)).toMatchObject({ wanted: 0 })
  })

  it('judges where the regulation says so, and only as a share of the annex', () => {
    expect(judgedTarget(100, STATED, { annexReading: 'annex', excepted: 20 })).toBe(100)
    expect(judgedTarget(100, STATED, { annexReading: 'goals', excepted: 20 })).toBe(64)
    expect(judgedTarget(100, { ...STATED, basis: 'unknown' }, { annexReading: 'goals', excepted: 20 })).toBe(100)
    expect(judgedTarget(100, undefined, { annexReading: 'goals', excepted: 20 })).toBe(100)
  })

  it('leaves no more people out than the annex assigns', () => {
    expect([5, 10, 11, -1, 1.5, null].map(people => exceptionProblem(people, 10))).toEqual([
      null,
      null,
      'exception_exceeds_annex',
      'figure_out_of_range',
      'figure_out_of_range',
      null,
    ])
    expect(exceptionProblem(1, null)).toBe('exception_without_target')
  })

  it('is told in the words of the campaign’s own plan', () => {
    expect(explainGoal(goalOf(STATED, 11_207, null), 'Mục IV.1')).toBe(
      'Phụ lục giao cả 11.207. Mục IV.1 nêu 80%, tức 8.966, trừ người ra nước ngoài.',
    )
    expect(explainGoal(goalOf(STATED, 11_207, 1207), undefined)).toBe(
      'Phụ lục giao cả 11.207. Kế hoạch nêu 80% của 10.000, đã trừ 1.207 người ra nước ngoài, tức 8.000.',
    )
  })
})

describe('a list of figures', () => {
  it('has a column for each indicator of the campaign, found by any name that is its own', () => {
    const own = [
      { code: 'a', name: 'Lập sổ', shortName: 'Sổ', printedName: 'Lập sổ', publicName: 'Sổ sức khỏe' },
      { code: 'b', name: 'Lập sổ mới', shortName: 'Sổ', printedName: 'Sổ mới', publicName: 'Lập sổ mới' },
    ]
    expect(layoutLabels('indicator_figures', own)).toMatchObject({ locality: 'Địa bàn', a: 'Lập sổ', b: 'Lập sổ mới' })
    const heads = layoutHeads('indicator_figures', own)
    expect([heads.a, heads.b]).toEqual([
      ['lap so', 'so suc khoe'],
      ['lap so moi', 'so moi'],
    ])
    expect(Object.keys(layoutLabels('outreach', own))).not.toContain('a')
  })
})
