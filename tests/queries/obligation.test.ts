import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Person } from '#app/access/policy.ts'
import { certificateFlaws } from '#app/domain/certificate.ts'
import { isMet } from '#app/domain/obligation.ts'
import type { Declaration } from '#app/domain/obligation-input.ts'
import { PLAN_128 } from '#app/domain/regulation.ts'
import { CERTIFICATE_KINDS } from '#app/domain/vocabulary.ts'
import { recount } from '#app/queries/judging/index.server.ts'
import { storedStanding } from '#app/queries/judging/standing.server.ts'
import {
  confirmObligations,
  declareObligation,
  findObligations,
  listWaitingObligations,
  returnObligations,
} from '#app/queries/obligation.server.ts'
import { prepared } from '#db/client.server.ts'
import { CAMPAIGN, dropProvince, grantTo, makeOfficial, makeProvince, unitNamed } from '#tests/make.ts'

beforeEach(() => makeProvince())
afterEach(dropProvince)

const PHONE: Declaration = { part: 'phone_4g', maker: 'Samsung', model: 'Galaxy A15', has4g: true }
const SIM: Declaration = {
  part: 'sim_signature',
  phone: '0900000001',
  carrier: 'viettel',
  isOwnName: true,
  provider: 'Viettel-CA',
  certificateKind: 'sim',
  validFromOn: '2024-01-01',
  validToOn: '2024-12-31',
}
const SCAN = { mediaType: 'application/pdf' as const, content: Buffer.from('%PDF-1.7') }
const forbidden = expect.objectContaining({ kind: 'forbidden' })
const hidden = expect.objectContaining({ kind: 'not_found' })

const office = () => unitNamed('Sở Nội vụ')
const someone = () => makeOfficial(office().id)
type Someone = ReturnType<typeof someone>

function declare({ actor, officialId }: Someone, declaration = PHONE, evidence: typeof SCAN | null = null) {
  const made = declareObligation(actor, CAMPAIGN, { officialId, declaration, evidence })
  if (!made.ok) throw new Error(JSON.stringify(made))
  const row = prepared('select id from obligation where official_id = ? and part = ?').get(officialId, declaration.part)
  return (row as { id: number }).id
}

const partOf = ({ actor, officialId }: Someone, part: Declaration['part']) =>
  findObligations(actor, CAMPAIGN, officialId)?.find(row => row.part === part)

describe('an obligation', () => {
  it('is declared, confirmed, returned, declared again; the standing and the tallies follow', () => {
    const official = someone()
    const head = grantTo(someone().actor, 'head', office().id)
    const id = declare(official)
    expect(partOf(official, 'phone_4g')).toMatchObject({ standing: 'declared', declared: { deviceMaker: 'Samsung' } })
    expect(confirmObligations(head, CAMPAIGN, [id])).toEqual({ confirmed: 1, left: [] })
    expect(storedStanding(CAMPAIGN, official.officialId)?.phone4g).toBe('met')
    expect(returnObligations(head, CAMPAIGN, { obligationIds: [id], reason: 'Máy chưa có 4G' })).toEqual({
      returned: 1,
      left: [],
    })
    expect(partOf(official, 'phone_4g')).toMatchObject({
      standing: 'returned',
      declared: { returnReason: 'Máy chưa có 4G', confirmedAt: null },
    })
    expect(declare(official)).toBe(id)
    expect(partOf(official, 'phone_4g')).toMatchObject({ standing: 'declared', declared: { returnReason: null } })
    expect(recount(CAMPAIGN)).toEqual([])
  })

  it('keeps the phone number sealed, and shows it to the official', () => {
    const official = someone()
    declare(official, SIM)
    const row = prepared('select phone_cipher as sealed from obligation').get() as { sealed: Buffer }
    expect(row.sealed.includes('0900000001')).toBe(false)
    expect(partOf(official, 'sim_signature')?.declared?.phone).toBe('0900000001')
  })

  it('keeps its evidence when declared anew without a file', () => {
    const official = someone()
    declare(official, PHONE, SCAN)
    declare(official)
    expect(partOf(official, 'phone_4g')?.declared?.evidenceFileId).toBe(1)
    declare(official, PHONE, SCAN)
    expect(partOf(official, 'phone_4g')?.declared?.evidenceFileId).toBe(2)
  })

  it('is confirmed but not met where the certificate ends before the cut-off (case 18)', () => {
    const official = someone()
    const id = declare(official, { ...SIM, validToOn: '2024-06-30' })
    confirmObligations(grantTo(someone().actor, 'head', office().id), CAMPAIGN, [id])
    expect(partOf(official, 'sim_signature')).toMatchObject({
      standing: 'confirmed',
      declared: { flaws: ['ends_early'] },
    })
    expect(recount(CAMPAIGN)).toEqual([])
  })

  it('is not declared with a first login still to come', () => {
    const { actor, officialId } = someone()
    const declaration: Declaration = { part: 'portal_national', firstLoginOn: '2024-06-13' }
    expect(declareObligation(actor, CAMPAIGN, { officialId, declaration, evidence: SCAN })).toEqual({
      ok: false,
      problems: [{ field: 'firstLoginOn', reason: 'in_future' }],
    })
    expect(prepared('select count(*) as n from stored_file').get()).toEqual({ n: 0 })
  })
})

describe('who may not', () => {
  it('declare: anybody but the official', () => {
    const official = someone()
    const head = grantTo(someone().actor, 'head', office().id)
    expect(() =>
      declareObligation(head, CAMPAIGN, { officialId: official.officialId, declaration: PHONE, evidence: null }),
    ).toThrow(forbidden)
  })

  it.each<[string, (official: Someone) => Person, unknown]>([
    ['the official, although head of the unit', official => grantTo(official.actor, 'head', office().id), forbidden],
    ['a colleague', () => someone().actor, hidden],
    ['the head of another agency', () => grantTo(someone().actor, 'head', unitNamed('Sở Tư pháp').id), hidden],
    ['home affairs', () => grantTo(someone().actor, 'home_affairs', 1), forbidden],
  ])('confirm or return: %s', (_label, make, refusal) => {
    const official = someone()
    const id = declare(official)
    const actor = make(official)
    expect(() => confirmObligations(actor, CAMPAIGN, [id])).toThrow(refusal)
    expect(() => returnObligations(actor, CAMPAIGN, { obligationIds: [id], reason: '…' })).toThrow(refusal)
    expect(listWaitingObligations(actor, CAMPAIGN, { unitPath: '/1/' }).rows).toEqual([])
    expect(partOf(official, 'phone_4g')?.standing).toBe('declared')
  })

  it('confirm a head: the coordinator beside them; the level above may', () => {
    const boss = someone()
    grantTo(boss.actor, 'head', office().id)
    const id = declare(boss)
    const beside = grantTo(someone().actor, 'coordinator', office().id)
    const above = grantTo(makeOfficial(1).actor, 'head', 1)
    expect(() => confirmObligations(beside, CAMPAIGN, [id])).toThrow(forbidden)
    expect(listWaitingObligations(beside, CAMPAIGN, { unitPath: office().path }).total).toBe(0)
    expect(listWaitingObligations(above, CAMPAIGN, { unitPath: office().path }).total).toBe(1)
    expect(confirmObligations(above, CAMPAIGN, [id])).toEqual({ confirmed: 1, left: [] })
  })

  it('confirm in another campaign’s name', () => {
    const id = declare(someone())
    expect(() => confirmObligations(grantTo(someone().actor, 'head', 1), 2, [id])).toThrow(hidden)
  })
})

describe('the queue', () => {
  it('puts what would not be met on top, then the oldest; what is confirmed leaves it', () => {
    const head = grantTo(someone().actor, 'head', office().id)
    const first = someone()
    const plain = declare(first)
    const flawed = declare(first, { ...SIM, certificateKind: 'government_token' })
    const queue = () => listWaitingObligations(head, CAMPAIGN, { unitPath: office().path })
    expect(queue().rows.map(({ id, flaws }) => ({ id, flaws }))).toEqual([
      { id: flawed, flaws: ['kind_not_accepted'] },
      { id: plain, flaws: [] },
    ])
    expect(confirmObligations(head, CAMPAIGN, [plain, plain])).toEqual({ confirmed: 1, left: [] })
    expect(confirmObligations(head, CAMPAIGN, [plain])).toEqual({ confirmed: 0, left: [plain] })
    expect(queue()).toMatchObject({ total: 1, rows: [{ id: flawed, officialName: first.name, unitName: 'Sở Nội vụ' }] })
    expect(recount(CAMPAIGN)).toEqual([])
  })
})

describe('certificateFlaws', () => {
  it('is empty for exactly the certificates that isMet takes', () => {
    const days = [null, '2024-06-30', '2024-07-03', '2024-07-04']
    for (const isOwnName of [true, false, null])
      for (const certificateKind of [null, ...CERTIFICATE_KINDS])
        for (const validFromOn of days)
          for (const validToOn of days) {
            const facts = { isOwnName, certificateKind, validFromOn, validToOn }
            expect([facts, certificateFlaws(facts, PLAN_128).length === 0]).toEqual([
              facts,
              isMet('sim_signature', { state: 'confirmed', ...facts }, PLAN_128),
            ])
          }
  })
})
