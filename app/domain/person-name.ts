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

/** A name as it is stored and shown: a word in capitals or in small letters alone gets its capital. */
export function titleCase(name: string): string {
  return name.replace(/\S+/gu, word => (/\p{Lu}/u.test(word) && /\p{Ll}/u.test(word) ? word : capitalised(word)))
}

const capitalised = (word: string) =>
  word.toLowerCase().replace(/(^|['’-])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase())

/** A name in title case, and as it was typed; `typed` null where both are the same. */
export function storedName(typed: string): { name: string; typed: string | null } {
  const name = titleCase(typed)
  return { name, typed: name === typed ? null : typed }
}

/** The typed form to show beside a name; null where it says the same, or belongs to an earlier name. */
export function typedBeside(name: string, typed: string | null): string | null {
  return typed !== null && typed !== name && titleCase(typed) === name ? typed : null
}
