import { ROUND_STAGES } from '#app/domain/vocabulary.ts'
import { flag, given, id, query, text, word } from '../_web/params.ts'

const isOfCollectives = flag('phan', 'tap-the')

/** `page`: from 1, none for the first; `candidateId`: whose step was refused; `day`: of the documents. */
export const roundPage = query({
  isOfCollectives,
  stage: word('buoc', ROUND_STAGES),
  isEnded: flag('da-loai', '1'),
  page: id('trang'),
  refusal: given('khong-duoc'),
  candidateId: id('ho-so'),
  day: given('ngay'),
})
export const proposalForm = query({
  unitId: given('don-vi'),
  isOfCollectives,
  search: text('tim', 100),
  after: id('sau'),
})
/** `isOfCertificates`: the certificates of its people are asked for, not the annex itself. */
export const annexPaper = query({ isOfCertificates: flag('ban', 'bang-khen') })
/** `isDrop`: files leave the round, instead of going back. */
export const returnForm = query({ isDrop: flag('viec', 'drop') })
