import { given, id, query, text } from '../_web/params.ts'

export const inspectionList = query({ before: id('truoc') })
export const inspectionForm = query({ unitId: given('don-vi'), search: text('tim'), refusal: given('khong-duoc') })
