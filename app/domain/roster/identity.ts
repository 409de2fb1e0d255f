import type { Day } from '../calendar.ts'
import { isSurely } from '../correction.ts'
import { foldWords, isSameName, marksAgree } from '../name.ts'
import type { Category, Sex, UnitRole } from '../vocabulary.ts'
import type { RosterChoice, SettledChoice } from './choice.ts'
import type { Membership } from './membership.ts'
import { problemOf, type RosterProblem, type RosterRow, type RowRef, refKey, refOf, type WordsColumn } from './row.ts'

/**
 * Who each row is. One person is one official in any number of rosters (domain 3); rows are merged only by a number, a
 * staff code or a person's own confirmation.
 */

/** A row with the keyed hashes that the caller made of its number and phone. */
export type PlanRow = RosterRow & { numberKey: string | null; phoneKey: string | null }

/** An official on record, as far as a row can name or change them. */
export type KnownOfficial = Record<WordsColumn, string | null> & {
  officialId: number
  numberKey: string | null
  phoneKey: string | null
  name: string
  birthOn: Day | null
  birthYear: number | null
  sex: Sex | null
  /** null: posted nowhere on the day of the import */
  unitId: number | null
  /** of the last posting, the present one too; null: never posted */
  lastUnitId: number | null
  /** whether the importer may ask for them to go elsewhere: heads are moved from above */
  mayMove: boolean
  /** the unit for whose answer a transfer waits; null: none waits */
  movingTo: number | null
  category: Category | null
  isLeader: boolean
  /** roles of units that they hold or that wait for a second person; left out: none */
  roles?: readonly { role: UnitRole; unitId: number }[]
  /** staff codes of entries that were merged into this one; left out: none */
  formerCodes?: readonly string[]
  /** the account was ever opened, so that a phone signs them in; left out: not */
  isOpened?: boolean
  /** what waits for consent: a list that says the same again asks for nothing; left out: nothing */
  waiting?: { numberKey: string | null; phoneKey: string | null }
  /** whether the importer edits the roster of their unit; of anybody else an import changes nothing (domain 3) */
  isReached: boolean
  /** those that hold on the day of the import */
  memberships: readonly Membership[]
  /** those that were offered and wait for an answer */
  offered: readonly Membership[]
}

/** A row whose own contents are sound, with its unit and memberships made out. */
export type SoundRow = PlanRow & { unitId: number | null; joins: Membership[] }
/** All rows of the file that are one person, and the official that they are; null: somebody new. */
export type Person = { rows: SoundRow[]; known: KnownOfficial | null }

export type RosterProposal = RowRef & { candidates: ({ officialId: number } | { sameAs: RowRef })[] }

/** Tells which person each row is; what stays open or contradicts itself goes into `open`. */
export function identify(
  rows: readonly SoundRow[],
  known: readonly KnownOfficial[],
  choices: readonly SettledChoice[],
  open: { proposals: RosterProposal[]; problems: RosterProblem[] },
): Person[] {
  const people = new People(known)
  const chosen = new Map(choices.map(entry => [refKey(entry), entry.choice]))
  // rows that say who they are come first, so that those that do not can be proposed to be them
  const strength = (row: SoundRow) => (row.numberKey !== null ? 0 : row.staffCode !== null ? 1 : 2)
  for (const row of [...rows].sort((a, b) => strength(a) - strength(b))) {
    const left = people.place(row, chosen.get(refKey(row)))
    if (left && 'candidates' in left) open.proposals.push(left)
    else if (left) open.problems.push(left)
  }
  return people.persons
}

/** The persons of a file as they are made out, row by row. Its methods return what prevents placing a row. */
class People {
  readonly persons: Person[] = []
  private readonly personOf = new Map<string, Person>()
  private readonly byName = new Map<string, { officials: KnownOfficial[]; persons: Person[] }>()
  private readonly byNumber: Map<string, KnownOfficial>
  private readonly byCode: Map<string, KnownOfficial>
  private readonly byId: Map<number, KnownOfficial>

  constructor(known: readonly KnownOfficial[]) {
    this.byNumber = mapBy(known, official => official.numberKey)
    this.byCode = new Map(
      known.flatMap(official => codesOf(official).map(code => [foldWords(code), official] as const)),
    )
    this.byId = new Map(known.map(official => [official.officialId, official]))
    for (const official of known) this.named(official.name).officials.push(official)
  }

  place(row: SoundRow, choice: RosterChoice | undefined): RosterProblem | RosterProposal | undefined {
    const ofNumber = row.numberKey === null ? undefined : this.byNumber.get(row.numberKey)
    const ofCode = row.staffCode === null ? undefined : this.byCode.get(foldWords(row.staffCode))
    if (ofNumber && ofCode && ofNumber !== ofCode)
      return problemOf(row, 'staffCode', 'staff_code_of_other', { value: row.staffCode ?? '' })
    if (!ofNumber && ofCode && isOtherNumber(row, ofCode) && !mayCorrect(row, ofCode))
      return problemOf(row, 'number', 'number_clash')
    const official = ofNumber ?? ofCode
    if (official) return this.joinOfficial(row, official)
    const earlier = identityKeys(row).flatMap(key => this.personOf.get(key) ?? [])[0]
    return earlier ? this.join(row, earlier) : this.placeByName(row, choice)
  }

  private placeByName(row: SoundRow, choice: RosterChoice | undefined): RosterProblem | RosterProposal | undefined {
    const candidates = candidatesOf(row, this.named(row.name))
    if (candidates.length === 0 || choice === 'new') return this.begin(row, null)
    if (choice === undefined || !candidates.some(candidate => isSameChoice(candidate, choice)))
      return { ...refOf(row), candidates }
    if ('officialId' in choice) {
      const official = this.byId.get(choice.officialId)
      return official && this.joinOfficial(row, official)
    }
    const person = this.personOf.get(refKey(choice.sameAs))
    return person && this.join(row, person)
  }

  private join(row: SoundRow, person: Person): RosterProblem | undefined {
    const holder = row.staffCode === null ? undefined : this.personOf.get(codeKey(row.staffCode))
    const other = holder === person ? person.rows.find(r => !agree(r.numberKey, row.numberKey)) : holder?.rows[0]
    if (other) {
      const details = { value: row.staffCode ?? '', other: refOf(other) }
      return problemOf(row, 'staffCode', 'staff_code_repeated', details)
    }
    person.rows.push(row)
    for (const key of [...identityKeys(row), refKey(row)]) this.personOf.set(key, person)
    return undefined
  }

  private joinOfficial(row: SoundRow, official: KnownOfficial): RosterProblem | undefined {
    const person = this.personOf.get(officialKey(official))
    return person ? this.join(row, person) : this.begin(row, official)
  }

  private begin(row: SoundRow, official: KnownOfficial | null): RosterProblem | undefined {
    const person: Person = { rows: [], known: official }
    this.persons.push(person)
    if (official) this.personOf.set(officialKey(official), person)
    else this.named(row.name).persons.push(person)
    return this.join(row, person)
  }

  private named(name: string) {
    const key = foldWords(name)
    const found = this.byName.get(key) ?? { officials: [], persons: [] }
    this.byName.set(key, found)
    return found
  }
}

/**
 * Returns officials and earlier rows with the row's name and birth year that nothing else tells apart; same hamlet
 * first.
 */
function candidatesOf(
  row: SoundRow,
  { officials, persons }: { officials: KnownOfficial[]; persons: Person[] },
): RosterProposal['candidates'] {
  const byHamlet = (a: KnownOfficial, b: KnownOfficial) => Number(isSameHamlet(b, row)) - Number(isSameHamlet(a, row))
  // the cheap question first: of a common name there may be thousands
  const known = officials
    .filter(official => (couldBe(official, row) || isTwin(official, row)) && isSameName(official.name, row.name))
    .sort(byHamlet)
    .map(({ officialId }) => ({ officialId }))
  const inFile = persons.flatMap(person => {
    const [first] = person.rows
    return first && person.rows.every(other => couldBe(other, row)) && isSameName(first.name, row.name)
      ? [{ sameAs: refOf(first) }]
      : []
  })
  return [...known, ...inFile]
}

/** What tells apart two people with the same name; null: not known. */
export type Identity = { numberKey: string | null; birthOn: Day | null; birthYear: number | null; sex: Sex | null }

/** Two different numbers, birth dates, birth years or sexes are two people. */
export function couldBe(a: Identity, b: Identity): boolean {
  return (
    agree(a.numberKey, b.numberKey) &&
    agree(a.birthOn, b.birthOn) &&
    agree(a.birthYear, b.birthYear) &&
    agree(a.sex, b.sex)
  )
}

/** True where a row gives another number than the official's. */
const isOtherNumber = (row: PlanRow, known: KnownOfficial) =>
  row.numberKey !== null && known.numberKey !== null && row.numberKey !== known.numberKey

/** True where the importer reaches the official, and the row surely means them: what it says otherwise corrects them. */
export function mayCorrect(row: PlanRow, known: KnownOfficial): boolean {
  // a number that waits for consent is theirs to a list that says it again
  const numberKey =
    row.numberKey !== null && row.numberKey === known.waiting?.numberKey ? row.numberKey : known.numberKey
  return known.isReached && isSurely(row, { ...known, numberKey }, isCodeOf(row.staffCode, known))
}

const codesOf = ({ staffCode, formerCodes = [] }: KnownOfficial) =>
  staffCode === null ? formerCodes : [...formerCodes, staffCode]

/** True for a staff code of this official, the present one or that of an entry merged into theirs. */
export function isCodeOf(code: string | null, known: KnownOfficial): boolean {
  return code !== null && codesOf(known).some(own => agreeInWords(own, code))
}

/** One birth date and sex under two numbers: with one name, maybe one person whose number is corrected. */
export function isTwin(a: Identity, b: Identity): boolean {
  return a.birthOn !== null && a.birthOn === b.birthOn && agree(a.sex, b.sex)
}

/**
 * Whether two officials on record may be one person entered twice: one name and one birth. A birth date says it, even
 * beside another number, which may be mistyped; a birth year alone only where a number is missing. Sexes must agree.
 */
export function mayBeOne(a: Identity & { name: string }, b: Identity & { name: string }): boolean {
  if (!isSameName(a.name, b.name) || !agree(a.sex, b.sex)) return false
  if (a.birthOn !== null && b.birthOn !== null) return a.birthOn === b.birthOn
  return a.birthYear !== null && a.birthYear === b.birthYear && agree(a.numberKey, b.numberKey)
}

export function agree<T>(a: T | null, b: T | null): boolean {
  return a === null || b === null || a === b
}

/** Like `agree`, ignoring case, and marks where one of the two has none. */
export function agreeInWords(a: string | null, b: string | null): boolean {
  return a === null || b === null || marksAgree(a, b)
}

function isSameHamlet(a: { hamlet: string | null }, b: { hamlet: string | null }): boolean {
  return a.hamlet !== null && b.hamlet !== null && agreeInWords(a.hamlet, b.hamlet)
}

function isSameChoice(candidate: RosterProposal['candidates'][number], choice: Exclude<RosterChoice, 'new'>): boolean {
  if ('officialId' in candidate) return 'officialId' in choice && choice.officialId === candidate.officialId
  return 'sameAs' in choice && refKey(choice.sameAs) === refKey(candidate.sameAs)
}

function officialKey({ officialId }: KnownOfficial): string {
  return `official ${officialId}`
}

function codeKey(staffCode: string): string {
  return `code ${foldWords(staffCode)}`
}

function identityKeys(row: SoundRow): string[] {
  const keys = row.numberKey === null ? [] : [`number ${row.numberKey}`]
  return row.staffCode === null ? keys : [...keys, codeKey(row.staffCode)]
}

function mapBy<T>(items: readonly T[], keyOf: (item: T) => string | null): Map<string, T> {
  return new Map(
    items.flatMap(item => {
      const key = keyOf(item)
      return key ? [[key, item] as const] : []
    }),
  )
}
