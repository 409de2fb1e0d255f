import { flag, given, id, query } from '../_web/params.ts'

/** `dimension`: the slug of the split; `unit`: the unit whose board it is; `from`: how many rows are before the page. */
export const boardPage = query({
  dimension: given('theo'),
  unit: given('don-vi'),
  isByShare: flag('xep', 'ty-le'),
  from: id('tu'),
})
/** `order`: a word of CHILD_ORDERS. */
export const unitBoard = query({ order: given('xep') })
export const localityBoard = query({ indicator: given('chi-tieu') })
