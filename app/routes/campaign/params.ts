import { INPUT_PROBLEMS } from '#app/domain/problem.ts'
import { flag, given, query, word } from '../_web/params.ts'

export const annexPage = query({ localityCode: given('dia-ban'), saved: given('da-luu') })
/** `code`: the indicator whose form is open; `refusal`: why one was not moved or removed. */
export const indicatorPage = query({
  code: given('ma'),
  isNew: flag('them', '1'),
  refusal: word('loi', INPUT_PROBLEMS),
})
/** `way`: where to go on afterwards; `slug`: the campaign that the way belongs to. */
export const choosePage = query({ way: given('den'), slug: given('dot') })
