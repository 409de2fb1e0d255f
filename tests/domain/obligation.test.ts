import { parseWithZod } from '@conform-to/zod/v4'
import { describe, expect, test } from 'vitest'
import { checkDeclaration, isMet, moveObligation, type ObligationMove, type PartFacts } from '#app/domain/obligation.ts'
import { declarationInput } from '#app/domain/obligation-input.ts'
import { PLAN_128 } from '#app/domain/regulation.ts'
import { OBLIGATION_STATES, type ObligationPart, type ObligationState } from '#app/domain/vocabulary.ts'

const sim = {
  phone: '0912 345 678',
  carrier: 'vinaphone',
  ownName: 'on',
  provider: 'VNPT-CA',
  certificateKind: 'sim',
  validFromOn: '2024-04-10',
  validToOn: '2025-04-10',
}
const typed: Record<ObligationPart, Record<string, string>> = {
  sim_signature: sim,
  phone_4g: { maker: 'Samsung', model: 'Galaxy A15', has4g: 'on' },
  portal_national: { firstLoginOn: '2024-04-10' },
  portal_provincial: { firstLoginOn: '2024-04-10' },
}

/** Problems of a declaration as `field: reason`, from its shape, else from the check. */
function problemsOf(part: ObligationPart, changes: Record<string, string>): string[] {
  const parsed = declarationInput[part].safeParse({ ...typed[part], ...changes })
  if (!parsed.success) return parsed.error.issues.map(issue => `${issue.path.join('.')}: ${issue.message}`)
  return checkDeclaration(parsed.data, '2024-04-12').map(({ field, reason }) => `${field}: ${reason}`)
}

describe('declaring', () => {
  test.each<{ label: string; part: ObligationPart; changes: Record<string, string>; problems: string[] }>([
    { label: 'SIM with signature', part: 'sim_signature', changes: {}, problems: [] },
    {
      label: 'a certificate that ends before the cut-off: recorded, not met',
      part: 'sim_signature',
      changes: { validToOn: '2024-06-30' },
      problems: [],
    },
    {
      label: 'a government token: recorded, not met',
      part: 'sim_signature',
      changes: { certificateKind: 'government_token' },
      problems: [],
    },
    {
      label: 'a SIM in another name',
      part: 'sim_signature',
      changes: { ownName: '' },
      problems: ['ownName: own_name_needed'],
    },
    { label: 'no phone', part: 'sim_signature', changes: { phone: '' }, problems: ['phone: required'] },
    {
      label: 'a phone too short',
      part: 'sim_signature',
      changes: { phone: '0912345' },
      problems: ['phone: phone_length'],
    },
    { label: 'no carrier', part: 'sim_signature', changes: { carrier: '' }, problems: ['carrier: required'] },
    {
      label: 'dates turned round',
      part: 'sim_signature',
      changes: { validToOn: '2024-04-09' },
      problems: ['validToOn: certificate_ends_before_start'],
    },
    { label: '4G phone', part: 'phone_4g', changes: {}, problems: [] },
    { label: 'a phone without 4G', part: 'phone_4g', changes: { has4g: '' }, problems: ['has4g: has_4g_needed'] },
    { label: 'no maker', part: 'phone_4g', changes: { maker: ' ' }, problems: ['maker: required'] },
    { label: 'first login today', part: 'portal_national', changes: { firstLoginOn: '2024-04-12' }, problems: [] },
    {
      label: 'first login tomorrow',
      part: 'portal_provincial',
      changes: { firstLoginOn: '2024-04-13' },
      problems: ['firstLoginOn: in_future'],
    },
  ])('$label', ({ part, changes, problems }) => {
    expect(problemsOf(part, changes)).toEqual(problems)
  })

  test('is read the same through conform', () => {
    const data = new FormData()
    for (const [field, text] of Object.entries(sim)) data.set(field, text)
    const submission = parseWithZod(data, { schema: declarationInput.sim_signature })
    expect(submission.status === 'success' && submission.value).toEqual({
      part: 'sim_signature',
      phone: '0912345678',
      carrier: 'vinaphone',
      isOwnName: true,
      provider: 'VNPT-CA',
      certificateKind: 'sim',
      validFromOn: '2024-04-10',
      validToOn: '2025-04-10',
    })
  })
})

const certificate: PartFacts = {
  state: 'confirmed',
  isOwnName: true,
  certificateKind: 'sim',
  validFromOn: '2024-04-10',
  validToOn: '2025-04-10',
}
const plain: PartFacts = {
  state: 'confirmed',
  isOwnName: null,
  certificateKind: null,
  validFromOn: null,
  validToOn: null,
}

describe('met at the cut-off 03/7/2024', () => {
  test.each<{ label: string; part: ObligationPart; facts: PartFacts; met: boolean }>([
    { label: 'SIM confirmed', part: 'sim_signature', facts: certificate, met: true },
    { label: 'SIM verified', part: 'sim_signature', facts: { ...certificate, state: 'verified' }, met: true },
    { label: 'SIM declared only', part: 'sim_signature', facts: { ...certificate, state: 'declared' }, met: false },
    { label: 'remote signing', part: 'sim_signature', facts: { ...certificate, certificateKind: 'remote' }, met: true },
    {
      label: 'government token',
      part: 'sim_signature',
      facts: { ...certificate, certificateKind: 'government_token' },
      met: false,
    },
    {
      label: 'certificate ends on the cut-off',
      part: 'sim_signature',
      facts: { ...certificate, validToOn: '2024-07-03' },
      met: true,
    },
    {
      label: 'certificate ends the day before',
      part: 'sim_signature',
      facts: { ...certificate, validToOn: '2024-07-02' },
      met: false,
    },
    {
      label: 'certificate begins on the cut-off',
      part: 'sim_signature',
      facts: { ...certificate, validFromOn: '2024-07-03' },
      met: true,
    },
    {
      label: 'certificate begins the day after',
      part: 'sim_signature',
      facts: { ...certificate, validFromOn: '2024-07-04' },
      met: false,
    },
    {
      label: 'SIM not in the own name',
      part: 'sim_signature',
      facts: { ...certificate, isOwnName: false },
      met: false,
    },
    {
      label: 'certificate without dates',
      part: 'sim_signature',
      facts: { ...certificate, validToOn: null },
      met: false,
    },
    { label: 'phone confirmed', part: 'phone_4g', facts: plain, met: true },
    { label: 'phone returned', part: 'phone_4g', facts: { ...plain, state: 'returned' }, met: false },
    { label: 'login verified', part: 'portal_national', facts: { ...plain, state: 'verified' }, met: true },
    { label: 'login missing', part: 'portal_provincial', facts: { ...plain, state: 'missing' }, met: false },
  ])('$label: $met', ({ part, facts, met }) => {
    expect(isMet(part, facts, PLAN_128)).toBe(met)
  })
})

test.each<{ move: ObligationMove; from: ObligationState[]; to: ObligationState }>([
  { move: 'declare', from: ['missing', 'declared', 'confirmed', 'verified', 'returned'], to: 'declared' },
  { move: 'confirm', from: ['declared'], to: 'confirmed' },
  { move: 'return', from: ['declared', 'confirmed'], to: 'returned' },
  { move: 'verify', from: ['confirmed'], to: 'verified' },
])('$move leads from $from to $to and is open nowhere else', ({ move, from, to }) => {
  for (const state of OBLIGATION_STATES) expect(moveObligation(state, move)).toBe(from.includes(state) ? to : null)
})
