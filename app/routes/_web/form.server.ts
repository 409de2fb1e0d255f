import type { Submission } from '@conform-to/react'
import { parseWithZod } from '@conform-to/zod/v4'
import { data } from '@remix-run/node'
import type { FieldProblem } from '#app/domain/problem.ts'
import type { z } from '#app/domain/zod.ts'
import { explainProblem } from '#app/text/problem.ts'
import { entriesNamed } from './body.server.ts'

/**
 * Reads a form by its zod shape; problems come in Vietnamese, field by field. Only fields of the shape are read, and
 * those in `beside` are given back with what was typed. A name with brackets or dots, or too many fields: 400.
 */
export function readForm<Schema extends z.ZodType>(form: FormData, schema: Schema, beside: readonly string[] = []) {
  return parseWithZod<Schema, string[]>(entriesNamed(form, new Set([...namesOf(schema), ...beside])), {
    schema,
    formatError: issues => issues.map(issue => explainProblem(issue.message)),
  })
}

/** Takes the file out of a form, so that what is typed can be given back alone; null where none was chosen. */
export function takeFile(form: FormData): File | null {
  const file = form.get('file')
  form.delete('file')
  return file instanceof File && file.size > 0 ? file : null
}

/** The bytes of a form's file; none where none was chosen. */
export const bytesOf = async (file: File | null) =>
  file === null ? new Uint8Array() : new Uint8Array(await file.arrayBuffer())

/** The texts of a form by the names of their fields, without files; of fields with one name the last. */
export const textsOf = (form: FormData): Record<string, string> =>
  Object.fromEntries([...form].flatMap(([name, text]) => (typeof text === 'string' ? [[name, text]] : [])))

const shapes = new WeakMap<z.ZodType, readonly string[]>()

/** Returns the names of a shape's fields; looks through wrappers around an object, and through unions of objects. */
function namesOf(schema: z.ZodType): readonly string[] {
  const known = shapes.get(schema) ?? findNames(schema)
  shapes.set(schema, known)
  return known
}

function findNames(schema: z.core.$ZodType): string[] {
  const { def } = (schema as z.core.$ZodTypes)._zod
  switch (def.type) {
    case 'object':
      return Object.keys(def.shape)
    case 'pipe':
      return [...findNames(def.in), ...findNames(def.out)]
    case 'union':
      return def.options.flatMap(findNames)
    case 'transform':
      return []
    default:
      throw new TypeError(`a form has fields, which a shape of type ${def.type} does not name`)
  }
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
