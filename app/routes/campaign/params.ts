import { given, query } from '../_web/params.ts'

export const annexPage = query({ localityCode: given('dia-ban'), saved: given('da-luu') })
