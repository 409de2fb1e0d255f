import { CONTACT_LETTERS, NOTED_STATES } from './assignment.ts'
import type { ContactInput } from './assignment-input.ts'
import type { Day } from './calendar.ts'
import { UNSAVED_FORMULA } from './list.ts'
import { foldWords, peopleNamed } from './name.ts'
import { readSpokenTime } from './spoken-time.ts'
import { ASSIGNMENT_STATES, type AssignmentState } from './vocabulary.ts'
import {
  type PlannedContact,
  RETURNED_COLUMNS,
  type RowContext,
  readWorklistRow,
  textIn,
  WORKLIST_COLUMNS,
  type WorklistCells,
  type WorklistColumn,
  type WorklistPlan,
  type WorklistProblem,
  type WorklistReason,
  type WorklistRow,
} from './worklist.ts'
import { readDay } from './written-day.ts'

/**
 * Rows of a list that was exported, filled in and imported again. They name their citizen by the code of the assignment
 * and bring what came of the contact, nothing else: an export holds no personal number (domain 11).
 */

/** What a file gave: new citizens, exported rows, problems, and the texts of rows that may have to be mended. */
export type WorklistReading = {
  rows: WorklistRow[]
  /** left out: stored by a version that knew none */
  returned?: ReturnedRow[]
  unread: WorklistProblem[]
  /** left out: stored by a version that kept none */
  cells?: Record<number, WorklistCells>
}

/** An exported row as read; '' and null are blank cells, which leave what is known. */
export type ReturnedRow = {
  row: number
  name: string
  assignmentId: number
  /** the version of the assignment that was exported */
  revision: number
  state: AssignmentState | null
  appointmentOn: Day | null
  appointmentTime: string
  appointmentPlace: string
  note: string
}

/** The code of an assignment as its export writes it, with the version that it shows. */
export const assignmentCode = ({ id, revision }: { id: number; revision: number }) => `PC-${id}-${revision}`

function readCode(text: string): Pick<ReturnedRow, 'assignmentId' | 'revision'> | undefined {
  const [, id, revision] = /^PC-?(\d{1,15})-(\d{1,9})$/i.exec(text.replace(/\s/g, '').replace(/[‐-―]/g, '-')) ?? []
  return id === undefined ? undefined : { assignmentId: Number(id), revision: Number(revision) }
}

/** How lists write a state, folded: the words of the screens first. */
const STATE_WORDS: Record<AssignmentState, readonly string[]> = {
  not_contacted: ['chua lien he'],
  appointment: ['da hen', 'hen'],
  no_answer: ['khong nghe may', 'khong bat may', 'khong lien lac duoc'],
  wrong_number: ['sai so dien thoai', 'sai so', 'nham so'],
  submitted: ['da thu nhan cho duyet', 'da thu nhan', 'cho duyet'],
  away: ['di vang', 'vang nha'],
  abroad: ['o nuoc ngoai', 'nuoc ngoai'],
  serving_sentence: ['dang chap hanh an', 'chap hanh an'],
  address_unknown: ['khong ro noi o', 'khong ro dia chi'],
  refused: ['khong dong y', 'tu choi'],
  done: ['da ho tro'],
}

function stateIn(text: string): AssignmentState | undefined {
  const said = foldWords(text)
  return ASSIGNMENT_STATES.find(state => STATE_WORDS[state].includes(said))
}

type Read = { row: ReturnedRow } | { problems: WorklistProblem[] }

function readReturnedRow(row: number, cells: WorklistCells): Read {
  const isUnsaved = ['name' as const, ...RETURNED_COLUMNS].some(column => textIn(cells, column) === UNSAVED_FORMULA)
  const reasons: WorklistReason[] = isUnsaved ? ['formula_unsaved'] : []
  const cell = (column: WorklistColumn) => {
    const text = textIn(cells, column)
    return text === UNSAVED_FORMULA ? '' : text
  }
  const take = <T>(column: WorklistColumn, blank: T, read: (text: string) => T | undefined, reason: WorklistReason) => {
    const text = cell(column)
    const value = text === '' ? blank : read(text)
    if (value === undefined) reasons.push(reason)
    return value ?? blank
  }
  const name = cell('name')
  if (name === '' && !isUnsaved) reasons.push('name_missing')
  const code = readCode(cell('code'))
  if (code === undefined && !isUnsaved) reasons.push('code_unreadable')
  const short = (most: number) => (text: string) => (text.length <= most ? text : undefined)
  const said = {
    state: take('state', null, stateIn, 'state_unknown'),
    appointmentOn: take('appointmentOn', null, text => readDay(text), 'appointment_day_unreadable'),
    appointmentTime: take('appointmentTime', '', readSpokenTime, 'appointment_time_unreadable'),
    appointmentPlace: take('appointmentPlace', '', short(CONTACT_LETTERS.appointmentPlace), 'place_long'),
    note: take('note', '', short(CONTACT_LETTERS.note), 'note_long'),
  }
  if (reasons.length > 0 || code === undefined)
    return { problems: reasons.map(reason => ({ row, name: name.slice(0, 100), reason })) }
  return { row: { row, name, ...code, ...said } }
}

/** Reads one row into `reading`: an exported one where it bears a code, else a citizen to be put on the list. */
export function readListedRow(
  row: number,
  cells: WorklistCells,
  { context, reading }: { context: RowContext; reading: Required<WorklistReading> },
): void {
  if (textIn(cells, 'code') === '') {
    const own = Object.fromEntries(WORKLIST_COLUMNS.map(column => [column, cells[column]]))
    const read = readWorklistRow(row, own, context)
    if (read?.ok) reading.rows.push(read.row)
    else if (read) {
      reading.unread.push(...read.problems)
      reading.cells[row] = cells
    }
    return
  }
  const read = readReturnedRow(row, cells)
  if ('row' in read) reading.returned.push(read.row)
  else reading.unread.push(...read.problems)
  reading.cells[row] = cells
}

/** An assignment that the importer may see on this unit's lists; `mayContact`: they may note a result, too. */
export type KnownAssignment = Omit<ReturnedRow, 'row' | 'assignmentId' | 'state'> & {
  state: AssignmentState
  mayContact: boolean
}

/**
 * Plans the exported rows of a file. A row that says what is known is kept as it is. A code that is on no list here, or
 * beside another person's name, is a problem; so are results that the form would refuse.
 */
export function planReturned(
  rows: readonly ReturnedRow[],
  known: (assignmentId: number) => KnownAssignment | undefined,
): Pick<WorklistPlan, 'kept' | 'problems'> & { contacts: PlannedContact[] } {
  const kept: WorklistPlan['kept'] = []
  const problems: WorklistProblem[] = []
  const contacts: PlannedContact[] = []
  const firstRows = new Map<number, number>()
  for (const said of rows) {
    const { row, name, assignmentId } = said
    const found = known(assignmentId)
    const fate = found ? fateOf(said, found) : 'code_unknown'
    const otherRow = firstRows.get(assignmentId)
    const isTheirs = fate !== 'code_unknown' && fate !== 'code_other_person'
    if (isTheirs && otherRow !== undefined) problems.push({ row, name, reason: 'code_repeated', otherRow })
    else if (fate === 'kept') kept.push({ row, name })
    else if (typeof fate === 'string') problems.push({ row, name, reason: fate })
    else contacts.push({ row, name, assignmentId, input: fate })
    if (isTheirs && otherRow === undefined) firstRows.set(assignmentId, row)
  }
  return { kept, problems, contacts }
}

type Contact = Omit<ContactInput, 'state'> & { state: AssignmentState }

/** What the assignment would say after this row; blank cells leave it, and its appointment goes with its state. */
function contactOf(said: ReturnedRow, found: KnownAssignment): Contact {
  const state = said.state ?? found.state
  const isSet = state === 'appointment' || state === found.state
  return {
    revision: found.revision,
    state,
    appointmentOn: isSet ? (said.appointmentOn ?? found.appointmentOn) : null,
    appointmentTime: isSet ? said.appointmentTime || found.appointmentTime : '',
    appointmentPlace: isSet ? textOver(said.appointmentPlace, found.appointmentPlace) : null,
    note: textOver(said.note, found.note),
    phone: null,
  }
}

/** A text that a cell writes again; one that differs in its spaces alone stays as it was. */
function textOver(said: string, known: string): string | null {
  const isKnown = said === '' || textIn({ note: known }, 'note') === said
  return (isKnown ? known : said) || null
}

/** What becomes of a row: nothing, a problem, or what is to be noted. */
function fateOf(said: ReturnedRow, found: KnownAssignment): WorklistReason | 'kept' | ContactInput {
  if (peopleNamed([found], said.name, ({ name }) => name).length === 0) return 'code_other_person'
  const input = contactOf(said, found)
  if (isKnown(input, found)) return 'kept'
  if (!found.mayContact) return 'contact_not_allowed'
  if (found.state === 'done') return 'already_done'
  if (said.revision !== found.revision) return 'contact_moved'
  const state = NOTED_STATES.find(noted => noted === input.state)
  if (state === undefined) return 'done_by_record'
  return appointmentRefusal(said, input, found) ?? { ...input, state }
}

const isKnown = (input: Contact, found: KnownAssignment) =>
  input.state === found.state &&
  input.appointmentOn === found.appointmentOn &&
  input.appointmentTime === found.appointmentTime &&
  (input.appointmentPlace ?? '') === found.appointmentPlace &&
  (input.note ?? '') === found.note

function appointmentRefusal(said: ReturnedRow, input: Contact, found: KnownAssignment): WorklistReason | null {
  if (input.state === 'appointment') return input.appointmentOn === null ? 'appointment_day_missing' : null
  const isNew =
    (said.appointmentOn !== null && said.appointmentOn !== found.appointmentOn) ||
    (said.appointmentTime !== '' && said.appointmentTime !== found.appointmentTime) ||
    textOver(said.appointmentPlace, found.appointmentPlace) !== (found.appointmentPlace || null)
  return isNew ? 'appointment_state_needed' : null
}
