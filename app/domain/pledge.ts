import type { Day } from './calendar.ts'
import type { FieldProblem } from './problem.ts'
import type { Regulation } from './regulation.ts'
import { isBorne, type Standing } from './standing.ts'
import { OBLIGATIONS, type Obligation } from './vocabulary.ts'

/** People on one paper list: a unit of more signs several, each written in half a second. */
export const PLEDGE_LIST_ROWS = 400

/** The day by which each obligation is promised, by the name of its field. */
export const PLEDGE_DAYS = {
  sim_signature: 'simSignatureBy',
  phone_4g: 'phone4gBy',
  portal_login: 'portalLoginBy',
} as const satisfies Record<Obligation, string>

/** What is promised: citizens, and the days by which; null: not borne, so not promised. */
export type PledgeInput = { citizens: number | null } & Record<(typeof PLEDGE_DAYS)[Obligation], Day | null>

/** What one official has to promise: how many citizens at least (null: none), and which obligations. */
export type PledgeTerms = { target: number | null; obligations: Obligation[] }

/** The terms that follow from a standing; what is lifted or not borne is not promised. */
export function pledgeTerms({ target, obligations }: Pick<Standing, 'target' | 'obligations'>): PledgeTerms {
  return { target, obligations: OBLIGATIONS.filter(obligation => isBorne(obligations[obligation])) }
}

/**
 * Returns true if a promise that a person signed on the app binds more than their unit's list: for more citizens, or for
 * as many and an earlier day. What the list does not promise is not compared.
 */
export function promisesMore(own: PledgeInput, list: PledgeInput): boolean {
  const [ownCitizens, listCitizens] = [own.citizens ?? 0, list.citizens ?? 0]
  if (ownCitizens !== listCitizens) return ownCitizens > listCitizens
  return Object.values(PLEDGE_DAYS).some(field => {
    const [ownDay, listDay] = [own[field], list[field]]
    return ownDay !== null && listDay !== null && ownDay < listDay
  })
}

/**
 * Lists what keeps a pledge from being signed (plan IV.1): fewer citizens than the target, a day outside the campaign,
 * or a campaign that is over.
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
