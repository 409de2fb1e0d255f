import { grouped } from '#app/domain/grouping.ts'
import type { AnswerFlag, CitizenAnswer, Outcome, OutcomeValue } from '#app/domain/vocabulary.ts'
import { prepared } from '#db/client.server.ts'

/** The newest valid answer of each of these records' citizens (`@ids`: JSON). */
const ANSWERS = `
  select a.help_id as helpId, a.answer, a.flag from citizen_answer a
   where a.help_id in (select value from json_each(@ids)) and a.set_aside_at is null
     and a.id = (select max(id) from citizen_answer b where b.help_id = a.help_id and b.set_aside_at is null)`

type Answer = { helpId: number; answer: CitizenAnswer; flag: AnswerFlag | null }

const answersOf = (helpIds: readonly number[]) => prepared<Answer>(ANSWERS).all({ ids: JSON.stringify(helpIds) })

/** The records among these whose citizen has answered that the help is right, from a browser without a question. */
export function affirmedAmong(helpIds: readonly number[]): ReadonlySet<number> {
  return new Set(answersOf(helpIds).flatMap(row => (row.answer === 'yes' && row.flag === null ? [row.helpId] : [])))
}

/** What a confirmer weighs about one record, beside what the record itself says. */
type QueueEvidence = {
  /** the citizen's newest valid answer; null: none */
  answer: CitizenAnswer | null
  /** why the answer is looked at again; null: nothing odd, or no answer */
  flag: AnswerFlag | null
  /** how often the record was sent back */
  returns: number
  /** the outcomes that the official claims: achieved, or had before */
  outcomes: readonly { outcome: Outcome; value: Exclude<OutcomeValue, 'not_yet'> }[]
}

/** Gathers that evidence for the records of one page of a queue; the caller has asked who may see them. */
export function evidenceOf(helpIds: readonly number[]): (helpId: number) => QueueEvidence {
  const ids = JSON.stringify(helpIds)
  const answers = new Map(answersOf(helpIds).map(row => [row.helpId, row]))
  const returns = new Map(
    prepared<{ helpId: number; returns: number }>(
      `select e.value as helpId, (select count(*) from event
          where subject = 'help' and subject_id = cast(e.value as text) and verb = 'return') as returns
         from json_each(@ids) e`,
    )
      .all({ ids })
      .map(row => [row.helpId, row.returns]),
  )
  const outcomes = grouped(
    prepared<{ helpId: number; outcome: Outcome; value: Exclude<OutcomeValue, 'not_yet'> }>(
      `select help_id as helpId, outcome, value from help_outcome
        where help_id in (select value from json_each(@ids)) and value <> 'not_yet'`,
    ).all({ ids }),
    row => row.helpId,
  )
  return helpId => ({
    answer: answers.get(helpId)?.answer ?? null,
    flag: answers.get(helpId)?.flag ?? null,
    returns: returns.get(helpId) ?? 0,
    outcomes: (outcomes.get(helpId) ?? []).map(({ outcome, value }) => ({ outcome, value })),
  })
}
