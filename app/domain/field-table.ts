import type { CollectionDay } from './collection.ts'
import { readCount } from './count.ts'
import { cutText } from './letters.ts'
import { brokenCell } from './list.ts'
import { named } from './name.ts'
import type { OutreachInput } from './outreach-input.ts'
import { placesNamed } from './place-name.ts'
import type { InputProblem } from './problem.ts'
import { unitFinder } from './roster/units.ts'
import type { LayoutRow } from './table-layout.ts'
import type { OutreachChannel } from './vocabulary.ts'
import { readDay } from './written-day.ts'

/** Why a row of a table could not be taken over. */
const ROW_PROBLEMS = [
  'unit_unknown',
  'channel_unknown',
  'area_unknown',
  'place_missing',
  'point_unknown',
  'day_unreadable',
  'count_unreadable',
  'formula_unsaved',
  'cell_error',
] as const
/** `cell`: what was read; '' where the row as a whole would be refused. */
export type RowProblem = { number: number; reason: (typeof ROW_PROBLEMS)[number] | InputProblem; cell: string }
export type RowReason = (typeof ROW_PROBLEMS)[number]

type Numbered = { number: number; row: LayoutRow }
type Named<Id> = { id: Id; name: string }

/** The code of the one locality that a text names; undefined if there is none, or more than one. */
function areaNamed(areas: readonly Named<string>[], text: string): string | undefined {
  const [found, ...others] = placesNamed(
    areas.map(({ id, name }) => ({ code: id, name })),
    text,
  )
  return others.length === 0 ? found?.code : undefined
}

/** The one thing with this name; undefined if there is none, or more than one. */
function oneNamed<Id>(things: readonly Named<Id>[], text: string): Named<Id> | undefined {
  const [found, ...others] = named(things, text, ({ name }) => name)
  return others.length === 0 ? found : undefined
}

/** The first cell of a row that a formula left without a value. */
function brokenIn(row: LayoutRow): { reason: RowReason; cell: string } | undefined {
  return Object.values(row)
    .flatMap((cell = '') => {
      const reason = brokenCell(cell)
      return reason ? [{ reason, cell }] : []
    })
    .at(0)
}

export type TableOutreach = OutreachInput & { number: number; unitId: number }

/** Finds the one unit of an export by its name, with its parents' names where several units share it. */
function oneUnitFinder(units: readonly (Named<number> & { path: string })[]): (name: string) => number | undefined {
  const find = unitFinder(units.map(({ id, name, path }) => ({ unitId: id, name, path })))
  return name => {
    const [found, ...others] = find(name)
    return others.length === 0 ? found?.unitId : undefined
  }
}

/** The locality of a row: by its code, else by its name, else the page's own. */
function areaOf(
  code: string,
  name: string,
  { own, areas }: { own: { localityCode: string | null }; areas: readonly Named<string>[] },
): string | null | undefined {
  if (code !== '') return areas.find(({ id }) => id === code)?.id
  return name === '' ? own.localityCode : areaNamed(areas, name)
}

/**
 * Reads the outreach activities from a table's rows (plan III.1). A row without a unit or locality gets the page's own;
 * a channel is given by its Vietnamese word (`channels`). Unreadable rows are reported with their content.
 */
export function outreachOfTable(
  rows: readonly Numbered[],
  known: {
    own: { unitId: number; localityCode: string | null }
    units: readonly (Named<number> & { path: string })[]
    areas: readonly Named<string>[]
    channels: Readonly<Record<OutreachChannel, string>>
  },
): { activities: TableOutreach[]; problems: RowProblem[] } {
  const findUnit = oneUnitFinder(known.units)
  const channels = (Object.entries(known.channels) as [OutreachChannel, string][]).map(([id, name]) => ({ id, name }))
  const problems: RowProblem[] = []
  const activities = rows.flatMap(({ number, row }): TableOutreach[] => {
    const cell = (field: string) => row[field] ?? ''
    const unitId = cell('unit') === '' ? known.own.unitId : findUnit(cell('unit'))
    const channel = oneNamed(channels, cell('channel'))?.id
    const localityCode = areaOf(cell('locality_code'), cell('locality'), known)
    const heldOn = readDay(cell('day'))
    const people = readCount(cell('people'))
    const refuse = (reason: RowProblem['reason'], text: string) => {
      problems.push({ number, reason, cell: text })
      return []
    }
    const broken = brokenIn(row)
    if (broken) return refuse(broken.reason, broken.cell)
    if (unitId === undefined) return refuse('unit_unknown', cell('unit'))
    if (heldOn === undefined) return refuse('day_unreadable', cell('day'))
    if (channel === undefined) return refuse('channel_unknown', cell('channel'))
    if (!localityCode) return refuse('area_unknown', cell('locality'))
    if (cell('place') === '' || cell('place').length > 200) return refuse('place_missing', cell('place'))
    if (people === undefined) return refuse('count_unreadable', cell('people'))
    const note = cutText(cell('note'), 500) || null
    return [{ number, unitId, channel, heldOn, localityCode, place: cell('place'), people, note }]
  })
  return { activities, problems }
}

export type TableDay = CollectionDay & { number: number; pointId: number }

const FIGURES = [
  { field: 'invited', key: 'invited' },
  { field: 'received', key: 'received' },
  { field: 'sent_on', key: 'sentOn' },
  { field: 'approved', key: 'approved' },
] as const

/** The figures of a day, 0 where a cell is blank; or the first cell that is no count. */
function figuresOf(row: LayoutRow): Omit<CollectionDay, 'day'> | { unread: string } {
  const figures = { invited: 0, received: 0, sentOn: 0, approved: 0 }
  for (const { field, key } of FIGURES) {
    const cell = row[field] ?? ''
    const value = cell === '' ? 0 : readCount(cell)
    if (value === undefined) return { unread: cell }
    figures[key] = value
  }
  return figures
}

/** Reads the days of collection points from a table's rows (plan III.3); a blank figure is 0. */
export function collectionOfTable(
  rows: readonly Numbered[],
  points: readonly (Named<number> & { unitName?: string })[],
): { days: TableDay[]; problems: RowProblem[] } {
  const problems: RowProblem[] = []
  const days = rows.flatMap(({ number, row }): TableDay[] => {
    const refuse = (reason: RowProblem['reason'], cell: string) => {
      problems.push({ number, reason, cell })
      return []
    }
    const broken = brokenIn(row)
    if (broken) return refuse(broken.reason, broken.cell)
    const there = row.unit ? named(points, row.unit, ({ unitName = '' }) => unitName) : points
    const pointId = (oneNamed(there, row.point ?? '') ?? oneNamed(points, row.point ?? ''))?.id
    const day = readDay(row.day ?? '')
    if (pointId === undefined) return refuse('point_unknown', row.point ?? '')
    if (day === undefined) return refuse('day_unreadable', row.day ?? '')
    const figures = figuresOf(row)
    if ('unread' in figures) return refuse('count_unreadable', figures.unread)
    return [{ number, pointId, day, ...figures }]
  })
  return { days, problems }
}
