import type { Day } from '../calendar.ts'
import { waitsForConsent } from '../correction.ts'
import { isSameName, isUnmarked } from '../name.ts'
import { needsConsent } from '../transfer.ts'
import type { Association, Category, Sex, UnitRole } from '../vocabulary.ts'
import type { SettledChoice } from './choice.ts'
import { agree, agreeInWords, isCodeOf, type KnownOfficial, mayCorrect, type SoundRow } from './identity.ts'
import {
  COLUMNS,
  isWordsColumn,
  ROSTER_COLUMNS,
  type RosterColumn,
  type RosterReason,
  type WordsColumn,
} from './row.ts'
import type { RosterUnit } from './units.ts'

/** How each column compares and what it changes. */

export type RosterOptions = {
  /** Where people belong whose row names no unit. */
  unitId: number
  /** The importing unit and all below it. */
  units: readonly RosterUnit[]
  /** Set where the roster is an association's list: it adds memberships and moves nobody. */
  association?: Association
  /** Units of the armed forces whose people somebody of their own enters; left out: none. */
  guarded?: readonly RosterUnit[]
  choices?: readonly SettledChoice[]
  /** The officials who hold each phone, by its key; left out: nobody does. */
  phoneHolders?: ReadonlyMap<string, readonly number[]>
}

/** The fields of a person that a roster can set, with their values. */
export type FieldValues = Record<WordsColumn, string> & {
  name: string
  birthOn: Day
  birthYear: number
  sex: Sex
  number: string
  unitId: number
  category: Category
  isLeader: boolean
  /** asked for: it takes effect once a second person gives it */
  role: UnitRole
  phone: string
}
export type RosterField = keyof FieldValues
/**
 * `from` null: not known until now; the number and phone known until now are never read here and are null. `waits`: it
 * takes effect once the person, or somebody independent, consents.
 */
export type RosterChange = {
  [F in RosterField]: { field: F; from: FieldValues[F] | null; to: FieldValues[F]; waits?: true }
}[RosterField]

type ColumnRule = {
  /** Whether two rows of one person say the same; left out: they always do. */
  agrees?: (a: SoundRow, b: SoundRow) => boolean
  /** What a row says about a known official that cannot be. */
  clash?: (row: SoundRow, known: KnownOfficial, options: RosterOptions) => Clash | undefined
  /** What a row changes about a known official. */
  changes?: (row: SoundRow, known: KnownOfficial, options: RosterOptions) => RosterChange[]
}
type Clash = { reason: RosterReason; value?: string }

function change<F extends RosterField>(
  field: F,
  from: FieldValues[F] | null,
  to: FieldValues[F] | null,
): RosterChange[] {
  return to === null || to === from ? [] : [{ field, from, to } as RosterChange]
}

const isStaffList = ({ association }: RosterOptions) => association === undefined

/** Changes that only a staff list makes. */
const staffOnly =
  (changes: NonNullable<ColumnRule['changes']>): ColumnRule['changes'] =>
  (row, known, options) =>
    isStaffList(options) ? changes(row, known, options) : []

/** Words: case makes no difference, nor do marks where one of the two has none. */
function wordsRule(column: WordsColumn): ColumnRule {
  const changes: ColumnRule['changes'] = (row, known) =>
    (known[column] !== null && agreeInWords(known[column], row[column])) ||
    (column === 'staffCode' && isCodeOf(row.staffCode, known))
      ? []
      : change(column, known[column], row[column])
  return {
    agrees: (a, b) => agreeInWords(a[column], b[column]),
    changes: COLUMNS[column] === 'staff_words' ? staffOnly(changes) : changes,
  }
}

const OWN_RULES: { [C in RosterColumn as (typeof COLUMNS)[C] extends 'own' ? C : never]: ColumnRule } = {
  name: {
    agrees: (a, b) => isSameName(a.name, b.name),
    clash: (row, known) =>
      isSameName(row.name, known.name) || mayCorrect(row, known)
        ? undefined
        : { reason: 'name_clash', value: row.name },
    changes: (row, known) =>
      !isSameName(row.name, known.name) || (isUnmarked(known.name) && !isUnmarked(row.name))
        ? change('name', known.name, row.name)
        : [],
  },
  birth: {
    agrees: agreeOnBirth,
    clash: (row, known) =>
      agreeOnBirth(row, known) || mayCorrectBirth(row, known)
        ? undefined
        : { reason: 'birth_clash', value: row.birthOn ?? String(row.birthYear) },
    changes: (row, known) => [
      ...change('birthOn', known.birthOn, row.birthOn),
      ...change('birthYear', known.birthYear, row.birthYear),
    ],
  },
  sex: {
    agrees: (a, b) => agree(a.sex, b.sex),
    clash: (row, known) =>
      agree(row.sex, known.sex) || (mayCorrect(row, known) && saysNumber(row, known))
        ? undefined
        : { reason: 'sex_clash' },
    changes: (row, known) => change('sex', known.sex, row.sex),
  },
  number: {
    changes: (row, known) =>
      [known.numberKey, known.waiting?.numberKey].includes(row.numberKey)
        ? []
        : consenting('number', known, change('number', null, row.number)),
  },
  unit: {
    agrees: (a, b) => agree(a.unitId, b.unitId),
    clash: (row, known, options) => {
      if (!isStaffList(options)) return undefined
      if (isElsewhere(known, options)) return { reason: 'posted_elsewhere' }
      const to = unitSaid(row, known, options)
      if (to === null || !needsConsent(known.lastUnitId, to)) return undefined
      if (!known.mayMove) return { reason: 'moved_from_above' }
      return known.movingTo === null || known.movingTo === to ? undefined : { reason: 'transfer_waits' }
    },
    changes: staffOnly((row, known, options) => change('unitId', known.unitId, unitSaid(row, known, options))),
  },
  category: {
    agrees: (a, b) => agree(a.category, b.category),
    changes: staffOnly((row, known) => change('category', known.category, row.category)),
  },
  isLeader: {
    agrees: (a, b) => agree(a.isLeader, b.isLeader),
    changes: staffOnly((row, known) => change('isLeader', known.isLeader, row.isLeader)),
  },
  role: {
    agrees: (a, b) => agree(a.role ?? null, b.role ?? null),
    changes: staffOnly((row, known) =>
      row.role && isNewRole(row, row.role, known) ? change('role', null, row.role) : [],
    ),
  },
  phone: {
    agrees: (a, b) => agree(a.phoneKey, b.phoneKey),
    clash: (row, known, options) =>
      known.isReached && isNewPhone(row, known, options) && isPhoneTaken(row, known.officialId, options)
        ? { reason: 'phone_taken' }
        : undefined,
    changes: (row, known, options) =>
      isNewPhone(row, known, options) && known.waiting?.phoneKey !== row.phoneKey
        ? consenting('phone', known, change('phone', null, row.phone))
        : [],
  },
  /** goes into the memberships */
  chapter: {},
}

/** True for a role that the person neither holds at the unit nor waits for. */
function isNewRole(row: SoundRow, role: UnitRole, { roles = [], unitId }: KnownOfficial): boolean {
  return !roles.some(held => held.role === role && held.unitId === (row.unitId ?? unitId))
}

/** Marks what waits for consent. */
function consenting(kind: 'number' | 'phone', known: KnownOfficial, changes: RosterChange[]): RosterChange[] {
  const hadBefore = (kind === 'number' ? known.numberKey : known.phoneKey) !== null
  const waits = waitsForConsent(kind, { hadBefore, isOpened: known.isOpened === true })
  return waits ? changes.map(change => ({ ...change, waits: true })) : changes
}

/**
 * True where the row gives a number if one is known: year and sex that contradict the number on record are then sound,
 * because a row's number was compared with both.
 */
function saysNumber(row: SoundRow, known: KnownOfficial): boolean {
  return known.numberKey === null || row.numberKey !== null
}

function mayCorrectBirth(row: SoundRow, known: KnownOfficial): boolean {
  return mayCorrect(row, known) && (agree(row.birthYear, known.birthYear) || saysNumber(row, known))
}

function agreeOnBirth(a: Pick<SoundRow, 'birthOn' | 'birthYear'>, b: Pick<SoundRow, 'birthOn' | 'birthYear'>): boolean {
  return agree(a.birthOn, b.birthOn) && agree(a.birthYear, b.birthYear)
}

function isNewPhone(row: SoundRow, known: KnownOfficial, options: RosterOptions): boolean {
  return isStaffList(options) ? row.phoneKey !== known.phoneKey : known.phoneKey === null
}

/** True where somebody else holds the row's phone: two holders would lock each other out of signing in by it. */
export function isPhoneTaken(
  { phoneKey }: SoundRow,
  officialId: number | null,
  { phoneHolders }: RosterOptions,
): boolean {
  const holders = phoneKey === null ? undefined : phoneHolders?.get(phoneKey)
  return holders?.some(id => id !== officialId) ?? false
}

/** Posted outside the importing unit; an association's member whom the importer reaches may come from anywhere. */
function isElsewhere(known: KnownOfficial, options: RosterOptions): boolean {
  if (!known.isReached) return true
  return known.unitId !== null && !isWithin(known, options) && known.category !== 'member'
}

/** The unit that a row gives somebody known: its own word, else the importing unit for who is posted outside it. */
function unitSaid(row: SoundRow, known: KnownOfficial, options: RosterOptions): number | null {
  return row.unitId ?? (isWithin(known, options) ? null : options.unitId)
}

function isWithin({ unitId }: KnownOfficial, { units }: RosterOptions): boolean {
  return units.some(unit => unit.unitId === unitId)
}

function ruleOf(column: RosterColumn): ColumnRule {
  if (isWordsColumn(column)) return wordsRule(column)
  if (column in OWN_RULES) return OWN_RULES[column as keyof typeof OWN_RULES]
  const association = column as Association
  return { agrees: (a, b) => agree(a.associations[association] ?? null, b.associations[association] ?? null) }
}

/** Every column's rule, in the columns' order. */
export const COLUMN_RULES = ROSTER_COLUMNS.map(column => ({ column, ...ruleOf(column) }))
