import { flag, given, query } from '../_web/params.ts'

export const legalBasisList = query({ refusal: given('khong-duoc') })
/** `isDrop`: files leave the round, instead of going back. */
export const returnForm = query({ isDrop: flag('viec', 'drop') })
