import { flag, given, id, query } from '../_web/params.ts'

/** `unit`: the unit of the reader that is looked at; `stage`: a word of REVIEW_STAGES. */
export const reviewList = query({ unit: given('don-vi'), stage: given('buoc'), before: id('truoc') })
export const noticeForm = query({ unit: given('don-vi'), isCollective: flag('loai', 'tap-the'), after: id('sau') })
/** `person`: the official that a gate is for. */
export const gateForm = query({ person: given('nguoi') })
