import { grouped } from '../grouping.ts'
import { composed } from '../letters.ts'
import { markedWords } from '../name.ts'
import { type RosterUnit, unitFinder } from '../roster/units.ts'
import type { Block, UnitKind } from '../vocabulary.ts'
import {
  cellOf,
  type ListedRow,
  type PlannedRow,
  repeats,
  type SetupChange,
  type SetupProblem,
  type SetupReason,
  textProblems,
} from './listed.ts'
import { type NamedPlace, namedFinder, placeFinder } from './place.ts'
import { blockOf, governedPlace, headTitleOf, unitKindOf } from './unit-guess.ts'

/** The list of a province's units: what each row adds to the tree, or changes in it. */

export const UNIT_COLUMNS = [
  'code',
  'name',
  'kind',
  'block',
  'parent',
  'locality',
  'headTitle',
  'superior',
  'issuer',
  'sign',
] as const
export type UnitColumn = (typeof UNIT_COLUMNS)[number]

/** A unit of the tree; closed ones only keep their codes from being given again. */
export type KnownUnit = RosterUnit & {
  parentId: number | null
  kind: UnitKind
  block: Block
  isClosed: boolean
  code: string | null
  headTitle: string
  localityCode: string | null
  superiorName: string | null
  issuerName: string | null
  paperSign: string | null
}

/** The words by which a list names kinds and blocks, the one of templates first. */
export type UnitWords = {
  kinds: Readonly<Record<UnitKind, readonly string[]>>
  blocks: Readonly<Record<Block, readonly string[]>>
}

type Known = { units: readonly KnownUnit[]; places: readonly NamedPlace[]; words: UnitWords }

/** A unit by its id, or one that another row adds. */
type UnitRef = { unitId: number } | { row: number }

export type UnitEntry = PlannedRow & {
  /** null: the row adds it */
  unitId: number | null
  /** null: the root */
  parent: UnitRef | null
  name: string
  kind: UnitKind
  block: Block
  code: string | null
  headTitle: string
  localityCode: string | null
  superiorName: string | null
  issuerName: string | null
  paperSign: string | null
}

export type UnitPlan = { entries: UnitEntry[]; problems: SetupProblem[] }

/**
 * Plans a list of units. A row is the unit with its code, else the one with its name below the same parent, else a new
 * one; a blank cell leaves what is known, and of a new unit what its name says. New units come after those above them.
 */
export function planUnits(rows: readonly ListedRow[], known: Known): UnitPlan {
  const plan = new UnitPlanner(rows, known)
  return plan.result()
}

const keyOf = (ref: UnitRef) => ('unitId' in ref ? `u${ref.unitId}` : `r${ref.row}`)
const codeKey = (code: string) => composed(code).trim().toLowerCase()

class UnitPlanner {
  private readonly open: readonly KnownUnit[]
  private readonly root: KnownUnit
  private readonly byId: ReadonlyMap<number, KnownUnit>
  private readonly byCode: ReadonlyMap<string, KnownUnit>
  private readonly byRow: ReadonlyMap<number, ListedRow>
  private readonly byName: ReadonlyMap<string, KnownUnit[]>
  private readonly find: (called: string) => readonly RosterUnit[]
  private readonly rowsByCode: ReadonlyMap<string, ListedRow[]>
  private readonly findRows: (called: string) => ListedRow[]
  private readonly findPlaces: (called: string) => NamedPlace[]
  private readonly kinds: (word: string) => UnitKind | undefined
  private readonly blocks: (word: string) => Block | undefined
  private readonly refs = new Map<number, UnitRef>()
  private readonly parents = new Map<number, UnitRef | null>()
  private readonly inHand = new Set<number>()
  private readonly problems: SetupProblem[] = []

  constructor(
    private readonly rows: readonly ListedRow[],
    private readonly known: Known,
  ) {
    this.kinds = wordReader(known.words.kinds)
    this.blocks = wordReader(known.words.blocks)
    this.findPlaces = placeFinder(known.places)
    this.findRows = namedFinder(rows, listed => [cellOf(listed, 'name')])
    this.rowsByCode = grouped(rows, listed => codeKey(cellOf(listed, 'code')))
    this.open = known.units.filter(({ isClosed }) => !isClosed)
    const root = this.open.find(({ parentId }) => parentId === null)
    if (!root) throw new Error('the tree of units has no root')
    this.root = root
    this.byId = new Map(known.units.map(unit => [unit.unitId, unit]))
    this.byCode = new Map(known.units.flatMap(unit => (unit.code === null ? [] : [[codeKey(unit.code), unit]])))
    this.byRow = new Map(rows.map(listed => [listed.row, listed]))
    this.byName = grouped(this.open, ({ name }) => markedWords(name))
    this.find = unitFinder(this.open)
  }

  result(): UnitPlan {
    this.problems.push(...textProblems(this.rows, ['name']))
    const entries = this.rows.flatMap(listed => this.entryOf(listed) ?? [])
    this.problems.push(...this.repeated(entries), ...this.circles(entries))
    const wrong = new Set(this.problems.map(({ row }) => row))
    const sound = entries.filter(({ row }) => !wrong.has(row))
    return { entries: inOrder(sound), problems: this.problems.sort((a, b) => a.row - b.row) }
  }

  private refuse({ row, cells }: ListedRow, column: UnitColumn, reason: SetupReason): undefined {
    this.problems.push({ row, column, reason, value: cells[column] ?? '' })
    return undefined
  }

  /** The unit that a row is about. */
  private refOf(listed: ListedRow): UnitRef {
    const found = this.refs.get(listed.row)
    if (found) return found
    const ref = this.matched(listed) ?? { row: listed.row }
    this.refs.set(listed.row, ref)
    return ref
  }

  private matched(listed: ListedRow): UnitRef | undefined {
    const code = cellOf(listed, 'code')
    const byCode = code === '' ? undefined : this.byCode.get(codeKey(code))
    if (byCode) return { unitId: byCode.unitId }
    if (this.kindIn(listed) === 'province') return { unitId: this.root.unitId }
    const called = this.byName.get(markedWords(cellOf(listed, 'name'))) ?? []
    // a unit that has a code of its own is another than the row's
    const free = called.filter(unit => code === '' || unit.code === null)
    if (cellOf(listed, 'parent') === '' && free.length === 1 && free[0]) return { unitId: free[0].unitId }
    const parent = this.parentOf(listed)
    if (!parent || !('unitId' in parent)) return undefined
    const child = free.find(unit => unit.parentId === parent.unitId)
    return child && { unitId: child.unitId }
  }

  /** The unit above a row's; null: none is named or it cannot be told, which is then a problem of the row. */
  private parentOf(listed: ListedRow): UnitRef | null {
    const found = this.parents.get(listed.row)
    if (found !== undefined) return found
    if (this.inHand.has(listed.row)) return null
    this.inHand.add(listed.row)
    const ref = this.parentNamed(listed)
    this.inHand.delete(listed.row)
    this.parents.set(listed.row, ref)
    return ref
  }

  private parentNamed(listed: ListedRow): UnitRef | null {
    const text = cellOf(listed, 'parent')
    if (text === '') return { unitId: this.root.unitId }
    const refs = new Map(this.called(text, listed.row).map(ref => [keyOf(ref), ref]))
    const [only] = refs.values()
    if (refs.size === 1 && only) return only
    this.refuse(listed, 'parent', refs.size === 0 ? 'parent_unknown' : 'parent_ambiguous')
    return null
  }

  /** The units that a text names: by code, else by name; those of the tree and those of other rows. */
  private called(text: string, row: number): UnitRef[] {
    const isOther = (listed: ListedRow) => listed.row !== row
    const coded = this.byCode.get(codeKey(text))
    if (coded && !coded.isClosed) return [{ unitId: coded.unitId }]
    const codedRows = (this.rowsByCode.get(codeKey(text)) ?? []).filter(isOther)
    if (codedRows.length > 0) return codedRows.map(listed => this.refOf(listed))
    const rows = this.findRows(text).filter(isOther)
    return [...this.find(text).map(({ unitId }) => ({ unitId })), ...rows.map(listed => this.refOf(listed))]
  }

  private kindIn(listed: ListedRow): UnitKind | undefined {
    return this.kinds(cellOf(listed, 'kind'))
  }

  private entryOf(listed: ListedRow): UnitEntry | undefined {
    const ref = this.refOf(listed)
    const unit = 'unitId' in ref ? this.byId.get(ref.unitId) : undefined
    if (unit?.isClosed) return this.refuse(listed, 'code', 'code_closed')
    const kind = this.kindIn(listed)
    const block = this.blocks(cellOf(listed, 'block'))
    if (cellOf(listed, 'kind') !== '' && !kind) return this.refuse(listed, 'kind', 'word_unknown')
    if (cellOf(listed, 'block') !== '' && !block) return this.refuse(listed, 'block', 'word_unknown')
    const localityCode = this.localityOf(listed, unit)
    if (localityCode === undefined) return undefined
    return unit
      ? this.kept(listed, unit, { kind, block, localityCode })
      : this.added(listed, { kind, block, localityCode })
  }

  private kept(
    listed: ListedRow,
    unit: KnownUnit,
    said: { kind?: UnitKind; block?: Block; localityCode: string | null },
  ): UnitEntry | undefined {
    if (said.kind && said.kind !== unit.kind) return this.refuse(listed, 'kind', 'fixed')
    if (said.block && said.block !== unit.block) return this.refuse(listed, 'block', 'fixed')
    const localityCode = said.localityCode ?? unit.localityCode
    if (unit.localityCode !== null && localityCode !== unit.localityCode)
      return this.refuse(listed, 'locality', 'fixed')
    const isRoot = unit.parentId === null
    const stays = isRoot || cellOf(listed, 'parent') === ''
    const parent = stays ? present(unit) : this.parentOf(listed)
    if (!isRoot && !parent) return undefined
    const text = (column: UnitColumn, before: string | null) => composed(cellOf(listed, column)) || before
    const code = text('code', unit.code)
    const after = {
      code: unit.code !== null && code !== null && codeKey(code) === codeKey(unit.code) ? unit.code : code,
      name: text('name', unit.name) ?? unit.name,
      headTitle: text('headTitle', unit.headTitle) ?? unit.headTitle,
      superiorName: text('superior', unit.superiorName),
      issuerName: text('issuer', unit.issuerName),
      paperSign: text('sign', unit.paperSign),
      localityCode,
    }
    const changes = [
      ...changed('code', unit.code, after.code),
      ...changed('name', unit.name, after.name),
      ...(parent && !isSame(parent, unit.parentId)
        ? changed('parent', this.nameOf(present(unit)), this.nameOf(parent))
        : []),
      ...changed('locality', unit.localityCode, localityCode),
      ...changed('headTitle', unit.headTitle, after.headTitle),
      ...changed('superior', unit.superiorName, after.superiorName),
      ...changed('issuer', unit.issuerName, after.issuerName),
      ...changed('sign', unit.paperSign, after.paperSign),
    ]
    const { kind, block, unitId } = unit
    const fate = changes.length > 0 ? ('edit' as const) : ('same' as const)
    return { row: listed.row, fate, title: after.name, changes, unitId, parent, kind, block, ...after }
  }

  private added(
    listed: ListedRow,
    said: { kind?: UnitKind; block?: Block; localityCode: string | null },
  ): UnitEntry | undefined {
    const parent = this.parentOf(listed)
    if (!parent) return undefined
    const name = composed(cellOf(listed, 'name'))
    const above = this.kindAndBlock(parent)
    const kind = said.kind ?? unitKindOf(name, above.kind)
    const block = said.block ?? blockOf(name, above.block)
    const blankIsNull = (column: UnitColumn) => composed(cellOf(listed, column)) || null
    const headTitle = blankIsNull('headTitle') ?? headTitleOf(name)
    const words = {
      parent: this.nameOf(parent),
      kind: this.known.words.kinds[kind][0] ?? '',
      block: this.known.words.blocks[block][0] ?? '',
      headTitle,
    }
    return {
      row: listed.row,
      fate: 'add',
      title: name,
      changes: Object.entries(words).map(([column, to]) => ({ column, from: '', to })),
      unitId: null,
      parent,
      name,
      kind,
      block,
      headTitle,
      code: blankIsNull('code'),
      localityCode: said.localityCode,
      superiorName: blankIsNull('superior'),
      issuerName: blankIsNull('issuer'),
      paperSign: blankIsNull('sign'),
    }
  }

  /** The code of the row's locality; null: it names none; undefined: a problem. */
  private localityOf(listed: ListedRow, unit: KnownUnit | undefined): string | null | undefined {
    const text = cellOf(listed, 'locality')
    if (text === '') {
      const guessed = unit ? [] : this.findPlaces(governedPlace(cellOf(listed, 'name')))
      return guessed.length === 1 ? (guessed[0]?.code ?? null) : null
    }
    const found = this.findPlaces(text)
    if (found.length === 1) return found[0]?.code
    return this.refuse(listed, 'locality', found.length === 0 ? 'locality_unknown' : 'locality_ambiguous')
  }

  /** Kind and block of a unit above, as far up as rows say them. */
  private kindAndBlock(ref: UnitRef, depth = 0): { kind: UnitKind; block: Block } {
    const unit = 'unitId' in ref ? this.byId.get(ref.unitId) : undefined
    const listed = 'row' in ref ? this.byRow.get(ref.row) : undefined
    if (unit || !listed || depth > this.rows.length) return unit ?? this.root
    const parent = this.parentOf(listed)
    const above = parent ? this.kindAndBlock(parent, depth + 1) : this.root
    const name = cellOf(listed, 'name')
    return {
      kind: this.kindIn(listed) ?? unitKindOf(name, above.kind),
      block: this.blocks(cellOf(listed, 'block')) ?? blockOf(name, above.block),
    }
  }

  private nameOf(ref: UnitRef | null): string {
    if (ref === null) return ''
    if ('unitId' in ref) return this.byId.get(ref.unitId)?.name ?? ''
    return cellOf(this.byRow.get(ref.row) ?? { row: 0, cells: {} }, 'name')
  }

  /** Rows about one unit, of one code, and of one name below one parent. */
  private repeated(entries: readonly UnitEntry[]): SetupProblem[] {
    const isListed = new Set(entries.map(({ unitId }) => unitId))
    const siblings = this.open.filter(({ unitId, parentId }) => parentId !== null && !isListed.has(unitId))
    const taken = new Set(siblings.map(unit => `${keyOf({ unitId: unit.parentId ?? 0 })} ${unit.name}`))
    const named = entries.flatMap(({ row, parent, name }) =>
      parent ? [{ row, name, place: `${keyOf(parent)} ${name}` }] : [],
    )
    const codes = this.rows.flatMap(listed => {
      const code = codeKey(cellOf(listed, 'code'))
      return code === '' ? [] : [{ row: listed.row, value: code }]
    })
    const known = entries.flatMap(({ row, unitId }) => (unitId === null ? [] : [{ row, value: String(unitId) }]))
    const isTwice = new Set(
      [...grouped(named, ({ place }) => place)].flatMap(([place, { length }]) => (length > 1 ? place : [])),
    )
    return [
      ...repeats(codes, 'code', 'code_repeated'),
      ...repeats(known, 'name', 'row_repeated').map(problem => ({ ...problem, value: '' })),
      ...named
        .filter(({ place }) => taken.has(place) || isTwice.has(place))
        .map(({ row, name }) => ({ row, column: 'name', reason: 'name_repeated' as const, value: name })),
    ]
  }

  /** Rows whose unit would lie below itself. */
  private circles(entries: readonly UnitEntry[]): SetupProblem[] {
    const above = new Map<string, UnitRef | null>([
      ...this.open.map(unit => [keyOf(unit), present(unit)] as const),
      ...entries.map(entry => [keyOf(refIn(entry)), entry.parent] as const),
    ])
    return entries.flatMap(entry => {
      const own = keyOf(refIn(entry))
      const seen = new Set<string>()
      for (let ref = entry.parent; ref !== null && !seen.has(keyOf(ref)); ref = above.get(keyOf(ref)) ?? null)
        seen.add(keyOf(ref))
      const value = this.nameOf(entry.parent)
      return seen.has(own) ? [{ row: entry.row, column: 'parent', reason: 'parent_below_itself' as const, value }] : []
    })
  }
}

const present = ({ parentId }: KnownUnit): UnitRef | null => (parentId === null ? null : { unitId: parentId })
const refIn = ({ unitId, row }: UnitEntry): UnitRef => (unitId === null ? { row } : { unitId })
const isSame = (ref: UnitRef, unitId: number | null) => 'unitId' in ref && ref.unitId === unitId

function changed(column: UnitColumn, from: string | null, to: string | null): SetupChange[] {
  return to === null || to === from ? [] : [{ column, from: from ?? '', to }]
}

/** Reads a word of a list; undefined: it is blank, means nothing, or several things. */
function wordReader<Word extends string>(
  words: Readonly<Record<Word, readonly string[]>>,
): (text: string) => Word | undefined {
  const find = namedFinder(Object.keys(words) as Word[], word => words[word])
  return text => {
    const found = text === '' ? [] : find(text)
    return found.length === 1 ? found[0] : undefined
  }
}

/** New units behind those above them; else as in the file. */
function inOrder(entries: readonly UnitEntry[]): UnitEntry[] {
  const byRow = new Map(entries.map(entry => [entry.row, entry]))
  const placed = new Set<UnitEntry>()
  const place = (entry: UnitEntry) => {
    if (placed.has(entry)) return
    const above = entry.parent && 'row' in entry.parent ? byRow.get(entry.parent.row) : undefined
    if (above) place(above)
    placed.add(entry)
  }
  for (const entry of entries) place(entry)
  return [...placed]
}
