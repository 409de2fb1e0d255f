import type { Day } from './calendar.ts'
import { readMark } from './extract.ts'
import { hamletFinder } from './hamlet.ts'
import { checkCitizenAge, ID_NUMBER_PROBLEMS, readIdCell } from './id-number.ts'
import { composed, cutText } from './letters.ts'
import { foldWords } from './name.ts'
import { NAME_PROBLEMS, type NameReading, readName } from './person-name.ts'
import { PHONE_PROBLEMS, readPhone } from './phone.ts'
import { placesNamed } from './place-name.ts'
import type { Regulation } from './regulation.ts'
import { isLostFont } from './vietnamese-encoding.ts'
import { type Outcome, WORKLIST_LACKS, type WorklistLack } from './vocabulary.ts'
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

/** Which column of the file holds what, from 0. */
type WorklistMap = Partial<Record<WorklistColumn, number>>

/** What heads of columns say, folded; the first that fits. */
const HEADS: readonly (readonly [WorklistColumn, RegExp])[] = [
  ['sim_signature', /chua.*(sim|chu ky so)/],
  ['eid_activation', /chua.*kich hoat/],
  ['eid_account', /chua.*(tai khoan|dinh danh|dang ky)/],
  ['id_card', /chua.*(can cuoc|cccd|thu nhan)/],
  ['lacks', /con thieu|noi dung thieu|can ho tro|noi dung chua/],
  ['number', /^so (dinh danh|can cuoc|cccd|ddcn)|^(cccd|ma dinh danh|can cuoc)|so dinh danh/],
  ['birth', /ngay.*sinh|nam sinh/],
  ['phone', /dien thoai|^(so )?s?dt|lien he/],
  ['name', /^(ho va ten|ho ten|ho dem va ten|ten)( .*)?$/],
  ['hamlet', /^(ap|thon|khu pho|kp|to dan pho)|ap thon/],
  ['commune', /^(xa|phuong|thi tran)|xa phuong/],
  ['address', /dia chi|so nha|noi o|cho o/],
]

/** So many rows are looked at for the head. */
export const WORKLIST_HEAD_ROWS = 15

type Cells = readonly (string | undefined)[]

/** The columns of a row of heads; each column of the list by the first cell that says so. */
export function columnsOf(cells: Cells): WorklistMap {
  const columns: WorklistMap = {}
  for (const [at, cell] of cells.entries()) {
    const words = foldWords(cell ?? '')
    const found = words === '' ? undefined : HEADS.find(([, says]) => says.test(words))?.[0]
    if (found !== undefined && columns[found] === undefined) columns[found] = at
  }
  return columns
}

const WORKLIST_FILE_REASONS = ['head_missing', 'no_rows', 'too_many_rows', 'too_heavy'] as const
export type WorklistFileReason = (typeof WORKLIST_FILE_REASONS)[number]

/** A worklist belongs to a commune or a part of one. */
export const WORKLIST_ROWS = 20_000
export const WORKLIST_FILE_BYTES = 10 * 1024 * 1024

/** The head among the first rows: the one with names, numbers and any lack; undefined where none has. */
export function findWorklistHead(rows: readonly Cells[]): { at: number; columns: WorklistMap } | undefined {
  for (const [at, cells] of rows.slice(0, WORKLIST_HEAD_ROWS).entries()) {
    const columns = columnsOf(cells)
    const hasLacks = columns.lacks !== undefined || WORKLIST_LACKS.some(lack => columns[lack] !== undefined)
    if (columns.name !== undefined && columns.number !== undefined && hasLacks) return { at, columns }
  }
  return undefined
}

/** Why a row is not taken. */
const WORKLIST_REASONS = [
  'name_missing',
  ...NAME_PROBLEMS,
  'number_missing',
  ...ID_NUMBER_PROBLEMS,
  'birth_unreadable',
  'birth_disagrees',
  'birth_date_needed',
  'too_young',
  ...PHONE_PROBLEMS,
  'hamlet_missing',
  'hamlet_lost_font',
  'commune_missing',
  'commune_unknown',
  'commune_outside',
  'commune_ambiguous',
  'mark_unreadable',
  'lack_unknown',
  'nothing_lacking',
  'repeated',
  'on_other_list',
  'helped_already',
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

export type RowContext = {
  columns: WorklistMap
  /** the communes where this list's citizens may live; one alone needs no column */
  communes: readonly WorklistCommune[]
  /** every commune of the province, to tell a foreign one from an unknown one */
  allCommunes: readonly WorklistCommune[]
  minimumAge: number
  /** the campaign's last day: a citizen who is old enough by then can be helped */
  endsOn: Day
}

type Reading = { ok: true; row: WorklistRow } | { ok: false; problem: WorklistProblem }

/** Reads one row of a worklist (plan III.2, III.3); undefined where it is blank or the template's example. */
export function readWorklistRow(row: number, cells: Cells, context: RowContext): Reading | undefined {
  const cell = (column: WorklistColumn) => {
    const at = context.columns[column]
    const text =
      at === undefined
        ? ''
        : composed(cells[at] ?? '')
            .replace(/\s+/g, ' ')
            .trim()
    return /^[-–—.]*$/.test(text) ? '' : text
  }
  const name = cell('name')
  if (name.startsWith('(Ví dụ)') || WORKLIST_COLUMNS.every(column => cell(column) === '')) return undefined
  const refuse = (reason: WorklistReason): Reading => ({
    ok: false,
    problem: { row, name: cutText(name, 100), reason },
  })
  const person = readName(name)
  const flaw = flawOf(name, person, cell('hamlet'))
  if (flaw !== null) return refuse(flaw)
  if (cell('number') === '') return refuse('number_missing')
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
  if (cell('hamlet') === '') return refuse('hamlet_missing')
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
      hamlet: cutText(cell('hamlet'), 100),
      address: cutText(cell('address'), 200) || null,
      lacks,
    },
  }
}

/** Why a row's name or hamlet says nothing; null where both do. */
function flawOf(typed: string, name: NameReading, hamlet: string): WorklistReason | null {
  if (typed === '') return 'name_missing'
  if (!name.ok) return name.reason
  return isLostFont(hamlet) ? 'hamlet_lost_font' : null
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
  { communes, allCommunes }: RowContext,
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
  return { ok: false, reason: within ? 'commune_ambiguous' : 'commune_outside' }
}

const LACK_WORDS: readonly (readonly [WorklistLack, RegExp])[] = [
  ['sim_signature', /sim|chu ky/],
  ['eid_activation', /kich hoat/],
  ['eid_account', /tai khoan|dang ky|dinh danh/],
  ['id_card', /can cuoc|cccd|the/],
]

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
