import { PROBLEM_GROUP } from '#app/domain/mending.ts'
import { SETUP_FATES } from '#app/domain/setup/listed.ts'
import { id, matching, query, several, word } from '../_web/params.ts'

/** `group`: a problem that rows share, as `groupWord` names it. `used`: names of rows that keep a list from being taken back. */
export const setupPreview = query({
  view: word('xem', SETUP_FATES),
  group: matching('loi', PROBLEM_GROUP),
  from: id('tu'),
  used: several('dung', /^[^\r\n]{1,200}$/),
})
