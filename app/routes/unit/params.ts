import { ASSOCIATIONS, CATEGORIES, LACKINGS, OFFICIAL_RESULTS } from '#app/domain/vocabulary.ts'
import { flag, given, id, query, text, word } from '../_web/params.ts'

export const unitTree = query({ search: text('tim') })
export const unitPage = query({ refusal: given('chua') })
export const coordinatorPage = query({ search: text('tim'), refusal: given('chua') })
export const officialList = query({
  search: text('tim'),
  category: word('loai', CATEGORIES),
  association: word('doan-the', ASSOCIATIONS),
  result: word('ket-qua', OFFICIAL_RESULTS),
  lacking: word('thieu', LACKINGS),
  isByName: flag('xep', 'ten'),
  after: id('sau'),
})
export const reminderList = query({ after: id('sau') })
export const activationList = query({
  showsAll: flag('ai', 'tat-ca'),
  search: text('tim'),
  officialId: id('nguoi'),
  after: id('sau'),
})
