import { type IdNumberProblem, readIdCell } from '#app/domain/id-number.ts'
import { cutText } from '#app/domain/letters.ts'
import { type RememberedHeads, UNSAVED_FORMULA } from '#app/domain/list.ts'
import { readListedName } from '#app/domain/listed-name.ts'
import type { NameReading } from '#app/domain/person-name.ts'
import { type PhoneProblem, readPhone } from '#app/domain/phone.ts'
import {
  ROSTER_COLUMNS,
  type RosterColumn,
  type RosterFileReason,
  type RosterProblem,
  type RosterReading,
  type RosterReason,
  type RosterRow,
  type RowRef,
  WORDS_COLUMNS,
  type WordsColumn,
} from '#app/domain/roster/row.ts'
import { isLostFont } from '#app/domain/vietnamese-encoding.ts'
import { ASSOCIATIONS, type Association, type Sex } from '#app/domain/vocabulary.ts'
import type { DayOrder } from '#app/domain/written-day.ts'
import { birthParts, entriesOf, type HeadedSheet, type ListEntry } from './list.ts'
import { unclearDays, withDaysFirst } from './list-days.ts'
import { readSheets } from './list-file.ts'
import { inUnicode } from './list-fonts.ts'
import { findHead } from './list-head.ts'
import { withValues } from './list-reading.ts'
import type { Heading, ListSpec } from './list-spec.ts'
import { rosterSpec } from './roster-spec.ts'
import {
  type Birth,
  capitaliseName,
  LAST_BIRTH,
  readBirth,
  readCategory,
  readMark,
  readSex,
  readUnitRole,
} from './roster-values.ts'
import type { Cell } from './workbook.ts'

type RosterOptions = {
  /** the association that owns the list; such a list need not have numbers and categories */
  association?: Association
  /** what heads of this unit's rosters mean, as a person said */
  remembered?: RememberedHeads
  /** the text of blank cells, by column */
  values?: Readonly<Record<string, string>>
  withHidden?: boolean
  /** which of day and month comes first, by column, where that is not certain */
  dayOrders?: Readonly<Record<string, DayOrder>>
}
type Roster = ({ ok: true } & RosterReading) | { ok: false; reason: RosterFileReason }

const MAX_TEXT = 200

/**
 * Reads a roster from a file: every visible sheet with a head.
 * A row that could be read completely goes into `rows`, any other row of a person into `problems`. Totals, signatures
 * and section headings go into `notices`.
 */
export async function readRoster(
  bytes: Uint8Array,
  { association, remembered, values = {}, withHidden = true, dayOrders = {} }: RosterOptions = {},
): Promise<Roster> {
  const file = await readSheets(bytes)
  if (!file.ok) return file
  const spec = rosterSpec(association)
  const found: RosterReading = { rows: [], problems: [], unread: [], conversions: [], notices: [] }
  let hasRoster = false
  for (const { name, isHidden, merges, ...sheet } of file.sheets) {
    const unicode = inUnicode(sheet.rows)
    const head = findHead(spec, unicode.rows, { merges, remembered })
    if (head && !isHidden) {
      hasRoster = true
      readSheet({ name, merges, ...unicode, head }, { spec, values, withHidden, dayOrders }, found)
    } else if (sheet.rows.length > 0 && (head || !isHidden)) {
      found.notices.push({ sheet: name, row: 1, kind: 'sheet_skipped', rows: sheet.rows.length })
    }
  }
  return hasRoster ? { ok: true, ...found } : { ok: false, reason: 'no_roster' }
}

/* ---------- one sheet ---------- */

type Said = Required<Pick<RosterOptions, 'values' | 'withHidden' | 'dayOrders'>> & { spec: ListSpec<RosterColumn> }

function readSheet(
  sheet: HeadedSheet<RosterColumn>,
  { spec, values, withHidden, dayOrders }: Said,
  found: RosterReading,
): void {
  const { head } = sheet
  const top: RowRef = { sheet: sheet.name, row: head.lastRow }
  for (const column of spec.missing(column => head.columns.has(column) || Boolean(values[column])))
    found.problems.push({ ...top, column, reason: 'column_missing' })
  for (const column of head.repeated) {
    if (isRosterColumn(column)) found.problems.push({ ...top, column, reason: 'column_repeated' })
  }
  const { entries, notices } = entriesOf(sheet, spec)
  const unclear = unclearDays(entries, head, spec)
  found.notices.push(...notices)
  let restored = 0
  for (const entry of entries) {
    if (entry.isHidden && !withHidden) continue
    const read = readPerson(withValues(withDaysFirst(entry, unclear, dayOrders), values))
    found.conversions.push(...entry.conversions)
    if (read.problems.length > 0) {
      found.problems.push(...read.problems)
      found.unread.push({ ...entry.ref, name: read.row.name, read: read.row })
    } else {
      found.rows.push(read.row)
    }
    if (read.isZeroRestored) restored++
    if (read.isPostDropped) found.notices.push({ ...entry.ref, kind: 'post_dropped', rows: 1 })
    if (read.isAbroad) found.notices.push({ ...entry.ref, kind: 'number_abroad', rows: 1 })
  }
  if (restored > 0) found.notices.push({ ...top, kind: 'zero_restored', rows: restored })
  if (unclear.some(column => dayOrders[column] === undefined))
    found.notices.push({ ...top, kind: 'dates_may_be_swapped', rows: entries.length })
}

function isRosterColumn(column: Heading<RosterColumn>): column is RosterColumn {
  return (ROSTER_COLUMNS as readonly string[]).includes(column)
}

/* ---------- one person ---------- */

/** What a reader of digits gives where it refuses nothing. */
type Good<Reader extends (text: string) => unknown> = Extract<ReturnType<Reader>, { ok: true }>

type PersonReading = {
  row: RosterRow
  problems: RosterProblem[]
  isZeroRestored: boolean
  isAbroad: boolean
  isPostDropped: boolean
}

/** A name as it was typed. Letters of a lost font say nothing of that: it gets its capitals. */
function nameOf(
  person: ReturnType<typeof readListedName>,
  written: string,
  conversions: ListEntry<RosterColumn>['conversions'],
): string {
  if (!person.ok) return written
  return conversions.some(({ column }) => column === 'name') ? capitaliseName(person.name) : person.name
}

function readPerson({ ref, cell, text, section, conversions }: ListEntry<RosterColumn>): PersonReading {
  const problems: RosterProblem[] = []
  const refuse = (column: RosterColumn, reason: RosterReason, value = text(column)) => {
    problems.push({ ...ref, column, reason, ...(value === '' ? {} : { value }) })
  }
  /** Returns a column's value; null if it is blank or unreadable. An unreadable value is reported. */
  const read = <T>(column: RosterColumn, reason: RosterReason, reading: (cell: Cell) => T | undefined): T | null => {
    const found = cell(column)
    if (!found || /^[-–—.]+$/.test(found.text)) return null
    if (found.text === UNSAVED_FORMULA) problems.push({ ...ref, column, reason: 'formula_unsaved' })
    else if (found.kind === 'error') refuse(column, 'cell_error')
    else if (found.text.length > MAX_TEXT) refuse(column, 'too_long', `${cutText(found.text, 30)}…`)
    else {
      const value = reading(found)
      if (value !== undefined) return value
      refuse(column, reason)
    }
    return null
  }
  const words = (column: RosterColumn) => read(column, 'too_long', found => found.text)
  /** Returns the number or phone of a column; null if it is blank or refused. */
  const readDigits = <Ok extends { ok: true }>(
    column: 'number' | 'phone',
    reading: (text: string) => Ok | { ok: false; reason: IdNumberProblem | PhoneProblem },
  ): Ok | null => {
    const written = words(column)
    const found = written === null ? null : reading(written)
    if (found === null || found.ok) return found
    refuse(column, found.reason)
    return null
  }

  const written = text('name')
  const person = readListedName(written)
  const name = nameOf(person, written, conversions)
  const flaw = nameFlaw(written, person)
  if (written === UNSAVED_FORMULA) problems.push({ ...ref, column: 'name', reason: 'formula_unsaved' })
  else if (flaw) refuse('name', flaw.reason, flaw.value)

  const byside = readBySide(cell)
  const birth = read('birth', 'birth_unreadable', readBirth) ?? byside.birth ?? readParts(text, refuse)
  const number = readDigits<Good<typeof readIdCell>>('number', text => readIdCell(text, LAST_BIRTH))
  const phone = readDigits<Good<typeof readPhone>>('phone', readPhone)
  const associations: RosterRow['associations'] = {}
  for (const association of ASSOCIATIONS) {
    const mark = read(association, 'mark_unreadable', readMark)
    if (mark !== null) associations[association] = mark
  }
  const said = Object.fromEntries(WORDS_COLUMNS.map(column => [column, words(column)])) as Record<
    WordsColumn,
    string | null
  >
  if (isLostFont(said.hamlet ?? '')) refuse('hamlet', 'hamlet_lost_font')
  const post = person.ok ? person.post : null
  const role = read('role', 'role_unknown', found => readUnitRole(found.text))
  const row: RosterRow = {
    ...ref,
    name,
    birthOn: birth?.birthOn ?? null,
    birthYear: birth?.birthYear ?? null,
    sex: read('sex', 'sex_unreadable', found => readSex(found.text)) ?? byside.sex,
    number: number?.number ?? null,
    ...said,
    position: said.position ?? post,
    unit: words('unit'),
    section,
    category: read('category', 'category_unknown', found => readCategory(found.text)),
    isLeader: read('isLeader', 'mark_unreadable', readMark),
    ...(role === null ? {} : { role }),
    associations,
    phone: phone?.phone ?? null,
    chapter: words('chapter'),
  }
  return {
    row,
    problems,
    isZeroRestored: number?.isRestored ?? false,
    isAbroad: number?.isAbroad ?? false,
    isPostDropped: post !== null && said.position !== null,
  }
}

/** Reads some cells of one row again, as they were mended; of columns that are not given it says nothing. */
export function readRosterCells(
  ref: RowRef,
  texts: ReadonlyMap<RosterColumn, string>,
): Pick<PersonReading, 'row' | 'problems'> {
  const cell = (column: Heading<RosterColumn>): Cell | undefined => {
    const text = isRosterColumn(column) ? texts.get(column) : undefined
    return text ? { kind: 'text', text, isComputed: false } : undefined
  }
  const entry = { ref, cell, text: (column: Heading<RosterColumn>) => cell(column)?.text ?? '' }
  const { row, problems } = readPerson({ ...entry, section: null, isHidden: false, conversions: [] })
  return { row, problems: problems.filter(({ column }) => column !== null && texts.has(column)) }
}

function nameFlaw(written: string, person: NameReading): { reason: RosterReason; value?: string } | undefined {
  if (written === '') return { reason: 'name_missing' }
  if (written.length > MAX_TEXT) return { reason: 'too_long', value: `${cutText(written, 30)}…` }
  return person.ok ? undefined : { reason: person.reason }
}

/** Reads a birth whose day, month and year are columns of their own; the year may be given alone. */
function readParts(
  written: ListEntry<RosterColumn>['text'],
  refuse: (column: RosterColumn, reason: RosterReason, value: string) => void,
): Birth | null {
  const parts = birthParts(written)
  if (parts.length === 0) return null
  const text = parts.join('/')
  const birth = readBirth({ kind: 'text', text })
  if (birth && parts.length !== 2) return birth
  refuse('birth', 'birth_unreadable', text)
  return null
}

/** Reads columns headed Nam and Nữ: the filled one gives the sex and, if it holds a date, the birth. */
function readBySide(cell: ListEntry<RosterColumn>['cell']): { sex: Sex | null; birth: Birth | null } {
  for (const sex of ['male', 'female'] as const) {
    const found = cell(sex)
    if (!found) continue
    const birth = readBirth(found)
    if (birth || readMark(found)) return { sex, birth: birth ?? null }
  }
  return { sex: null, birth: null }
}
