import { type Day, isDay } from './calendar.ts'
import { readIdNumber } from './id-number.ts'
import { composed } from './letters.ts'
import { readName } from './person-name.ts'
import type { Sex } from './vocabulary.ts'

/** What the QR code of an identity card says about its holder, as far as a help record needs it. */
export type Card = {
  /** 12 digits */
  number: string
  name: string
  /** null: the card gives the year alone */
  birthOn: Day | null
  sex: Sex
}

/** Why a text is not taken for that of a card. */
const CARD_PROBLEMS = ['not_a_card', 'card_incomplete', 'card_number', 'card_dates'] as const
export type CardProblem = (typeof CARD_PROBLEMS)[number]

export type CardReading = { ok: true; card: Card } | { ok: false; reason: CardProblem }

/** Longer than any card's text: addresses and parents' names included, these stay below 400 characters. */
const MAX_TEXT = 1000
const MAX_NAME = 100
const MIN_FIELDS = 6
const SEXES = new Map<string, Sex>([
  ['nam', 'male'],
  ['nữ', 'female'],
])

/**
 * Reads the text in the QR code of a Vietnamese chip card: seven fields between bars, `number|old
 * number|name|birth|sex|address|issued`. The old number is often empty; days are `ddMMyyyy`; a birth may be a year alone.
 * The card of July 2024 (Thông tư 16/2024/TT-BCA, điều 6) begins alike and continues with a cancelled number and parents'
 * names. So anything may follow the day of issue, and an address may be missing. The number is checked as everywhere; the
 * birth must agree with it, and the card must be issued after the birth. Address, old number, day of issue and the rest
 * are dropped. Any other text is `not_a_card`.
 */
export function readCard(text: string): CardReading {
  if (text.length > MAX_TEXT) return { ok: false, reason: 'not_a_card' }
  const fields = composed(text)
    .split('|')
    .map(field => field.trim().replace(/\s+/g, ' '))
  const [first = '', old = '', typed = '', birth = '', sexWord = '', ...rest] = fields
  if (!/^\d{9,12}$/.test(first) || fields.length < MIN_FIELDS) return { ok: false, reason: 'not_a_card' }
  const sex = SEXES.get(sexWord.toLowerCase())
  const name = readName(typed)
  if (!/^(\d{9}|\d{12})?$/.test(old) || !name.ok || name.name.length > MAX_NAME || sex === undefined)
    return { ok: false, reason: 'card_incomplete' }
  const reading = readIdNumber(first)
  if (!reading.ok) return { ok: false, reason: 'card_number' }
  const year = /^(?:00[-/.]?00[-/.]?)?(\d{4})$/.exec(birth)?.[1]
  const birthOn = year === undefined ? dayOf(birth) : null
  const issuedOn = rest.map(dayOf).find(day => day !== undefined)
  const bornFrom = birthOn ?? `${year}`
  if (birthOn === undefined || issuedOn === undefined || issuedOn < bornFrom) return { ok: false, reason: 'card_dates' }
  if (Number(bornFrom.slice(0, 4)) !== reading.birthYear) return { ok: false, reason: 'card_number' }
  return { ok: true, card: { number: reading.number, name: name.name, birthOn, sex } }
}

type Typed = Record<string, unknown>

/**
 * Splits a card's whole text in the number or name of a help form into its fields, as a desk scanner types it. Any other
 * form is returned as it is.
 */
export function splitCardText<Row extends Typed>(row: Row): Row | (Row & Record<string, string>) {
  const text = [row.citizenNumber, row.citizenName].find(typed => typeof typed === 'string' && typed.includes('|'))
  const reading = typeof text === 'string' ? readCard(text) : undefined
  if (!reading?.ok) return row
  const { number, name, birthOn } = reading.card
  return { ...row, citizenNumber: number, citizenName: name, ...(birthOn === null ? {} : { birthOn }) }
}

/** `25121990` → `1990-12-25`; undefined where that is no day. */
function dayOf(field: string): Day | undefined {
  const [, day, month, year] = /^(\d{2})[-/.]?(\d{2})[-/.]?(\d{4})$/.exec(field) ?? []
  const text = `${year}-${month}-${day}`
  return isDay(text) ? text : undefined
}

/** Why a scan gave no card: what was read, or what the phone would not do. */
const SCAN_PROBLEMS = [
  ...CARD_PROBLEMS,
  'no_code',
  'not_a_picture',
  'no_camera',
  'camera_refused',
  'camera_busy',
  'scanner_failed',
] as const
export type ScanProblem = (typeof SCAN_PROBLEMS)[number]
