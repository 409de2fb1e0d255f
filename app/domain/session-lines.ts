import { splitCardText } from './card.ts'
import { OUTCOMES } from './vocabulary.ts'

/**
 * A session at a school, a factory, a mobile point: day, place and consent once, then a line for each person
 * (domain 5). Every line becomes a help record of its own, through the same shape and the same checks.
 */

/** Lines that one form takes. */
export const MAX_SESSION_LINES = 40

/** The fields of a line that are about its own person. */
export const OWN_FIELDS = ['citizenName', 'citizenNumber', 'birthOn', 'birthYear', 'phone', 'carrier'] as const
/** The fields in which a line may differ from the session. */
const SHARED_FIELDS = ['localityCode', 'hamlet', ...OUTCOMES.map(outcome => `outcome_${outcome}` as const)] as const

export type Texts = Record<string, string>

/** One person of a session as typed; `at` is the line's place in the form. */
export type SessionLine = { at: number; texts: Texts }

/** Takes a session's form apart: fields of all, its lines, and of these the ones on which anything was typed. */
export function partSession(fields: Iterable<readonly [string, string]>): {
  shared: Texts
  lines: SessionLine[]
  filled: SessionLine[]
} {
  const shared: Texts = {}
  const lines = new Map<number, Texts>()
  for (const [name, text] of fields) {
    const [, at, field] = /^lines\[(\d{1,3})\]\.(\w+)$/.exec(name) ?? []
    if (field === undefined) shared[name] = text
    else lines.set(Number(at), { ...lines.get(Number(at)), [field]: text })
  }
  const all = [...lines]
    .sort(([a], [b]) => a - b)
    .slice(0, MAX_SESSION_LINES)
    .map(([at, texts]) => ({ at, texts }))
  const filled = all.filter(({ texts }) => OWN_FIELDS.some(field => texts[field]?.trim()))
  return { shared, lines: all, filled }
}

/**
 * Writes one line out as the help form of its person: what the line leaves blank is the session's. What was achieved
 * was achieved on the session's day.
 */
export function sessionRow(shared: Texts, line: SessionLine): Texts {
  const texts = splitCardText(line.texts)
  const row: Texts = { ...shared, ...pickFilled(texts, [...OWN_FIELDS, ...SHARED_FIELDS, 'submissionKey']) }
  for (const outcome of OUTCOMES) {
    delete row[`outcome_${outcome}_on`]
    if (row[`outcome_${outcome}`] === 'achieved') row[`outcome_${outcome}_on`] = shared.helpedOn ?? ''
  }
  return row
}

function pickFilled(texts: Texts, fields: readonly string[]): Texts {
  return Object.fromEntries(fields.flatMap(field => (texts[field]?.trim() ? [[field, texts[field]]] : [])))
}
