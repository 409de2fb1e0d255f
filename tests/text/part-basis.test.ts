import { expect, it } from 'vitest'
import { partBases } from '#app/domain/standing.ts'
import { EVERY_TERM } from '#app/domain/terms.ts'
import { countPartBases, namedPartBases } from '#app/text/part-basis.ts'
import { campaignTerms } from '#app/text/terms.ts'

it('says of each part that somebody bears what it rests on, counted where there is little room', () => {
  const bases = partBases({
    sim_signature: 'verified',
    phone_4g: 'exempt',
    portal_national: 'verified',
    portal_provincial: 'declared',
  })
  expect(bases).toEqual([
    { part: 'sim_signature', basis: 'extract' },
    { part: 'portal_national', basis: 'proof' },
    { part: 'portal_provincial', basis: null },
  ])
  expect(countPartBases(namedPartBases(bases, campaignTerms(EVERY_TERM).names))).toBe(
    '1 tự chứng minh, 1 trích xuất, 1 chưa đạt',
  )
  expect(countPartBases([])).toBe('')
})
