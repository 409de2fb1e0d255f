import { given, query, word } from '../_web/params.ts'

/** `letters`: how large the citizen wants to read. */
export const citizenPage = query({ letters: word('co-chu', ['lon', 'thuong']) })
export const codePage = query({ typed: given('ma') })
/** `opened`: the request whose openings are shown. */
export const requestList = query({ opened: given('ai-da-mo') })
