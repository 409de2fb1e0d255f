import { describe, expect, it } from 'vitest'
import { isOwnAct, PROOF_WAYS, quickestOf, quickestWay } from '#app/domain/proof-way.ts'
import { OBLIGATION_PARTS } from '#app/domain/vocabulary.ts'

const nothing = { portals: [], hasRoots: false, hasExtracts: false } as const
const everything = { portals: ['portal_national', 'portal_provincial'], hasRoots: true, hasExtracts: true } as const

describe('the quickest way to a part', () => {
  it('is an own act where there is one, then an extract, then the unit’s word', () => {
    const ways = (means: Parameters<typeof quickestWay>[1]) => OBLIGATION_PARTS.map(part => quickestWay(part, means))
    expect(OBLIGATION_PARTS).toEqual(['sim_signature', 'phone_4g', 'portal_national', 'portal_provincial'])
    expect(ways(everything)).toEqual(['signature', 'extract', 'portal', 'portal'])
    expect(ways({ ...everything, hasRoots: false })).toEqual(['extract', 'extract', 'portal', 'portal'])
    expect(ways({ ...everything, portals: ['portal_national'] })).toEqual(['signature', 'extract', 'portal', 'unit'])
    expect(ways(nothing)).toEqual(['unit', 'unit', 'unit', 'unit'])
  })

  it('of several parts is the first of the quickest', () => {
    expect(quickestOf(['portal_provincial', 'portal_national', 'sim_signature'], everything)).toEqual({
      part: 'portal_national',
      way: 'portal',
    })
    expect(quickestOf(['phone_4g', 'sim_signature'], everything)).toEqual({ part: 'sim_signature', way: 'signature' })
    expect(quickestOf(['phone_4g'], nothing)).toEqual({ part: 'phone_4g', way: 'unit' })
    expect(quickestOf([], everything)).toBeNull()
  })

  it('is one’s own act only by a portal or a signature', () => {
    expect(PROOF_WAYS.filter(isOwnAct)).toEqual(['portal', 'signature'])
  })
})
