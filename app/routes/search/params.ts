import { query, text } from '../_web/params.ts'

/** `words`: what is looked for, never a citizen's number. */
export const searchPage = query({ words: text('tim') })
