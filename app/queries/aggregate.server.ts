import { asc, eq, inArray } from 'drizzle-orm'
import { type Action, type Actor, can, scopeOf } from '#app/access/policy.ts'
import { inSubtree } from '#app/access/scope.server.ts'
import { type Day, daysFrom } from '#app/domain/calendar.ts'
import type { FeedingOutcome, Indicator } from '#app/domain/campaign-indicator.ts'
import {
  camel,
  DAY_METRICS,
  type DayFigures,
  HELP_METRICS,
  type HelpFigures,
  type HelpMetric,
  PEOPLE_METRICS,
  type PeopleFigures,
  type PeopleMetric,
} from '#app/domain/figures.ts'
import type { Regulation } from '#app/domain/regulation.ts'
import { type Association, BLOCKS, CATEGORIES, recordOf } from '#app/domain/vocabulary.ts'
import { db, prepared, transact } from '#db/client.server.ts'
import { chapter, type helpTotal, unit } from '#db/schema.ts'
import { campaignToday } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { columnOf } from './judging/index.server.ts'
import { findLocality, listLocalitiesBelow } from './locality.server.ts'
import { listChildren, type UnitRow } from './unit.server.ts'

export type Dimension = (typeof helpTotal.$inferSelect)['dimension']
export type Figures = { help: HelpFigures; people: PeopleFigures }
/** `name` is null where the key is a word of a vocabulary. */
export type BoardRow = Figures & { key: string; name: string | null }

type Metric = HelpMetric | PeopleMetric
const columns = (metrics: readonly Metric[]) =>
  metrics.map(metric => `${columnOf(metric)} as ${camel(metric)}`).join(', ')
const NO_HELP = recordOf(HELP_METRICS.map(camel), () => 0)
const NOBODY = recordOf(PEOPLE_METRICS.map(camel), () => 0)

/** The rows of one tally under each key, in the order of `keys`; `none` where a key has no row. */
function sumsOf<Row>(
  { table, metrics, none }: { table: 'help_total' | 'people_tally'; metrics: readonly Metric[]; none: Row },
  campaignId: number,
  dimension: Dimension,
  keys: readonly string[],
): Row[] {
  const rows = prepared<Row & { key: string }>(
    `select key, ${columns(metrics)} from ${table}
      where campaign_id = ? and dimension = ? and key in (select value from json_each(?))`,
  ).all(campaignId, dimension, JSON.stringify(keys))
  const byKey = new Map<string, Row>(rows.map(row => [row.key, row]))
  return keys.map(key => byKey.get(key) ?? none)
}

/** The people's part of `figuresOf`. */
export function peopleFiguresOf(campaignId: number, dimension: Dimension, keys: readonly string[]): PeopleFigures[] {
  return sumsOf({ table: 'people_tally', metrics: PEOPLE_METRICS, none: NOBODY }, campaignId, dimension, keys)
}

/** The records' part of `figuresOf`. */
export function helpFiguresOf(campaignId: number, dimension: Dimension, keys: readonly string[]): HelpFigures[] {
  return sumsOf({ table: 'help_total', metrics: HELP_METRICS, none: NO_HELP }, campaignId, dimension, keys)
}

const tallied = (alias: string, metrics: readonly Metric[]) => metrics.map(metric => `${alias}.${columnOf(metric)}`)

const FIGURES = `
  select ${[...tallied('p', PEOPLE_METRICS), ...tallied('h', HELP_METRICS)].join(', ')} from json_each(@keys) k
    left join people_tally p on p.campaign_id = @campaignId and p.dimension = @dimension and p.key = k.value
    left join help_total h on h.campaign_id = @campaignId and h.dimension = @dimension and h.key = k.value
   order by k.key`

/** Metrics by name from the values of a row that begin at `from`; 0 where the tally has no row. */
const metricsAmong = <Row extends Record<string, number>>(none: Row, row: readonly (number | null)[], from: number) =>
  Object.fromEntries(Object.keys(none).map((name, n) => [name, row[from + n] ?? 0])) as Row

/**
 * Returns the stored sums under each key of one dimension, in the order of `keys`, in one statement. Every board reads
 * its figures here, so all boards show the same ones. Checks no permission; the caller must.
 */
export function figuresOf(campaignId: number, dimension: Dimension, keys: readonly string[]): Figures[] {
  return prepared<(number | null)[]>(FIGURES)
    .raw()
    .all({ campaignId, dimension, keys: JSON.stringify(keys) })
    .map(row => ({
      people: metricsAmong(NOBODY, row, 0),
      help: metricsAmong(NO_HELP, row, PEOPLE_METRICS.length),
    }))
}

type OutcomeSums = { achieved: number; had: number }

/** The counted records by each indicator that an outcome feeds: achieved by the help, and had before it. */
export function outcomeSums(
  help: HelpFigures,
  indicators: readonly Pick<Indicator, 'code' | 'outcome'>[],
): Partial<Record<string, OutcomeSums>> {
  const sums: Record<FeedingOutcome, OutcomeSums> = {
    eid_activated: { achieved: help.eidActivatedAchieved, had: help.eidActivatedHad },
    sim_signature: { achieved: help.simSignatureAchieved, had: help.simSignatureHad },
    phone_4g: { achieved: help.phone4gAchieved, had: help.phone4gHad },
  }
  return Object.fromEntries(
    indicators.flatMap(({ code, outcome }) => (outcome === null ? [] : [[code, sums[outcome]] as const])),
  )
}

/** The stored sums under one key. */
export function figureOf(campaignId: number, dimension: Dimension, key: string | number): Figures {
  return figuresOf(campaignId, dimension, [String(key)])[0] ?? { help: NO_HELP, people: NOBODY }
}

/**
 * Returns the sums of help records of some days under one key, by the day helped; days without records are left out.
 * The sums of a day are stored together, so each day is looked up by itself.
 */
export function dayFigures(
  campaignId: number,
  dimension: 'unit' | 'chapter' | 'locality',
  key: string | number,
  days: readonly Day[],
): (DayFigures & { day: Day })[] {
  return prepared<DayFigures & { day: Day }>(DAY_FIGURES).all(campaignId, JSON.stringify(days), dimension, String(key))
}

/** The counted records of some days under each of several keys, in the order of `keys`, then of `days`. */
export function countedByDay(
  campaignId: number,
  dimension: 'unit' | 'chapter' | 'locality',
  keys: readonly string[],
  days: readonly Day[],
): number[][] {
  const rows = prepared<{ key: string; day: Day; counted: number }>(
    `select key, day, counted from help_tally
      where campaign_id = ? and day in (select value from json_each(?)) and key in (select value from json_each(?))
        and dimension = ?`,
  ).all(campaignId, JSON.stringify(days), JSON.stringify(keys), dimension)
  const counted = new Map(rows.map(row => [`${row.key} ${row.day}`, row.counted]))
  return keys.map(key => days.map(day => counted.get(`${key} ${day}`) ?? 0))
}

const DAY_FIGURES = `
  select day, ${columns(DAY_METRICS)} from help_tally
   where campaign_id = ? and day in (select value from json_each(?)) and dimension = ? and key = ? order by day`

/**
 * Returns running totals of help records by the day helped, for every day of the campaign; null for days after
 * `today`.
 */
export function runningTotals(
  campaignId: number,
  dimension: 'unit' | 'chapter' | 'locality',
  key: string | number,
  { regulation: { startsOn, endsOn }, today }: { regulation: Regulation; today: Day },
) {
  const days = daysFrom(startsOn, endsOn)
  const past = days.filter(day => day <= today)
  const rows = dayFigures(campaignId, dimension, key, past)
  const byDay = new Map(rows.map(row => [row.day, row]))
  const run = (metric: 'reported' | 'counted' | 'verified') => {
    let sum = 0
    return days.map(day => {
      if (day > today) return null
      sum += byDay.get(day)?.[metric] ?? 0
      return sum
    })
  }
  return { days, reported: run('reported'), counted: run('counted'), verified: run('verified') }
}

/** The topmost units in whose subtrees the actor may do `action` by a grant, the largest first. */
export function scopeUnits(actor: Actor, action: Action): UnitRow[] {
  const paths = [...new Set(scopeOf(actor, action).paths)].sort((a, b) => a.length - b.length)
  const topmost = paths.filter((path, n) => !paths.slice(0, n).some(above => path.startsWith(above)))
  if (topmost.length === 0) return []
  const rows = db.select().from(unit).where(inArray(unit.path, topmost)).all()
  return topmost.flatMap(path => rows.find(row => row.path === path) ?? [])
}

/** Returns the unit of a board or list: the one requested, else the largest in scope; undefined if not visible. */
export function scopeUnit(actor: Actor, action: Action, unitId: number | undefined): UnitRow | undefined {
  const topmost = scopeUnits(actor, action)
  if (unitId === undefined) return topmost[0]
  const row = db.select().from(unit).where(eq(unit.id, unitId)).get()
  return row && topmost.some(top => row.path.startsWith(top.path)) ? row : undefined
}

/** Units above one, from the topmost that the actor may see; for the way that leads to a board. */
export function unitsAboveInScope(actor: Actor, action: Action, of: UnitRow): { id: number; name: string }[] {
  const ids = of.path
    .split('/')
    .filter(id => id !== '')
    .map(Number)
    .slice(0, -1)
  if (ids.length === 0) return []
  const tops = scopeOf(actor, action).paths
  return db
    .select({ id: unit.id, name: unit.name, path: unit.path })
    .from(unit)
    .where(inArray(unit.id, ids))
    .orderBy(asc(unit.path))
    .all()
    .filter(row => tops.some(top => row.path.startsWith(top)))
}

/**
 * Returns one unit's figures split by a dimension. By unit, `rest` is what its open children do not include: people
 * posted at the unit itself. Members of associations and citizens of localities are other views of the same records,
 * never parts of the total.
 * Undefined if the unit is not visible, or cannot be split so: blocks exist for the whole tree, localities for a unit
 * that governs one.
 */
export function findBoard(
  actor: Actor,
  campaignId: number,
  { unitId, dimension }: { unitId?: number; dimension: Dimension },
) {
  const of = scopeUnit(actor, 'unit.view', unitId)
  if (!of) return undefined
  const dimensions = dimensionsOf(of)
  if (!dimensions.includes(dimension)) return undefined
  const keys = boardKeys(actor, of, dimension)
  const rows: BoardRow[] = figuresOf(
    campaignId,
    dimension,
    keys.map(row => row.key),
  ).map((figures, n) => ({
    key: keys[n]?.label ?? '',
    name: keys[n]?.name ?? null,
    ...figures,
  }))
  const total = figureOf(campaignId, 'unit', of.id)
  return {
    unit: {
      id: of.id,
      name: of.name,
      path: of.path,
      localityCode: of.localityCode,
      /** the locality whose citizens' board belongs to the unit; null: it governs none */
      governs: ['province', 'district', 'commune'].includes(of.kind) ? of.localityCode : null,
    },
    above: unitsAboveInScope(actor, 'unit.view', of),
    scopes: scopeUnits(actor, 'unit.view').map(({ id, name }) => ({ id, name })),
    dimensions,
    total,
    rows,
    rest: dimension === 'unit' && rows.length > 0 ? withoutRows(total, rows) : null,
  }
}

function dimensionsOf(of: UnitRow): Dimension[] {
  const isRoot = of.parentId === null
  return [
    'unit',
    ...(isRoot ? (['block'] as const) : []),
    'category',
    'chapter',
    ...(of.localityCode ? (['locality'] as const) : []),
  ]
}

type BoardKey = { key: string; label: string; name: string | null }

function boardKeys(actor: Actor, of: UnitRow, dimension: Dimension): BoardKey[] {
  const byCode = (code: string, name: string) => ({ key: code, label: code, name })
  switch (dimension) {
    case 'unit':
      return listChildren(actor, of.id).map(row => byCode(String(row.id), row.name))
    case 'block':
      return BLOCKS.map(block => ({ key: block, label: block, name: null }))
    case 'category':
      return CATEGORIES.map(category => ({ key: `${of.id}/${category}`, label: category, name: null }))
    case 'chapter':
      return topChapters(of.path).map(row => byCode(String(row.id), row.name))
    case 'locality': {
      const own = findLocality(of.localityCode ?? '', campaignToday())
      if (!own) return []
      const below = listLocalitiesBelow(own.code, campaignToday())
      return (below.length > 0 ? below : [own]).map(row => byCode(row.code, `${row.type} ${row.name}`))
    }
  }
}

/** The topmost chapters that sit at units of a subtree. */
function topChapters(path: string) {
  const rows = db
    .select({ id: chapter.id, name: chapter.name, path: chapter.path })
    .from(chapter)
    .innerJoin(unit, eq(unit.id, chapter.unitId))
    .where(inSubtree(unit.path, path))
    .orderBy(asc(chapter.id))
    .all()
  const ids = new Set(rows.map(row => String(row.id)))
  return rows.filter(
    row =>
      !row.path
        .split('/')
        .slice(1, -2)
        .some(id => ids.has(id)),
  )
}

/** What a whole has beyond rows that are its parts. */
export function withoutRows(total: Figures, rows: readonly Figures[]): Figures {
  const left = <T extends Record<string, number>>(whole: T, parts: readonly T[]) =>
    Object.fromEntries(
      Object.entries(whole).map(([metric, value]) => [
        metric,
        parts.reduce((sum, part) => sum - (part[metric] ?? 0), value),
      ]),
    ) as T
  return {
    help: left(
      total.help,
      rows.map(row => row.help),
    ),
    people: left(
      total.people,
      rows.map(row => row.people),
    ),
  }
}

/**
 * Returns an association's chapter with the chapters below it: its members, whatever their workplace. Visible to
 * actors who may see the figures of the unit of this chapter, or of a chapter above; undefined for others.
 */
export function findChapterBoard(actor: Actor, campaignId: number, chapterId: number) {
  const of = db.select().from(chapter).where(eq(chapter.id, chapterId)).get()
  if (!of) return undefined
  const above = db
    .select({ id: chapter.id, name: chapter.name, path: chapter.path, unitPath: unit.path })
    .from(chapter)
    .leftJoin(unit, eq(unit.id, chapter.unitId))
    .where(
      inArray(
        chapter.id,
        of.path
          .split('/')
          .filter(id => id !== '')
          .map(Number),
      ),
    )
    .orderBy(asc(chapter.path))
    .all()
  const seenFrom = above.findIndex(row => row.unitPath !== null && can(actor, 'unit.view', { unitPath: row.unitPath }))
  if (seenFrom < 0) return undefined
  const below = db
    .select({ id: chapter.id, name: chapter.name })
    .from(chapter)
    .where(eq(chapter.parentId, chapterId))
    .orderBy(asc(chapter.id))
    .all()
  const figures = figuresOf(
    campaignId,
    'chapter',
    below.map(row => String(row.id)),
  )
  const total = figureOf(campaignId, 'chapter', chapterId)
  const rows = below.flatMap(({ id, name }, n): BoardRow[] =>
    figures[n] ? [{ key: String(id), name, ...figures[n] }] : [],
  )
  return {
    chapter: { id: of.id, name: of.name, association: of.association as Association },
    above: above.slice(seenFrom, -1).map(({ id, name }) => ({ id, name })),
    total,
    rows,
    rest: rows.length > 0 ? withoutRows(total, rows) : null,
  }
}

/** Logs an export of figures or a list: the actor, the subject, the filters and the number of rows. */
export function logExport(
  actor: Actor,
  campaignId: number,
  {
    subject,
    subjectId,
    data,
  }: {
    subject: 'board' | 'assessment' | 'report' | 'outreach' | 'collection_point'
    subjectId: string | number
    data: Record<string, string | number | boolean | null>
  },
) {
  transact(tx => logEvent(tx, actor, { verb: 'export', subject, subjectId, campaignId, data }))
}
