import type { Day } from './calendar.ts'
import { readIdNumber } from './id-number.ts'
import type { InputProblem } from './problem.ts'
import { ASSOCIATIONS, type Association, type Category, type Sex } from './vocabulary.ts'

/**
 * Rosters as agencies and associations keep them: what a row says, and what an import would do with it. One person is
 * one official however many rosters list them (domain 3); nothing is merged without a number, a staff code or a
 * person's own confirmation.
 */

/** The columns of a roster, in the order of the template, the export and the preview. */
export const ROSTER_COLUMNS = [
  'staffCode',
  'name',
  'birth',
  'sex',
  'number',
  'position',
  'unit',
  'category',
  'isLeader',
  ...ASSOCIATIONS,
  'phone',
  'hamlet',
  'chapter',
] as const
export type RosterColumn = (typeof ROSTER_COLUMNS)[number]

/** What a file may weigh. */
export const ROSTER_FILE_BYTES = 10 * 1024 * 1024

/** Why a file as a whole cannot be read as a workbook. */
export type WorkbookReason =
  | 'legacy_xls'
  | 'password_protected'
  | 'truncated'
  | 'not_a_workbook'
  | 'too_large'
  | 'no_sheet'
export type RosterFileReason = WorkbookReason | 'no_roster'

/** Encodings from before Unicode: TCVN3 (ABC, fonts .Vn…) and VNI (fonts VNI-…). */
export type LegacyEncoding = 'tcvn3' | 'vni'

/** A row as the screen of a spreadsheet names it; rows count from 1. */
export type RowRef = { sheet: string; row: number }

/** What one row says of one person; null where its sheet does not say. */
export type RosterRow = RowRef & {
  name: string
  /** null where only the year is given */
  birthOn: Day | null
  birthYear: number | null
  sex: Sex | null
  /** 12 digits */
  number: string | null
  staffCode: string | null
  position: string | null
  /** as written; names one unit of the importing unit's subtree */
  unit: string | null
  /** the heading above the row within the list; counts as its unit where it names one */
  section: string | null
  category: Category | null
  isLeader: boolean | null
  /** true: is a member; false: the sheet says expressly that they are not */
  associations: Partial<Record<Association, boolean>>
  phone: string | null
  hamlet: string | null
  chapter: string | null
}

export type RosterReason =
  | Extract<InputProblem, `id_number_${string}` | `phone_${string}` | 'name_unreadable' | 'too_long'>
  /* what a sheet or cell does not let itself be read as */
  | 'column_missing'
  | 'column_repeated'
  | 'name_missing'
  | 'birth_unreadable'
  | 'sex_unreadable'
  | 'category_unknown'
  | 'mark_unreadable'
  | 'cell_error'
  /* what a row contradicts in itself */
  | 'number_birth_mismatch'
  | 'number_sex_mismatch'
  | 'identity_missing'
  | 'category_missing'
  | 'unit_unknown'
  | 'unit_ambiguous'
  | 'chapter_unclear'
  /* what a row contradicts in the file */
  | 'rows_disagree'
  | 'staff_code_repeated'
  /* what a row contradicts in what is known */
  | 'name_clash'
  | 'birth_clash'
  | 'sex_clash'
  | 'number_clash'
  | 'staff_code_of_other'
  | 'posted_elsewhere'
  /* what nobody does to themself */
  | 'own_record'

/** `value`: the content of the cell; `other`: the row with which this one disagrees. */
export type RosterProblem = RowRef & {
  column: RosterColumn | null
  reason: RosterReason
  value?: string
  other?: RowRef
}

/** What reading left out or noticed: to be reported, but not blocking. `rows`: how many. */
export type RosterNotice = RowRef & {
  kind: 'sheet_skipped' | 'footer_skipped' | 'section_row' | 'example_row' | 'dates_may_be_swapped' | 'zero_restored'
  rows: number
}

/** A text in a legacy encoding and what it was taken for, for the coordinator's consent. */
export type RosterConversion = RowRef & { column: RosterColumn; encoding: LegacyEncoding; from: string; to: string }

/** The result of reading a file: a row is in `rows` if all its cells could be read, else in `problems`. */
export type RosterReading = {
  rows: RosterRow[]
  problems: RosterProblem[]
  /** rows with problems, by the name that they seem to give; '' where none */
  unread: (RowRef & { name: string })[]
  conversions: RosterConversion[]
  notices: RosterNotice[]
}

/** A row with the keyed hashes that the caller made of its number and phone. */
export type PlanRow = RosterRow & { numberKey: string | null; phoneKey: string | null }

export type Membership = { association: Association; chapter: string | null }

export type KnownOfficial = {
  officialId: number
  numberKey: string | null
  phoneKey: string | null
  staffCode: string | null
  name: string
  birthOn: Day | null
  birthYear: number | null
  sex: Sex | null
  /** null: posted nowhere on the day of the import */
  unitId: number | null
  position: string | null
  category: Category | null
  isLeader: boolean
  hamlet: string | null
  /** those that hold on the day of the import */
  memberships: readonly Membership[]
}

/** `path` like `/70/689/25195/`, ending in the unit's own id. */
export type RosterUnit = { unitId: number; name: string; path: string }

/** A person's answer to a proposal: the official meant, another row of the file, or somebody new. */
export type RosterChoice = { officialId: number } | { sameAs: RowRef } | 'new'
export type SettledChoice = RowRef & { choice: RosterChoice }

const ROW_WORD = /^dong-(\d{1,7})-([\s\S]{1,100})$/

/** A row as one word of a form; `readRowWord` takes it back. */
export function rowWord({ sheet, row }: RowRef): string {
  return `dong-${row}-${sheet}`
}

function readRowWord(word: string): RowRef | undefined {
  const [, row, sheet] = ROW_WORD.exec(word) ?? []
  return row === undefined || sheet === undefined ? undefined : { sheet, row: Number(row) }
}

/** A choice as one word of a form. */
export function choiceWord(choice: RosterChoice): string {
  if (choice === 'new') return 'moi'
  return 'officialId' in choice ? `nguoi-${choice.officialId}` : rowWord(choice.sameAs)
}

/** The choices of a form whose fields are named by `rowWord` and hold a `choiceWord`; anything else is passed over. */
export function readChoices(fields: Iterable<readonly [name: string, word: string]>): SettledChoice[] {
  return [...fields].flatMap(([name, word]) => {
    const ref = readRowWord(name)
    const choice = readChoiceWord(word)
    return ref && choice ? [{ ...ref, choice }] : []
  })
}

function readChoiceWord(word: string): RosterChoice | undefined {
  if (word === 'moi') return 'new'
  const [, officialId] = /^nguoi-(\d{1,15})$/.exec(word) ?? []
  if (officialId !== undefined) return { officialId: Number(officialId) }
  const sameAs = readRowWord(word)
  return sameAs && { sameAs }
}

export type RosterOptions = {
  /** Where people belong whose row names no unit. */
  unitId: number
  /** The importing unit and all below it. */
  units: readonly RosterUnit[]
  /** Set where the roster is an association's list: it adds memberships and moves nobody. */
  association?: Association
  choices?: readonly SettledChoice[]
}

type FieldValues = {
  staffCode: string
  name: string
  birthOn: Day
  birthYear: number
  sex: Sex
  number: string
  position: string
  unitId: number
  category: Category
  isLeader: boolean
  phone: string
  hamlet: string
}
export type RosterField = keyof FieldValues
/** `from` null: not known until now. The phone known until now is never read here and is null. */
export type RosterChange = {
  [F in RosterField]: { field: F; from: FieldValues[F] | null; to: FieldValues[F] }
}[RosterField]

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
}
/** `repeats`: the row that already says all of this; its fate is this row's. */
export type RosterUnchanged = RowRef & { officialId: number | null; repeats?: RowRef }
export type RosterProposal = RowRef & { candidates: ({ officialId: number } | { sameAs: RowRef })[] }

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

/* ---------- words compared ---------- */

/** Words for comparison: no marks, đ as d, lower-case, `&` as "va", anything but letters and digits a single space. */
export function foldWords(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('đ', 'd')
    .replaceAll('&', ' va ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** A name with each word's tone at its end: `Hòa` and `Hoà` are the same name, `Hoa` is another. */
function nameKey(name: string): string {
  return name
    .toLowerCase()
    .normalize('NFD')
    .split(/\s+/)
    .map(word => word.replace(TONES, '') + (word.match(TONES) ?? []).join(''))
    .join(' ')
}
const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g

/** True if two names are the same apart from tone placement and case; a name typed without marks matches any marks. */
function isSameName(a: string, b: string): boolean {
  if (nameKey(a) === nameKey(b)) return true
  return foldWords(a) === foldWords(b) && (isUnmarked(a) || isUnmarked(b))
}

function isUnmarked(name: string): boolean {
  return !/[\p{M}đĐ]/u.test(name.normalize('NFD'))
}

/* ---------- units ---------- */

/**
 * Returns the label of each unit in a roster, so that an import finds it again. It is the unit's name, followed by its
 * parents' if several units of the list share it (`Văn phòng – UBND huyện Bù Đăng`).
 */
export function unitLabels(units: readonly RosterUnit[]): Map<number, string> {
  const index = indexUnits(units)
  const byId = new Map(units.map(unit => [unit.unitId, unit]))
  return new Map(
    units.map(unit => {
      const chain = namesUpwards(unit, byId)
      const depth = chain.findIndex((_, n) => index.get(foldWords(chain.slice(0, n + 1).join(' ')))?.length === 1)
      return [unit.unitId, chain.slice(0, depth < 0 ? chain.length : depth + 1).join(' – ')]
    }),
  )
}

/** Units by every way to call them: own name, own name and parent's, and so on, folded. */
function indexUnits(units: readonly RosterUnit[]): Map<string, RosterUnit[]> {
  const byId = new Map(units.map(unit => [unit.unitId, unit]))
  const index = new Map<string, RosterUnit[]>()
  for (const unit of units) {
    const chain = namesUpwards(unit, byId)
    for (let n = 1; n <= chain.length; n++) {
      const key = foldWords(chain.slice(0, n).join(' '))
      index.set(key, [...(index.get(key) ?? []), unit])
    }
  }
  return index
}

function namesUpwards(unit: RosterUnit, byId: Map<number, RosterUnit>): string[] {
  const ids = unit.path.split('/').filter(Boolean).map(Number).reverse()
  return ids.flatMap(id => byId.get(id)?.name ?? [])
}

/* ---------- the plan ---------- */

/** A row whose own contents are sound, with its unit and memberships made out. */
type SoundRow = PlanRow & { unitId: number | null; joins: Membership[] }
/** All rows of the file that are one person, and the official that they are; null: somebody new. */
type Person = { rows: SoundRow[]; known: KnownOfficial | null }

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
  const units = indexUnits(options.units)
  const sound: SoundRow[] = []
  for (const row of rows) {
    const checked = checkRow(row, units, options)
    if (Array.isArray(checked)) plan.problems.push(...checked)
    else sound.push(checked)
  }
  for (const person of identify(sound, known, { options, plan })) planPerson(person, options, plan)
  const order = new Map(rows.map((row, n) => [refKey(row), n]))
  const byRow = (a: RowRef, b: RowRef) => (order.get(refKey(a)) ?? 0) - (order.get(refKey(b)) ?? 0)
  for (const list of Object.values(plan)) list.sort(byRow)
  return plan
}

/** A row's place as one word, for maps. */
export function refKey({ sheet, row }: RowRef): string {
  return `${row}!${sheet}`
}

function refOf({ sheet, row }: RowRef): RowRef {
  return { sheet, row }
}

function problemOf(
  row: RowRef,
  column: RosterColumn | null,
  reason: RosterReason,
  details: { value?: string; other?: RowRef } = {},
): RosterProblem {
  return { ...refOf(row), column, reason, ...details }
}

/** Returns what is wrong with the row on its own; else the row completed with what its number says. */
function checkRow(row: PlanRow, units: Map<string, RosterUnit[]>, options: RosterOptions): SoundRow | RosterProblem[] {
  const problems: RosterProblem[] = []
  const reading = row.number === null ? null : readIdNumber(row.number)
  let { birthYear, sex } = row
  if (reading?.ok) {
    birthYear ??= reading.birthYear
    sex ??= reading.sex
    if (birthYear !== reading.birthYear) {
      problems.push(problemOf(row, 'birth', 'number_birth_mismatch', { value: row.birthOn ?? String(birthYear) }))
    }
    if (sex !== reading.sex) problems.push(problemOf(row, 'sex', 'number_sex_mismatch'))
  } else if (reading && isNumberReason(reading.reason)) {
    problems.push(problemOf(row, 'number', reading.reason, { value: row.number ?? '' }))
  }
  if (row.number === null && row.staffCode === null && birthYear === null) {
    problems.push(problemOf(row, 'birth', 'identity_missing'))
  }
  let unitId: number | null = null
  /** Members of an association may work anywhere. */
  if (row.unit !== null) {
    const found = units.get(foldWords(row.unit)) ?? []
    unitId = found.length === 1 ? (found[0]?.unitId ?? null) : null
    if (found.length !== 1 && options.association === undefined) {
      const reason = found.length === 0 ? 'unit_unknown' : 'unit_ambiguous'
      problems.push(problemOf(row, 'unit', reason, { value: row.unit }))
    }
  }
  const [ofSection, ...more] = row.section === null ? [] : (units.get(foldWords(row.section)) ?? [])
  if (row.unit === null && more.length === 0) unitId = ofSection?.unitId ?? null
  const joins = membershipsOf(row, options.association)
  if (joins === null) problems.push(problemOf(row, 'chapter', 'chapter_unclear', { value: row.chapter ?? '' }))
  return joins === null || problems.length > 0 ? problems : { ...row, birthYear, sex, unitId, joins }
}

function isNumberReason(reason: InputProblem): reason is Extract<InputProblem, `id_number_${string}`> {
  return reason.startsWith('id_number_')
}

/** Which association a chapter's own name speaks of. */
const CHAPTER_WORDS: Record<Association, RegExp> = {
  union: /\bcong doan\b/,
  youth: /\b(chi doan|doan thanh nien|doan tn|thanh nien)\b/,
  women: /\b(phu nu|pn)\b/,
  farmers: /\b(nong dan|nd)\b/,
  veterans: /\b(cuu chien binh|ccb)\b/,
}

/** The one association that the chapter's name speaks of. */
function ownerNamed(chapter: string | null): Association | undefined {
  const named = chapter === null ? [] : ASSOCIATIONS.filter(a => CHAPTER_WORDS[a].test(foldWords(chapter)))
  return named.length === 1 ? named[0] : undefined
}

/** The memberships that a row adds; null where several are marked and the chapter could belong to any of them. */
function membershipsOf(row: PlanRow, association: Association | undefined): Membership[] | null {
  const marked = ASSOCIATIONS.filter(a => row.associations[a] || a === association)
  const owner = association ?? (marked.length === 1 ? marked[0] : ownerNamed(row.chapter))
  if (row.chapter !== null && owner === undefined) return null
  const joined = owner === undefined || marked.includes(owner) ? marked : [...marked, owner]
  return joined.map(a => ({ association: a, chapter: a === owner ? row.chapter : null }))
}

/**
 * The chapter to write in a roster's one column for chapters so that reading it finds the same membership again; null
 * where there is none or several could be meant.
 */
export function chapterToWrite(memberships: readonly Membership[]): string | null {
  const marked = new Set(memberships.map(({ association }) => association))
  const chapters = memberships.filter(({ chapter }) => chapter !== null)
  const found = chapters.find(({ association, chapter }) => marked.size === 1 || ownerNamed(chapter) === association)
  return found?.chapter ?? null
}

/* ---------- who is who ---------- */

function identify(
  rows: readonly SoundRow[],
  known: readonly KnownOfficial[],
  { options, plan }: { options: RosterOptions; plan: RosterPlan },
): Person[] {
  const byNumber = mapBy(known, official => official.numberKey)
  const byCode = mapBy(known, official => official.staffCode && foldWords(official.staffCode))
  const byId = new Map(known.map(official => [official.officialId, official]))
  const byName = new Map<string, { officials: KnownOfficial[]; persons: Person[] }>()
  const named = (name: string) => {
    const key = foldWords(name)
    const found = byName.get(key) ?? { officials: [], persons: [] }
    byName.set(key, found)
    return found
  }
  for (const official of known) named(official.name).officials.push(official)
  const choices = new Map(options.choices?.map(entry => [refKey(entry), entry.choice]))
  const persons: Person[] = []
  const personOf = new Map<string, Person>()

  const join = (row: SoundRow, person: Person) => {
    const holder = row.staffCode === null ? undefined : personOf.get(codeKey(row.staffCode))
    const other = holder === person ? person.rows.find(r => !agree(r.numberKey, row.numberKey)) : holder?.rows[0]
    if (other) {
      const details = { value: row.staffCode ?? '', other: refOf(other) }
      plan.problems.push(problemOf(row, 'staffCode', 'staff_code_repeated', details))
      return
    }
    person.rows.push(row)
    for (const key of identityKeys(row)) personOf.set(key, person)
    personOf.set(refKey(row), person)
  }
  const begin = (row: SoundRow, official: KnownOfficial | null) => {
    const person: Person = { rows: [], known: official }
    persons.push(person)
    if (official) personOf.set(officialKey(official), person)
    else named(row.name).persons.push(person)
    join(row, person)
  }
  const joinOfficial = (row: SoundRow, official: KnownOfficial) => {
    const person = personOf.get(officialKey(official))
    if (person) join(row, person)
    else begin(row, official)
  }

  /** Rows that say who they are come first, so that those that do not can be proposed to be them. */
  const strength = (row: SoundRow) => (row.numberKey !== null ? 0 : row.staffCode !== null ? 1 : 2)
  for (const row of [...rows].sort((a, b) => strength(a) - strength(b))) {
    const ofNumber = row.numberKey === null ? undefined : byNumber.get(row.numberKey)
    const ofCode = row.staffCode === null ? undefined : byCode.get(foldWords(row.staffCode))
    if (ofNumber && ofCode && ofNumber !== ofCode) {
      plan.problems.push(problemOf(row, 'staffCode', 'staff_code_of_other', { value: row.staffCode ?? '' }))
      continue
    }
    if (!ofNumber && ofCode && row.numberKey !== null && ofCode.numberKey !== null) {
      plan.problems.push(problemOf(row, 'number', 'number_clash'))
      continue
    }
    const official = ofNumber ?? ofCode
    const earlier = identityKeys(row).flatMap(key => personOf.get(key) ?? [])[0]
    if (official) joinOfficial(row, official)
    else if (earlier) join(row, earlier)
    else {
      const candidates = candidatesOf(row, named(row.name))
      const choice = candidates.length === 0 ? 'new' : choices.get(refKey(row))
      if (choice === 'new') begin(row, null)
      else if (choice === undefined || !candidates.some(candidate => isSameChoice(candidate, choice))) {
        plan.proposals.push({ ...refOf(row), candidates })
      } else if ('officialId' in choice) {
        const chosen = byId.get(choice.officialId)
        if (chosen) joinOfficial(row, chosen)
      } else {
        const chosen = personOf.get(refKey(choice.sameAs))
        if (chosen) join(row, chosen)
      }
    }
  }
  return persons
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
    .filter(official => couldBe(official, row) && isSameName(official.name, row.name))
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

/**
 * Whether two officials on record may be one person entered twice: one name and one birth. A birth date says it, even
 * beside another number, which may be mistyped; a birth year alone only where a number is missing. Sexes must agree.
 */
export function mayBeOne(a: Identity & { name: string }, b: Identity & { name: string }): boolean {
  if (!isSameName(a.name, b.name) || !agree(a.sex, b.sex)) return false
  if (a.birthOn !== null && b.birthOn !== null) return a.birthOn === b.birthOn
  return a.birthYear !== null && a.birthYear === b.birthYear && agree(a.numberKey, b.numberKey)
}

function agree<T>(a: T | null, b: T | null): boolean {
  return a === null || b === null || a === b
}

/** Like `agree`, ignoring marks and case. */
function agreeInWords(a: string | null, b: string | null): boolean {
  return a === null || b === null || foldWords(a) === foldWords(b)
}

function isSameHamlet(a: { hamlet: string | null }, b: { hamlet: string | null }): boolean {
  return a.hamlet !== null && b.hamlet !== null && agreeInWords(a.hamlet, b.hamlet)
}

function isSameChoice(candidate: RosterProposal['candidates'][number], choice: RosterChoice | undefined): boolean {
  if (choice === undefined || choice === 'new') return false
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

/* ---------- what would change ---------- */

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
    const isSame = update.changes.length + update.joins.length + update.leaves.length === 0
    if (isSame) plan.unchanged.push({ ...ref, officialId: known.officialId })
    else plan.updates.push(update)
  }
  for (const other of others) {
    plan.unchanged.push({ ...refOf(other), officialId: known?.officialId ?? null, repeats: ref })
  }
}

/** Lists where two rows of one person say different things. */
function disagreementsOf(row: SoundRow, first: SoundRow): RosterProblem[] {
  const problem = (column: RosterColumn) => problemOf(row, column, 'rows_disagree', { other: refOf(first) })
  const checks: [RosterColumn, boolean][] = [
    ['name', isSameName(row.name, first.name)],
    ['birth', agree(row.birthOn, first.birthOn) && agree(row.birthYear, first.birthYear)],
    ['sex', agree(row.sex, first.sex)],
    ['staffCode', agreeInWords(row.staffCode, first.staffCode)],
    ['position', agreeInWords(row.position, first.position)],
    ['unit', agree(row.unitId, first.unitId)],
    ['category', agree(row.category, first.category)],
    ['isLeader', agree(row.isLeader, first.isLeader)],
    ['phone', agree(row.phoneKey, first.phoneKey)],
    ['hamlet', agreeInWords(row.hamlet, first.hamlet)],
    ...ASSOCIATIONS.map((association): [RosterColumn, boolean] => [
      association,
      agree(row.associations[association] ?? null, first.associations[association] ?? null),
    ]),
  ]
  return checks.flatMap(([column, isAgreed]) => (isAgreed ? [] : [problem(column)]))
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

function missingOf(row: SoundRow, { association }: RosterOptions): RosterProblem[] {
  return row.category === null && association === undefined ? [problemOf(row, 'category', 'category_missing')] : []
}

function newOfficial(row: SoundRow, { unitId, association }: RosterOptions): RosterCreate['official'] {
  const { name, birthOn, birthYear, sex, number, numberKey, staffCode, position, phone, phoneKey, hamlet } = row
  return {
    name,
    birthOn,
    birthYear,
    sex,
    number,
    numberKey,
    staffCode,
    position,
    phone,
    phoneKey,
    hamlet,
    unitId: row.unitId ?? unitId,
    category: association === undefined ? (row.category ?? 'member') : 'member',
    isLeader: row.isLeader ?? false,
    memberships: row.joins,
  }
}

/** A row names somebody known, but says of them what cannot be. */
function clashesOf(row: SoundRow, known: KnownOfficial, { units, association }: RosterOptions): RosterProblem[] {
  const problems: RosterProblem[] = []
  if (!isSameName(row.name, known.name)) problems.push(problemOf(row, 'name', 'name_clash', { value: row.name }))
  if (!agree(row.birthOn, known.birthOn) || !agree(row.birthYear, known.birthYear)) {
    problems.push(problemOf(row, 'birth', 'birth_clash', { value: row.birthOn ?? String(row.birthYear) }))
  }
  if (!agree(row.sex, known.sex)) problems.push(problemOf(row, 'sex', 'sex_clash'))
  const isWithin = known.unitId === null || units.some(unit => unit.unitId === known.unitId)
  if (association === undefined && !isWithin && known.category !== 'member') {
    problems.push(problemOf(row, 'unit', 'posted_elsewhere'))
  }
  return problems
}

function updateOf(
  row: SoundRow,
  known: KnownOfficial,
  options: RosterOptions,
): Omit<RosterUpdate, keyof RowRef | 'officialId'> {
  const changes: RosterChange[] = []
  const offer = <F extends RosterField>(field: F, from: FieldValues[F] | null, to: FieldValues[F] | null) => {
    if (to !== null && to !== from) changes.push({ field, from, to } as RosterChange)
  }
  const offerWords = (field: 'staffCode' | 'position' | 'hamlet', from: string | null, to: string | null) => {
    if (from === null || !agreeInWords(from, to)) offer(field, from, to)
  }
  if (isUnmarked(known.name) && !isUnmarked(row.name)) offer('name', known.name, row.name)
  offer('birthOn', known.birthOn, row.birthOn)
  offer('birthYear', known.birthYear, row.birthYear)
  offer('sex', known.sex, row.sex)
  if (row.numberKey !== known.numberKey) offer('number', null, row.number)
  offerWords('hamlet', known.hamlet, row.hamlet)
  if (options.association === undefined) {
    offerWords('staffCode', known.staffCode, row.staffCode)
    offerWords('position', known.position, row.position)
    const isWithin = options.units.some(unit => unit.unitId === known.unitId)
    offer('unitId', known.unitId, row.unitId ?? (isWithin ? null : options.unitId))
    offer('category', known.category, row.category)
    offer('isLeader', known.isLeader, row.isLeader)
    if (row.phoneKey !== known.phoneKey) offer('phone', null, row.phone)
  } else if (known.phoneKey === null) offer('phone', null, row.phone)
  const joins = row.joins.filter(
    ({ association, chapter }) =>
      !known.memberships.some(
        m => m.association === association && (chapter === null || foldWords(m.chapter ?? '') === foldWords(chapter)),
      ),
  )
  const leaves = ASSOCIATIONS.filter(
    association =>
      row.associations[association] === false && known.memberships.some(m => m.association === association),
  )
  return { changes, joins, leaves }
}
