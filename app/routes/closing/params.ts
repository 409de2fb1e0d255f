import { CLOSING_ITEMS } from '#app/domain/vocabulary.ts'
import { id, query, word } from '../_web/params.ts'

export const closingPage = query({ after: id('sau') })
/** Which line of the list before the close is left; absent: every line of which something waits. */
export const leavingPage = query({ item: word('muc', CLOSING_ITEMS) })
