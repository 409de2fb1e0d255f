import { PROBLEM_GROUP } from '#app/domain/mending.ts'
import { ROSTER_FATES, ROSTER_HINDRANCES } from '#app/domain/roster/plan.ts'
import { flag, given, id, matching, query, word } from '../_web/params.ts'

export const VIEWS = [...ROSTER_FATES, 'all'] as const

export const rosterPreview = query({
  view: word('xem', VIEWS),
  /** a problem that rows share, as `groupWord` names it */
  group: matching('loi', PROBLEM_GROUP),
  from: id('tu'),
  showsConversions: flag('chu', ''),
  hindrance: word('chua-nhap', ROSTER_HINDRANCES),
})
/** `batchId`: the upload that was refused. */
export const rosterImport = query({ batchId: given('lo') })
