import { z } from '#app/domain/zod.ts'
import { covers, type Day } from './calendar.ts'
import { optionalDay, optionalText, requiredDay, requiredText, requiredWhole } from './field.ts'
import type { InputProblem } from './problem.ts'

/** Documents for which a legal basis may prescribe a form. */
export const PRESCRIBED_PAPERS = [
  'petition',
  'achievement_person',
  'achievement_collective',
  'council_minutes',
] as const
export type PrescribedPaper = (typeof PRESCRIBED_PAPERS)[number]

/** căn cứ pháp lý: cited in documents dated within its days; `forms` name what it prescribes ("Mẫu số 02"). */
export type LegalBasis = {
  citation: string
  place: number
  fromOn: Day
  toOn: Day | null
  forms: Partial<Record<PrescribedPaper, string>>
}

/** The bases in force on the day of a document, in the order in which it cites them. */
export function basesOn<Basis extends LegalBasis>(bases: readonly Basis[], day: Day): Basis[] {
  return bases.filter(basis => covers(basis, day)).sort((a, b) => a.place - b.place || (a.fromOn < b.fromOn ? -1 : 1))
}

/** The form that the law of a day prescribes for a document; null: none is known. The last basis that names one decides. */
export function formOn(bases: readonly LegalBasis[], day: Day, paper: PrescribedPaper): string | null {
  return basesOn(bases, day).findLast(({ forms }) => forms[paper])?.forms[paper] ?? null
}

/** A basis as home affairs enters it; it is never edited, only ended. */
export const legalBasisInput = z
  .object({
    citation: requiredText(500),
    place: requiredWhole({ min: 1, max: 99 }),
    fromOn: requiredDay,
    toOn: optionalDay,
    petition: optionalText(60),
    achievement_person: optionalText(60),
    achievement_collective: optionalText(60),
    council_minutes: optionalText(60),
  })
  .superRefine(({ fromOn, toOn }, context) => {
    if (toOn !== null && toOn < fromOn)
      context.addIssue({ code: 'custom', path: ['toOn'], message: 'ends_before_start' satisfies InputProblem })
  })
export type LegalBasisInput = z.infer<typeof legalBasisInput>

export const basisEndInput = z.object({ toOn: requiredDay })
