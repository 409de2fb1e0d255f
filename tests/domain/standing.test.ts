import { describe, expect, test } from 'vitest'
import type { PartFacts } from '#app/domain/obligation.ts'
import { PLAN_128, type Regulation } from '#app/domain/regulation.ts'
import { ownState, type Standing, type StandingFacts, standingOf } from '#app/domain/standing.ts'
import { ownObligations } from '#app/domain/terms.ts'

const confirmed: PartFacts = {
  state: 'confirmed',
  isOwnName: true,
  certificateKind: 'sim',
  validFromOn: '2024-04-10',
  validToOn: '2025-04-10',
}
const missing: PartFacts = {
  state: 'missing',
  isOwnName: null,
  certificateKind: null,
  validFromOn: null,
  validToOn: null,
}

/** A civil servant with a target of 10, twelve counted, every part confirmed. */
function standing(
  changes: Partial<StandingFacts> = {},
  parts: Partial<StandingFacts['parts']> = {},
  regulation: Regulation = PLAN_128,
): Standing {
  return standingOf(
    {
      posting: { category: 'civil_servant' },
      target: 10,
      counts: { reported: 14, counted: 12, verified: 7, countedAny: 13 },
      parts: {
        sim_signature: confirmed,
        phone_4g: confirmed,
        portal_national: confirmed,
        portal_provincial: confirmed,
        ...parts,
      },
      exemptParts: [],
      ...changes,
    },
    regulation,
  )
}

describe('how an official stands', () => {
  test.each<{ label: string; is: Standing; expected: Partial<Standing> }>([
    { label: 'all met, target reached', is: standing(), expected: { target: 10, reachedTarget: true, allMet: true } },
    {
      label: 'case 18: certificate expires 30/6, before the cut-off',
      is: standing({}, { sim_signature: { ...confirmed, validToOn: '2024-06-30' } }),
      expected: {
        obligations: { sim_signature: 'confirmed', phone_4g: 'met', portal_login: 'met' },
        allMet: false,
        reachedTarget: true,
      },
    },
    {
      label: 'one portal still missing: the obligation is missing',
      is: standing({}, { portal_provincial: missing }),
      expected: { obligations: { sim_signature: 'met', phone_4g: 'met', portal_login: 'missing' }, allMet: false },
    },
    {
      label: 'exempt from one portal: the other decides',
      is: standing({ exemptParts: ['portal_provincial'] }, { portal_provincial: missing }),
      expected: { obligations: { sim_signature: 'met', phone_4g: 'met', portal_login: 'met' }, allMet: true },
    },
    {
      label: 'exempt from both portals',
      is: standing({ exemptParts: ['portal_national', 'portal_provincial'] }),
      expected: { obligations: { sim_signature: 'met', phone_4g: 'met', portal_login: 'exempt' }, allMet: true },
    },
    {
      label: 'exempt from the quota',
      is: standing({ exemptParts: ['quota'] }),
      expected: { bearsQuota: true, target: null, reachedTarget: null, allMet: true },
    },
    {
      label: 'exempt from every part',
      is: standing({ exemptParts: ['sim_signature', 'phone_4g', 'portal_national', 'portal_provincial'] }),
      expected: { bearsObligations: true, allMet: null, reachedTarget: true },
    },
    {
      label: 'a member only: the quota, no obligations',
      is: standing({ posting: { category: 'member' } }),
      expected: {
        bearsQuota: true,
        bearsObligations: false,
        target: 10,
        obligations: { sim_signature: 'not_borne', phone_4g: 'not_borne', portal_login: 'not_borne' },
        allMet: null,
      },
    },
    {
      label: 'no posting at the cut-off: bears nothing',
      is: standing({ posting: null }),
      expected: { bearsQuota: false, bearsObligations: false, target: null, reachedTarget: null, allMet: null },
    },
    {
      label: 'nine of ten counted, fourteen reported',
      is: standing({ counts: { reported: 14, counted: 9, verified: 9, countedAny: 12 } }),
      expected: { reachedTarget: false },
    },
    {
      label: 'twelve counted, thirteen assigned',
      is: standing({ target: 13 }),
      expected: { target: 13, reachedTarget: false },
    },
  ])('$label', ({ is, expected }) => {
    expect(is).toMatchObject(expected)
  })

  test.each([
    { held: ['sim_signature', 'phone_4g'], own: ['sim_signature', 'phone_4g'], allMet: true },
    { held: ['portal_national'], own: ['portal_login'], allMet: true },
    { held: ['portal_provincial'], own: ['portal_login'], allMet: false },
    { held: [], own: [], allMet: null },
  ] as const)('bears of %j only what holds in the campaign', ({ held, own, allMet }) => {
    const is = standing({}, { portal_provincial: missing }, { ...PLAN_128, heldParts: [...held] })
    expect(ownObligations(is)).toEqual(own)
    expect(is).toMatchObject({ allMet, bearsObligations: held.length > 0 })
    expect(ownState(is, { awaiting: 0, isCertificateFlawed: false }).toDo).toEqual(allMet === false ? held : [])
  })

  test('is plain data that survives storing', () => {
    expect(JSON.parse(JSON.stringify(standing()))).toEqual(standing())
  })
})
