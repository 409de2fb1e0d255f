import { composed } from './letters.ts'
import { APOSTROPHES } from './name.ts'
import type { NameProblem } from './name-problem.ts'

/** `post`: what stood in brackets beside the name, as `Bí thư`; null: nothing did. */
export type NameReading = { ok: true; name: string; post: string | null } | { ok: false; reason: NameProblem }

/** Letters of any people's names with the marks that join them; at least two letters in all (`Y Ơ`). */
const NAME = /^(?=(?:.*\p{L}){2})[\p{L}\p{M}’.\- ]+$/u
/** A remark in brackets, with a letter in it. */
const REMARK = /\(([^()]*\p{L}[^()]*)\)/u

/**
 * Reads a person's name as it is typed, scanned or listed: composed, single spaces, every apostrophe the same, without
 * what is in brackets. A digit or a star beside it is no part of a name.
 */
export function readName(text: string): NameReading {
  const whole = composed(text)
  const post = REMARK.exec(whole)?.[1]?.trim() ?? null
  const name = whole.replace(REMARK, ' ').replace(APOSTROPHES, '’').replace(/\s+/g, ' ').trim()
  if (NAME.test(name)) return { ok: true, name, post }
  return { ok: false, reason: /\p{L}{2}/u.test(name) && /[\d*]/.test(name) ? 'name_signs' : 'name_unreadable' }
}

/** A name as it is stored and shown: one typed in capitals or in small letters alone gets its capitals. */
export function titleCase(name: string): string {
  if (/\p{Lu}/u.test(name) && /\p{Ll}/u.test(name)) return name
  return name
    .toLowerCase()
    .replace(/(^|[\s'’-])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase())
}
