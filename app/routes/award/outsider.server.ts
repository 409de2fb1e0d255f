import type { Submission } from '@conform-to/react'
import { data } from '@remix-run/node'
import type { InputProblem } from '#app/domain/problem.ts'
import type { AlikeOfficial } from '#app/queries/outsider.server.ts'
import { refuseForm } from '../_web/form.server.ts'

/** The fields that some problems of a proposal from outside belong to; the others are about the whole. */
const FIELD_OF: Partial<Record<InputProblem, string>> = {
  birth_year_implausible: 'birthYear',
  outsider_number_needed: 'number',
}

/** The answer to a proposal from outside that was refused, with the officials whom it may be about; what was typed stays. */
export function refuseOutsider<Input, Value>(
  submission: Submission<Input, string[], Value>,
  problem: InputProblem | null,
  alike: readonly AlikeOfficial[],
) {
  const refused = refuseForm(submission, problem === null ? [] : [{ field: FIELD_OF[problem] ?? '', reason: problem }])
  return data({ ...refused.data, alike }, { status: 400 })
}
