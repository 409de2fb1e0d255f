import { CAUSES, type Cause } from '#app/domain/official-cause.ts'
import { flag, given, id, query, word } from '../_web/params.ts'

/** The causes as addresses and forms write them. */
export const causeSlugs: Record<Cause, string> = {
  not_activated: 'chua-kich-hoat',
  no_record: 'chua-ghi',
  sim_signature: 'chu-ky-so',
  phone_4g: 'may-4g',
  portal_national: 'cong-quoc-gia',
  portal_provincial: 'cong-tinh',
  stopped: 'dung',
  under_way: 'dang-lam',
  awaiting: 'cho-xac-nhan',
}

/**
 * `dimension`: the slug of the split; `unit`: the unit whose board it is; `order`: by the share or by what is missing;
 * `from`: how many rows are before the page.
 */
export const boardPage = query({
  dimension: given('theo'),
  unit: given('don-vi'),
  order: word('xep', ['share', 'missing'], { share: 'ty-le', missing: 'thieu' }),
  from: id('tu'),
})
/** `order`: a word of CHILD_ORDERS; `cause`: the one group that is shown whole, from the person `from` on; `showsAll`: every unit below. */
export const unitBoard = query({
  order: given('xep'),
  cause: word('vi-sao', CAUSES, causeSlugs),
  from: id('tu'),
  showsAll: flag('xem', 'tat-ca'),
})
/** `order`: the localities below as a table of all indicators, sorted by what is missing of this one. */
export const localityBoard = query({ indicator: given('chi-tieu'), order: given('xep') })
