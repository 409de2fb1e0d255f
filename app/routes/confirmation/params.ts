import { given, id, ids, query, word } from '../_web/params.ts'

/** `left`: how many a bulk act left as they were, of which kind, and the first ids. */
export const queuePage = query({
  officialId: id('nguoi'),
  refusal: given('chua-chon'),
  left: id('con-lai'),
  kind: word('loai', ['truong-hop', 'noi-dung']),
  ids: ids('giu'),
})
