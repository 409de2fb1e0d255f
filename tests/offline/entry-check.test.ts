import { describe, expect, it } from 'vitest'
import { checkEntry } from '#app/offline/entry-check.ts'

const right = { citizenNumber: '070090000001', birthOn: '', phone: '', helpedOn: '2024-06-12' }

describe('what a phone tells at the door', () => {
  it.each([
    ['nothing where nothing is wrong', {}, null],
    ['a number that is too short', { citizenNumber: '07009000000' }, ['citizenNumber']],
    ['an old card', { citizenNumber: '285123456' }, ['citizenNumber']],
    ['a day that the digits contradict', { birthOn: '1991-02-03' }, ['birthOn']],
    ['a child', { citizenNumber: '070312000001' }, ['citizenNumber']],
    ['an age that the year alone cannot tell', { citizenNumber: '070310000123' }, ['birthOn']],
    ['a phone that is none', { phone: '12345' }, ['phone']],
  ])('%s', (_, changes, fields) => {
    const problems = checkEntry(Object.entries({ ...right, ...changes }), 14)
    expect(problems === null ? null : Object.keys(problems)).toEqual(fields)
  })
})
