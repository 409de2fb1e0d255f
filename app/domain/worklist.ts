import type { Day } from './calendar.ts'
import { readMark } from './extract.ts'
import { hamletFinder } from './hamlet.ts'
import { checkCitizenAge, ID_NUMBER_PROBLEMS, readIdCell } from './id-number.ts'
import { composed, cutText } from './letters.ts'
import { UNSAVED_FORMULA } from './list.ts'
import { readListedName } from './listed-name.ts'
import { foldWords } from './name.ts'
import { WORD_PROBLEMS } from './name-problem.ts'
import type { NameReading } from './person-name.ts'
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
export type WorklistColumn = (typeof WORKLIST_COLUMNS)[number]

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

type Reading = { ok: true; row: WorklistRow } | { ok: false; problem: WorklistProblem }

/** Reads one row of a worklist (plan III.2, III.3); undefined where it is blank. */
export function readWorklistRow(row: number, cells: WorklistCells, context: RowContext): Reading | undefined {
  const cell = (column: WorklistColumn) => {
    const text = composed(cells[column] ?? '')
      .replace(/\s+/g, ' ')
      .trim()
    return /^[-–—.]*$/.test(text) ? '' : text
  }
  const name = cell('name')
  if (WORKLIST_COLUMNS.every(column => cell(column) === '')) return undefined
  const refuse = (reason: WorklistReason): Reading => ({
    ok: false,
    problem: { row, name: cutText(name, 100), reason },
  })
  const person = readListedName(name)
  const hamlet = cell('hamlet') || hamletIn(cell('address'))
  const flaw = flawOf(cell, person, hamlet)
  if (flaw !== null) return refuse(flaw)
  const number = readIdCell(cell('number'), context.endsOn)
  if (!number.ok) return refuse(number.reason)
  const birth = readBirth(cell('birth'))
  if (birth === undefined) return refuse('birth_unreadable')
  if (birth.year !== null && birth.year !== number.birthYear) return refuse('birth_disagrees')
  const age = checkCitizenAge({ birthYear: number.birthYear, birthOn: birth.on }, context.endsOn, context.minimumAge)
  if (age !== null) return refuse(age === 'birth_date_needed' ? 'birth_date_needed' : 'too_young')
  const phone = cell('phone') === '' ? null : readPhone(cell('phone'))
  if (phone && !phone.ok) return refuse(phone.reason)
  const commune = readCommune(cell('commune'), context)
  if (!commune.ok) return refuse(commune.reason)
  if (hamlet === '') return refuse('hamlet_missing')
  const lacks = readLacks(cell)
  if (typeof lacks === 'string') return refuse(lacks)
  return {
    ok: true,
    row: {
      row,
      name: cutText(person.ok ? person.name : name, 100),
      number: number.number,
      birthYear: number.birthYear,
      phone: phone?.phone ?? null,
      localityCode: commune.code,
      hamlet: cutText(hamlet, 100),
      address: cutText(cell('address'), 200) || null,
      lacks,
    },
  }
}

/** Why a row says nothing of its citizen: a formula without its result, no name or number, a lost font; else null. */
function flawOf(cell: (column: WorklistColumn) => string, name: NameReading, hamlet: string): WorklistReason | null {
  if (WORKLIST_COLUMNS.some(column => cell(column) === UNSAVED_FORMULA)) return 'formula_unsaved'
  if (cell('name') === '') return 'name_missing'
  if (!name.ok) return name.reason
  if (isLostFont(hamlet)) return 'hamlet_lost_font'
  return cell('number') === '' ? 'number_missing' : null
}

/** A day or a year of birth; both null where blank, undefined where it is neither. */
function readBirth(text: string): { on: Day | null; year: number | null } | undefined {
  if (text === '') return { on: null, year: null }
  if (/^(19|20)\d{2}$/.test(text)) return { on: null, year: Number(text) }
  const on = readDay(text)
  return on === undefined ? undefined : { on, year: Number(on.slice(0, 4)) }
}

function readCommune(
  text: string,
  { communes, allCommunes, isUndivided }: RowContext,
): { ok: true; code: string } | { ok: false; reason: WorklistReason } {
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

function readLacks(cell: (column: WorklistColumn) => string): WorklistLack[] | WorklistReason {
  const lacking = new Set<WorklistLack>()
  for (const lack of WORKLIST_LACKS) {
    const mark = readMark(cell(lack))
    if (mark === undefined) return 'mark_unreadable'
    if (mark) lacking.add(lack)
  }
  for (const part of cell('lacks').split(/[,;/+]| và /)) {
    const words = foldWords(part)
    if (words === '') continue
    const found = LACK_WORDS.find(([, says]) => says.test(words))?.[0]
    if (found === undefined) return 'lack_unknown'
    lacking.add(found)
  }
  return lacking.size === 0 ? 'nothing_lacking' : WORKLIST_LACKS.filter(lack => lacking.has(lack))
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

/** What becomes of a row, in the order in which a preview asks for attention. */
export const WORKLIST_FATES = ['problem', 'add', 'kept'] as const
export type WorklistFate = (typeof WORKLIST_FATES)[number]

/** What is known of a row's citizen in the campaign. */
type KnownCitizen = {
  /** on this unit's list, on another's, on none */
  list: 'this' | 'other' | null
  /** true if there is a record about them */
  isHelped: boolean
}

export type WorklistPlan = {
  adds: WorklistRow[]
  /** rows whose citizens are on this unit's list already: they stay as they are */
  kept: { row: number; name: string }[]
  problems: WorklistProblem[]
}

/**
 * Plans the import of these rows. A citizen is on at most one list of a campaign. A row about somebody already helped,
 * or named twice in the file, is a problem row and left out. Hamlets are spelt as the list already spells them.
 */
export function planWorklist(
  rows: readonly WorklistRow[],
  known: (row: WorklistRow) => KnownCitizen,
  hamlets: readonly string[],
): WorklistPlan {
  const plan: WorklistPlan = { adds: [], kept: [], problems: [] }
  const firstRows = new Map<string, number>()
  const keyOf = hamletFinder([...hamlets, ...rows.map(({ hamlet }) => hamlet)])
  const spelling = new Map(hamlets.map(hamlet => [keyOf(hamlet), hamlet]))
  for (const row of rows) {
    const refuse = (reason: WorklistReason, otherRow?: number) =>
      plan.problems.push({ row: row.row, name: row.name, reason, ...(otherRow === undefined ? {} : { otherRow }) })
    const before = firstRows.get(row.number)
    if (before !== undefined) {
      refuse('repeated', before)
      continue
    }
    firstRows.set(row.number, row.row)
    const { list, isHelped } = known(row)
    if (list === 'this') plan.kept.push({ row: row.row, name: row.name })
    else if (list === 'other') refuse('on_other_list')
    else if (isHelped) refuse('helped_already')
    else {
      const key = keyOf(row.hamlet)
      const hamlet = spelling.get(key) ?? row.hamlet
      spelling.set(key, hamlet)
      plan.adds.push({ ...row, hamlet })
    }
  }
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
  /** what is to be mended, and the cells that mend it as written; both are empty for other rows */
  problems: Pick<WorklistProblem, 'reason' | 'otherRow'>[]
  cells: WorklistCells
}
