import { OUTREACH_CHANNELS } from '#app/domain/vocabulary.ts'
import { id, query, word } from '../_web/params.ts'

export const outreachList = query({ channel: word('hinh-thuc', OUTREACH_CHANNELS), before: id('truoc') })
