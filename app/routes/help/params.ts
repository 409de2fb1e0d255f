import { HELP_FATES } from '#app/domain/help-import.ts'
import { PROBLEM_GROUP } from '#app/domain/mending.ts'
import { VERDICT_KINDS, VERDICT_REASONS } from '#app/domain/vocabulary.ts'
import { flag, given, id, matching, query, word } from '../_web/params.ts'

export const helpList = query({ kind: word('ket-qua', VERDICT_KINDS), before: id('truoc') })
export const unitHelpList = query({
  officialId: id('nguoi'),
  figure: word('muc', ['reported', 'counted', 'verified', 'pending', 'rejected']),
  reason: word('ly-do', VERDICT_REASONS),
  before: id('truoc'),
})
/** `assigned`: the row of a list that the form begins with; `after`: the own record whose visit it continues. */
export const helpForm = query({ assigned: given('phan-cong'), after: id('sau') })
/** `bindsSlip`: a slip that the citizen holds is to be bound, so the page does not look for an answer by itself. */
export const helpPage = query({
  bindsSlip: flag('phieu', '1'),
  refusal: word('khong-rut', ['withdrawal_denied']),
  codeRefusal: word('khong-tao-ma', ['withdrawn', 'answered']),
})
/** `group`: a problem that rows share, as `groupWord` names it. */
export const helpPreview = query({
  view: word('xem', HELP_FATES),
  group: matching('loi', PROBLEM_GROUP),
  from: id('tu'),
})
