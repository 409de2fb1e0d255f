import { EXEMPTION_STATES } from '#app/domain/vocabulary.ts'
import { given, id, query, text, word } from '../_web/params.ts'

export const exemptionList = query({ state: word('tinh-trang', EXEMPTION_STATES), before: id('truoc') })
export const exemptionForm = query({ search: text('tim'), officialId: given('nguoi') })
