import { flag, given, query } from '../_web/params.ts'

/** `dimension`: the slug of the split; `unit`: the unit whose board it is. */
export const boardPage = query({ dimension: given('theo'), unit: given('don-vi'), isByShare: flag('xep', 'ty-le') })
/** `order`: a word of CHILD_ORDERS. */
export const unitBoard = query({ order: given('xep') })
export const localityBoard = query({ indicator: given('chi-tieu') })
