/** What everybody, and somebody inside each unit, can find out from published days by a linear program. */
import { DISCLOSURE, type DisclosureRules, type TrueCell } from '#app/domain/disclosure/rules.ts'
import { findOut, type ProgramDay, type ProgramSheet } from './disclosure-program.ts'
import type { KnownDay } from './disclosure-provinces.ts'

type Tree = 'localities' | 'units'
type Metric = 'counted' | 'officials'

const restOf = (cells: readonly TrueCell[], key: string, metric: Metric) =>
  cells.reduce(
    (left, cell) => (cell.parentKey === key ? left - (cell[metric] ?? 0) : left),
    valueIn(cells, key, metric),
  )
const valueIn = (cells: readonly TrueCell[], key: string, metric: Metric) =>
  cells.find(cell => cell.key === key)?.[metric] ?? 0

const sheetOf = ({ published, truth }: KnownDay, tree: Tree, metric: Metric): ProgramSheet => ({
  hasRest: tree === 'units',
  items: truth[tree]
    .filter(cell => cell[metric] !== null)
    .map(({ key, parentKey }) => ({ key, parentKey, value: published[tree][key]?.[metric] ?? null })),
})

/** The cells that have fallen since the day before, as the program names them. */
function fallenIn(days: readonly KnownDay[]): Set<string> {
  const fallen = new Set<string>()
  for (const [n, { truth }] of days.entries())
    for (const [m, tree] of (['localities', 'units'] as const).entries())
      for (const { key } of truth[tree]) {
        const before = days[n - 1]?.truth[tree]
        if (!before) continue
        if (valueIn(truth[tree], key, 'counted') < valueIn(before, key, 'counted')) fallen.add(`${n} ${m}:${key}`)
        if (restOf(truth[tree], key, 'counted') < restOf(before, key, 'counted')) fallen.add(`${n} ${m}:${key}/rest`)
      }
  return fallen
}

/** What somebody knows who sees everything of one unit and below it. */
function insideOf(days: readonly KnownDay[], key: string, metric: Metric, sheet: number): Map<string, number> {
  const known = new Map<string, number>()
  for (const [n, { truth }] of days.entries()) {
    const cells = truth.units.filter(cell => cell[metric] !== null)
    const below = (at: string): string[] => [
      at,
      ...cells.filter(cell => cell.parentKey === at).flatMap(cell => below(cell.key)),
    ]
    for (const at of below(key))
      if (cells.some(cell => cell.parentKey === at)) known.set(`${n} ${sheet}:${at}/rest`, restOf(cells, at, metric))
      else known.set(`${n} ${sheet}:${at}`, valueIn(cells, at, metric))
  }
  return known
}

/**
 * Lists what can be found out: by an outsider, and by somebody inside of each of `insiders` units that a seed picks
 * ('all': of each but the root). Everybody may know which counts fell on which day.
 */
export function searchOut(
  days: readonly KnownDay[],
  {
    insiders = 0,
    seed = 0,
    rules = DISCLOSURE,
  }: { insiders?: number | 'all'; seed?: number; rules?: DisclosureRules } = {},
): string[] {
  const { step, minimum } = rules
  const first = days[0]
  if (!first) return []
  const counted: ProgramDay[] = days.map(day => [
    sheetOf(day, 'localities', 'counted'),
    sheetOf(day, 'units', 'counted'),
  ])
  const officials: ProgramDay[] = days.map(day => [sheetOf(day, 'units', 'officials')])
  const basis = { step, minimum, below: 5 }
  const fallen = fallenIn(days)
  const attack = (unit: string | undefined) => [
    ...findOut(counted, {
      ...basis,
      isGrowing: true,
      fallen,
      ...(unit === undefined ? {} : { inside: insideOf(days, unit, 'counted', 1) }),
    }),
    ...findOut(officials, {
      ...basis,
      isGrowing: false,
      fallen: new Set(),
      ...(unit === undefined ? {} : { inside: insideOf(days, unit, 'officials', 0) }),
    }).map(found => `officials ${found}`),
  ]
  const units = first.truth.units.filter(cell => cell.parentKey !== null).map(cell => cell.key)
  const inside =
    insiders === 'all' ? units : units.map((_, n) => units[(seed + n) % units.length] ?? '').slice(0, insiders)
  return [attack(undefined), ...inside.map(unit => attack(unit).map(found => `inside ${unit}: ${found}`))].flat()
}
