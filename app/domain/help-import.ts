import type { Day } from './calendar.ts'
import type { OwnRecord } from './early-check.ts'
import type { Foresight } from './foresight.ts'
import { grouped, remembered } from './grouping.ts'
import { checkHelp, fitsCheckedDays, type HelpContext, type HelpInput, helpInput } from './help.ts'
import { readIdCell } from './id-number.ts'
import { isLateEntry } from './late-entry.ts'
import { composed } from './letters.ts'
import type { TableReason } from './list.ts'
import { foldWords, isShorthand, named, peopleNamed } from './name.ts'
import { placesNamed } from './place-name.ts'
import { INPUT_PROBLEMS, type InputProblem } from './problem.ts'
import { readRecordCode } from './record-code.ts'
import type { Regulation } from './regulation.ts'
import { CONSENT_CHANNELS, HELP_PLACES, OUTCOMES, type Outcome, type Sex } from './vocabulary.ts'

/**
 * Records that came in by Zalo and Excel since the first day, entered by a coordinator (plan IV.1, domain 5). Every row
 * becomes a help record in its official's name, through the shape and the checks of a single record.
 */

/** The columns of the template, in its order. */
export const HELP_COLUMNS = [
  'staffCode',
  'officialName',
  'unit',
  'citizenName',
  'citizenNumber',
  'birth',
  'phone',
  'carrier',
  'district',
  'commune',
  'hamlet',
  'helpedOn',
  'place',
  ...OUTCOMES,
  'consentChannel',
  'consent',
  'note',
] as const
/** Those of an exported list besides, whose rows name their record by its code. */
export const LISTED_HELP_COLUMNS = [...HELP_COLUMNS, 'recordCode'] as const
export type HelpColumn = (typeof LISTED_HELP_COLUMNS)[number]

/** Rows that one file may bring. */
export const MAX_HELP_ROWS = 5000
export const HELP_FILE_BYTES = 10 * 1024 * 1024

/** Why a row cannot become a record although its own cells may be right. */
export const HELP_ROW_PROBLEMS = [
  'unreadable',
  'formula_unsaved',
  'official_missing',
  'official_unknown',
  'official_ambiguous',
  'official_disagrees',
  'official_self',
  'commune_unknown',
  'commune_unlisted',
  'commune_ambiguous',
  'commune_kind_needed',
  'repeated_row',
  'record_unknown',
  'record_differs',
] as const
/** Why a file gives no rows at all. */
export type HelpFileReason = TableReason | 'no_header' | 'too_many_rows'

/** What becomes of a row. */
export const HELP_FATES = ['problem', 'create', 'recorded'] as const
export type HelpFate = (typeof HELP_FATES)[number]

type HelpRowReason = (typeof HELP_ROW_PROBLEMS)[number] | InputProblem

export type HelpRowProblem = { column: HelpColumn | null; reason: HelpRowReason }

/** One row as read: its cells as written, to be given back, and what they say. */
export type HelpRow = {
  /** as on the screen, from 1 */
  row: number
  cells: Partial<Record<HelpColumn, string>>
  /** the help form's fields, but for commune and submission key; blank where the cell is */
  fields: Record<string, string>
  unread: HelpRowProblem[]
}

/** Somebody in whose name the actor may record; `unitNames`: what the unit where they are posted today is called. */
type KnownHelper = {
  officialId: number
  staffCode: string
  /** those of entries that were merged into this one */
  formerCodes: readonly string[]
  name: string
  unitNames: readonly string[]
}
/** `district` undefined: none lies between the commune and the province */
type KnownCommune = { code: string; name: string; district?: string }

/** What a row is planned against. */
export type HelpPlanContext = Pick<HelpContext, 'today'> & {
  regulation: HelpContext['regulation'] & Parameters<typeof isLateEntry>[1] & Pick<Regulation, 'mustAchieve'>
  helpers: readonly KnownHelper[]
  /** the coordinator's own id: own cases are entered as own */
  ownOfficialId: number | null
  communes: readonly KnownCommune[]
  /** the locality of the unit that imports; null: it has none */
  ownLocality: string | null
  /** the number is that of this official */
  isSelf: (officialId: number, number: string) => boolean
  /** the record that this official has of this citizen already; undefined: none */
  recordOf: (officialId: number, number: string) => number | undefined
  /** days of this citizen in this official's records that extracts have checked; empty: none */
  checkedDaysOf: (officialId: number, number: string) => readonly Day[]
  /** the record of a code, where the actor may see it; undefined: there is none for them */
  written: (helpId: number) => WrittenRecord | undefined
  /** the submission key of a row, the same whenever it is planned */
  keyOf: (row: number) => string
}

export type HelpPlan = {
  creates: { row: number; officialId: number; input: HelpInput }[]
  /** rows whose official has recorded their citizen before: left alone, and continued in that record */
  recorded: { row: number; helpId: number }[]
  problems: ({ row: number } & HelpRowProblem)[]
}

/** After the last day of entry each record needs its own document, which a table has no place for. */
function lateProblems({ today, regulation }: HelpPlanContext) {
  return isLateEntry(today, regulation)
    ? [{ column: 'helpedOn' as const, reason: 'late_document_needed' as const }]
    : []
}

/** Plans each row; a row with any problem is not recorded, tells all of them, and does not keep the others back. */
export function planHelp(rows: readonly HelpRow[], context: HelpPlanContext): HelpPlan {
  const plan: HelpPlan = { creates: [], recorded: [], problems: [] }
  const finders = { findHelper: helperFinder(context), findCommune: communeFinder(context) }
  const taken = new Set<string>()
  for (const row of rows) {
    if (row.cells.recordCode) {
      addReturned(plan, row, context)
      continue
    }
    const { input, official, problems } = readRow(row, finders, context)
    const { number } = input?.citizen ?? {}
    const isKnown = official !== undefined && number !== undefined && !hasFault(problems, 'citizenNumber')
    const key = isKnown ? `${official.officialId} ${number}` : ''
    if (taken.has(key)) problems.push({ column: 'citizenNumber', reason: 'repeated_row' })
    if (problems.length > 0 || !isKnown || !input) {
      plan.problems.push(...problems.map(problem => ({ row: row.row, ...problem })))
      continue
    }
    taken.add(key)
    const { officialId } = official
    const helpId = context.recordOf(officialId, number)
    if (helpId === undefined) plan.creates.push({ row: row.row, officialId, input })
    else plan.recorded.push({ row: row.row, helpId })
  }
  return plan
}

/** A row of an exported list is left alone where it says what its record says; a record is edited on its own page. */
function addReturned(plan: HelpPlan, row: HelpRow, { written }: HelpPlanContext) {
  const helpId = readRecordCode(row.cells.recordCode ?? '')
  const record = helpId === undefined ? undefined : written(helpId)
  if (helpId === undefined || record === undefined) {
    plan.problems.push({ row: row.row, column: 'recordCode', reason: 'record_unknown' })
    return
  }
  const columns = differingColumns(row, record)
  for (const column of columns) plan.problems.push({ row: row.row, column, reason: 'record_differs' })
  if (columns.length === 0) plan.recorded.push({ row: row.row, helpId })
}

type Finders = { findHelper: ReturnType<typeof helperFinder>; findCommune: ReturnType<typeof communeFinder> }

/** What a row says, as far as it can be read, and everything that keeps it from being recorded. */
function readRow(row: HelpRow, { findHelper, findCommune }: Finders, context: HelpPlanContext) {
  const problems = [...row.unread]
  const helper = findHelper(row.cells)
  if (typeof helper === 'string') problems.push({ column: helperColumn(row.cells), reason: helper })
  const official = typeof helper === 'string' ? undefined : helper
  const commune = findCommune(row.cells)
  if (commune.problem) problems.push({ column: 'commune', reason: commune.problem })
  const fields = {
    ...withBlankOutcomes(row, context.regulation.requiredOutcomes),
    localityCode: commune.code ?? '',
    submissionKey: context.keyOf(row.row),
  }
  const input = readFields(fields, problems)
  if (input) {
    const holder = hasFault(problems, 'citizenNumber') ? undefined : official
    const found = [...inputProblems(input, holder, context), ...lateProblems(context)]
    problems.push(...found.filter(problem => restsOnNoFault(problem, problems)))
  }
  return { input, official, problems }
}

/** Rounds of reading: single fields, then what two of them say together, then the rest. */
const ROUNDS = 3

/**
 * Reads the fields of a record and adds all their problems; with any, the input is what the row says beside them.
 * Undefined where that cannot be read.
 */
function readFields(fields: Record<string, string>, problems: HelpRowProblem[]): HelpInput | undefined {
  for (let round = 1; round <= ROUNDS; round++) {
    const read = helpInput.safeParse(round === 1 ? fields : withoutFaults(fields, problems))
    if (read.success) return read.data
    problems.push(...problemsOf(read.error.issues, problems))
  }
  return undefined
}

const hasFault = (problems: readonly HelpRowProblem[], column: HelpColumn) =>
  problems.some(problem => problem.column === column)

/** A blank cell of an outcome that each record must name says that it was not reached. */
function withBlankOutcomes({ fields }: HelpRow, required: readonly Outcome[]): Record<string, string> {
  const blank = required.filter(outcome => !fields[`outcome_${outcome}`])
  return { ...fields, ...Object.fromEntries(blank.map(outcome => [`outcome_${outcome}`, 'not_yet'])) }
}

/** Texts that can be read, in place of required ones that cannot. */
const SOUND: Record<string, string> = {
  citizenName: 'Họ Tên',
  citizenNumber: '070190000001',
  localityCode: '0',
  helpedOn: '2000-01-01',
  place: HELP_PLACES[0],
  consentChannel: CONSENT_CHANNELS[0],
  consent: 'on',
}

/** The fields beside those with a fault, which are taken as blank, or as sound where they are required. */
function withoutFaults(fields: Record<string, string>, faults: readonly HelpRowProblem[]): Record<string, string> {
  const isFaulty = (column: HelpColumn | null) => column !== null && hasFault(faults, column)
  const blank = isFaulty('citizenNumber') ? { birthOn: '', birthYear: '' } : {}
  const sound = Object.entries(fields).map(([field, text]) => [
    field,
    isFaulty(columnOf(field)) ? (SOUND[field] ?? '') : text,
  ])
  return { ...Object.fromEntries(sound), ...blank }
}

/** The other columns that problems of a column rest on: age and years, and days from the visit on. */
const RESTS_ON: Partial<Record<HelpColumn, readonly HelpColumn[]>> = {
  citizenNumber: ['birth', 'helpedOn'],
  birth: ['citizenNumber', 'helpedOn'],
  ...Object.fromEntries(OUTCOMES.map(outcome => [outcome, ['helpedOn']])),
}

/** True of a problem that rests on no cell with a fault; such a cell has said so already. */
const restsOnNoFault = ({ column }: HelpRowProblem, faults: readonly HelpRowProblem[]) =>
  column === null || ![column, ...(RESTS_ON[column] ?? [])].some(one => hasFault(faults, one))

/** What keeps a row from being saved as a record of this official; undefined: who it is, is not known. */
function inputProblems(
  input: HelpInput,
  official: KnownHelper | undefined,
  context: HelpPlanContext,
): HelpRowProblem[] {
  const { number } = input.citizen
  const { regulation } = context
  const isSelf = official !== undefined && context.isSelf(official.officialId, number)
  const found = checkHelp(input, { ...context, isKnownLocality: true, isSelf })
  const fits =
    official === undefined || fitsCheckedDays(input, context.checkedDaysOf(official.officialId, number), regulation)
  return [
    ...found.map(({ field, reason }) => ({ column: columnOf(field), reason })),
    ...(fits ? [] : [{ column: regulation.mustAchieve, reason: 'day_checked' as const }]),
  ]
}

/** The shape's issues by column; a column that could not be read, or has no commune, has said so already. */
function problemsOf(
  issues: readonly { path: PropertyKey[]; message: string }[] = [],
  known: readonly HelpRowProblem[],
): HelpRowProblem[] {
  const found = issues.map(issue => ({
    column: columnOf(String(issue.path[0] ?? '')),
    reason: INPUT_PROBLEMS.find(word => word === issue.message) ?? ('unreadable' as const),
  }))
  return found.filter(({ column }) => !known.some(problem => problem.column === column))
}

const FIELD_COLUMNS: Record<string, HelpColumn> = { birthOn: 'birth', birthYear: 'birth', localityCode: 'commune' }

/** The column whose cell a field of the form is read from. */
export function columnOf(field: string): HelpColumn | null {
  const name = FIELD_COLUMNS[field] ?? field.replace(/^outcome_/, '').replace(/_on$/, '')
  return HELP_COLUMNS.find(column => column === (field === 'helpedOn' ? field : name)) ?? null
}

type Cells = HelpRow['cells']

const helperColumn = (cells: Cells): HelpColumn => (cells.staffCode ? 'staffCode' : 'officialName')

/** Finds who helped: by staff code, else by a name that only one person has (in the unit, if it is given). */
function helperFinder({ helpers, ownOfficialId }: Pick<HelpPlanContext, 'helpers' | 'ownOfficialId'>) {
  const coded = helpers.flatMap(helper => [...helper.formerCodes, helper.staffCode].map(code => ({ code, helper })))
  const byCode = grouped(coded, ({ code }) => foldWords(code))
  const byName = grouped(helpers, ({ name }) => foldWords(name))
  const nameOf = ({ name }: KnownHelper) => name
  const settle = (found: readonly KnownHelper[]): KnownHelper | HelpRowReason => {
    const [first, second] = found
    if (!first) return 'official_unknown'
    if (second) return 'official_ambiguous'
    return first.officialId === ownOfficialId ? 'official_self' : first
  }
  return ({ staffCode, officialName, unit }: Cells): KnownHelper | HelpRowReason => {
    if (staffCode) {
      const found = settle([...new Set(byCode.get(foldWords(staffCode))?.map(({ helper }) => helper))])
      const isOther =
        typeof found !== 'string' && officialName && peopleNamed([found], officialName, nameOf).length === 0
      return isOther ? 'official_disagrees' : found
    }
    if (!officialName) return 'official_missing'
    const alike = byName.get(foldWords(officialName)) ?? []
    const within = unit ? inUnit(alike, unit) : alike
    return settle(peopleNamed(within, officialName, nameOf))
  }
}

/** Those of a unit as a list calls it: by its name, or with those above it. */
function inUnit(helpers: readonly KnownHelper[], unit: string): KnownHelper[] {
  const called = helpers.flatMap(helper => helper.unitNames.map(name => ({ helper, name })))
  return [...new Set(named(called, unit, ({ name }) => name).map(({ helper }) => helper))]
}

/**
 * Finds where the citizen lives: by code or by name, with or without its kind. Of several of one name it is the
 * importing unit's own; seven names need their district. Without districts the name, its kind or the code decide.
 */
function communeFinder({ communes, ownLocality }: Pick<HelpPlanContext, 'communes' | 'ownLocality'>) {
  const isDivided = communes.some(({ district }) => district !== undefined)
  const find = (commune: string, district?: string): { code?: string; problem?: HelpRowReason } => {
    const found = placesNamed(communes, commune, district)
    const [first, second] = found
    if (!first) return { problem: isDivided ? 'commune_unknown' : 'commune_unlisted' }
    const own = found.find(({ code }) => code === ownLocality)
    if (!second || own) return { code: (own ?? first).code }
    return { problem: isDivided ? 'commune_ambiguous' : 'commune_kind_needed' }
  }
  const inDistrict = remembered((district: string) => remembered((commune: string) => find(commune, district)))
  return ({ commune, district = '' }: Cells): ReturnType<typeof find> =>
    commune ? inDistrict(district)(commune) : { problem: 'required' }
}

/* ---------- exported rows ---------- */

/** What a record says, by the fields of the form; `isCitizen`: a number is its citizen's. */
export type WrittenRecord = {
  fields: Readonly<Record<string, string>>
  staffCodes: readonly string[]
  officialName: string
  communeName: string
  districtName: string
  isCitizen: (number: string) => boolean
}

/** The columns in which a row says something else than its record; a blank cell says nothing. */
function differingColumns({ cells, fields }: HelpRow, record: WrittenRecord): HelpColumn[] {
  const differing = new Set<HelpColumn>()
  for (const [field, said] of Object.entries(fields)) {
    const column = columnOf(field)
    const isNumber = column === 'citizenNumber'
    if (said === '' || column === null || (isNumber && record.isCitizen(said))) continue
    if (isNumber || sameSpaces(said) !== sameSpaces(record.fields[field] ?? '')) differing.add(column)
  }
  const { staffCode, officialName, commune, district } = cells
  if (staffCode && !record.staffCodes.some(code => foldWords(code) === foldWords(staffCode))) differing.add('staffCode')
  if (officialName && !isShorthand(officialName, record.officialName)) differing.add('officialName')
  if (commune && !isShorthand(commune, record.communeName)) differing.add('commune')
  if (district && !isShorthand(district, record.districtName)) differing.add('district')
  return [...differing]
}

const sameSpaces = (text: string) => composed(text).replace(/\s+/g, ' ').trim()

/** A row of a batch and its planned effect; of the citizen's number the last digits alone. */
export type HelpPreviewRow = {
  row: number
  fate: HelpFate
  citizenName: string
  numberTail: string | null
  /** as the number says; null: it cannot be read */
  sex: Sex | null
  birthOn: Day | null
  birthYear: number | null
  /** commune and hamlet; of a row that is to be mended as they are written */
  livesAt: string
  /** the matched official's name; if there is no match, the text of the cell */
  officialName: string
  /** null: not readable; `writtenDay` is the text of the cell */
  helpedOn: Day | null
  writtenDay: string
  /** null: the row would make no record */
  foresight: Foresight | null
  /** an earlier row of this file about the same citizen, by another official; null: none */
  sameCitizenAs: number | null
  /** the number is no province's (`isAbroad`) */
  isAbroad: boolean
  /** another official recorded the citizen; false also where that was not asked */
  isRecorded: boolean
  /** the record that the row's official made of the citizen before; null: none */
  own: OwnRecord | null
  /** what is to be mended, and the cells that mend it as written; both are empty for other rows */
  problems: HelpRowProblem[]
  cells: HelpRow['cells']
}

/** The last digits of a row's number, for a list on the screen; null where none could be read. */
export function tailOf({ citizenNumber }: Cells): string | null {
  const reading = readIdCell(citizenNumber ?? '')
  return reading.ok ? reading.number.slice(-3) : null
}

/* ---------- mending ---------- */

const HELPER: readonly HelpColumn[] = ['staffCode', 'officialName', 'unit']
const COMMUNE: readonly HelpColumn[] = ['commune', 'district']

/** The cells that mend a problem, the likeliest first; none where no cell does. */
export function mendedBy({ column, reason }: HelpRowProblem): readonly HelpColumn[] {
  if (reason === 'late_document_needed' || column === null) return []
  if (reason === 'official_ambiguous') return ['unit', 'staffCode', 'officialName']
  if (HELPER.includes(column)) return HELPER
  if (reason === 'commune_ambiguous') return ['district', 'commune']
  if (reason === 'commune_unlisted' || reason === 'commune_kind_needed') return ['commune']
  return COMMUNE.includes(column) ? COMMUNE : [column]
}

/** What is each citizen's own: no one text goes into such a cell of several rows. */
const PERSONAL: readonly HelpColumn[] = ['citizenName', 'citizenNumber', 'birth', 'phone', 'note', 'recordCode']

/** The cell that one text for all rows with a problem goes into; undefined where rows are mended one by one. */
export function sharedCell(problem: HelpRowProblem): HelpColumn | undefined {
  const [column] = mendedBy(problem)
  const isOwn = problem.reason === 'repeated_row' || problem.reason === 'record_differs'
  return column === undefined || isOwn || PERSONAL.includes(column) ? undefined : column
}

/** A number that can be read is not shown whole, not even to be mended (domain 11). */
export const isHiddenCell = (cells: Cells, column: HelpColumn) => column === 'citizenNumber' && tailOf(cells) !== null

/** The cells that mend a row, as they are written; hidden ones are left out. */
export function shownCells(cells: Cells, problems: readonly HelpRowProblem[]): Cells {
  const shown: Cells = {}
  for (const column of problems.flatMap(mendedBy)) {
    const text = isHiddenCell(cells, column) ? undefined : cells[column]
    if (text !== undefined) shown[column] = text
  }
  return shown
}
