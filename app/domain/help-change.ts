import type { Day } from './calendar.ts'
import type { OutcomeFact, Outcomes } from './verdict.ts'
import { type Carrier, type ConsentChannel, type HelpPlace, OUTCOMES, type Outcome } from './vocabulary.ts'

/** Fields whose changes are listed without their content: it would name the citizen. */
const PERSONAL_FIELDS = ['citizenName', 'citizenNumber', 'birth', 'phone', 'hamlet', 'note'] as const
export type PersonalField = (typeof PERSONAL_FIELDS)[number]

type Pair<Value> = { before: Value; after: Value }

/** One field of a help record that an edit changed. Holds nothing that names the citizen. */
export type HelpChange =
  | { field: PersonalField }
  | ({ field: 'helpedOn' } & Pair<Day>)
  | ({ field: 'localityCode' } & Pair<string>)
  | ({ field: 'carrier' } & Pair<Carrier | null>)
  | ({ field: 'place' } & Pair<HelpPlace>)
  | ({ field: 'consentChannel' } & Pair<ConsentChannel>)
  | ({ field: 'outcome'; outcome: Outcome } & Pair<OutcomeFact | null>)

/** The content of a record as far as its changes are listed; personal fields are any stable text of their value. */
export type HelpContent = {
  personal: Record<PersonalField, string | null>
  helpedOn: Day
  localityCode: string
  carrier: Carrier | null
  place: HelpPlace
  consentChannel: ConsentChannel
  outcomes: Outcomes
}

/** Lists what an edit changed, so that the person who confirms the record sees it in words (plan IV.2). */
export function changesBetween(before: HelpContent, after: HelpContent): HelpChange[] {
  const changes: HelpChange[] = PERSONAL_FIELDS.filter(
    field => (before.personal[field] ?? '') !== (after.personal[field] ?? ''),
  ).map(field => ({ field }))
  const add = <Field extends 'helpedOn' | 'localityCode' | 'carrier' | 'place' | 'consentChannel'>(field: Field) => {
    if (before[field] !== after[field])
      changes.push({ field, before: before[field], after: after[field] } as HelpChange)
  }
  add('helpedOn')
  add('localityCode')
  add('carrier')
  add('place')
  add('consentChannel')
  for (const outcome of OUTCOMES) {
    const was = before.outcomes[outcome] ?? null
    const is = after.outcomes[outcome] ?? null
    if (was?.value !== is?.value || was?.on !== is?.on)
      changes.push({ field: 'outcome', outcome, before: was, after: is })
  }
  return changes
}
