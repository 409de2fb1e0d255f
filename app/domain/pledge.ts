import { z } from 'zod'
import type { Day } from './calendar.ts'
import { optionalDay } from './field.ts'
import type { FieldProblem, InputProblem } from './problem.ts'
import type { Regulation } from './regulation.ts'
import type { Standing } from './standing.ts'
import { OBLIGATIONS, type Obligation } from './vocabulary.ts'

/** The day by which each obligation is promised, by the name of its field. */
export const PLEDGE_DAYS = {
  sim_signature: 'simSignatureBy',
  phone_4g: 'phone4gBy',
  portal_login: 'portalLoginBy',
} as const satisfies Record<Obligation, string>

const optionalCount = z
  .string()
  .trim()
  .optional()
  .refine(count => !count || /^\d{1,4}$/.test(count), { error: 'not_a_count' satisfies InputProblem })
  .transform(count => (count ? Number(count) : null))

const promises = {
  citizens: optionalCount,
  simSignatureBy: optionalDay,
  phone4gBy: optionalDay,
  portalLoginBy: optionalDay,
}

/** The pledge as it is typed; ticking `signed` is the signature. What one does not bear stays blank. Plan IV.1. */
export const pledgeInput = z
  .object({ ...promises, signed: z.literal('on', { error: 'signature_needed' satisfies InputProblem }) })
  .transform(({ signed: _, ...promised }) => promised)
export type PledgeInput = z.output<typeof pledgeInput>

/** What one official has to promise: how many citizens at least (null: none), and which obligations. */
export type PledgeTerms = { target: number | null; obligations: Obligation[] }

/** The terms that follow from a standing; what is lifted or not borne is not promised. */
export function pledgeTerms({ target, obligations }: Pick<Standing, 'target' | 'obligations'>): PledgeTerms {
  const isBorne = (obligation: Obligation) => !['exempt', 'not_borne'].includes(obligations[obligation])
  return { target, obligations: OBLIGATIONS.filter(isBorne) }
}

/**
 * What keeps a pledge from being signed (plan IV.1): fewer citizens than the target, a day outside the campaign, or a
 * campaign that is over.
 */
export function checkPledge(
  input: PledgeInput,
  { target, obligations }: PledgeTerms,
  { today, regulation: { startsOn, endsOn } }: { today: Day; regulation: Pick<Regulation, 'startsOn' | 'endsOn'> },
): FieldProblem[] {
  const problems: FieldProblem[] = []
  if (today > endsOn) problems.push({ field: 'signed', reason: 'campaign_over' })
  if (target !== null) {
    if (input.citizens === null) problems.push({ field: 'citizens', reason: 'required' })
    else if (input.citizens < target) problems.push({ field: 'citizens', reason: 'pledge_below_target' })
  }
  for (const obligation of obligations) {
    const field = PLEDGE_DAYS[obligation]
    const day = input[field]
    if (day === null) problems.push({ field, reason: 'required' })
    else if (day < startsOn || day > endsOn) problems.push({ field, reason: 'outside_campaign' })
  }
  return problems
}
