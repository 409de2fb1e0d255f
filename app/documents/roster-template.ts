import { type Day, isDay } from '#app/domain/calendar.ts'
import { chapterToWrite, type Membership } from '#app/domain/roster/membership.ts'
import { ROSTER_COLUMNS, type RosterColumn, type WordsColumn } from '#app/domain/roster/row.ts'
import {
  ASSOCIATIONS,
  CATEGORIES,
  type Category,
  SEXES,
  type Sex,
  UNIT_ROLES,
  type UnitRole,
} from '#app/domain/vocabulary.ts'
import { formatDay } from '#app/text/format.ts'
import { EXAMPLE_MARK, rosterCategories, rosterGuidance, rosterHeaders, rosterRoles } from '#app/text/roster.ts'
import { labels } from '#app/text/vocabulary.ts'
import { type Column, sheetOf, writeWorkbook } from './workbook.ts'

/** One person as a roster lists them; `number` and `phone` in clear, null where not known or not to be shown. */
export type RosterEntry = Record<WordsColumn, string | null> & {
  name: string
  birthOn: Day | null
  birthYear: number | null
  sex: Sex | null
  number: string | null
  /** from `unitLabels`, so that an import finds it again */
  unit: string | null
  category: Category | null
  isLeader: boolean
  /** the role at their unit, held or waiting; null: none */
  role: UnitRole | null
  memberships: readonly Membership[]
  phone: string | null
}

const MARK = 'x'
const CATEGORY_CHOICES = CATEGORIES.map(category => rosterCategories[category])
const SEX_CHOICES = SEXES.map(sex => labels.sex[sex])
const ROLE_CHOICES = UNIT_ROLES.map(role => rosterRoles[role])
const MARK_CHOICES = [MARK, 'không']

const COLUMNS: readonly Column<RosterEntry>[] = ROSTER_COLUMNS.map(column => ({
  header: rosterHeaders[column].header,
  width: rosterHeaders[column].width,
  kind: 'text',
  value: entry => cellText(entry, column),
  choices: choicesOf(column),
}))

function cellText(entry: RosterEntry, column: RosterColumn): string | null {
  switch (column) {
    case 'birth':
      return entry.birthOn && isDay(entry.birthOn) ? formatDay(entry.birthOn) : (entry.birthYear?.toString() ?? null)
    case 'sex':
      return entry.sex && labels.sex[entry.sex]
    case 'category':
      return entry.category && rosterCategories[entry.category]
    case 'isLeader':
      return entry.isLeader ? MARK : null
    case 'role':
      return entry.role && rosterRoles[entry.role]
    case 'chapter':
      return chapterToWrite(entry.memberships)
    case 'union':
    case 'youth':
    case 'women':
    case 'farmers':
    case 'veterans':
      return entry.memberships.some(({ association }) => association === column) ? MARK : null
    default:
      return entry[column]
  }
}

function choicesOf(column: RosterColumn): readonly string[] {
  if (column === 'category') return CATEGORY_CHOICES
  if (column === 'sex') return SEX_CHOICES
  if (column === 'role') return ROLE_CHOICES
  return column === 'isLeader' || ASSOCIATIONS.some(association => association === column) ? MARK_CHOICES : []
}

/** The roster of a unit as an .xlsx workbook with the columns of the import; importing it again changes nothing. */
export function writeRoster({
  title,
  asOf,
  entries,
}: {
  title: string
  asOf: number
  entries: readonly RosterEntry[]
}): Promise<Uint8Array> {
  return writeWorkbook({
    title,
    campaign: null,
    asOf,
    sheets: [sheetOf({ name: 'Danh sách', columns: COLUMNS, rows: entries })],
  })
}

const EXAMPLE: RosterEntry = {
  staffCode: 'CB001',
  name: `${EXAMPLE_MARK} Nguyễn Văn Mẫu`,
  birthOn: '1985-03-12',
  birthYear: 1985,
  sex: 'male',
  number: '070085000001',
  position: 'Chuyên viên',
  unit: null,
  category: 'civil_servant',
  isLeader: false,
  role: null,
  memberships: [{ association: 'union', chapter: null }],
  phone: '0901234567',
  hamlet: null,
}

/** The template to fill in: the columns with lists to choose from, an example row, and a sheet of guidance. */
export function writeRosterTemplate(): Promise<Uint8Array> {
  const guidance = [
    ...rosterGuidance.map(hint => ({ column: 'Cách ghi', hint })),
    ...ROSTER_COLUMNS.map(column => rosterHeaders[column]).map(({ header, hint }) => ({ column: header, hint })),
  ]
  return writeWorkbook({
    title: 'DANH SÁCH NGƯỜI THỰC HIỆN',
    campaign: null,
    sheets: [
      sheetOf({ name: 'Danh sách', columns: COLUMNS, rows: [EXAMPLE] }),
      sheetOf({
        name: 'Hướng dẫn',
        columns: [
          { header: 'Cột', width: 20, kind: 'text', value: row => row.column },
          { header: 'Nội dung ghi', width: 100, kind: 'text', value: row => row.hint },
        ],
        rows: guidance,
      }),
    ],
  })
}
