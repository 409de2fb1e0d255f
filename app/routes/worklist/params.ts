import { ASSIGNMENT_STATES, WORKLIST_LACKS } from '#app/domain/vocabulary.ts'
import { day, flag, given, query, text, word } from '../_web/params.ts'

/** `bearer`: `none`, an official as `o12`, a team as `t3`. Names are never in an address. */
export const listFilter = query({
  state: word('tt', ASSIGNMENT_STATES),
  lack: word('thieu', WORKLIST_LACKS),
  hamlet: text('ap'),
  bearer: text('ai'),
})

/** `batchId`: the upload that was refused. */
export const worklistImport = query({ batchId: given('lo') })
export const ownWorklist = query({ showsAll: flag('xem', 'tat-ca') })
/** The session that citizens are invited to. */
export const invitation = query({ day: day('ngay'), time: text('gio'), place: text('noi'), bring: text('mang') })
