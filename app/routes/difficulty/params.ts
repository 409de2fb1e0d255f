import { DIFFICULTY_ROUTES } from '#app/domain/vocabulary.ts'
import { id, query, text, word } from '../_web/params.ts'

export const STATES = { open: 'cho', answered: 'da-tra-loi' } as const

export const difficultyList = query({
  search: text('tim'),
  route: word('noi', DIFFICULTY_ROUTES),
  state: word('muc', ['open', 'answered'], STATES),
  before: id('truoc'),
})
