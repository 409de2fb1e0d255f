import { foldWords } from '../name.ts'
import { ASSOCIATIONS, type Association } from '../vocabulary.ts'
import type { RosterRow } from './row.ts'

export type Membership = { association: Association; chapter: string | null }

/** Which association a chapter's own name speaks of. */
const CHAPTER_WORDS: Record<Association, RegExp> = {
  union: /\bcong doan\b/,
  youth: /\b(chi doan|doan thanh nien|doan tn|thanh nien)\b/,
  women: /\b(phu nu|pn)\b/,
  farmers: /\b(nong dan|nd)\b/,
  veterans: /\b(cuu chien binh|ccb)\b/,
}

/** The one association that the chapter's name speaks of. */
function ownerNamed(chapter: string | null): Association | undefined {
  const named = chapter === null ? [] : ASSOCIATIONS.filter(a => CHAPTER_WORDS[a].test(foldWords(chapter)))
  return named.length === 1 ? named[0] : undefined
}

/** The memberships that a row adds; null where several are marked and the chapter could belong to any of them. */
export function membershipsOf(row: RosterRow, association: Association | undefined): Membership[] | null {
  const marked = ASSOCIATIONS.filter(a => row.associations[a] || a === association)
  const owner = association ?? (marked.length === 1 ? marked[0] : ownerNamed(row.chapter))
  if (row.chapter !== null && owner === undefined) return null
  const joined = owner === undefined || marked.includes(owner) ? marked : [...marked, owner]
  return joined.map(a => ({ association: a, chapter: a === owner ? row.chapter : null }))
}

/**
 * The chapter to write in a roster's one column for chapters so that reading it finds the same membership again; null
 * where there is none or several could be meant.
 */
export function chapterToWrite(memberships: readonly Membership[]): string | null {
  const marked = new Set(memberships.map(({ association }) => association))
  const chapters = memberships.filter(({ chapter }) => chapter !== null)
  const found = chapters.find(({ association, chapter }) => marked.size === 1 || ownerNamed(chapter) === association)
  return found?.chapter ?? null
}
