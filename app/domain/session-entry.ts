import { type HelpInput, helpInput } from './help.ts'
import type { FieldProblem } from './problem.ts'
import { INPUT_PROBLEMS, type InputProblem } from './problem.ts'
import { OUTCOMES } from './vocabulary.ts'

/**
 * A session at a school, a factory, a mobile point: day, place and consent once, then a line for each person
 * (domain 5). Every line becomes a help record of its own, through the same shape and the same checks.
 */

/** Lines that one form takes. */
export const MAX_SESSION_LINES = 40

/** The fields of a line that are about its own person. */
const OWN_FIELDS = ['citizenName', 'citizenNumber', 'birthOn', 'birthYear', 'phone', 'carrier'] as const
/** The fields in which a line may differ from the session. */
const SHARED_FIELDS = ['localityCode', 'hamlet', ...OUTCOMES.map(outcome => `outcome_${outcome}` as const)] as const

type Texts = Record<string, string>

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
 * Reads one line with what the session says for all: what the line leaves blank is the session's. What was achieved
 * was achieved on the session's day. Problems name the form's fields: the line's, or those of the session.
 */
export function readSessionLine(
  shared: Texts,
  line: SessionLine,
): { ok: true; input: HelpInput } | { ok: false; problems: FieldProblem[] } {
  const row: Texts = { ...shared, ...pickFilled(line.texts, [...OWN_FIELDS, ...SHARED_FIELDS, 'submissionKey']) }
  for (const outcome of OUTCOMES) {
    delete row[`outcome_${outcome}_on`]
    if (row[`outcome_${outcome}`] === 'achieved') row[`outcome_${outcome}_on`] = shared.helpedOn ?? ''
  }
  const read = helpInput.safeParse(row)
  if (read.success) return { ok: true, input: read.data }
  const problems = read.error.issues.map(issue => ({
    field: String(issue.path[0] ?? ''),
    reason: INPUT_PROBLEMS.find(word => word === issue.message) ?? ('required' satisfies InputProblem),
  }))
  return { ok: false, problems: placeProblems(line, problems) }
}

/** Puts each problem of a record where the form asks for what is wrong: on the line, or at the session's own field. */
export function placeProblems(line: SessionLine, problems: readonly FieldProblem[]): FieldProblem[] {
  const isOwn = (field: string) =>
    OWN_FIELDS.some(own => own === field) || field === 'submissionKey' || Boolean(line.texts[field]?.trim())
  return problems.map(({ field, reason }) => {
    // an outcome's day is the session's
    if (/^outcome_\w+_on$/.test(field)) return { field: 'helpedOn', reason }
    return { field: isOwn(field) ? `lines[${line.at}].${field}` : field, reason }
  })
}

function pickFilled(texts: Texts, fields: readonly string[]): Texts {
  return Object.fromEntries(fields.flatMap(field => (texts[field]?.trim() ? [[field, texts[field]]] : [])))
}
