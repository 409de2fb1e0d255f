import { grouped } from './grouping.ts'
import { readIdCell } from './id-number.ts'
import { UNSAVED_FORMULA } from './list.ts'
import { changedCells, groupWord, type Mending } from './mending.ts'
import {
  LACK_COLUMNS,
  LISTED_COLUMNS,
  type RowContext,
  type WorklistCells,
  type WorklistColumn,
  type WorklistProblem,
  type WorklistReason,
  type WorklistRow,
} from './worklist.ts'
import { readListedRow, type WorklistReading } from './worklist-return.ts'

/** The cells that mend a problem, the likeliest first; none where no cell does, or the row's own cells say which. */
const MENDED_BY: Record<WorklistReason, readonly WorklistColumn[]> = {
  name_missing: ['name'],
  number_missing: ['number'],
  name_lost_font: ['name'],
  name_signs: ['name'],
  name_unreadable: ['name'],
  id_number_characters: ['number'],
  id_number_shortened: ['number'],
  id_number_old_card: ['number'],
  id_number_phone: ['number'],
  id_number_length: ['number'],
  id_number_century: ['number'],
  phone_characters: ['phone'],
  phone_two: ['phone'],
  phone_length: ['phone'],
  phone_landline: ['phone'],
  phone_not_mobile: ['phone'],
  birth_unreadable: ['birth'],
  birth_disagrees: ['birth', 'number'],
  birth_date_needed: ['birth'],
  too_young: ['birth', 'number'],
  hamlet_missing: ['hamlet'],
  hamlet_lost_font: ['hamlet'],
  commune_missing: ['commune'],
  commune_unknown: ['commune'],
  commune_outside: ['commune'],
  commune_ambiguous: ['commune'],
  commune_kind_needed: ['commune'],
  mark_unreadable: LACK_COLUMNS,
  lack_unknown: ['lacks'],
  nothing_lacking: ['lacks'],
  repeated: ['number'],
  on_other_list: [],
  helped_already: [],
  formula_unsaved: [],
  code_unreadable: ['code'],
  code_unknown: ['code'],
  code_other_person: ['code', 'name'],
  code_repeated: ['code'],
  state_unknown: ['state'],
  appointment_day_unreadable: ['appointmentOn'],
  appointment_day_missing: ['appointmentOn', 'state'],
  appointment_time_unreadable: ['appointmentTime'],
  appointment_state_needed: ['state', 'appointmentOn'],
  place_long: ['appointmentPlace'],
  note_long: ['note'],
  done_by_record: ['state'],
  already_done: [],
  contact_moved: [],
  contact_not_allowed: [],
}

/** The cells that mend a row's problems, the likeliest first. */
export function mendedColumns(
  problems: readonly Pick<WorklistProblem, 'reason'>[],
  texts: WorklistCells,
): WorklistColumn[] {
  const unsaved = LISTED_COLUMNS.filter(column => texts[column] === UNSAVED_FORMULA)
  return [...new Set([...unsaved, ...problems.flatMap(({ reason }) => MENDED_BY[reason])])]
}

const SHARED: readonly WorklistColumn[] = ['hamlet', 'commune', 'lacks', 'state', 'appointmentOn']

/** The cell that one text for all rows with a problem goes into; undefined where rows are mended one by one. */
export function sharedWorklistCell(reason: WorklistReason): WorklistColumn | undefined {
  const [column] = MENDED_BY[reason]
  return column !== undefined && SHARED.includes(column) ? column : undefined
}

/** A problem of a list's row as rows share it. */
export const sharedProblem = ({ reason }: WorklistProblem) => ({ column: null, reason })

/** The texts of a row that was read; of a birth day only the year is known. */
function textsOf({ name, number, birthYear, phone, localityCode, hamlet, address, lacks }: WorklistRow): WorklistCells {
  const marks = Object.fromEntries(lacks.map(lack => [lack, 'x']))
  return {
    name,
    number,
    birth: String(birthYear),
    phone: phone ?? '',
    commune: localityCode,
    hamlet,
    address: address ?? '',
    ...marks,
  }
}

/** Gives the texts of a row with a problem, whether it was read or not. */
export function textsReader({ rows, cells = {} }: WorklistReading): (row: number) => WorklistCells {
  const read = new Map(rows.map(row => [row.row, row]))
  return row => {
    const found = read.get(row)
    return found ? textsOf(found) : (cells[row] ?? {})
  }
}

/** A number that can be read is not shown whole, not even to be mended (domain 11). */
const isHiddenNumber = (texts: WorklistCells, column: WorklistColumn) =>
  column === 'number' && readIdCell(texts.number ?? '').ok

/** The cells that mend a row, as they are written; hidden ones are left out. */
export function shownWorklistCells(
  texts: WorklistCells,
  problems: readonly Pick<WorklistProblem, 'reason'>[],
): WorklistCells {
  const shown: WorklistCells = {}
  for (const column of mendedColumns(problems, texts)) {
    const text = isHiddenNumber(texts, column) ? undefined : texts[column]
    if (text !== undefined) shown[column] = text
  }
  return shown
}

/**
 * Writes cells of problem rows again as a form says, and reads those rows again; returns what the whole list says then
 * and how many rows were mended. `problems`: those of reading and planning.
 */
export function mendWorklistRows(
  reading: WorklistReading,
  problems: readonly WorklistProblem[],
  mending: Mending<WorklistColumn>,
  context: RowContext,
): WorklistReading & { mended: number } {
  const textsOfRow = textsReader(reading)
  const problemsOf = grouped(problems, ({ row }) => row)
  const texts = new Map([...problemsOf.keys()].map(row => [row, textsOfRow(row)]))
  const changed = changedCells(
    mending,
    [...problemsOf].map(([row, found]) => {
      const own = texts.get(row) ?? {}
      return {
        key: String(row),
        words: found.map(problem => groupWord(sharedProblem(problem))),
        textOf: (column: WorklistColumn) => own[column] ?? '',
        isHidden: (column: WorklistColumn) => isHiddenNumber(own, column),
      }
    }),
  )
  const isMended = ({ row }: { row: number }) => changed.has(String(row))
  const mended: Required<WorklistReading> = {
    rows: reading.rows.filter(row => !isMended(row)),
    returned: (reading.returned ?? []).filter(row => !isMended(row)),
    unread: reading.unread.filter(row => !isMended(row)),
    cells: { ...reading.cells },
  }
  for (const [key, said] of changed) {
    const row = Number(key)
    readListedRow(row, { ...texts.get(row), ...Object.fromEntries(said) }, { context, reading: mended })
  }
  const byRow = (a: { row: number }, b: { row: number }) => a.row - b.row
  mended.rows.sort(byRow)
  mended.returned.sort(byRow)
  mended.unread.sort(byRow)
  return { ...mended, mended: changed.size }
}
