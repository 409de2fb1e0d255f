import { composed } from '../letters.ts'
import { PROVINCE_WORDS } from '../province.ts'
import { LOCALITY_LEVELS, type LocalityLevel } from '../vocabulary.ts'
import {
  cellOf,
  type ListedRow,
  type PlannedRow,
  repeats,
  type SetupProblem,
  type SetupReason,
  textProblems,
} from './listed.ts'
import { namedFinder, placeFinder } from './place.ts'

/** The list of a province's localities: the province itself, districts where it has them, communes and hamlets. */

export const LOCALITY_COLUMNS = ['code', 'type', 'name', 'parent'] as const
export type LocalityColumn = (typeof LOCALITY_COLUMNS)[number]

export type KnownLocality = {
  code: string
  name: string
  type: string
  level: LocalityLevel
  parentCode: string | null
}

export type LocalityEntry = PlannedRow & KnownLocality

export type LocalityPlan = { entries: LocalityEntry[]; problems: SetupProblem[] }

/** How a list calls a city that is a province; its locality is called as other cities are. */
const CENTRAL_CITY = 'thành phố trực thuộc trung ương'

/** What each level's places are called. */
const TYPES: Record<LocalityLevel, readonly string[]> = {
  province: [PROVINCE_WORDS.province, CENTRAL_CITY],
  district: ['huyện', 'thị xã', 'thành phố', 'quận'],
  commune: ['xã', 'phường', 'thị trấn', 'đặc khu'],
  hamlet: ['thôn', 'ấp', 'khu phố', 'tổ dân phố', 'khóm', 'buôn', 'bản', 'làng', 'sóc', 'khu', 'tổ'],
}
const WORDS = LOCALITY_LEVELS.flatMap(level => TYPES[level].map(type => ({ level, type })))
const findType = namedFinder(WORDS, ({ type }) => [type])

/** The levels that may hold one. */
const ABOVE: Record<LocalityLevel, readonly LocalityLevel[]> = {
  province: [],
  district: ['province'],
  commune: ['district', 'province'],
  hamlet: ['commune'],
}

/** A code of the national register, or one that the province gives its hamlets. */
export const LOCALITY_CODE = /^[\p{L}\d][\p{L}\d._-]{0,19}$/u

type Read = { listed: ListedRow; level: LocalityLevel; type: string; code: string; name: string }

/**
 * Plans a list of localities. A row is the locality with its code, else a new one; a new one without a place above lies
 * in the province. Codes, levels and what a place lies in are fixed: where it belongs later is data with a day.
 */
export function planLocalities(rows: readonly ListedRow[], known: readonly KnownLocality[]): LocalityPlan {
  const problems = textProblems(rows, ['code', 'type', 'name'])
  const isWrong = new Set(problems.map(({ row }) => row))
  const hasProvince =
    known.some(({ level }) => level === 'province') ||
    rows.some(listed => typeOf(listed)?.type === PROVINCE_WORDS.province)
  const refuse = ({ row, cells }: ListedRow, column: LocalityColumn, reason: SetupReason) => {
    problems.push({ row, column, reason, value: cells[column] ?? '' })
    return []
  }
  const reads = rows.flatMap((listed): Read[] => {
    if (isWrong.has(listed.row)) return []
    const found = typeOf(listed)
    if (!found) return refuse(listed, 'type', 'word_unknown')
    const code = composed(cellOf(listed, 'code')).trim()
    if (!LOCALITY_CODE.test(code)) return refuse(listed, 'code', 'code_unreadable')
    const isCity = found.type === PROVINCE_WORDS.city && cellOf(listed, 'parent') === '' && !hasProvince
    const level = isCity || found.type === CENTRAL_CITY ? 'province' : found.level
    const type = found.type === CENTRAL_CITY ? PROVINCE_WORDS.city : found.type
    return [{ listed, level, type, code, name: composed(cellOf(listed, 'name')).trim() }]
  })
  problems.push(
    ...repeats(
      reads.map(({ listed, code }) => ({ row: listed.row, value: code })),
      'code',
      'code_repeated',
    ),
  )
  const context = contextOf(reads, known)
  const entries = reads.flatMap(read => {
    const before = context.known.get(read.code)
    const entry = before ? changedPlace(read, before) : newPlace(read, context)
    return 'column' in entry ? refuse(read.listed, entry.column, entry.reason) : [entry]
  })
  const wrong = new Set(problems.map(({ row }) => row))
  return {
    entries: entries
      .filter(({ row }) => !wrong.has(row))
      .sort((a, b) => LOCALITY_LEVELS.indexOf(a.level) - LOCALITY_LEVELS.indexOf(b.level) || a.row - b.row),
    problems: problems.sort((a, b) => a.row - b.row),
  }
}

function typeOf(listed: ListedRow) {
  const found = findType(cellOf(listed, 'type'))
  return found.length === 1 ? found[0] : undefined
}

type Place = { code: string; name: string; type: string; level: LocalityLevel }
type Context = { known: ReadonlyMap<string, KnownLocality>; find: (text: string) => Place[]; provinces: Place[] }

function contextOf(reads: readonly Read[], known: readonly KnownLocality[]): Context {
  const byCode = new Map<string, Place>([...known, ...reads].map(place => [place.code, place]))
  const places = [...byCode.values()]
  return {
    known: new Map(known.map(place => [place.code, place])),
    find: placeFinder(places),
    provinces: places.filter(({ level }) => level === 'province'),
  }
}

type Fault = { column: LocalityColumn; reason: SetupReason }

function changedPlace({ listed, level, type, name }: Read, before: KnownLocality): LocalityEntry | Fault {
  if (level !== before.level) return { column: 'type', reason: 'fixed' }
  const changes = [
    ...(name === before.name ? [] : [{ column: 'name', from: before.name, to: name }]),
    ...(type === before.type ? [] : [{ column: 'type', from: before.type, to: type }]),
  ]
  const fate = changes.length > 0 ? ('edit' as const) : ('same' as const)
  return { ...before, row: listed.row, fate, title: `${type} ${name}`, changes, name, type }
}

function newPlace({ listed, level, type, code, name }: Read, { find, provinces }: Context): LocalityEntry | Fault {
  const own = { row: listed.row, fate: 'add' as const, title: `${type} ${name}`, code, name, type, level }
  if (level === 'province')
    return provinces.length > 1
      ? { column: 'type', reason: 'row_repeated' }
      : { ...own, parentCode: null, changes: [{ column: 'code', from: '', to: code }] }
  const text = cellOf(listed, 'parent')
  if (text === '' && level === 'hamlet') return { column: 'parent', reason: 'required' }
  const above = (text === '' ? provinces : find(text)).filter(place => ABOVE[level].includes(place.level))
  const [parent] = above
  if (above.length > 1) return { column: 'parent', reason: 'parent_ambiguous' }
  if (!parent) return { column: 'parent', reason: 'parent_unknown' }
  const changes = [
    { column: 'code', from: '', to: code },
    { column: 'parent', from: '', to: `${parent.type} ${parent.name}` },
  ]
  return { ...own, parentCode: parent.code, changes }
}
