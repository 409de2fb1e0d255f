import { describe, expect, it } from 'vitest'
import {
  isAssuredBy,
  type LoginWord,
  loginWord,
  type PortalLogin,
  stateByLogin,
  takesPlace,
} from '#app/domain/portal-login.ts'
import { partBasis } from '#app/domain/standing.ts'
import { OBLIGATION_PARTS, PART_STANDINGS } from '#app/domain/vocabulary.ts'

const LOGIN: PortalLogin = { part: 'portal_national', numberHash: 'a', isAssured: true, signedInAt: 100 }

describe('what a sign-in says', () => {
  it.each<[string, Partial<PortalLogin>, { ownHash: string | null; confirmedAt: number | null }, LoginWord]>([
    ['the same number', {}, { ownHash: 'a', confirmedAt: null }, 'proof'],
    ['another number', {}, { ownHash: 'b', confirmedAt: null }, 'another'],
    ['another number, confirmed after it', {}, { ownHash: 'b', confirmedAt: 200 }, 'another'],
    ['no number told', { numberHash: null }, { ownHash: 'a', confirmedAt: null }, 'waits'],
    ['no number known here', {}, { ownHash: null, confirmedAt: null }, 'waits'],
    ['no number, confirmed after it', { numberHash: null }, { ownHash: 'a', confirmedAt: 100 }, 'proof'],
    ['no number, confirmed before it', { numberHash: null }, { ownHash: 'a', confirmedAt: 99 }, 'waits'],
    ['another issuer', { part: null }, { ownHash: 'a', confirmedAt: 200 }, 'sign'],
    ['below the level', { isAssured: false }, { ownHash: 'a', confirmedAt: 200 }, 'sign'],
    ['below the level, another number', { isAssured: false }, { ownHash: 'b', confirmedAt: null }, 'another'],
  ])('%s', (_, changes, facts, word) => {
    expect(loginWord({ ...LOGIN, ...changes }, facts)).toBe(word)
  })

  it('a level is told exactly, or none is asked for', () => {
    expect([isAssuredBy(undefined, []), isAssuredBy('2', ['2', '3']), isAssuredBy('3', ['2', '3'])]).toEqual([
      true,
      true,
      true,
    ])
    expect([isAssuredBy(undefined, ['2']), isAssuredBy('20', ['2']), isAssuredBy('2 3', ['2', '3'])]).toEqual([
      false,
      false,
      false,
    ])
  })
})

it('what is proven is verified; what is proven no more goes back to the unit’s word, or to waiting', () => {
  for (const state of ['missing', 'declared', 'returned', 'confirmed', 'verified'] as const)
    expect(stateByLogin(state, { isConfirmed: false, isProven: true })).toBe('verified')
  expect(stateByLogin('verified', { isConfirmed: true, isProven: false })).toBe('confirmed')
  expect(stateByLogin('verified', { isConfirmed: false, isProven: false })).toBe('declared')
  expect(stateByLogin('returned', { isConfirmed: false, isProven: false })).toBe('returned')
})

it('a sign-in takes the kept one’s place only where it says more', () => {
  const words: readonly LoginWord[] = ['another', 'sign', 'waits', 'proof']
  const taking = words.map(kept => words.filter(came => takesPlace(kept, came)))
  expect(taking).toEqual([['sign', 'waits', 'proof'], ['waits', 'proof'], ['proof'], []])
  expect(words.filter(came => takesPlace(null, came))).toEqual(['sign', 'waits', 'proof'])
})

it('a met part rests on an own act, an extract, or the unit’s word', () => {
  expect(OBLIGATION_PARTS.map(part => partBasis(part, 'verified'))).toEqual(['extract', 'extract', 'proof', 'proof'])
  for (const part of OBLIGATION_PARTS)
    for (const standing of PART_STANDINGS)
      if (standing !== 'verified') expect(partBasis(part, standing)).toBe(standing === 'met' ? 'unit' : null)
})
