import { addDays, type Day } from './calendar.ts'
import { joinedGroups } from './letters.ts'
import type { CitizenRequestKind } from './vocabulary.ts'

/** 32 letters and digits; what looks alike is read as one (Crockford's base 32). */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
/** 16 letters of 5 bits: 80 bits, so that guessing is hopeless. */
const LENGTH = 16
export const CODE_BYTES = (LENGTH * 5) / 8

/** Hours for which a link may be answered. Domain 6.1. */
export const LINK_HOURS = 48
/** Slips that an official may hold unused. */
export const MOST_SLIPS = 20
/** Codes that a phone is given at a time, for use without network. */
export const PHONE_CODES = 6
/** Unused codes that an official's phones may have been given within a day. */
export const MOST_PHONE_CODES = 60

/** The first ten bytes as a code: `ABCD-EFGH-JKMN-PQRS`. */
export function encodeCode(bytes: Uint8Array): string {
  const bits = Array.from(bytes.slice(0, CODE_BYTES), byte => byte.toString(2).padStart(8, '0')).join('')
  const letters = Array.from({ length: LENGTH }, (_, n) => LETTERS[Number.parseInt(bits.slice(n * 5, n * 5 + 5), 2)])
  return [0, 4, 8, 12].map(start => letters.slice(start, start + 4).join('')).join('-')
}

/** A code as typed or scanned, in its one spelling; null where it cannot be one. */
export function readCode(text: string): string | null {
  const letters = joinedGroups(text).toUpperCase().replaceAll('O', '0').replaceAll(/[IL]/g, '1')
  if (letters.length !== LENGTH || [...letters].some(letter => !LETTERS.includes(letter))) return null
  return [0, 4, 8, 12].map(start => letters.slice(start, start + 4)).join('-')
}

/**
 * Returns why no code is issued for a record; null if one may be. After a "no" no code is issued until a finding
 * (domain 6.1).
 */
export function refuseCode(record: { isWithdrawn: boolean; answer: string | null }): 'withdrawn' | 'answered' | null {
  if (record.isWithdrawn) return 'withdrawn'
  return record.answer === null ? null : 'answered'
}

/** Days within which each kind of request is to be met, weekends included. Domain 11. */
const REQUEST_DAYS: Record<CitizenRequestKind, number> = { see: 10, correct: 10, restrict: 15, lift: 15, delete: 20 }
const ACKNOWLEDGE_WORKING_DAYS = 2

/** By when a citizen's request is to be acknowledged (two working days) and met. Domain 11. */
export function requestDue(kind: CitizenRequestKind, askedOn: Day): { acknowledgeBy: Day; meetBy: Day } {
  let acknowledgeBy = askedOn
  for (let left = ACKNOWLEDGE_WORKING_DAYS; left > 0; ) {
    acknowledgeBy = addDays(acknowledgeBy, 1)
    if (!isWeekend(acknowledgeBy)) left--
  }
  return { acknowledgeBy, meetBy: addDays(askedOn, REQUEST_DAYS[kind]) }
}

const isWeekend = (day: Day) => [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())
