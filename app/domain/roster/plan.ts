import { readIdNumber } from '../id-number.ts'
import { foldWords } from '../name.ts'
import { needsConsent } from '../transfer.ts'
import { ASSOCIATIONS, type Association, type Category } from '../vocabulary.ts'
import { COLUMN_RULES, isPhoneTaken, type RosterChange, type RosterOptions } from './columns.ts'
import {
  identify,
  type KnownOfficial,
  type Person,
  type PlanRow,
  type RosterProposal,
  type SoundRow,
} from './identity.ts'
import { type Membership, membershipsOf } from './membership.ts'
import { problemOf, type RosterProblem, type RosterRow, type RowRef, refKey, refOf } from './row.ts'
import { unitFinder } from './units.ts'

/** What the import of a roster would do with each row. */

export type RosterCreate = RowRef & {
  official: Omit<
    RosterRow,
    keyof RowRef | 'unit' | 'section' | 'associations' | 'chapter' | 'category' | 'isLeader'
  > & {
    numberKey: string | null
    phoneKey: string | null
    unitId: number
    category: Category
    isLeader: boolean
    memberships: Membership[]
  }
}
export type RosterUpdate = RowRef & {
  officialId: number
  changes: RosterChange[]
  joins: Membership[]
  leaves: Association[]
  /** memberships that the official or their unit must accept first; left out: none */
  offers?: Membership[]
  /** a transfer that the receiving unit must accept first; left out: none */
  move?: RosterMove
}
/** The posting that somebody gets at another unit once that unit accepts. */
export type RosterMove = { unitId: number; position: string; category: Category; isLeader: boolean }
/** `repeats`: the row that already says all of this; its fate is this row's. */
type RosterUnchanged = RowRef & { officialId: number | null; repeats?: RowRef }

/** Why a plan is not applied: the state has moved since it was shown, rows remain open, or nobody has consented. */
export const ROSTER_HINDRANCES = ['plan_moved', 'rows_open', 'consent_needed'] as const
export type RosterHindrance = (typeof ROSTER_HINDRANCES)[number]

/** What would become of a row; the order in which a preview asks for attention. */
export const ROSTER_FATES = ['problem', 'proposal', 'create', 'update', 'unchanged'] as const
export type RosterFate = (typeof ROSTER_FATES)[number]

/**
 * Every planned row is in exactly one of the lists, in the order of the file; a problem row may give several problems.
 */
export type RosterPlan = {
  creates: RosterCreate[]
  updates: RosterUpdate[]
  unchanged: RosterUnchanged[]
  proposals: RosterProposal[]
  problems: RosterProblem[]
}

/**
 * Plans the import of a roster: what each row would change. Pure; applies nothing. The caller refuses to apply while
 * any problem (here or from reading) or proposal remains. Planning the export of what is known gives all unchanged.
 */
export function planRoster(
  rows: readonly PlanRow[],
  known: readonly KnownOfficial[],
  options: RosterOptions,
): RosterPlan {
  const plan: RosterPlan = { creates: [], updates: [], unchanged: [], proposals: [], problems: [] }
  const findUnits = unitFinder(options.units)
  const findGuarded = unitFinder(options.guarded ?? [])
  const sound: SoundRow[] = []
  for (const row of rows) {
    const checked = checkRow(row, { findUnits, findGuarded }, options)
    if (Array.isArray(checked)) plan.problems.push(...checked)
    else sound.push(checked)
  }
  const persons = identify(sound, known, options.choices ?? [], plan)
  for (const person of withoutSharedPhones(persons, plan)) planPerson(person, options, plan)
  const order = new Map(rows.map((row, n) => [refKey(row), n]))
  const byRow = (a: RowRef, b: RowRef) => (order.get(refKey(a)) ?? 0) - (order.get(refKey(b)) ?? 0)
  for (const list of Object.values(plan)) list.sort(byRow)
  return plan
}

/** Leaves out persons of the file who give a phone that another person in the file gave before: a problem of their rows. */
function withoutSharedPhones(persons: readonly Person[], plan: RosterPlan): Person[] {
  const first = new Map<string, Person>()
  return persons.filter(person => {
    const phones = person.rows.flatMap(({ phoneKey }) => phoneKey ?? [])
    const other = phones.map(phone => first.get(phone)).find(found => found !== undefined)
    if (other?.rows[0]) {
      for (const row of person.rows)
        plan.problems.push(problemOf(row, 'phone', 'phone_taken', { other: refOf(other.rows[0]) }))
      return false
    }
    for (const phone of phones) first.set(phone, person)
    return true
  })
}

type FindUnits = ReturnType<typeof unitFinder>
type Find = Record<'findUnits' | 'findGuarded', FindUnits>

/** Returns what is wrong with the row on its own; else the row completed with what its number says. */
function checkRow(row: PlanRow, find: Find, options: RosterOptions): SoundRow | RosterProblem[] {
  const { problems, ...said } = checkNumber(row)
  if (row.number === null && row.staffCode === null && said.birthYear === null)
    problems.push(problemOf(row, 'birth', 'identity_missing'))
  const unitId = unitOf(row, find)
  /** Members of an association may work anywhere. */
  if (typeof unitId === 'string' && options.association === undefined)
    problems.push(problemOf(row, 'unit', unitId, { value: row.unit ?? '', example: exampleOf(row, find.findUnits) }))
  const joins = membershipsOf(row, options.association)
  if (joins === null) problems.push(problemOf(row, 'chapter', 'chapter_unclear', { value: row.chapter ?? '' }))
  if (joins === null || problems.length > 0) return problems
  return { ...row, ...said, unitId: typeof unitId === 'string' ? null : unitId, joins }
}

/** Compares the number with birth and sex, and completes them from it. */
function checkNumber(row: PlanRow): Pick<PlanRow, 'birthYear' | 'sex'> & { problems: RosterProblem[] } {
  const { birthYear, sex } = row
  const reading = row.number === null ? null : readIdNumber(row.number)
  if (!reading?.ok) {
    const problems = reading ? [problemOf(row, 'number', reading.reason, { value: row.number ?? '' })] : []
    return { birthYear, sex, problems }
  }
  const problems: RosterProblem[] = []
  if ((birthYear ?? reading.birthYear) !== reading.birthYear)
    problems.push(problemOf(row, 'birth', 'number_birth_mismatch', { value: row.birthOn ?? String(birthYear) }))
  if ((sex ?? reading.sex) !== reading.sex) problems.push(problemOf(row, 'sex', 'number_sex_mismatch'))
  return { birthYear: birthYear ?? reading.birthYear, sex: sex ?? reading.sex, problems }
}

/** Returns the unit that a row or the heading above it names; null: none; a reason where the row's own name fails. */
function unitOf(
  row: PlanRow,
  { findUnits, findGuarded }: Find,
): number | 'unit_unknown' | 'unit_ambiguous' | 'unit_guarded' | null {
  const named = row.unit ?? row.section
  const [found, ...more] = named === null ? [] : findUnits(named)
  if (found && more.length === 0) return found.unitId
  if (row.unit === null) return null
  if (!found && findGuarded(row.unit).length > 0) return 'unit_guarded'
  return found ? 'unit_ambiguous' : 'unit_unknown'
}

/** How one of several units of the name would be written, with the unit above; undefined: it is not among several. */
function exampleOf({ unit }: PlanRow, findUnits: FindUnits): string | undefined {
  const [first, second] = unit === null ? [] : findUnits(unit)
  return first && second && [first.name, first.aboveName].filter(Boolean).join(' – ')
}

function planPerson({ rows, known }: Person, options: RosterOptions, plan: RosterPlan): void {
  const [first, ...others] = rows
  if (!first) return
  const disagreements = others.flatMap(row => disagreementsOf(row, first))
  if (disagreements.length > 0) {
    plan.problems.push(...disagreements)
    for (const row of rows) {
      const isNamed = disagreements.some(problem => refKey(problem) === refKey(row))
      const other = disagreements[0]
      if (!isNamed && other) plan.problems.push(problemOf(row, other.column, 'rows_disagree', { other: refOf(other) }))
    }
    return
  }
  const row = others.reduce(mergeRows, first)
  const problems = known ? clashesOf(row, known, options) : missingOf(row, options)
  if (problems.length > 0) {
    plan.problems.push(...problems)
    for (const other of others) plan.problems.push(...problems.map(problem => ({ ...problem, ...refOf(other) })))
    return
  }
  const ref = refOf(first)
  if (!known) plan.creates.push({ ...ref, official: newOfficial(row, options) })
  else {
    const update = { ...ref, officialId: known.officialId, ...updateOf(row, known, options) }
    const { changes, joins, leaves, offers = [], move } = update
    const isSame = changes.length + joins.length + leaves.length + offers.length === 0 && move === undefined
    if (isSame) plan.unchanged.push({ ...ref, officialId: known.officialId })
    else plan.updates.push(update)
  }
  for (const other of others) {
    plan.unchanged.push({ ...refOf(other), officialId: known?.officialId ?? null, repeats: ref })
  }
}

/** Lists where two rows of one person say different things. */
function disagreementsOf(row: SoundRow, first: SoundRow): RosterProblem[] {
  return COLUMN_RULES.filter(({ agrees }) => agrees?.(row, first) === false).map(({ column }) =>
    problemOf(row, column, 'rows_disagree', { other: refOf(first) }),
  )
}

/** The first row, its gaps filled from the other. */
function mergeRows(first: SoundRow, other: SoundRow): SoundRow {
  const said = Object.fromEntries(Object.entries(first).filter(([, value]) => value !== null))
  const joins = [...first.joins]
  for (const membership of other.joins) {
    const at = joins.findIndex(m => m.association === membership.association)
    if (at < 0) joins.push(membership)
    else if (joins[at]?.chapter === null) joins[at] = membership
  }
  return { ...other, ...said, associations: { ...other.associations, ...first.associations }, joins }
}

function missingOf(row: SoundRow, options: RosterOptions): RosterProblem[] {
  const problems: RosterProblem[] = []
  if (row.category === null && options.association === undefined)
    problems.push(problemOf(row, 'category', 'category_missing'))
  if (isPhoneTaken(row, null, options)) problems.push(problemOf(row, 'phone', 'phone_taken'))
  return problems
}

function newOfficial(row: SoundRow, { unitId, association }: RosterOptions): RosterCreate['official'] {
  const { sheet, row: at, unit, section, associations, chapter, joins, ...said } = row
  return {
    ...said,
    unitId: row.unitId ?? unitId,
    category: association === undefined ? (row.category ?? 'member') : 'member',
    isLeader: row.isLeader ?? false,
    memberships: joins,
  }
}

/** Lists where a row names a known official, but says about them what cannot be. */
function clashesOf(row: SoundRow, known: KnownOfficial, options: RosterOptions): RosterProblem[] {
  return COLUMN_RULES.flatMap(({ column, clash }) => {
    const found = clash?.(row, known, options)
    return found ? [problemOf(row, column, found.reason, found.value === undefined ? {} : { value: found.value })] : []
  })
}

function updateOf(
  row: SoundRow,
  known: KnownOfficial,
  options: RosterOptions,
): Omit<RosterUpdate, keyof RowRef | 'officialId'> {
  const joins = row.joins.filter(
    ({ association, chapter }) =>
      !known.memberships.some(
        m => m.association === association && (chapter === null || foldWords(m.chapter ?? '') === foldWords(chapter)),
      ),
  )
  if (!known.isReached) {
    const isOffered = ({ association }: Membership) => known.offered.some(row => row.association === association)
    return { changes: [], joins: [], leaves: [], offers: joins.filter(membership => !isOffered(membership)) }
  }
  const said = COLUMN_RULES.flatMap(rule => rule.changes?.(row, known, options) ?? [])
  const changes =
    row.numberKey !== null && row.numberKey === known.waiting?.numberKey ? withoutBirth(said) : withNumber(said)
  const leaves = ASSOCIATIONS.filter(
    association =>
      row.associations[association] === false && known.memberships.some(m => m.association === association),
  )
  const { move, now } = withMove(changes, known)
  return { changes: now, joins, leaves, ...(move && { move }) }
}

const isOfPosting = ({ field }: RosterChange) =>
  field === 'unitId' || field === 'position' || field === 'category' || field === 'isLeader'

/**
 * Takes a move to another unit out of the changes that take effect at once: it is asked for, as on the page (domain 3),
 * with all that belongs to the new posting. Where the same move waits already, nothing is asked.
 */
function withMove(changes: RosterChange[], known: KnownOfficial): { now: RosterChange[]; move?: RosterMove } {
  const unitId = changes.find(change => change.field === 'unitId')?.to
  if (unitId === undefined || !needsConsent(known.lastUnitId, unitId)) return { now: changes }
  const now = changes.filter(change => !isOfPosting(change))
  if (known.movingTo === unitId) return { now }
  const { position, category, isLeader } = known
  const said = Object.fromEntries(changes.filter(isOfPosting).map(({ field, to }) => [field, to]))
  return { now, move: { position: position ?? '', category: category ?? 'member', isLeader, unitId, ...said } }
}

const isOfNumber = ({ field }: RosterChange) => field === 'birthOn' || field === 'birthYear' || field === 'sex'

/** Birth and sex wait with a number that waits, because they must agree with it. */
function withNumber(changes: RosterChange[]): RosterChange[] {
  if (!changes.some(({ field, waits }) => field === 'number' && waits)) return changes
  return changes.map(change => (isOfNumber(change) ? { ...change, waits: true } : change))
}

/** They wait already, with the number that the row gives. */
const withoutBirth = (changes: RosterChange[]) => changes.filter(change => !isOfNumber(change))
