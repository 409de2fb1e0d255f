import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Person } from '#app/access/policy.ts'
import { answerByCode } from '#app/queries/citizen-answer.server.ts'
import { findCitizenLink, issueCitizenLink } from '#app/queries/citizen-code.server.ts'
import { correctCitizen, findCorrection } from '#app/queries/citizen-correction.server.ts'
import { dataByCode, requestsByCode } from '#app/queries/citizen-own-data.server.ts'
import {
  askByCode,
  handleCitizenRequest,
  liftRestriction,
  listCitizenRequests,
} from '#app/queries/citizen-request.server.ts'
import { toldOfOfficial } from '#app/queries/citizen-right.server.ts'
import { moveClock } from '#app/queries/clock.server.ts'
import { listForLookup } from '#app/queries/extract-lookup.server.ts'
import { editHelp, recordHelp } from '#app/queries/help.server.ts'
import { listHelp, waitingHelp } from '#app/queries/help-list.server.ts'
import { findHelp, openNumber } from '#app/queries/help-view.server.ts'
import { recount } from '#app/queries/judging/index.server.ts'
import { addOffer, askOffer, handOver, listOffers, ownWishes } from '#app/queries/offer.server.ts'
import {
  CAMPAIGN,
  confirmNow,
  dropProvince,
  grantTo,
  helpForm,
  makeOfficial,
  makeProvince,
  NOW,
  statusOf,
  unitNamed,
} from '#tests/make.ts'

beforeEach(() => makeProvince())
afterEach(dropProvince)

const root = () => unitNamed('Tỉnh Bình Phước').id

/** Two officials' records of one citizen, the first with a code in the citizen's hand, and the campaign office. */
function scene() {
  const unit = unitNamed('Sở Nội vụ')
  const first = makeOfficial(unit.id)
  const second = makeOfficial(unit.id)
  const head = grantTo(makeOfficial(unit.id).actor, 'head', unit.id)
  const office = grantTo(makeOfficial(unit.id).actor, 'campaign_office', root())
  const record = (by: typeof first) => {
    const made = recordHelp(by.actor, CAMPAIGN, {
      officialId: by.officialId,
      input: helpForm(1, { citizen: { phone: '0912345601' } }),
    })
    if (!made.ok) throw new Error(JSON.stringify(made))
    return made.helpId
  }
  const helpId = record(first)
  const otherId = record(second)
  confirmNow(head, CAMPAIGN, [helpId])
  issueCitizenLink(first.actor, CAMPAIGN, helpId)
  const code = findCitizenLink(first.actor, CAMPAIGN, { id: helpId, officialId: first.officialId }).code ?? ''
  answerByCode(code, { answer: 'yes', outcomes: [], consentVersion: '1', deviceHash: 'a citizen’s phone' })
  const ask = (kind: 'see' | 'correct' | 'restrict' | 'lift', message = 'Họ tên tôi là Thị Én') => {
    expect(askByCode(code, { kind, message })).toEqual({ ok: true })
    return listCitizenRequests(office, CAMPAIGN).find(row => row.kind === kind && row.closedAt === null)?.id ?? 0
  }
  return { unit, first, second, head, office, helpId, otherId, code, ask }
}

describe('to see', () => {
  it('shows what is held on the page of the code, once answered, for thirty days', () => {
    const { code, office, ask } = scene()
    const requestId = ask('see')
    expect(dataByCode(code)).toBe(null)
    expect(requestsByCode(code)).toMatchObject([{ kind: 'see', closedAt: null, isMet: null }])
    handleCitizenRequest(office, CAMPAIGN, { requestId, answer: null })
    expect(requestsByCode(code)).toMatchObject([{ acknowledgedAt: expect.any(Number), closedAt: null }])
    handleCitizenRequest(office, CAMPAIGN, { requestId, answer: 'Dữ liệu ở trang này.', isMet: true })
    expect(requestsByCode(code)).toMatchObject([{ isMet: true, answer: 'Dữ liệu ở trang này.' }])
    const { citizen } = helpForm(1)
    expect(dataByCode(code)).toMatchObject({ name: citizen.name, number: citizen.number, otherRecords: 1, lists: 0 })
    expect(dataByCode(code)).toMatchObject({ answer: 'yes', words: null })
    moveClock(office, NOW + 31 * 86_400_000)
    expect(dataByCode(code)).toBe(null)
  })

  it('shows nothing where the office declined', () => {
    const { code, office, ask } = scene()
    handleCitizenRequest(office, CAMPAIGN, { requestId: ask('see'), answer: 'Chưa liên hệ được.' })
    expect(dataByCode(code)).toBe(null)
    expect(requestsByCode(code)).toMatchObject([{ isMet: false, answer: 'Chưa liên hệ được.' }])
  })
})

describe('to restrict', () => {
  it('takes every record of the citizen out of lists and use, and leaves the count', () => {
    const { first, second, head, office, unit, helpId, otherId, ask } = scene()
    const telecom = grantTo(makeOfficial(unit.id).actor, 'telecom_office', root())
    addOffer(telecom, CAMPAIGN, {
      carrier: 'viettel',
      kind: 'sim',
      name: 'SIM 4G',
      price: 0,
      terms: null,
      documentNumber: null,
      fromOn: '2024-06-01',
      toOn: null,
    })
    const { citizen } = helpForm(1)
    const phone = '0912345601'
    askOffer(first.actor, CAMPAIGN, {
      offerId: listOffers(CAMPAIGN)[0]?.id ?? 0,
      input: {
        name: citizen.name,
        phone,
        localityCode: citizen.localityCode,
        hamlet: null,
        consentChannel: 'paper',
      },
    })
    const reason = () => findHelp(first.actor, CAMPAIGN, helpId)?.verdictReason
    expect(reason()).toBe('confirmed')
    const lookedUp = () =>
      listForLookup(office, CAMPAIGN, { source: 'police', localityCode: '70', purpose: 'verify' })?.length
    expect(lookedUp()).toBe(2)
    handleCitizenRequest(office, CAMPAIGN, { requestId: ask('restrict'), answer: 'Đã hạn chế.', isMet: true })
    for (const { actor, officialId } of [first, second])
      expect(listHelp(actor, CAMPAIGN, { officialId }).rows).toEqual([])
    expect(listHelp(head, CAMPAIGN, {}).rows).toEqual([])
    expect(findHelp(head, CAMPAIGN, otherId)).toMatchObject({ numberTail: '', phone: null, note: null, hamlet: '' })
    expect(findHelp(head, CAMPAIGN, helpId)?.citizenName).not.toBe(citizen.name)
    expect(statusOf(() => openNumber(first.actor, CAMPAIGN, helpId))).toBe(404)
    expect(statusOf(() => editHelp(first.actor, CAMPAIGN, { helpId, revision: 1, input: helpForm(1) }))).toBe(404)
    expect(lookedUp()).toBe(0)
    expect(ownWishes(first.actor, CAMPAIGN)).toEqual([])
    expect(handOver(telecom, CAMPAIGN, 'viettel')).toBeUndefined()
    expect(reason()).toBe('confirmed')
    expect(recount(CAMPAIGN)).toEqual([])
    expect(waitingHelp(head, CAMPAIGN, { unitPath: unit.path })).toBeDefined()
    expect(toldOfOfficial(CAMPAIGN, first.officialId, 0)).toMatchObject([{ helpId, kind: 'restrict' }])
  })

  it.each(['at their request', 'at their wish'])('ends %s, after they were reached', how => {
    const { code, first, head, office, helpId, otherId, ask } = scene()
    expect(askByCode(code, { kind: 'lift', message: '' })).toEqual({ ok: false, problem: 'nothing_restricted' })
    const restricted = ask('restrict')
    const lift = (actor: Person, requestId: number) =>
      liftRestriction(actor, CAMPAIGN, { requestId, reachedBy: 'met', answer: 'Đã thôi hạn chế.' })
    expect(statusOf(() => lift(office, restricted))).toBe(404)
    handleCitizenRequest(office, CAMPAIGN, { requestId: restricted, answer: 'Đã hạn chế.', isMet: true })
    expect(listHelp(head, CAMPAIGN, {}).rows).toEqual([])
    const requestId = how === 'at their wish' ? restricted : ask('lift')
    // by a word alone nothing is lifted
    if (how === 'at their request') {
      const other = ask('see')
      handleCitizenRequest(office, CAMPAIGN, { requestId: other, answer: 'Xem.', isMet: true })
      expect(listHelp(head, CAMPAIGN, {}).rows).toEqual([])
    }
    expect(statusOf(() => lift(head, requestId))).toBe(403)
    lift(office, requestId)
    expect(statusOf(() => lift(office, requestId))).toBe(404)
    expect(
      listHelp(head, CAMPAIGN, {})
        .rows.map(({ id }) => id)
        .sort(),
    ).toEqual([helpId, otherId].sort())
    expect(findHelp(head, CAMPAIGN, helpId)?.citizenName).toBe(helpForm(1).citizen.name)
    expect(requestsByCode(code)?.find(({ kind }) => kind === 'lift')).toMatchObject({
      answer: 'Đã thôi hạn chế.',
      isMet: true,
    })
    expect(toldOfOfficial(CAMPAIGN, first.officialId, 0)[0]).toMatchObject({ helpId, kind: 'lift' })
  })
})

describe('to correct', () => {
  it('needs what, is carried out in every record, and the official is told', () => {
    const { code, first, second, head, office, helpId, otherId, ask } = scene()
    expect(askByCode(code, { kind: 'correct', message: '' })).toEqual({ ok: false, problem: 'correction_unsaid' })
    const requestId = ask('correct')
    expect(statusOf(() => findCorrection(head, CAMPAIGN, requestId))).toBe(403)
    const { name: before, ...held } = findCorrection(office, CAMPAIGN, requestId)
    expect([before, held.helpId]).toEqual([helpForm(1).citizen.name, helpId])
    const input = { name: 'Thị Én', phone: '0912345699', birthOn: null, hamlet: 'Ấp 9', answer: 'Đã sửa họ tên.' }
    const correct = (changes = {}) => correctCitizen(office, CAMPAIGN, { requestId, input: { ...input, ...changes } })
    expect(correct({ birthOn: '1900-01-01' })).toMatchObject({ problems: [{ reason: 'birth_disagrees' }] })
    handleCitizenRequest(office, CAMPAIGN, { requestId: ask('see'), answer: 'x', isMet: true })
    expect(correct()).toEqual({ ok: true })
    expect(findHelp(first.actor, CAMPAIGN, helpId)).toMatchObject({
      citizenName: 'Thị Én',
      phone: '0912345699',
      hamlet: 'Ấp 9',
      verdictReason: 'confirmed',
      citizenRights: [{ kind: 'correct', answer: 'Đã sửa họ tên.' }],
    })
    expect(findHelp(second.actor, CAMPAIGN, otherId)?.citizenName).toBe('Thị Én')
    expect(dataByCode(code)?.name).toBe('Thị Én')
    expect(requestsByCode(code)?.find(row => row.kind === 'correct')).toMatchObject({ isMet: true })
    expect(toldOfOfficial(CAMPAIGN, first.officialId, 0)).toMatchObject([{ helpId, kind: 'correct' }])
    expect(recount(CAMPAIGN)).toEqual([])
    expect(statusOf(() => correct())).toBe(404)
  })

  it('is not met by an answer alone', () => {
    const { code, office, ask } = scene()
    handleCitizenRequest(office, CAMPAIGN, { requestId: ask('correct'), answer: 'Không sửa.', isMet: true })
    expect(requestsByCode(code)).toMatchObject([{ isMet: false }])
  })
})
