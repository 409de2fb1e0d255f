import type { InputProblem } from '#app/domain/problem.ts'
import type { Refused } from '#app/queries/candidate-step.server.ts'
import { roundPage } from './params.ts'

/** Returns the address after a refused bulk act: the first problem, and the candidate by id, no name in the address. */
export function refusedTo(base: string, refused: readonly Refused[], problem: InputProblem | null = null): string {
  const first = refused[0]
  return roundPage.to(base, {
    refusal: problem ?? first?.problem ?? 'nobody_chosen',
    candidateId: first && first.candidateId > 0 ? first.candidateId : undefined,
  })
}
