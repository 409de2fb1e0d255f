import { ageOn, type Day } from './calendar.ts'
import { joinedGroups, withoutDecimals } from './letters.ts'
import type { Sex } from './vocabulary.ts'

/** Codes of the provinces of birth registration that a personal number may begin with. */
const PROVINCE_CODES: ReadonlySet<string> = new Set(
  (
    '001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034 035 036' +
    ' 037 038 040 042 044 045 046 048 049 051 052 054 056 058 060 062 064 066 067 068 070 072 074 075' +
    ' 077 079 080 082 083 084 086 087 089 091 092 093 094 095 096'
  ).split(' '),
)

/** Why a text is no personal number. */
export const ID_NUMBER_PROBLEMS = [
  'id_number_characters',
  'id_number_shortened',
  'id_number_old_card',
  'id_number_phone',
  'id_number_length',
  'id_number_century',
] as const
export type IdNumberProblem = (typeof ID_NUMBER_PROBLEMS)[number]

/** `isAbroad`: the first three digits are no province's; they may be a country's, and somebody should look again. */
type IdNumber = { ok: true; number: string; isAbroad: boolean; sex: Sex; birthYear: number }
type IdNumberReading = IdNumber | { ok: false; reason: IdNumberProblem }

/** The last year of birth where the day is not known: the centuries of digits 4–9 have not begun. */
const LAST_YEAR = 2099

/**
 * Reads a 12-digit personal number as typed or scanned; what is between groups of digits is passed over. Digits 1–3
 * are where the birth was registered: one of the 63 provinces (migrants count too), or a country (Điều 13 Nghị định
 * 137/2015/NĐ-CP). Digit 4 gives century and sex (0 male and 1 female of the 1900s, 2 and 3 of the 2000s), digits 5–6
 * the year of birth, which is not after `today`.
 */
export function readIdNumber(text: string, today?: Day): IdNumberReading {
  const refuse = (reason: IdNumberProblem): IdNumberReading => ({ ok: false, reason })
  const typed = withoutDecimals(text)
  if (/^\d+([.,]\d+)?e\+?\d+$/i.test(typed) || /^[1-9]\d{8,}[.,]\d+$/.test(typed)) return refuse('id_number_shortened')
  const number = joinedGroups(typed)
  if (!/^\d*$/.test(number)) return refuse('id_number_characters')
  if (number.length === 9) return refuse('id_number_old_card')
  if (/^(0[35789]\d{8}|01[2689]\d{8})$/.test(number)) return refuse('id_number_phone')
  if (number.length !== 12) return refuse('id_number_length')
  const centuryAndSex = Number(number[3])
  const birthYear = 1900 + Math.floor(centuryAndSex / 2) * 100 + Number(number.slice(4, 6))
  if (birthYear > (today === undefined ? LAST_YEAR : Number(today.slice(0, 4)))) return refuse('id_number_century')
  return {
    ok: true,
    number,
    isAbroad: !PROVINCE_CODES.has(number.slice(0, 3)),
    sex: centuryAndSex % 2 === 0 ? 'male' : 'female',
    birthYear,
  }
}

/**
 * Reads a personal number from the cell of a list. A cell of numbers loses the zeros in front: 10 or 11 digits that do
 * not begin with 0 are given them back where they then begin with a province's code. Everywhere else it reads as
 * `readIdNumber` does, so that no other number comes out.
 */
export function readIdCell(text: string, today?: Day): (IdNumber & { isRestored: boolean }) | Refused {
  const digits = joinedGroups(withoutDecimals(text))
  if (/^[1-9]\d{9,10}$/.test(digits)) {
    const restored = readIdNumber(digits.padStart(12, '0'), today)
    if (restored.ok && !restored.isAbroad) return { ...restored, isRestored: true }
  }
  const reading = readIdNumber(text, today)
  return reading.ok ? { ...reading, isRestored: false } : reading
}
type Refused = Exclude<IdNumberReading, IdNumber>

/** True of a number that begins with no province's code; false of what is no number. */
export function isAbroad(text: string): boolean {
  const reading = readIdCell(text)
  return reading.ok && reading.isAbroad
}

/**
 * Checks that a citizen was at least `minimumAge` years old on the day helped. `birthYear` is the year in the personal
 * number. If that year alone leaves two ages possible, `birthOn` is needed (plan IV.1: citizens who may hold a card and
 * an account). Returns null if nothing is wrong.
 */
export function checkCitizenAge(
  citizen: { birthYear: number; birthOn: Day | null },
  helpedOn: Day,
  minimumAge: number,
): 'too_young' | 'birth_date_needed' | null {
  const { birthYear, birthOn } = citizen
  if (birthOn !== null) return ageOn(birthOn, helpedOn) >= minimumAge ? null : 'too_young'
  if (ageOn(`${birthYear}-01-01`, helpedOn) < minimumAge) return 'too_young'
  return ageOn(`${birthYear}-12-31`, helpedOn) >= minimumAge ? null : 'birth_date_needed'
}
