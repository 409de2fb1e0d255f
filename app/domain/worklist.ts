import type { ContactInput } from './assignment-input.ts'
import type { Day } from './calendar.ts'
import { readMark } from './extract.ts'
import { remembered } from './grouping.ts'
import { hamletFinder } from './hamlet.ts'
import { checkCitizenAge, ID_NUMBER_PROBLEMS, readIdCell } from './id-number.ts'
import { composed, cutText } from './letters.ts'
import { UNSAVED_FORMULA } from './list.ts'
import { readListedName } from './listed-name.ts'
import { foldWords } from './name.ts'
import { WORD_PROBLEMS } from './name-problem.ts'
import { PHONE_PROBLEMS, readPhone } from './phone.ts'
import { placesNamed } from './place-name.ts'
import type { Regulation } from './regulation.ts'
import { isLostFont } from './vietnamese-encoding.ts'
import { type Outcome, type Sex, WORKLIST_LACKS, type WorklistLack } from './vocabulary.ts'
import { readDay } from './written-day.ts'

/** The columns of a worklist, in the order of the template. Those named as a lack are marked `x` where it is lacking. */
export const WORKLIST_COLUMNS = [
  'name',
  'number',
  'birth',
  'phone',
  'commune',
  'hamlet',
  'address',
  ...WORKLIST_LACKS,
  'lacks',
] as const

/** The columns of an exported list that come back: whom a row is about, and what came of going there. */
export const RETURNED_COLUMNS = [
  'code',
  'state',
  'appointmentOn',
  'appointmentTime',
  'appointmentPlace',
  'note',
] as const
export const LISTED_COLUMNS = [...WORKLIST_COLUMNS, ...RETURNED_COLUMNS] as const
export type WorklistColumn = (typeof LISTED_COLUMNS)[number]

const WORKLIST_FILE_REASONS = ['head_missing', 'no_rows', 'too_many_rows', 'too_heavy'] as const
export type WorklistFileReason = (typeof WORKLIST_FILE_REASONS)[number]

/** A worklist belongs to a commune or a part of one. */
export const WORKLIST_ROWS = 20_000
export const WORKLIST_FILE_BYTES = 10 * 1024 * 1024

/** Why a row is not taken. */
const WORKLIST_REASONS = [
  'name_missing',
  ...WORD_PROBLEMS,
  'number_missing',
  ...ID_NUMBER_PROBLEMS,
  'birth_unreadable',
  'birth_disagrees',
  'birth_date_needed',
  'too_young',
  ...PHONE_PROBLEMS,
  'hamlet_missing',
  'commune_missing',
  'commune_unknown',
  'commune_outside',
  'commune_ambiguous',
  'commune_kind_needed',
  'mark_unreadable',
  'lack_unknown',
  'nothing_lacking',
  'repeated',
  'on_other_list',
  'helped_already',
  'formula_unsaved',
  'code_unreadable',
  'code_unknown',
  'code_other_person',
  'code_repeated',
  'state_unknown',
  'appointment_day_unreadable',
  'appointment_day_missing',
  'appointment_time_unreadable',
  'appointment_state_needed',
  'place_long',
  'note_long',
  'done_by_record',
  'already_done',
  'contact_moved',
  'contact_not_allowed',
] as const
export type WorklistReason = (typeof WORKLIST_REASONS)[number]

/** One row that is not taken; `otherRow`: the row that names the same citizen. */
export type WorklistProblem = { row: number; name: string; reason: WorklistReason; otherRow?: number }

/** One citizen as a row describes them. */
export type WorklistRow = {
  row: number
  name: string
  /** 12 digits */
  number: string
  birthYear: number
  phone: string | null
  localityCode: string
  hamlet: string
  address: string | null
  lacks: WorklistLack[]
}

export type WorklistCommune = { code: string; name: string; type: string }

/** The texts of a row by column; blank ones are left out. */
export type WorklistCells = Partial<Record<WorklistColumn, string>>

export type RowContext = {
  /** the communes where this list's citizens may live; one alone needs no column */
  communes: readonly WorklistCommune[]
  /** every commune of the province, to tell a foreign one from an unknown one */
  allCommunes: readonly WorklistCommune[]
  /** true where no district lies between the communes and the province */
  isUndivided?: boolean
  minimumAge: number
  /** the campaign's last day: a citizen who is old enough by then can be helped */
  endsOn: Day
}

type Reading = { ok: true; row: WorklistRow } | { ok: false; problems: WorklistProblem[] }

/** Reads one row of a worklist (plan III.2, III.3) and tells all its problems; undefined where it is blank. */
export function readWorklistRow(row: number, cells: WorklistCells, context: RowContext): Reading | undefined {
  const texts = new Map<WorklistColumn, string>(WORKLIST_COLUMNS.map(column => [column, textIn(cells, column)]))
  if ([...texts.values()].every(text => text === '')) return undefined
  const isUnsaved = (column: WorklistColumn) => texts.get(column) === UNSAVED_FORMULA
  const cell: CellOf = column => (isUnsaved(column) ? '' : (texts.get(column) ?? ''))
  const reasons: WorklistReason[] = WORKLIST_COLUMNS.some(isUnsaved) ? ['formula_unsaved'] : []
  // a formula without its result says that alone of its column
  const refuse: Refuse = (columns, reason) => {
    if (!columns.some(isUnsaved)) reasons.push(reason)
    return undefined
  }
  const name = nameIn(cell, refuse)
  const hamlet = hamletOf(cell, refuse)
  const number = numberIn(cell, refuse, context)
  const phone = phoneIn(cell, refuse)
  const localityCode = communeIn(cell, refuse, context)
  const lacks = lacksIn(cell, refuse)
  if (reasons.length > 0 || !name || !hamlet || !number || !localityCode || !lacks) {
    const told = cutText(cell('name'), 100)
    return { ok: false, problems: reasons.map(reason => ({ row, name: told, reason })) }
  }
  const address = cutText(cell('address'), 200) || null
  return { ok: true, row: { row, name, ...number, phone, localityCode, hamlet, address, lacks } }
}

type CellOf = (column: WorklistColumn) => string
type Refuse = (columns: readonly WorklistColumn[], reason: WorklistReason) => undefined

/** The text of a cell; '' where it is blank or only a dash. */
export function textIn(cells: WorklistCells, column: WorklistColumn): string {
  const text = composed(cells[column] ?? '')
    .replace(/\s+/g, ' ')
    .trim()
  return /^[-–—.]*$/.test(text) ? '' : text
}

function nameIn(cell: CellOf, refuse: Refuse): string | undefined {
  if (cell('name') === '') return refuse(['name'], 'name_missing')
  const person = readListedName(cell('name'))
  return person.ok ? cutText(person.name, 100) : refuse(['name'], person.reason)
}

function hamletOf(cell: CellOf, refuse: Refuse): string | undefined {
  const hamlet = cell('hamlet') || hamletIn(cell('address'))
  if (hamlet === '') return refuse(['hamlet', 'address'], 'hamlet_missing')
  return isLostFont(hamlet) ? refuse(['hamlet'], 'hamlet_lost_font') : cutText(hamlet, 100)
}

/** The citizen's number with the year that it gives; a day or year of birth agrees with it, and the age suffices. */
function numberIn(
  cell: CellOf,
  refuse: Refuse,
  { endsOn, minimumAge }: RowContext,
): Pick<WorklistRow, 'number' | 'birthYear'> | undefined {
  const birth = readBirth(cell('birth'))
  if (birth === undefined) refuse(['birth'], 'birth_unreadable')
  if (cell('number') === '') return refuse(['number'], 'number_missing')
  const read = readIdCell(cell('number'), endsOn)
  if (!read.ok) return refuse(['number'], read.reason)
  const { number, birthYear } = read
  if (birth === undefined) return undefined
  if (birth.year !== null && birth.year !== birthYear) return refuse(['birth'], 'birth_disagrees')
  const age = checkCitizenAge({ birthYear, birthOn: birth.on }, endsOn, minimumAge)
  return age === null ? { number, birthYear } : refuse(['birth'], age)
}

/** The ten digits; null where blank. */
function phoneIn(cell: CellOf, refuse: Refuse): string | null {
  if (cell('phone') === '') return null
  const read = readPhone(cell('phone'))
  if (read.ok) return read.phone
  refuse(['phone'], read.reason)
  return null
}

function communeIn(cell: CellOf, refuse: Refuse, context: RowContext): string | undefined {
  const commune = readCommune(cell('commune'), context)
  return commune.ok ? commune.code : refuse(['commune'], commune.reason)
}

/** A day or a year of birth; both null where blank, undefined where it is neither. */
function readBirth(text: string): { on: Day | null; year: number | null } | undefined {
  if (text === '') return { on: null, year: null }
  if (/^(19|20)\d{2}$/.test(text)) return { on: null, year: Number(text) }
  const on = readDay(text)
  return on === undefined ? undefined : { on, year: Number(on.slice(0, 4)) }
}

type CommuneReading = { ok: true; code: string } | { ok: false; reason: WorklistReason }
const COMMUNES = new WeakMap<RowContext, (text: string) => CommuneReading>()

/** Reads the commune of a row; each text once for a list. */
function readCommune(text: string, context: RowContext): CommuneReading {
  const read = COMMUNES.get(context) ?? remembered(said => communeNamed(said, context))
  COMMUNES.set(context, read)
  return read(text)
}

function communeNamed(text: string, { communes, allCommunes, isUndivided }: RowContext): CommuneReading {
  const [only] = communes
  if (text === '')
    return only && communes.length === 1 ? { ok: true, code: only.code } : { ok: false, reason: 'commune_missing' }
  const found = placesNamed(
    allCommunes.map(({ code, name, type }) => ({ code, name: `${type} ${name}` })),
    text,
  )
  const [within, ...others] = communes.filter(({ code }) => found.some(place => place.code === code))
  if (within && others.length === 0) return { ok: true, code: within.code }
  if (found.length === 0) return { ok: false, reason: 'commune_unknown' }
  if (!within) return { ok: false, reason: 'commune_outside' }
  return { ok: false, reason: isUndivided ? 'commune_kind_needed' : 'commune_ambiguous' }
}

const LACK_WORDS: readonly (readonly [WorklistLack, RegExp])[] = [
  ['sim_signature', /sim|chu ky/],
  ['eid_activation', /kich hoat/],
  ['eid_account', /tai khoan|dang ky|dinh danh/],
  ['id_card', /can cuoc|cccd|the/],
]

/** The hamlet that an address names, up to the next comma; '' where it names none. */
export function hamletIn(address: string): string {
  return /(?:^|[\s,;])((?:ấp|thôn|sóc|bon|khu phố|kp\.?|tổ dân phố) ?[^,;]+)/iu.exec(address)?.[1]?.trim() ?? ''
}

/** How a cell names what is lacking. */
export const LACK_TEXTS: Record<WorklistLack, string> = {
  id_card: 'căn cước',
  eid_account: 'tài khoản',
  eid_activation: 'kích hoạt',
  sim_signature: 'SIM',
}

/** What the title of a list says that everybody in it lacks, as a cell says it: "chưa kích hoạt"; '' where nothing. */
export function lacksInTitle(title: string): string {
  const said = foldWords(title)
    .split(/\bchua\b/)
    .slice(1)
    .flatMap(part => LACK_WORDS.find(([, says]) => says.test(part))?.[0] ?? [])
  return [...new Set(said)].map(lack => LACK_TEXTS[lack]).join('; ')
}

/** The columns that say what is lacking. */
export const LACK_COLUMNS: readonly WorklistColumn[] = ['lacks', ...WORKLIST_LACKS]

function lacksIn(cell: CellOf, refuse: Refuse): WorklistLack[] | undefined {
  const lacking = new Set<WorklistLack>()
  const marks = WORKLIST_LACKS.map(lack => ({ lack, mark: readMark(cell(lack)) }))
  for (const { lack, mark } of marks) if (mark) lacking.add(lack)
  const said = cell('lacks')
    .split(/[,;/+]| và /)
    .map(foldWords)
    .filter(words => words !== '')
    .map(words => LACK_WORDS.find(([, says]) => says.test(words))?.[0])
  for (const lack of said) if (lack) lacking.add(lack)
  const isUnread = marks.some(({ mark }) => mark === undefined)
  if (isUnread) refuse(LACK_COLUMNS, 'mark_unreadable')
  if (said.includes(undefined)) return refuse(['lacks'], 'lack_unknown')
  if (isUnread) return undefined
  if (lacking.size === 0) return refuse(LACK_COLUMNS, 'nothing_lacking')
  return WORKLIST_LACKS.filter(lack => lacking.has(lack))
}

/** What helping with each lack can achieve. */
const LEADS_TO: Record<WorklistLack, readonly Outcome[]> = {
  id_card: ['id_card_issued', 'eid_submitted', 'vneid_installed', 'eid_activated'],
  eid_account: ['eid_submitted', 'vneid_installed', 'eid_activated'],
  eid_activation: ['vneid_installed', 'eid_activated'],
  sim_signature: ['sim_signature'],
}

/**
 * Returns true where nothing that a listed citizen lacks can make a record about them count (plan IV.2): under the
 * reading `all` the must-achieve outcome cannot be achieved, under `any` none of the required ones. Helping them still
 * serves the locality's indicators.
 */
export function isOutsideQuota(
  lacks: readonly WorklistLack[],
  {
    quotaReading,
    mustAchieve,
    requiredOutcomes,
  }: Pick<Regulation, 'quotaReading' | 'mustAchieve' | 'requiredOutcomes'>,
): boolean {
  const wanted = quotaReading === 'all' ? [mustAchieve] : requiredOutcomes
  return !lacks.some(lack => wanted.some(outcome => LEADS_TO[lack].includes(outcome)))
}

/**
 * What a listed citizen surely had before: of the account, where nothing that they lack leads to it. Of a SIM a list that
 * does not name it says nothing.
 */
export function hadBefore(lacks: readonly WorklistLack[]): Outcome[] {
  const ofAccount: readonly Outcome[] = ['vneid_installed', 'eid_activated']
  return ofAccount.filter(outcome => !lacks.some(lack => LEADS_TO[lack].includes(outcome)))
}

/** What becomes of a row, in the order in which a preview asks for attention. */
export const WORKLIST_FATES = ['problem', 'add', 'contact', 'kept'] as const
export type WorklistFate = (typeof WORKLIST_FATES)[number]

/** What is known of a row's citizen in the campaign. */
type KnownCitizen = {
  /** on this unit's list, on another's, on none */
  list: 'this' | 'other' | null
  /** true if an official of the list's unit, or below it, has a record about them */
  isHelped: boolean
}

export type WorklistPlan = {
  adds: WorklistRow[]
  /** rows whose citizens are on this unit's list already: they stay as they are */
  kept: { row: number; name: string }[]
  problems: WorklistProblem[]
  /** rows of an exported list whose result was written again; left out: planned by a version that knew none */
  contacts?: PlannedContact[]
}

/** What a row of an exported list says of the contact with its citizen, to be noted as the form notes it. */
export type PlannedContact = { row: number; name: string; assignmentId: number; input: ContactInput }

/** What any row must say to be planned: of a row that could not be read, its number can. */
export type NumberedRow = Pick<WorklistRow, 'row' | 'name' | 'number'>

/**
 * Plans the import of these rows. A citizen is on at most one list of a campaign. A row about somebody already helped by
 * the unit's own officials, or named twice in the file, is a problem row and left out. Hamlets are spelt as the list
 * already spells them. `unread` are rows with other problems, whose numbers are checked too.
 */
export function planWorklist(
  rows: readonly WorklistRow[],
  known: (row: NumberedRow) => KnownCitizen,
  hamlets: readonly string[],
  unread: readonly NumberedRow[] = [],
): WorklistPlan {
  const plan: WorklistPlan = { adds: [], kept: [], problems: [] }
  const firstRows = new Map<string, number>()
  const keyOf = hamletFinder([...hamlets, ...rows.map(({ hamlet }) => hamlet)])
  const spelling = new Map(hamlets.map(hamlet => [keyOf(hamlet), hamlet]))
  const refusals = ({ number }: NumberedRow, { list, isHelped }: KnownCitizen) => {
    const otherRow = firstRows.get(number)
    const found: Pick<WorklistProblem, 'reason' | 'otherRow'>[] = []
    if (otherRow !== undefined) found.push({ reason: 'repeated', otherRow })
    if (list === 'other') found.push({ reason: 'on_other_list' })
    if (list === null && isHelped) found.push({ reason: 'helped_already' })
    return found
  }
  const tell = (row: NumberedRow, found: ReturnType<typeof refusals>) =>
    plan.problems.push(...found.map(problem => ({ row: row.row, name: row.name, ...problem })))
  for (const row of rows) {
    const citizen = known(row)
    const found = refusals(row, citizen)
    if (!firstRows.has(row.number)) firstRows.set(row.number, row.row)
    if (found.length > 0) tell(row, found)
    else if (citizen.list === 'this') plan.kept.push({ row: row.row, name: row.name })
    else {
      const key = keyOf(row.hamlet)
      const hamlet = spelling.get(key) ?? row.hamlet
      spelling.set(key, hamlet)
      plan.adds.push({ ...row, hamlet })
    }
  }
  for (const row of unread) tell(row, refusals(row, known(row)))
  return plan
}

/** A row of a list and its planned effect; of the citizen's number the last digits alone. */
export type WorklistPreviewRow = {
  row: number
  fate: WorklistFate
  name: string
  numberTail: string | null
  /** as the number says; null: it cannot be read */
  sex: Sex | null
  birthYear: number | null
  /** hamlet and commune; of a row that is not taken as they are written */
  livesAt: string
  hasPhone: boolean
  lacks: WorklistLack[]
  /** no record about the citizen can count */
  isOutsideQuota: boolean
  /** the number is no province's (`isAbroad`) */
  isAbroad: boolean
  /** another official than the unit's own recorded the citizen; false also where that was not asked */
  isRecorded: boolean
  /** what the row notes of the contact; null: nothing */
  contact: ContactInput | null
  /** what is to be mended, and the cells that mend it as written; both are empty for other rows */
  problems: Pick<WorklistProblem, 'reason' | 'otherRow'>[]
  cells: WorklistCells
}
