import { INPUT_PROBLEMS } from '#app/domain/problem.ts'
import { given, query, word } from '../_web/params.ts'

export const reportPage = query({ version: given('ban'), refusal: word('khong-duoc', INPUT_PROBLEMS) })
