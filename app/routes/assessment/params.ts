import { BLOCKS, CATEGORIES, COLLECTIVE_RESULTS, OFFICIAL_RESULTS, UNIT_KINDS } from '#app/domain/vocabulary.ts'
import { flag, given, id, query, text, word } from '../_web/params.ts'

const unit = { unitId: text('don-vi'), block: word('khoi', BLOCKS) }
/** `version`: the number of a frozen version, or `hien-tai` for today's figures. */
const page = { version: text('ban'), after: id('sau') }

export const officialList = query({
  result: word('ket-qua', ['all', ...OFFICIAL_RESULTS]),
  ...unit,
  category: word('loai', CATEGORIES),
  search: text('tim', 100),
  isApart: flag('khac', '1'),
  ...page,
})
export const collectiveList = query({
  result: word('ket-qua', COLLECTIVE_RESULTS),
  ...unit,
  kind: word('cap', UNIT_KINDS),
  ...page,
})
/** `code`: the locality whose numbers are entered, with those below it. */
export const exceptionPage = query({ code: given('dia-ban') })
export const scenarioPage = query({ start: id('tu') })
