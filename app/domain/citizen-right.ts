import type { CitizenAnswer, CitizenRequestKind, Outcome, OutcomeValue } from './vocabulary.ts'

/** Days for which the page of a code shows what is held, after the request to see it was granted. Domain 11. */
export const SHOWN_DAYS = 30

/** Why a citizen's request is not taken: a correction that does not say what, or no restriction that could be lifted. */
export type AskProblem = 'correction_unsaid' | 'nothing_restricted'

/** Returns why a request cannot be taken as it is; null if it can. */
export function checkAsked(
  { kind, message }: { kind: CitizenRequestKind; message: string },
  { isRestricted }: { isRestricted: boolean },
): AskProblem | null {
  if (kind === 'lift' && !isRestricted) return 'nothing_restricted'
  return kind === 'correct' && message === '' ? 'correction_unsaid' : null
}

/** Kinds that are met by an act of their own, and never by a word alone: corrected, restriction lifted, erased. */
const BY_ACT: readonly CitizenRequestKind[] = ['correct', 'lift', 'delete']

/** True where a request is met by answering it: data is shown, or restricted. */
export const isMetByAnswer = (kind: CitizenRequestKind) => !BY_ACT.includes(kind)

/** A citizen's request as the page of their code shows it. Instants in ms; `isMet` null: open, or closed before it was kept. */
export type OwnRequest = {
  id: number
  kind: CitizenRequestKind
  askedAt: number
  acknowledgedAt: number | null
  closedAt: number | null
  answer: string | null
  isMet: boolean | null
  /** the day by which it is met */
  meetBy: string
}

/** What is held of the citizen in the record behind their code. */
export type OwnData = {
  name: string
  /** as it was typed; null: the same */
  nameTyped: string | null
  number: string
  phone: string | null
  birth: string
  area: string
  hamlet: string
  helpedOn: string
  outcomes: Partial<Record<Outcome, OutcomeValue>>
  officialName: string
  /** their valid answer and own words; null: none */
  answer: CitizenAnswer | null
  words: string | null
  /** how many lists of citizens to be helped name them, and how many other records */
  lists: number
  otherRecords: number
}
