import { describe, expect, it } from 'vitest'
import { type KindEntry, kindOf } from '#app/domain/signature-kind.ts'
import {
  type KeptSignature,
  provingSignature,
  revocationByLists,
  signatureWord,
  stateByEvidence,
} from '#app/domain/signature-proof.ts'
import { partBasis } from '#app/domain/standing.ts'
import { OBLIGATION_STATES } from '#app/domain/vocabulary.ts'

const RULES = { endsOn: '2024-07-03', certificateKinds: ['sim', 'remote'] as ('sim' | 'remote' | 'government_token')[] }
const KEPT: KeptSignature = { numberHash: 'own', kind: 'sim', validToOn: '2025-01-01', revokedAt: null, checkedAt: 100 }
const OWN = { ownHash: 'own', confirmedAt: null }

describe('what a kept signature says', () => {
  it.each<[string, Partial<KeptSignature>, Partial<typeof OWN> | { confirmedAt: number }, string]>([
    ['the own number and an accepted kind prove it', {}, {}, 'proof'],
    ['a certificate until the cut-off day lasts', { validToOn: '2024-07-03' }, {}, 'proof'],
    ['one that ends the day before does not', { validToOn: '2024-07-02' }, {}, 'ends_early'],
    ['a confirmation makes none of it good', { validToOn: '2024-07-02' }, { confirmedAt: 100 }, 'ends_early'],
    ['no number in the certificate: the unit says whose it is', { numberHash: null }, {}, 'waits_person'],
    ['no number on record: likewise', {}, { ownHash: null as never }, 'waits_person'],
    [
      'what was confirmed before the check says nothing of it',
      { numberHash: null },
      { confirmedAt: 99 },
      'waits_person',
    ],
    ['confirmed at the check or later', { numberHash: null }, { confirmedAt: 100 }, 'proof'],
    ['an unknown kind: the unit says which', { kind: null }, {}, 'waits_kind'],
    ['and confirms it', { kind: null }, { confirmedAt: 101 }, 'proof'],
    ['a kind that is not accepted meets nothing', { kind: 'government_token' }, { confirmedAt: 101 }, 'not_accepted'],
    ['another number is another person’s, whoever confirms', { numberHash: 'else' }, { confirmedAt: 101 }, 'another'],
    ['withdrawn before it signed', { revokedAt: 50 }, { confirmedAt: 101 }, 'revoked'],
  ])('%s', (_name, kept, own, word) => {
    expect(signatureWord({ ...KEPT, ...kept }, { ...OWN, ...own }, RULES)).toBe(word)
  })

  it('is told by the one that lasts longest', () => {
    const [short, long, lost] = [
      { ...KEPT, validToOn: '2024-12-31' },
      { ...KEPT, validToOn: '2026-01-01' },
      { ...KEPT, validToOn: '2030-01-01', revokedAt: 1 },
    ]
    expect(provingSignature([short, lost, long], kept => signatureWord(kept, OWN, RULES))).toBe(long)
    expect(provingSignature([lost], kept => signatureWord(kept, OWN, RULES))).toBeNull()
  })
})

describe('the state of a part by its evidence', () => {
  const SHOWS = { extractId: 1, asOfOn: '2024-06-01', shows: true }
  const LACKS = { ...SHOWS, shows: false }
  const by = (isProven: boolean, more: Partial<Parameters<typeof stateByEvidence>[1]> = {}) =>
    stateByEvidence('declared', { decided: null, isCleared: false, isProven, isConfirmed: false, ...more })

  it('needs no word of the unit for the signature, and one of unit or extract for the own name', () => {
    expect(by(true)).toBe('declared')
    expect(by(true, { isConfirmed: true })).toBe('verified')
    expect(by(true, { decided: SHOWS })).toBe('verified')
    expect(by(true, { decided: LACKS })).toBe('declared')
    expect(by(true, { decided: LACKS, isConfirmed: true })).toBe('confirmed')
    expect(by(true, { decided: LACKS, isConfirmed: true, isCleared: true })).toBe('verified')
  })

  it('is as before without a proof', () => {
    expect(by(false)).toBe('declared')
    expect(by(false, { decided: SHOWS })).toBe('declared')
    expect(by(false, { isConfirmed: true })).toBe('confirmed')
    expect(by(false, { isConfirmed: true, decided: SHOWS })).toBe('verified')
    expect(by(false, { isConfirmed: true, decided: LACKS, isCleared: true })).toBe('confirmed')
  })

  it('leaves alone what nobody declared, or was sent back', () => {
    for (const state of OBLIGATION_STATES.filter(word => word === 'missing' || word === 'returned'))
      expect(stateByEvidence(state, { decided: SHOWS, isCleared: false, isProven: true, isConfirmed: true })).toBe(
        state,
      )
  })

  it('rests on the own act where the signature is proven', () => {
    expect(partBasis('sim_signature', 'verified')).toBe('extract')
    expect(partBasis('sim_signature', 'verified', true)).toBe('proof')
    expect(partBasis('sim_signature', 'met', true)).toBe('unit')
  })
})

describe('the kind of a certificate', () => {
  const ORIGIN = {
    issuer: 'C=VN, CN=Nhà Cấp',
    issuerCommonName: 'Nhà Cấp',
    keyId: 'ab'.repeat(20),
    policies: ['1.2.3'],
  }
  const entry = (id: number, more: Partial<KindEntry>): KindEntry => ({
    id,
    issuer: 'Nhà  cấp',
    policy: null,
    kind: 'sim',
    validFromOn: '2024-01-01',
    ...more,
  })

  it('is found by name, whole name or key, however it is typed', () => {
    for (const issuer of ['Nhà  cấp', 'c=vn, cn=nhà cấp', 'AB:'.repeat(20).slice(0, -1), 'AB '.repeat(20)])
      expect(kindOf([entry(1, { issuer })], ORIGIN, '2024-05-01')).toBe('sim')
    expect(kindOf([entry(1, { issuer: 'Nhà Cấp khác' })], ORIGIN, '2024-05-01')).toBeNull()
    expect(kindOf([entry(1, { issuer: '' })], { ...ORIGIN, keyId: '' }, '2024-05-01')).toBeNull()
  })

  it('is told by the policy before the issuer, by the key before the name, by the later before the earlier', () => {
    const entries = [
      entry(1, {}),
      entry(2, { validFromOn: '2024-04-01', kind: 'remote' }),
      entry(3, { issuer: ORIGIN.keyId, kind: 'government_token' }),
      entry(4, { policy: '1.2.3', kind: 'sim' }),
    ]
    expect(kindOf(entries, ORIGIN, '2024-05-01')).toBe('sim')
    expect(kindOf(entries.slice(0, 3), ORIGIN, '2024-05-01')).toBe('government_token')
    expect(kindOf(entries.slice(0, 2), ORIGIN, '2024-05-01')).toBe('remote')
    expect(kindOf(entries.slice(0, 2), ORIGIN, '2024-03-01')).toBe('sim')
    expect(kindOf(entries, { ...ORIGIN, policies: [] }, '2023-12-31')).toBeNull()
    expect(kindOf([entry(5, { policy: '1.2.9' })], ORIGIN, '2024-05-01')).toBeNull()
  })
})

describe('kept lists of withdrawn certificates', () => {
  const WAY = [
    { serial: '0a', issuer: 'below', revocation: 'unknown' as const },
    { serial: '0b', issuer: 'root', revocation: 'good' as const },
  ]
  const list = (withdrawn: Record<string, number>, nextUpdate: number | null = 200) => ({
    nextUpdate,
    withdrawnAt: (serial: string) => withdrawn[serial] ?? null,
  })
  it('take back what was withdrawn before it signed, and clear the rest while they are in force', () => {
    const by = (kept: ReturnType<typeof list> | null) =>
      revocationByLists(WAY, 100, issuer => (issuer === 'below' ? kept : null))
    expect(by(null)).toEqual({ state: 'unknown', revokedAt: null })
    expect(by(list({}))).toEqual({ state: 'good', revokedAt: null })
    expect(by(list({ '0a': 100 }))).toEqual({ state: 'revoked', revokedAt: 100 })
    expect(by(list({ '0a': 101 }))).toEqual({ state: 'good', revokedAt: null })
    // 0b is not of this issuer
    expect(by(list({ '0b': 1 }))).toEqual({ state: 'good', revokedAt: null })
    expect(by(list({}, 99))).toEqual({ state: 'unknown', revokedAt: null })
    expect(by(list({}, null))).toEqual({ state: 'unknown', revokedAt: null })
  })
})
