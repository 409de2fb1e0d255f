import { ageOn, type Day } from './calendar.ts'
import type { InputProblem } from './problem.ts'
import type { Sex } from './vocabulary.ts'

/** Codes of the provinces of birth registration that a personal number may begin with. */
const PROVINCE_CODES: ReadonlySet<string> = new Set(
  (
    '001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034 035 036' +
    ' 037 038 040 042 044 045 046 048 049 051 052 054 056 058 060 062 064 066 067 068 070 072 074 075' +
    ' 077 079 080 082 083 084 086 087 089 091 092 093 094 095 096'
  ).split(' '),
)

type IdNumberReading =
  | { ok: true; number: string; provinceCode: string; sex: Sex; birthYear: number }
  | { ok: false; reason: InputProblem }

/**
 * Reads a 12-digit personal number as typed (spaces allowed). Digits 1–3 are a registration province (any of the 63:
 * migrants count too). Digit 4 gives century and sex (0 male and 1 female of the 1900s, 2 and 3 of the 2000s, …),
 * digits 5–6 the year of birth.
 */
export function readIdNumber(text: string): IdNumberReading {
  const number = text.replace(/\s/g, '')
  if (!/^\d*$/.test(number)) return { ok: false, reason: 'id_number_characters' }
  if (number.length === 9) return { ok: false, reason: 'id_number_old_card' }
  if (number.length !== 12) return { ok: false, reason: 'id_number_length' }
  const provinceCode = number.slice(0, 3)
  if (!PROVINCE_CODES.has(provinceCode)) return { ok: false, reason: 'id_number_province' }
  const centuryAndSex = Number(number[3])
  return {
    ok: true,
    number,
    provinceCode,
    sex: centuryAndSex % 2 === 0 ? 'male' : 'female',
    birthYear: 1900 + Math.floor(centuryAndSex / 2) * 100 + Number(number.slice(4, 6)),
  }
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
): InputProblem | null {
  const { birthYear, birthOn } = citizen
  if (birthOn !== null) return ageOn(birthOn, helpedOn) >= minimumAge ? null : 'too_young'
  if (ageOn(`${birthYear}-01-01`, helpedOn) < minimumAge) return 'too_young'
  return ageOn(`${birthYear}-12-31`, helpedOn) >= minimumAge ? null : 'birth_date_needed'
}

/**
 * Restores the 12 digits of a personal number from a numeric cell that dropped the leading zeros, if they then begin
 * with a known province. Undefined if no digits are missing or it is not a number.
 */
export function restoreZeros(text: string): string | undefined {
  const digits = text.replace(/\D/g, '')
  if (digits.length !== 10 && digits.length !== 11) return undefined
  const restored = digits.padStart(12, '0')
  return readIdNumber(restored).ok ? restored : undefined
}
