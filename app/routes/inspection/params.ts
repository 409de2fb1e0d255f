import { given, id, query, text } from '../_web/params.ts'

export const inspectionList = query({ before: id('truoc') })
export const inspectionForm = query({ unitId: given('don-vi'), search: text('tim'), refusal: given('khong-duoc') })
/** Of one inspection, and of a sheet and an appeal in it. */
export const inspectionPage = query({ refusal: given('khong-duoc') })
