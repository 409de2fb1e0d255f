import { given, query } from '../_web/params.ts'

export const annexPage = query({ localityCode: given('dia-ban'), saved: given('da-luu') })
/** `way`: where to go on afterwards; `slug`: the campaign that the way belongs to. */
export const choosePage = query({ way: given('den'), slug: given('dot') })
