import { given, id, query } from '../_web/params.ts'

export const closingList = query({ refusal: given('khong-duoc') })
export const closingPage = query({ after: id('sau') })
