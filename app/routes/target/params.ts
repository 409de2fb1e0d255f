import { given, id, query, text } from '../_web/params.ts'

export const targetList = query({ search: text('tim'), after: id('sau'), officialId: id('nguoi') })
/** `basis`: by what the proposal divides. */
export const sharingPage = query({ indicator: given('chi-tieu'), basis: text('theo') })
/** The figure of each unit that a proposal divides by. */
export const unitBases = (units: readonly { id: number }[]) =>
  query(Object.fromEntries(units.map(unit => [unit.id, text(`co-so-${unit.id}`)])))
