import { given, query } from '../_web/params.ts'

export const codePage = query({ typed: given('ma') })
/** `opened`: the request whose openings are shown. */
export const requestList = query({ opened: given('ai-da-mo') })
