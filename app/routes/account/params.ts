import { given, query } from '../_web/params.ts'

export const accountPage = query({ refusal: given('loi') })
