import { given, query, text } from '../_web/params.ts'

export const teamPage = query({ search: text('tim'), refusal: given('chua') })
export const timesheet = query({ fromOn: given('tu'), toOn: given('den') })
