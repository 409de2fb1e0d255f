import { readIdNumber, restoreZeros } from '#app/domain/id-number.ts'
import { cutText } from '#app/domain/letters.ts'
import { type RememberedHeads, UNSAVED_FORMULA } from '#app/domain/list.ts'
import { readPhone } from '#app/domain/phone.ts'
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
import { ASSOCIATIONS, type Association, type Sex } from '#app/domain/vocabulary.ts'
import { entriesOf, type HeadedSheet, type ListEntry } from './list.ts'
import { readSheets } from './list-file.ts'
import { inUnicode } from './list-fonts.ts'
import { findHead, type Head } from './list-head.ts'
import { withValues } from './list-reading.ts'
import type { Heading, ListSpec } from './list-spec.ts'
import { rosterSpec } from './roster-spec.ts'
import { type Birth, capitaliseName, isName, readBirth, readCategory, readMark, readSex } from './roster-values.ts'
import type { Cell, Row } from './workbook.ts'

type RosterOptions = {
  /** the association that owns the list; such a list need not have numbers and categories */
  association?: Association
  /** what heads of this unit's rosters mean, as a person said */
  remembered?: RememberedHeads
  /** the text of blank cells, by column */
  values?: Readonly<Record<string, string>>
  withHidden?: boolean
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
  { association, remembered, values = {}, withHidden = true }: RosterOptions = {},
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
      readSheet({ name, merges, ...unicode, head }, { spec, values, withHidden }, found)
    } else if (sheet.rows.length > 0 && (head || !isHidden)) {
      found.notices.push({ sheet: name, row: 1, kind: 'sheet_skipped', rows: sheet.rows.length })
    }
  }
  return hasRoster ? { ok: true, ...found } : { ok: false, reason: 'no_roster' }
}

/* ---------- one sheet ---------- */

type Said = Required<Pick<RosterOptions, 'values' | 'withHidden'>> & { spec: ListSpec<RosterColumn> }

function readSheet(sheet: HeadedSheet<RosterColumn>, { spec, values, withHidden }: Said, found: RosterReading): void {
  const { head } = sheet
  const top: RowRef = { sheet: sheet.name, row: head.lastRow }
  for (const column of spec.missing(column => head.columns.has(column) || Boolean(values[column])))
    found.problems.push({ ...top, column, reason: 'column_missing' })
  for (const column of head.repeated) {
    if (isRosterColumn(column)) found.problems.push({ ...top, column, reason: 'column_repeated' })
  }
  const { entries, notices, listed } = entriesOf(sheet, spec)
  found.notices.push(...notices)
  let restored = 0
  for (const entry of entries) {
    if (entry.isHidden && !withHidden) continue
    const read = readPerson(withValues(entry, values))
    found.conversions.push(...entry.conversions)
    if (read.problems.length > 0) {
      found.problems.push(...read.problems)
      found.unread.push({ ...entry.ref, name: read.row.name, read: read.row })
    } else {
      found.rows.push(read.row)
    }
    if (read.isZeroRestored) restored++
  }
  if (restored > 0) found.notices.push({ ...top, kind: 'zero_restored', rows: restored })
  if (areDatesSwapped(listed, head)) found.notices.push({ ...top, kind: 'dates_may_be_swapped', rows: listed.length })
}

function isRosterColumn(column: Heading<RosterColumn>): column is RosterColumn {
  return (ROSTER_COLUMNS as readonly string[]).includes(column)
}

/**
 * A spreadsheet with American settings takes 12/03/1985 for 3 December and leaves 25/12/1985 as text: where every date
 * could be turned round and there are texts that could not, days and months may have changed places.
 */
function areDatesSwapped(rows: readonly Row[], { columns }: Head<RosterColumn>): boolean {
  const at = columns.get('birth')
  if (at === undefined) return false
  const cells = rows.flatMap(row => row.cells[at] ?? [])
  const days = cells.filter(cell => cell.kind === 'day')
  const isLeftAsText = (cell: Cell) => cell.kind === 'text' && Number(/^(\d{1,2})[/-]\d/.exec(cell.text)?.[1]) > 12
  return days.length >= 3 && days.every(cell => Number(cell.text.slice(8)) <= 12) && cells.some(isLeftAsText)
}

/* ---------- one person ---------- */

type PersonReading = { row: RosterRow; problems: RosterProblem[]; isZeroRestored: boolean }

function readPerson({ ref, cell, text, section }: ListEntry<RosterColumn>): PersonReading {
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

  const name = capitaliseName(text('name'))
  const flaw = nameFlaw(name)
  if (name === UNSAVED_FORMULA) problems.push({ ...ref, column: 'name', reason: 'formula_unsaved' })
  else if (flaw) refuse('name', flaw.reason, flaw.value)

  const byside = readBySide(cell)
  const birth = read('birth', 'birth_unreadable', readBirth) ?? byside.birth
  const numberText = words('number')?.replace(/[\s.'’-]/g, '') ?? null
  const restored = numberText === null ? undefined : restoreZeros(numberText)
  const number = restored ?? numberText
  const reading = number === null ? null : readIdNumber(number)
  if (reading && !reading.ok && isReasonOf(reading.reason, 'id_number_')) refuse('number', reading.reason)
  const phoneText = words('phone')
  const phone = phoneText === null ? null : readPhone(phoneText.replace(/^'/, ''))
  if (phone && !phone.ok && isReasonOf(phone.reason, 'phone_')) refuse('phone', phone.reason)
  const associations: RosterRow['associations'] = {}
  for (const association of ASSOCIATIONS) {
    const mark = read(association, 'mark_unreadable', readMark)
    if (mark !== null) associations[association] = mark
  }
  const row: RosterRow = {
    ...ref,
    name,
    birthOn: birth?.birthOn ?? null,
    birthYear: birth?.birthYear ?? null,
    sex: read('sex', 'sex_unreadable', found => readSex(found.text)) ?? byside.sex,
    number: reading?.ok ? reading.number : null,
    ...(Object.fromEntries(WORDS_COLUMNS.map(column => [column, words(column)])) as Record<WordsColumn, string | null>),
    unit: words('unit'),
    section,
    category: read('category', 'category_unknown', found => readCategory(found.text)),
    isLeader: read('isLeader', 'mark_unreadable', readMark),
    associations,
    phone: phone?.ok ? phone.phone : null,
    chapter: words('chapter'),
  }
  return { row, problems, isZeroRestored: restored !== undefined }
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

function nameFlaw(name: string): { reason: RosterReason; value?: string } | undefined {
  if (name === '') return { reason: 'name_missing' }
  if (name.length > MAX_TEXT) return { reason: 'too_long', value: `${cutText(name, 30)}…` }
  return isName(name) ? undefined : { reason: 'name_unreadable' }
}

function isReasonOf<Prefix extends 'id_number_' | 'phone_'>(
  reason: string,
  prefix: Prefix,
): reason is Extract<RosterReason, `${Prefix}${string}`> {
  return reason.startsWith(prefix)
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
