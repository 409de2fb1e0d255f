import { covers, type Day } from './calendar.ts'

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
