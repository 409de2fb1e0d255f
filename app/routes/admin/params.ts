import { ACCESS_KINDS } from '#app/domain/access-log.ts'
import { EVENT_SUBJECTS, EVENT_VERBS } from '#app/domain/event.ts'
import { ROLES } from '#app/domain/vocabulary.ts'
import { accountStateLabels } from '#app/text/account.ts'
import { day, flag, given, id, query, text, word } from '../_web/params.ts'

const ACCOUNT_STATES = Object.keys(accountStateLabels) as (keyof typeof accountStateLabels)[]

export const accountList = query({
  search: text('tim'),
  role: word('vai-tro', ROLES),
  state: word('trang-thai', ACCOUNT_STATES),
  after: given('sau'),
})

const logged = { login: text('tai-khoan'), day: day('ngay'), before: id('truoc') }

export const eventList = query({
  subject: word('doi-tuong', EVENT_SUBJECTS),
  verb: word('viec', EVENT_VERBS),
  ...logged,
  isChecked: flag('kiem-tra', '1'),
  chainHead: text('dau-chuoi'),
})

export const accessList = query({ what: word('viec', ACCESS_KINDS), ...logged })
