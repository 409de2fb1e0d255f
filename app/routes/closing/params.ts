import { id, query } from '../_web/params.ts'

export const closingPage = query({ after: id('sau') })
