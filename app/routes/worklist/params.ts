import { PROBLEM_GROUP } from '#app/domain/mending.ts'
import { SHARING_WAYS } from '#app/domain/sharing.ts'
import { ASSIGNMENT_STATES, WORKLIST_LACKS } from '#app/domain/vocabulary.ts'
import { WORKLIST_FATES } from '#app/domain/worklist.ts'
import { day, flag, given, id, ids, matching, query, several, text, word } from '../_web/params.ts'

/** `none`, an official as `o12`, a team as `t3`: names are never in an address. */
const bearer = (name: string) => matching(name, /^(none|[ot]\d{1,15})$/)

const list = {
  state: word('tt', ASSIGNMENT_STATES),
  lack: word('thieu', WORKLIST_LACKS),
  hamlet: text('ap'),
  bearer: bearer('ai'),
}
export const listFilter = query(list)
export const unitWorklist = query({ ...list, after: id('sau') })
/** Whose citizens (`from`, `hamlet`, `itemIds`) go to whom (`bearerKeys`), at most how many each (`cap`). */
export const sharingPage = query({
  way: word('cach', SHARING_WAYS),
  from: bearer('tu'),
  hamlet: text('ap'),
  itemIds: ids('chon'),
  bearerKeys: several('nguoi', /^[ot]\d{1,15}$/),
  cap: text('toi-da'),
  isAsked: flag('xem', '1'),
})

/** `group`: a problem that rows share, as `groupWord` names it. */
export const worklistPreview = query({
  view: word('xem', WORKLIST_FATES),
  group: matching('loi', PROBLEM_GROUP),
  from: id('tu'),
})
/** `batchId`: the upload that was refused. */
export const worklistImport = query({ batchId: given('lo') })
export const ownWorklist = query({ showsAll: flag('xem', 'tat-ca') })
/** The session that citizens are invited to. */
export const invitation = query({
  day: day('ngay'),
  time: text('gio'),
  place: text('noi'),
  bring: text('mang'),
  phone: text('bao-lai'),
})
