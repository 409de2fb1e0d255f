import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { noteDevice } from '#app/access/device.server.ts'
import type { CitizenAnswer, Outcome } from '#app/domain/vocabulary.ts'
import { listOpenings, noteAccess } from '#app/queries/access-log.server.ts'
import { answerByCode, findByCode } from '#app/queries/citizen-answer.server.ts'
import { bindSlip, findCitizenLink, issueCitizenLink, issueSlips, listSlips } from '#app/queries/citizen-code.server.ts'
import { askByCode, handleCitizenRequest, listCitizenRequests } from '#app/queries/citizen-request.server.ts'
import { moveClock } from '#app/queries/clock.server.ts'
import { editHelp, recordHelp } from '#app/queries/help.server.ts'
import { findHelp } from '#app/queries/help-view.server.ts'
import { recount } from '#app/queries/judging/index.server.ts'
import { removeExpired } from '#app/queries/retention.server.ts'
import { prepared } from '#db/client.server.ts'
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
  system,
  unitNamed,
} from '#tests/make.ts'

const HOUR_MS = 3_600_000

beforeEach(() => makeProvince())
afterEach(dropProvince)

/** An official, their head, and a confirmed record with a link that waits. */
function waiting(citizen = 1) {
  const unit = unitNamed('Sở Nội vụ')
  const official = makeOfficial(unit.id)
  const head = grantTo(makeOfficial(unit.id).actor, 'head', unit.id)
  const record = () => {
    const made = recordHelp(official.actor, CAMPAIGN, { officialId: official.officialId, input: helpForm(citizen++) })
    if (!made.ok) throw new Error(JSON.stringify(made))
    confirmNow(head, CAMPAIGN, [made.helpId])
    expect(issueCitizenLink(official.actor, CAMPAIGN, made.helpId)).toEqual({ ok: true })
    return { helpId: made.helpId, code: linkOf(made.helpId) }
  }
  const linkOf = (helpId: number) =>
    findCitizenLink(official.actor, CAMPAIGN, { id: helpId, officialId: official.officialId }).code ?? ''
  const reasonOf = (helpId: number) => findHelp(official.actor, CAMPAIGN, helpId)?.verdictReason
  return { unit, official, head, record, linkOf, reasonOf, ...record() }
}

const say = (answer: CitizenAnswer, deviceHash = 'a citizen’s phone', ...outcomes: Outcome[]) => ({
  answer,
  outcomes,
  consentVersion: '1',
  deviceHash,
})
const basisOf = (helpId: number) => prepared('select basis from help where id = ?').get(helpId)

describe('the citizen’s answer', () => {
  it('yes: what counts on the unit’s word alone rests on the citizen’s', () => {
    const { code, helpId, reasonOf } = waiting()
    expect(basisOf(helpId)).toEqual({ basis: 'unit' })
    expect(answerByCode(code, say('yes'))).toEqual({ ok: true, answer: 'yes' })
    expect(reasonOf(helpId)).toBe('confirmed')
    expect(basisOf(helpId)).toEqual({ basis: 'citizen' })
    expect(recount(CAMPAIGN)).toEqual([])
  })

  it('no: takes the record out at once, and no new code is issued', () => {
    const { code, helpId, official, reasonOf } = waiting()
    answerByCode(code, say('no'))
    expect(reasonOf(helpId)).toBe('citizen_denied')
    expect(issueCitizenLink(official.actor, CAMPAIGN, helpId)).toEqual({ ok: false, problem: 'answered' })
    expect(recount(CAMPAIGN)).toEqual([])
  })

  it('not quite: the outcome becomes not_yet, and the unit confirms anew', () => {
    const { code, helpId, official, reasonOf } = waiting()
    answerByCode(code, say('not_quite', 'a citizen’s phone', 'sim_signature'))
    const help = findHelp(official.actor, CAMPAIGN, helpId)
    expect(reasonOf(helpId)).toBe('outcome_missing')
    expect(help?.outcomes.sim_signature).toEqual({ value: 'not_yet', on: null })
    expect(help?.confirmedAt).toBeNull()
    expect(recount(CAMPAIGN)).toEqual([])
  })

  it('not quite: takes several outcomes at once, and the citizen’s own words, sealed', () => {
    const { code, helpId, official } = waiting()
    const words = 'Máy tôi chưa cài được'
    answerByCode(code, { ...say('not_quite', 'a citizen’s phone', 'sim_signature', 'vneid_installed'), words })
    const { outcomes, revision } = findHelp(official.actor, CAMPAIGN, helpId) ?? {}
    expect([outcomes?.sim_signature?.value, outcomes?.vneid_installed?.value, outcomes?.eid_activated?.value]).toEqual([
      'not_yet',
      'not_yet',
      'achieved',
    ])
    expect(revision).toBe(3)
    const { officialId } = official
    expect(findCitizenLink(official.actor, CAMPAIGN, { id: helpId, officialId }).answer).toMatchObject({
      denied: ['vneid_installed', 'sim_signature'],
      words,
    })
    expect(prepared('select words_cipher from citizen_answer where help_id = ?').pluck().get(helpId)).toBeInstanceOf(
      Buffer,
    )
    expect(recount(CAMPAIGN)).toEqual([])
  })

  it('words are kept with “not quite” alone', () => {
    const { code, helpId } = waiting()
    answerByCode(code, { ...say('yes'), words: 'Cảm ơn' })
    expect(prepared('select words_cipher as words from citizen_answer where help_id = ?').get(helpId)).toEqual({
      words: null,
    })
  })

  it('not quite of the activation: the record loses its claim to the credit', () => {
    const { code, helpId, official } = waiting()
    answerByCode(code, say('not_quite', 'a citizen’s phone', 'eid_activated'))
    expect(findHelp(official.actor, CAMPAIGN, helpId)?.claimedAt).toBeNull()
  })

  it('is given once: looking changes nothing, a second answer nothing more', () => {
    const { code, helpId, reasonOf } = waiting()
    expect(findByCode(code)).toMatchObject({ state: 'open' })
    expect(findByCode(code)).toMatchObject({ state: 'open' })
    answerByCode(code, say('yes'))
    expect(findByCode(code)).toMatchObject({ state: 'used' })
    expect(answerByCode(code, say('no')).ok).toBe(false)
    expect(reasonOf(helpId)).toBe('confirmed')
  })

  it('lapses with a change of what was answered about', () => {
    const { code, helpId, official } = waiting()
    answerByCode(code, say('yes'))
    const help = findHelp(official.actor, CAMPAIGN, helpId)
    editHelp(official.actor, CAMPAIGN, {
      helpId,
      revision: help?.revision ?? 0,
      input: helpForm(1, { helpedOn: '2024-04-06' }),
    })
    expect(findCitizenLink(official.actor, CAMPAIGN, { id: helpId, officialId: official.officialId }).answer).toBe(
      undefined,
    )
    expect(issueCitizenLink(official.actor, CAMPAIGN, helpId)).toEqual({ ok: true })
  })
})

describe('a link', () => {
  it('lasts 48 hours and is renewed until it is answered', () => {
    const { code, helpId, official, linkOf } = waiting()
    moveClock(official.actor, NOW + 47 * HOUR_MS)
    expect(findByCode(code)).toMatchObject({ state: 'open' })
    moveClock(official.actor, NOW + 49 * HOUR_MS)
    expect(findByCode(code)).toMatchObject({ state: 'expired' })
    expect(answerByCode(code, say('yes')).ok).toBe(false)
    issueCitizenLink(official.actor, CAMPAIGN, helpId)
    expect(linkOf(helpId)).not.toBe(code)
    expect(answerByCode(linkOf(helpId), say('yes'))).toEqual({ ok: true, answer: 'yes' })
  })

  it('lapses with a newer one, and opens nothing to whoever guesses', () => {
    const { code, helpId, official } = waiting()
    issueCitizenLink(official.actor, CAMPAIGN, helpId)
    expect(findByCode(code)).toMatchObject({ state: 'expired' })
    expect(findByCode('0000-0000-0000-0000')).toBeUndefined()
    expect(findByCode('')).toBeUndefined()
  })

  it('is issued by the record’s own official only', () => {
    const { helpId, head } = waiting()
    expect(statusOf(() => issueCitizenLink(head, CAMPAIGN, helpId))).toBe(404)
    const found = findCitizenLink(head, CAMPAIGN, { id: helpId, officialId: waiting(50).official.officialId })
    expect(found.code).toBeNull()
  })
})

describe('a flag', () => {
  it('marks an answer from a browser that the official signed in from; it is kept, and is no basis', () => {
    const { code, helpId, official, head } = waiting()
    noteDevice('the official’s phone', official.accountId)
    answerByCode(code, say('yes', 'the official’s phone'))
    const record = { id: helpId, officialId: official.officialId }
    expect(findCitizenLink(head, CAMPAIGN, record).answer).toMatchObject({ answer: 'yes', flag: 'official_device' })
    expect(findCitizenLink(official.actor, CAMPAIGN, record).answer).toMatchObject({ answer: 'yes', flag: null })
    expect(basisOf(helpId)).toEqual({ basis: 'unit' })
  })

  it('marks both citizens who answer from one device', () => {
    const team = waiting()
    const second = team.record()
    answerByCode(team.code, say('yes', 'one device'))
    answerByCode(second.code, say('yes', 'one device'))
    const flagOf = (id: number) =>
      findCitizenLink(team.head, CAMPAIGN, { id, officialId: team.official.officialId }).answer?.flag
    expect([flagOf(team.helpId), flagOf(second.helpId)]).toEqual(['shared_device', 'shared_device'])
  })
})

describe('slips', () => {
  it('are filled up to twenty, bound to one record each, and answered like a link', () => {
    const { official, helpId, head, reasonOf } = waiting()
    expect(issueSlips(official.actor, CAMPAIGN)).toBe(20)
    expect(issueSlips(official.actor, CAMPAIGN)).toBe(0)
    const [slip = '', other = ''] = listSlips(official.actor, CAMPAIGN)
    expect(findByCode(slip)).toMatchObject({ state: 'unbound' })
    expect(answerByCode(slip, say('yes')).ok).toBe(false)
    expect(statusOf(() => bindSlip(head, CAMPAIGN, { helpId, code: slip }))).toBe(404)
    expect(bindSlip(official.actor, CAMPAIGN, { helpId, code: slip.toLowerCase() }).ok).toBe(true)
    expect(bindSlip(official.actor, CAMPAIGN, { helpId, code: slip }).ok).toBe(false)
    expect(bindSlip(official.actor, CAMPAIGN, { helpId, code: 'không phải mã' }).ok).toBe(false)
    expect(listSlips(official.actor, CAMPAIGN)).toHaveLength(19)
    expect(listSlips(official.actor, CAMPAIGN)[0]).toBe(other)
    answerByCode(slip, say('no'))
    expect(reasonOf(helpId)).toBe('citizen_denied')
  })
})

describe('a request about one’s data', () => {
  it('tells who opened its record one by one, to the campaign office alone', () => {
    const { code, helpId, official, head } = waiting()
    answerByCode(code, say('yes'))
    askByCode(code, { kind: 'see', message: '' })
    noteAccess(official.actor, { what: 'help_record', subjectId: helpId, count: 1 })
    noteAccess(head, { what: 'inspection_sheet', subjectId: helpId, count: 1 })
    noteAccess(head, { what: 'help_record', subjectId: helpId + 1, count: 1 })
    noteAccess(head, { what: 'help_list', subjectId: helpId, count: 50 })
    const office = grantTo(makeOfficial(unitNamed('Sở Nội vụ').id).actor, 'campaign_office', 1)
    const requestId = listCitizenRequests(office, CAMPAIGN)[0]?.id ?? 0
    expect(statusOf(() => listOpenings(official.actor, CAMPAIGN, requestId))).toBe(403)
    expect(listOpenings(office, CAMPAIGN, requestId + 1)).toBeUndefined()
    expect(listOpenings(office, CAMPAIGN, requestId)?.map(row => [row.accountId, row.what])).toEqual([
      [head.accountId, 'inspection_sheet'],
      [official.accountId, 'help_record'],
    ])
  })

  it('loses its message and answer two years after it was closed, and nothing else', async () => {
    const { code } = waiting()
    answerByCode(code, say('yes'))
    askByCode(code, { kind: 'correct', message: 'Gọi tôi trước' })
    askByCode(code, { kind: 'see', message: 'Cho tôi xem' })
    const office = grantTo(makeOfficial(unitNamed('Sở Nội vụ').id).actor, 'campaign_office', 1)
    const [request] = listCitizenRequests(office, CAMPAIGN)
    handleCitizenRequest(office, CAMPAIGN, { requestId: request?.id ?? 0, answer: 'Đã sửa.' })
    const texts = () => listCitizenRequests(office, CAMPAIGN).map(row => [row.kind, row.message, row.answer])
    const inTime = texts()
    await removeExpired(system, Date.now() + 729 * 86_400_000)
    expect(texts()).toEqual(inTime)
    expect((await removeExpired(system, Date.now() + 731 * 86_400_000)).citizen_request_text).toBe(1)
    expect(texts()).toEqual([
      ['see', 'Cho tôi xem', null],
      ['correct', '', null],
    ])
  })

  it('stands where its next day is due: an acknowledgement, then what was asked for; closed ones last', () => {
    const { code } = waiting()
    const office = grantTo(makeOfficial(unitNamed('Sở Nội vụ').id).actor, 'campaign_office', 1)
    for (const kind of ['delete', 'correct', 'restrict', 'see'] as const) askByCode(code, { kind, message: 'Sửa tên' })
    const listed = () => listCitizenRequests(office, CAMPAIGN).map(row => row.kind)
    const idOf = (kind: string) => listCitizenRequests(office, CAMPAIGN).find(row => row.kind === kind)?.id ?? 0
    for (const kind of ['delete', 'correct'])
      handleCitizenRequest(office, CAMPAIGN, { requestId: idOf(kind), answer: null })
    handleCitizenRequest(office, CAMPAIGN, { requestId: idOf('restrict'), answer: 'Đã hạn chế' })
    expect(listed()).toEqual(['see', 'correct', 'delete', 'restrict'])
  })

  it('is opened by the code, sealed, seen by the campaign office, acknowledged and closed', () => {
    const { code, helpId, official } = waiting()
    answerByCode(code, say('yes'))
    expect(askByCode('0000-0000-0000-0000', { kind: 'see', message: '' }).ok).toBe(false)
    expect(askByCode(code, { kind: 'delete', message: 'Gọi tôi trước' }).ok).toBe(true)
    const office = grantTo(makeOfficial(unitNamed('Sở Nội vụ').id).actor, 'campaign_office', 1)
    expect(statusOf(() => listCitizenRequests(official.actor, CAMPAIGN))).toBe(403)
    const [request] = listCitizenRequests(office, CAMPAIGN)
    expect(request).toMatchObject({ helpId, kind: 'delete', message: 'Gọi tôi trước', meetBy: '2024-07-02' })
    const requestId = request?.id ?? 0
    handleCitizenRequest(office, CAMPAIGN, { requestId, answer: null })
    handleCitizenRequest(office, CAMPAIGN, { requestId, answer: 'Đã xóa số điện thoại.' })
    expect(listCitizenRequests(office, CAMPAIGN)[0]).toMatchObject({ answer: 'Đã xóa số điện thoại.' })
    expect(statusOf(() => handleCitizenRequest(office, CAMPAIGN, { requestId, answer: null }))).toBe(404)
    expect(statusOf(() => handleCitizenRequest(official.actor, CAMPAIGN, { requestId, answer: null }))).toBe(403)
  })
})
