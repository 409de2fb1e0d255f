import { type HelpInput, helpInput } from './help.ts'
import type { FieldProblem } from './problem.ts'
import { INPUT_PROBLEMS, type InputProblem } from './problem.ts'
import { OWN_FIELDS, type SessionLine, sessionRow, type Texts } from './session-lines.ts'

/**
 * Reads one line as its own person's form. Problems name the form's fields: the line's, or those of the session.
 */
export function readSessionLine(
  shared: Texts,
  line: SessionLine,
): { ok: true; input: HelpInput } | { ok: false; problems: FieldProblem[] } {
  const read = helpInput.safeParse(sessionRow(shared, line))
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
