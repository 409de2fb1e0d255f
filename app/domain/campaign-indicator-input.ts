import { z } from '#app/domain/zod.ts'
import { codeOf, isIndicatorCode } from './campaign-indicator.ts'
import { readCount } from './count.ts'
import { optionalChoice, optionalText, requiredChoice, requiredText } from './field.ts'
import { TALLIED_OUTCOMES } from './outcome-marks.ts'
import type { FieldProblem } from './problem.ts'
import { percentage } from './regulation-input.ts'
import { GOAL_BASES, INDICATOR_SOURCES } from './vocabulary.ts'

const flat = z.object({
  code: optionalText(40),
  name: requiredText(150),
  shortName: requiredText(40),
  printedName: optionalText(200),
  publicName: optionalText(150),
  unit: requiredText(80),
  source: requiredChoice(INDICATOR_SOURCES),
  outcome: optionalChoice(TALLIED_OUTCOMES),
  basis: optionalChoice(GOAL_BASES),
  share: optionalText(10),
  adults: optionalText(12),
  atStart: optionalText(12),
  exceptions: optionalText(300),
})
type Flat = z.output<typeof flat>

/**
 * The form of one indicator with the goal that the plan's text states for it. Without a code it gets one from its short
 * name. A goal is there where its basis is chosen; of the adults it needs both numbers.
 */
export const indicatorInput = flat.transform((row, context) => {
  const { name, shortName, printedName, publicName, unit, source, outcome } = row
  const goal = goalIn(row)
  const problems = [...goal.problems]
  const code = row.code ?? codeOf(shortName)
  if (!isIndicatorCode(code)) problems.push({ field: 'code', reason: 'indicator_code' })
  for (const { field, reason } of problems) context.addIssue({ code: 'custom', path: [field], message: reason })
  if (problems.length > 0) return z.NEVER
  return {
    indicator: {
      code,
      name,
      shortName,
      printedName: printedName ?? '',
      publicName: publicName ?? '',
      unit,
      source,
      outcome,
    },
    goal: goal.stated,
  }
})
export type IndicatorInput = z.output<typeof indicatorInput>

/** The goal of a form; null where no basis is chosen. Its problems stand at their fields. */
function goalIn({ basis, share, adults, atStart, exceptions }: Flat) {
  if (basis === null) return { stated: null, problems: [] }
  const problems: FieldProblem[] = []
  const part = percentage.safeParse(share ?? undefined)
  if (!part.success) problems.push({ field: 'share', reason: share === null ? 'required' : 'not_a_number' })
  const count = (field: 'adults' | 'atStart', typed: string | null) => {
    if (basis !== 'adults') return null
    const number = typed === null ? undefined : readCount(typed)
    if (number === undefined) problems.push({ field, reason: typed === null ? 'required' : 'not_a_count' })
    return number ?? null
  }
  const stated = {
    share: part.success ? part.data : 0,
    basis,
    adults: count('adults', adults),
    atStart: count('atStart', atStart),
    exceptions: basis === 'annex' ? (exceptions ?? '') : '',
  }
  return { stated, problems }
}
