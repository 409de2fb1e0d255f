import type { Submission } from '@conform-to/react'
import { parseWithZod } from '@conform-to/zod/v4'
import { data } from '@remix-run/node'
import type { FieldProblem } from '#app/domain/problem.ts'
import type { z } from '#app/domain/zod.ts'
import { explainProblem } from '#app/text/reasons.ts'

/** Reads a form by its zod shape; problems come in Vietnamese, field by field. */
export function readForm<Schema extends z.ZodType>(form: FormData, schema: Schema) {
  return parseWithZod<Schema, string[]>(form, {
    schema,
    formatError: issues => issues.map(issue => explainProblem(issue.message)),
  })
}

/**
 * The answer to a form that could not be taken: status 400, what was typed kept, `problems` (or `formErrors`, whole
 * sentences about the form as such) beside their fields.
 */
export function refuseForm<Input, Value>(
  submission: Submission<Input, string[], Value>,
  problems: readonly FieldProblem[] = [],
  { formErrors, hideFields }: { formErrors?: string[]; hideFields?: string[] } = {},
) {
  const fieldErrors: Record<string, string[]> = {}
  for (const { field, reason } of problems) fieldErrors[field] = [...(fieldErrors[field] ?? []), explainProblem(reason)]
  const hasOwn = problems.length > 0 || formErrors !== undefined
  return data(
    {
      lastResult: submission.reply({ ...(hasOwn ? { fieldErrors, formErrors } : {}), hideFields: hideFields as never }),
    },
    { status: 400 },
  )
}
