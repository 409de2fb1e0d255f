import { covers, type Day } from './calendar.ts'

/** Documents for which a legal basis may prescribe a form. */
export const PRESCRIBED_PAPERS = [
  'petition',
  'achievement_person',
  'achievement_collective',
  'council_minutes',
] as const
export type PrescribedPaper = (typeof PRESCRIBED_PAPERS)[number]

/**
 * What a basis is cited for: a proposal for commendation, who may decide it (thẩm quyền, in decisions alone), or a
 * proposal for review. The law of commendation is never the basis of a review.
 */
export const BASIS_SUBJECTS = ['commendation', 'authority', 'review'] as const
export type BasisSubject = (typeof BASIS_SUBJECTS)[number]

/** căn cứ pháp lý: cited in documents dated within its days; `forms` name what it prescribes ("Mẫu số 02"). */
export type LegalBasis = {
  citation: string
  subject: BasisSubject
  place: number
  fromOn: Day
  toOn: Day | null
  forms: Partial<Record<PrescribedPaper, string>>
}

/** The bases in force on the day of a document, in the order in which it cites them; those of `subjects` alone. */
export function basesOn<Basis extends LegalBasis>(
  bases: readonly Basis[],
  day: Day,
  subjects: readonly BasisSubject[] = BASIS_SUBJECTS,
): Basis[] {
  const rankOf = ({ subject }: Basis) => (subject === 'authority' ? 0 : 1)
  return bases
    .filter(basis => covers(basis, day) && subjects.includes(basis.subject))
    .sort((a, b) => rankOf(a) - rankOf(b) || a.place - b.place || (a.fromOn < b.fromOn ? -1 : 1))
}

/** Leaves out the number of a law or ordinance: they are cited by title and day alone (NĐ 30/2020, annex I, II.6.a). */
export const citedAsPrinted = (citation: string) =>
  citation.replace(/((?:Luật|Pháp lệnh|Bộ luật)[^;]*?) số \d+\/\d{4}\/(?:QH|UBTVQH|PL-UBTVQH)\d+/g, '$1')

/** A decree, circular or decision that is cited without its number's day; a law without its day. */
export const lacksDay = (citation: string) => !/ngày \d{1,2}(?: tháng \d{1,2} năm |\/\d{1,2}\/)\d{4}/.test(citation)

/** The form that the law of a day prescribes for a document; null: none is known. The last basis that names one decides. */
export function formOn(bases: readonly LegalBasis[], day: Day, paper: PrescribedPaper): string | null {
  return basesOn(bases, day).findLast(({ forms }) => forms[paper])?.forms[paper] ?? null
}
