import { z } from '#app/domain/zod.ts'
import { isDay } from './calendar.ts'
import { readCount } from './count.ts'
import { readIdNumber } from './id-number.ts'
import { typedText } from './letters.ts'
import { readPhone } from './phone.ts'
import type { InputProblem } from './problem.ts'
import { readSpokenTime } from './spoken-time.ts'

/**
 * The fields of which input shapes are made: text as FormData or a cell carries it, blank meaning absent, read into
 * what is stored. Messages of issues are `InputProblem` codes.
 */
const required = z
  .string({ error: 'required' satisfies InputProblem })
  .overwrite(typedText)
  .trim()
  .min(1, { error: 'required' satisfies InputProblem, abort: true })
const optional = z.string().overwrite(typedText).trim().optional()

/** A function in place of a message: a blank choice is required, any other word is none of the choices. */
const choiceProblem = (issue: { input?: unknown }): InputProblem => (issue.input ? 'not_a_choice' : 'required')

/** Words of one line in composed Unicode, inner spaces single; at most `max` characters. */
export const requiredText = (max: number) =>
  required.max(max, { error: 'too_long' satisfies InputProblem }).transform(words => words.replace(/\s+/g, ' '))

/** Words of any number of lines; null where blank. */
export const optionalText = (max: number) =>
  z
    .string()
    .overwrite(typedText)
    .trim()
    .max(max, { error: 'too_long' satisfies InputProblem })
    .optional()
    .transform(words => words || null)

export const requiredDay = required.refine(isDay, { error: 'not_a_day' satisfies InputProblem })

/** A Day; null where blank. */
export const optionalDay = optional
  .refine(day => !day || isDay(day), { error: 'not_a_day' satisfies InputProblem })
  .transform(day => day || null)

/** A year of four digits as a number; null where blank. */
export const optionalYear = optional
  .refine(year => !year || /^\d{4}$/.test(year), { error: 'not_a_year' satisfies InputProblem })
  .transform(year => (year ? Number(year) : null))

export const requiredChoice = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z.string({ error: 'required' satisfies InputProblem }).pipe(z.enum(values, { error: choiceProblem }))

/** One of the values; null where blank. */
export const optionalChoice = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z
    .string()
    .optional()
    .transform(value => value || null)
    .pipe(z.enum(values, { error: choiceProblem }).nullable())

/** A Vietnamese mobile number in ten digits. */
export const requiredPhone = required.transform((text, context) => {
  const reading = readPhone(text)
  if (reading.ok) return reading.phone
  context.addIssue({ code: 'custom', message: reading.reason })
  return z.NEVER
})

/** A Vietnamese mobile number in ten digits; null where blank. */
export const optionalPhone = optional.transform((text, context) => {
  if (!text) return null
  const reading = readPhone(text)
  if (reading.ok) return reading.phone
  context.addIssue({ code: 'custom', message: reading.reason })
  return z.NEVER
})

/** A personal number of twelve digits; null where blank. */
export const optionalIdNumber = optional.transform((text, context) => {
  if (!text) return null
  const reading = readIdNumber(text)
  if (reading.ok) return reading.number
  context.addIssue({ code: 'custom', message: reading.reason })
  return z.NEVER
})

/** A whole number from `min` to `max`, both inclusive, written as `readCount` reads it. */
export const requiredWhole = ({ min, max }: { min: number; max: number }) =>
  required
    .transform(readCount)
    .pipe(z.number({ error: 'not_a_number' satisfies InputProblem }))
    .refine(number => number >= min && number <= max, { error: 'out_of_range' satisfies InputProblem })

/** One yes-or-no: ticked sends `on`, unticked nothing. */
export const tick = z
  .string()
  .optional()
  .transform(value => value === 'on')

/** Any number of the values; where `min` is 1, at least one. */
export const choices = <const Values extends readonly [string, ...string[]]>(values: Values, min: 0 | 1) =>
  z
    .array(z.enum(values, { error: 'not_a_choice' satisfies InputProblem }))
    .min(min, { error: 'required' satisfies InputProblem })

/** The id of a row, as a form carries it. */
export const requiredId = required
  .refine(text => /^\d{1,15}$/.test(text), { error: 'not_a_choice' satisfies InputProblem, abort: true })
  .transform(Number)

/** The same; null where blank. */
export const optionalId = optional
  .refine(text => !text || /^\d{1,15}$/.test(text), { error: 'not_a_choice' satisfies InputProblem, abort: true })
  .transform(text => (text ? Number(text) : null))

/** A time of day as `readSpokenTime` reads it, in milliseconds since midnight. */
export const requiredTime = required
  .refine(time => readSpokenTime(time) !== undefined, { error: 'not_a_time' satisfies InputProblem, abort: true })
  .transform(time => {
    const [hours = 0, minutes = 0] = (readSpokenTime(time) ?? '').split(':').map(Number)
    return (hours * 60 + minutes) * 60_000
  })
