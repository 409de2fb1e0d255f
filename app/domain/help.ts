import { z } from '#app/domain/zod.ts'
import type { Day } from './calendar.ts'
import {
  optionalChoice,
  optionalDay,
  optionalPhone,
  optionalText,
  optionalYear,
  requiredChoice,
  requiredDay,
  requiredText,
} from './field.ts'
import { checkCitizenAge, readIdNumber } from './id-number.ts'
import { readName, storedName } from './person-name.ts'
import type { FieldProblem, InputProblem } from './problem.ts'
import type { Regulation } from './regulation.ts'
import type { Outcomes } from './verdict.ts'
import {
  CARRIERS,
  type Carrier,
  CONSENT_CHANNELS,
  type ConsentChannel,
  HELP_PLACES,
  type HelpPlace,
  OUTCOME_VALUES,
  OUTCOMES,
  type Outcome,
} from './vocabulary.ts'

type OutcomeField = `outcome_${Outcome}`
type OutcomeDayField = `${OutcomeField}_on`

/** A person's name as a form takes it: letters with their marks, in the capitals that were typed. */
export const typedName = requiredText(100).transform((typed, context) => {
  const reading = readName(typed)
  if (reading.ok && reading.post === null) return reading.name
  context.addIssue({ code: 'custom', message: reading.ok ? 'name_unreadable' : reading.reason })
  return z.NEVER
})

const personalNumber = requiredText(20).transform((typed, context) => {
  const reading = readIdNumber(typed)
  if (reading.ok) return { digits: reading.number, birthYear: reading.birthYear }
  context.addIssue({ code: 'custom', message: reading.reason })
  return z.NEVER
})

const outcomeValue = optionalChoice(OUTCOME_VALUES)
const outcomeFields = {
  ...(Object.fromEntries(OUTCOMES.map(outcome => [`outcome_${outcome}`, outcomeValue])) as Record<
    OutcomeField,
    typeof outcomeValue
  >),
  ...(Object.fromEntries(OUTCOMES.map(outcome => [`outcome_${outcome}_on`, optionalDay])) as Record<
    OutcomeDayField,
    typeof optionalDay
  >),
}

/** One visit as it was typed, read and normalised; what a `recordHelp` or `correctHelp` writes. */
export type HelpInput = {
  /** Made by the form, once: a second submission with it makes no second record. */
  submissionKey: string
  citizen: {
    /** in title case */
    name: string
    /** the name as it was typed; absent where that is the same */
    nameTyped?: string
    /** 12 digits */
    number: string
    birthOn: Day | null
    birthYear: number
    /** ten digits */
    phone: string | null
    carrier: Carrier | null
    localityCode: string
    hamlet: string | null
  }
  helpedOn: Day
  place: HelpPlace
  /** Outcomes left blank are absent; one not_yet has no day. */
  outcomes: Outcomes
  consentChannel: ConsentChannel
  note: string | null
}

/**
 * The help form, flat as FormData carries it: for each outcome a value `outcome_<name>` and a day `outcome_<name>_on`.
 * Shared by the form, the action and imports; messages of its issues are `InputProblem` codes. A day or year of birth
 * that is given agrees with the year in the personal number.
 */
export const helpInput = z
  .object({
    submissionKey: z.uuid({ error: 'not_a_key' satisfies InputProblem }),
    citizenName: typedName,
    citizenNumber: personalNumber,
    birthOn: optionalDay,
    birthYear: optionalYear,
    phone: optionalPhone,
    carrier: optionalChoice(CARRIERS),
    localityCode: requiredText(20),
    hamlet: optionalText(100),
    helpedOn: requiredDay,
    place: requiredChoice(HELP_PLACES),
    ...outcomeFields,
    consentChannel: requiredChoice(CONSENT_CHANNELS),
    consent: z.literal('on', { error: 'consent_needed' satisfies InputProblem }),
    note: optionalText(1000),
  })
  .transform((row, context): HelpInput => {
    const refuse = (field: string, reason: InputProblem) =>
      context.addIssue({ code: 'custom', path: [field], message: reason })

    const { birthYear } = row.citizenNumber
    if (row.birthOn !== null && Number(row.birthOn.slice(0, 4)) !== birthYear) refuse('birthOn', 'birth_disagrees')
    if (row.birthYear !== null && row.birthYear !== birthYear) refuse('birthYear', 'birth_disagrees')

    const outcomes: Outcomes = {}
    for (const outcome of OUTCOMES) {
      const value = row[`outcome_${outcome}`]
      const on = row[`outcome_${outcome}_on`]
      if (value !== null) outcomes[outcome] = { value, on: value === 'not_yet' ? null : on }
      else if (on !== null) refuse(`outcome_${outcome}`, 'required')
    }
    const { name, typed } = storedName(row.citizenName)
    return {
      submissionKey: row.submissionKey,
      citizen: {
        name,
        ...(typed === null ? {} : { nameTyped: typed }),
        number: row.citizenNumber.digits,
        birthOn: row.birthOn,
        birthYear,
        phone: row.phone,
        carrier: row.carrier,
        localityCode: row.localityCode,
        hamlet: row.hamlet,
      },
      helpedOn: row.helpedOn,
      place: row.place,
      outcomes,
      consentChannel: row.consentChannel,
      note: row.note,
    }
  })

export type HelpContext = {
  today: Day
  /** The citizen's number is that of the official who helped. */
  isSelf: boolean
  /** `localityCode` names a commune of the campaign's province. */
  isKnownLocality: boolean
  regulation: Pick<Regulation, 'minimumAge' | 'requiredOutcomes'>
}

/**
 * Lists what keeps a visit from being recorded (plan IV.1): an age that is too low or unknown, future days, outcome
 * days out of order with the visit. Days outside the campaign are recorded all the same: the verdict handles them.
 */
export function checkHelp(
  input: HelpInput,
  { today, isSelf, isKnownLocality, regulation }: HelpContext,
): FieldProblem[] {
  const problems: FieldProblem[] = []
  const { citizen, helpedOn, outcomes } = input
  if (isSelf) problems.push({ field: 'citizenNumber', reason: 'self_claim' })
  if (!isKnownLocality) problems.push({ field: 'localityCode', reason: 'locality_unknown' })
  if (helpedOn > today) problems.push({ field: 'helpedOn', reason: 'in_future' })
  const age = checkCitizenAge(citizen, helpedOn, regulation.minimumAge)
  if (age !== null) {
    const isYearAtFault = age === 'too_young' && citizen.birthOn === null
    problems.push({ field: isYearAtFault ? 'citizenNumber' : 'birthOn', reason: age })
  }
  for (const outcome of OUTCOMES) {
    const fact = outcomes[outcome]
    const field = `outcome_${outcome}`
    if (fact === undefined) {
      if (regulation.requiredOutcomes.includes(outcome)) problems.push({ field, reason: 'required' })
      continue
    }
    const reason = outcomeDayProblem(fact, helpedOn, today)
    if (reason !== null) problems.push({ field: `${field}_on`, reason })
  }
  return problems
}

/** An achieved outcome has its day, from the first visit to today; one already had was there at the first visit. */
function outcomeDayProblem(
  { value, on }: NonNullable<Outcomes[Outcome]>,
  helpedOn: Day,
  today: Day,
): InputProblem | null {
  if (on === null) return value === 'achieved' ? 'outcome_day_needed' : null
  if (on > today) return 'in_future'
  if (value === 'achieved' && on < helpedOn) return 'outcome_before_help'
  if (value === 'already_had' && on > helpedOn) return 'had_after_help'
  return null
}

/**
 * Returns why a record cannot be withdrawn: the citizen denied it. Null if it can. Whether it was drawn for an inspection
 * says nothing here: the team goes on with it, and sees that its withdrawal was asked (domain 6.4).
 */
export function checkWithdrawal(record: { isDenied: boolean }): InputProblem | null {
  return record.isDenied ? 'withdrawal_denied' : null
}

/**
 * The outcomes of a form as they are stored: of those that do not hold in the campaign, what the record had before (`former`;
 * empty: a new record) stays.
 */
export function heldInput(
  input: HelpInput,
  former: Outcomes,
  { heldOutcomes }: Pick<Regulation, 'heldOutcomes'>,
): HelpInput {
  const outcomes: Outcomes = {}
  for (const outcome of OUTCOMES) {
    const fact = (heldOutcomes.includes(outcome) ? input.outcomes : former)[outcome]
    if (fact) outcomes[outcome] = fact
  }
  return { ...input, outcomes }
}

/** How often the citizen's number of one record may be changed. Domain 5. */
const MOST_NUMBER_CHANGES = 3

/**
 * Returns why a record cannot be given to another citizen; null if it can: its number was changed three times, the
 * citizen denied it, extracts show the citizen, or an inspection of its unit, or above, drew since it was recorded.
 * Drawn or not, all records of that unit answer alike.
 */
export function checkCitizenChange(record: {
  numberChanges: number
  isDenied: boolean
  isShown: boolean
  couldBeDrawn: boolean
}): InputProblem | null {
  const { numberChanges, isDenied, isShown, couldBeDrawn } = record
  return numberChanges >= MOST_NUMBER_CHANGES || isDenied || isShown || couldBeDrawn ? 'citizen_fixed' : null
}

/**
 * True if the must-achieve outcome keeps a day that extracts verified or contradicted in a record of this citizen by this
 * official, or is not claimed. Another day is changed by request, not by trying (domain 5). `days`: those days; empty:
 * extracts said nothing.
 */
export function fitsCheckedDays(
  { outcomes, helpedOn }: Pick<HelpInput, 'outcomes' | 'helpedOn'>,
  days: readonly Day[],
  { mustAchieve }: Pick<Regulation, 'mustAchieve'>,
): boolean {
  const fact = outcomes[mustAchieve]
  if (days.length === 0 || fact?.value !== 'achieved') return true
  return days.includes(fact.on ?? helpedOn)
}

/**
 * The fields of a record that `judge` depends on: who the citizen is, where extracts look for them, when they were
 * helped with what. `citizen` and `phone` are any stable text that represents the number (a keyed hash will do).
 */
export type JudgedFields = {
  citizen: string
  phone: string | null
  carrier: Carrier | null
  localityCode: string
  helpedOn: Day
  outcomes: Outcomes
}

/** True where an edit touches a field that `judge` reads, so that it resets the unit's confirmation and the citizen's yes. */
export function changesVerdict(
  before: JudgedFields,
  after: JudgedFields,
  regulation: Pick<Regulation, 'requiredOutcomes' | 'mustAchieve'>,
): boolean {
  const judgedOutcomes = [...regulation.requiredOutcomes, regulation.mustAchieve]
  return (
    before.citizen !== after.citizen ||
    before.phone !== after.phone ||
    before.carrier !== after.carrier ||
    before.localityCode !== after.localityCode ||
    before.helpedOn !== after.helpedOn ||
    judgedOutcomes.some(outcome => {
      const was = before.outcomes[outcome]
      const is = after.outcomes[outcome]
      return (was?.value ?? 'not_yet') !== (is?.value ?? 'not_yet') || (was?.on ?? null) !== (is?.on ?? null)
    })
  )
}

type Claim = Pick<JudgedFields, 'citizen' | 'outcomes'>

/**
 * Returns the instant (ms) from which a record claims its citizen, after a change received at `at`. It is the receipt
 * of the change that first made the must-achieve outcome achieved. It is kept through return and correction, and lost
 * when the outcome is unset. It starts again when the citizen is changed. `before` is null for a new record.
 */
export function claimedAtAfter(
  before: (Claim & { claimedAt: number | null }) | null,
  after: Claim,
  at: number,
  { mustAchieve }: Pick<Regulation, 'mustAchieve'>,
): number | null {
  if (after.outcomes[mustAchieve]?.value !== 'achieved') return null
  return before?.citizen === after.citizen ? (before.claimedAt ?? at) : at
}

/** Instants (ms) from which a record claims each outcome that it calls achieved. */
export type Claims = Partial<Record<Outcome, number>>

/**
 * Applies `claimedAtAfter` to every outcome. If the regulation later wants another outcome achieved, the record is
 * judged by that outcome's own instant (domain 5).
 */
export function claimsAfter(before: (Claim & { claims: Claims }) | null, after: Claim, at: number): Claims {
  const claims: Claims = {}
  for (const outcome of OUTCOMES) {
    const was = before && { ...before, claimedAt: before.claims[outcome] ?? null }
    const claimedAt = claimedAtAfter(was, after, at, { mustAchieve: outcome })
    if (claimedAt !== null) claims[outcome] = claimedAt
  }
  return claims
}
