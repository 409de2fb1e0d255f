import { EXCHANGED_TABLES } from '#app/domain/vocabulary.ts'
import { day, flag, given, id, query, word } from '../_web/params.ts'

export const figurePage = query({ day: day('ngay'), layoutId: id('mau'), isCsv: flag('kieu', 'csv') })
/** `heads`: the head of a foreign table, pasted. */
export const layoutForm = query({ table: word('bang', EXCHANGED_TABLES), heads: given('dau') })
