import { ROSTER_FATES, ROSTER_HINDRANCES } from '#app/domain/roster/plan.ts'
import { flag, given, id, query, word } from '../_web/params.ts'

export const VIEWS = [...ROSTER_FATES, 'all'] as const

export const rosterPreview = query({
  view: word('xem', VIEWS),
  from: id('tu'),
  showsConversions: flag('chu', ''),
  hindrance: word('chua-nhap', ROSTER_HINDRANCES),
})
/** `batchId`: the upload that was refused. */
export const rosterImport = query({ batchId: given('lo') })
