import type { CollectionDay } from './collection.ts'
import { readCount } from './count.ts'
import { cutText } from './letters.ts'
import { brokenCell, withBroken } from './list.ts'
import { named } from './name.ts'
import type { OutreachInput } from './outreach-input.ts'
import { placeNamed } from './place-name.ts'
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

/** The one thing with this name; undefined if there is none, or more than one. */
function oneNamed<Id>(things: readonly Named<Id>[], text: string): Named<Id> | undefined {
  const [found, ...others] = named(things, text, ({ name }) => name)
  return others.length === 0 ? found : undefined
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
  if (name === '') return own.localityCode
  const places = areas.map(area => ({ code: area.id, name: area.name }))
  return placeNamed(places, name)?.code
}

/**
 * Reads the outreach activities from a table's rows (plan III.1). A row without a unit or locality gets the page's own;
 * a channel is given by its Vietnamese word (`channels`). Unreadable cells are all reported with their content.
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
    const place = cell('place')
    const refuse = (reason: RowProblem['reason'], field: string) => problems.push({ number, reason, cell: cell(field) })
    if (unitId === undefined) refuse('unit_unknown', 'unit')
    if (heldOn === undefined) refuse('day_unreadable', 'day')
    if (channel === undefined) refuse('channel_unknown', 'channel')
    if (!localityCode) refuse('area_unknown', 'locality')
    const isPlaced = place !== '' && place.length <= 200
    if (!isPlaced) refuse('place_missing', 'place')
    if (people === undefined) refuse('count_unreadable', 'people')
    const broken = ['place', 'note'].filter(field => brokenCell(cell(field)))
    problems.push(...broken.map(field => ({ number, reason: 'cell_error' as const, cell: cell(field) })))
    const isKnown = unitId !== undefined && channel !== undefined && localityCode
    if (!isKnown || heldOn === undefined || people === undefined || !isPlaced || broken.length > 0) return []
    const note = cutText(cell('note'), 500) || null
    return [{ number, unitId, channel, heldOn, localityCode, place, people, note }]
  })
  return { activities, problems: problems.map(withBroken) }
}

export type TableDay = CollectionDay & { number: number; pointId: number }

const FIGURES = [
  { field: 'invited', key: 'invited' },
  { field: 'received', key: 'received' },
  { field: 'sent_on', key: 'sentOn' },
  { field: 'approved', key: 'approved' },
] as const

/** The figures of a day, 0 where a cell is blank, and the cells that are no counts. */
function figuresOf(row: LayoutRow) {
  const figures = { invited: 0, received: 0, sentOn: 0, approved: 0 }
  const unread: string[] = []
  for (const { field, key } of FIGURES) {
    const cell = row[field] ?? ''
    const value = cell === '' ? 0 : readCount(cell)
    if (value === undefined) unread.push(cell)
    else figures[key] = value
  }
  return { figures, unread }
}

/** Reads the days of collection points from a table's rows (plan III.3); a blank figure is 0. */
export function collectionOfTable(
  rows: readonly Numbered[],
  points: readonly (Named<number> & { unitName?: string })[],
): { days: TableDay[]; problems: RowProblem[] } {
  const problems: RowProblem[] = []
  const days = rows.flatMap(({ number, row }): TableDay[] => {
    const refuse = (reason: RowProblem['reason'], cell: string) => problems.push({ number, reason, cell })
    const there = row.unit ? named(points, row.unit, ({ unitName = '' }) => unitName) : points
    const pointId = (oneNamed(there, row.point ?? '') ?? oneNamed(points, row.point ?? ''))?.id
    const day = readDay(row.day ?? '')
    if (pointId === undefined) refuse('point_unknown', row.point ?? '')
    if (day === undefined) refuse('day_unreadable', row.day ?? '')
    const { figures, unread } = figuresOf(row)
    for (const cell of unread) refuse('count_unreadable', cell)
    return pointId === undefined || day === undefined || unread.length > 0 ? [] : [{ number, pointId, day, ...figures }]
  })
  return { days, problems: problems.map(withBroken) }
}
