import { INPUT_PROBLEMS } from '#app/domain/problem.ts'
import { REPORT_STATES } from '#app/domain/report.ts'
import { given, id, query, word } from '../_web/params.ts'

export const reportPage = query({ version: given('ban'), refusal: word('khong-duoc', INPUT_PROBLEMS) })
/** Reports of the units below: of one period, and in one state. */
export const reportList = query({ period: given('ky'), state: word('tinh-trang', REPORT_STATES), from: id('tu') })
