import { id, query, text } from '../_web/params.ts'

export const pledgeList = query({ search: text('tim'), after: id('sau') })
/** `part`: which part of a long list, from 1. */
export const pledgePaper = query({ part: id('phan') })
