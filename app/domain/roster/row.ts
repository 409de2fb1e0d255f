import type { Day } from '../calendar.ts'
import type { IdNumberProblem } from '../id-number.ts'
import type { ListConversion, ListNotice, ListRef, TableReason } from '../list.ts'
import type { WordProblem } from '../name-problem.ts'
import type { PhoneProblem } from '../phone.ts'
import type { InputProblem } from '../problem.ts'
import type { Association, Category, Sex, UnitRole } from '../vocabulary.ts'

/** What a roster's file says, as agencies and associations keep it: its columns, its rows, and what is wrong with them. */

/**
 * The columns of a roster, in the order of the template, the export and the preview, each with what it holds. `words`:
 * a text compared without marks and case; `staff_words`: such a text that only a staff list changes; `membership`: a
 * mark of one association; `own`: a rule of its own in `columns.ts`.
 */
export const COLUMNS = {
  staffCode: 'staff_words',
  name: 'own',
  birth: 'own',
  sex: 'own',
  number: 'own',
  position: 'staff_words',
  unit: 'own',
  category: 'own',
  isLeader: 'own',
  role: 'own',
  union: 'membership',
  youth: 'membership',
  women: 'membership',
  farmers: 'membership',
  veterans: 'membership',
  phone: 'own',
  hamlet: 'words',
  chapter: 'own',
} as const satisfies Record<Association, 'membership'> & Record<string, 'words' | 'staff_words' | 'membership' | 'own'>
export type RosterColumn = keyof typeof COLUMNS
export const ROSTER_COLUMNS = Object.keys(COLUMNS) as RosterColumn[]

/** The columns that hold plain words: a row, a known official and a change have a field of the same name. */
export type WordsColumn = {
  [C in RosterColumn]: (typeof COLUMNS)[C] extends 'words' | 'staff_words' ? C : never
}[RosterColumn]
export const WORDS_COLUMNS = ROSTER_COLUMNS.filter(isWordsColumn)

export function isWordsColumn(column: RosterColumn): column is WordsColumn {
  return COLUMNS[column].endsWith('words')
}

/** What a file may weigh. */
export const ROSTER_FILE_BYTES = 10 * 1024 * 1024

export type RosterFileReason = TableReason | 'no_roster'

/** A row as the screen of a spreadsheet names it. */
export type RowRef = ListRef

/** What one row says about one person; null where its sheet does not say. */
export type RosterRow = RowRef &
  Record<WordsColumn, string | null> & {
    name: string
    /** null where only the year is given */
    birthOn: Day | null
    birthYear: number | null
    sex: Sex | null
    /** 12 digits */
    number: string | null
    /** as written; names one unit of the importing unit's subtree */
    unit: string | null
    /** the heading above the row within the list; counts as its unit where it names one */
    section: string | null
    category: Category | null
    isLeader: boolean | null
    /** the role at their unit that the row plans; left out: none */
    role?: UnitRole
    /** true: is a member; false: the sheet says expressly that they are not */
    associations: Partial<Record<Association, boolean>>
    phone: string | null
    chapter: string | null
  }

export type RosterReason =
  | IdNumberProblem
  | PhoneProblem
  | WordProblem
  | Extract<InputProblem, 'too_long'>
  /* what a sheet or cell does not let itself be read as */
  | 'column_missing'
  | 'column_repeated'
  | 'name_missing'
  | 'birth_unreadable'
  | 'sex_unreadable'
  | 'category_unknown'
  | 'role_unknown'
  | 'mark_unreadable'
  | 'cell_error'
  | 'formula_unsaved'
  /* what a row contradicts in itself */
  | 'number_birth_mismatch'
  | 'number_sex_mismatch'
  | 'identity_missing'
  | 'category_missing'
  | 'unit_unknown'
  | 'unit_guarded'
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
  | 'moved_from_above'
  | 'transfer_waits'
  | 'phone_taken'
  /* what nobody does to themself */
  | 'own_record'

/** `value`: the content of the cell; `other`: the row with which this one disagrees; `example`: how it may be written. */
export type RosterProblem = RowRef & {
  column: RosterColumn | null
  reason: RosterReason
  value?: string
  other?: RowRef
  example?: string
}

export type RosterNotice = ListNotice
export type RosterConversion = ListConversion<RosterColumn>

/** The result of reading a file: a row is in `rows` if all its cells could be read, else in `problems`. */
export type RosterReading = {
  rows: RosterRow[]
  problems: RosterProblem[]
  /**
   * rows with problems, by the name that they seem to give ('' where none), with what could be read; `read` left out:
   * stored by a version that kept only the name
   */
  unread: (RowRef & { name: string; read?: RosterRow })[]
  conversions: RosterConversion[]
  notices: RosterNotice[]
}

/** A row's place as one word, for maps. */
export function refKey({ sheet, row }: RowRef): string {
  return `${row}!${sheet}`
}

export function refOf({ sheet, row }: RowRef): RowRef {
  return { sheet, row }
}

export function problemOf(
  row: RowRef,
  column: RosterColumn | null,
  reason: RosterReason,
  details: Pick<RosterProblem, 'value' | 'other' | 'example'> = {},
): RosterProblem {
  return { ...refOf(row), column, reason, ...details }
}
