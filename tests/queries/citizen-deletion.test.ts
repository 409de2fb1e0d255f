import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Person } from '#app/access/policy.ts'
import { writeWorklistTemplate } from '#app/documents/worklist-template.ts'
import { readExtract } from '#app/jobs/extract.server.ts'
import { runJob } from '#app/jobs/run.server.ts'
import { answerByCode, findByCode } from '#app/queries/citizen-answer.server.ts'
import { findCitizenLink, issueCitizenLink, standingAnswer } from '#app/queries/citizen-code.server.ts'
import { eraseCitizen, findDeletion } from '#app/queries/citizen-deletion.server.ts'
import { askByCode, handleCitizenRequest, listCitizenRequests } from '#app/queries/citizen-request.server.ts'
import { campaignNow } from '#app/queries/clock.server.ts'
import { raiseDispute } from '#app/queries/dispute.server.ts'
import { walkEventChain } from '#app/queries/event-chain.server.ts'
import { mapColumns, startApplying, startUndoing, uploadExtract } from '#app/queries/extract.server.ts'
import { walkExtract } from '#app/queries/extract-apply.server.ts'
import { listForLookup } from '#app/queries/extract-lookup.server.ts'
import { editHelp, recordHelp } from '#app/queries/help.server.ts'
import { listHelp } from '#app/queries/help-list.server.ts'
import { findHelp } from '#app/queries/help-view.server.ts'
import { drawInspection } from '#app/queries/inspection-draw.server.ts'
import { takeJob } from '#app/queries/job.server.ts'
import { recount } from '#app/queries/judging/index.server.ts'
import { rotateKeys } from '#app/queries/key-rotation.server.ts'
import { addOffer, askOffer, countWishes, handOver, listOffers } from '#app/queries/offer.server.ts'
import { findWorklistBatch, startWorklistApply, uploadWorklist } from '#app/queries/worklist-import.server.ts'
import { db, prepared } from '#db/client.server.ts'
import { seal } from '#db/keys.server.ts'
import {
  CAMPAIGN,
  citizenNumber,
  confirmNow,
  done,
  dropChecked,
  grantTo,
  helpForm,
  makeOfficial,
  makeProvince,
  statusOf,
  system,
  unitNamed,
} from '#tests/make.ts'

beforeEach(() => makeProvince())
afterEach(dropChecked)

const PHONE = '0912345601'
const LACKED = '0912345602'
const NAME = 'Tôn Nữ Quỳnh Xuyến'
const quiet = () => undefined

/** Makes two officials who recorded the same citizen under two phones, a record of another citizen, and the actors. */
function scene() {
  const unit = unitNamed('Sở Y tế')
  const [first, second] = [makeOfficial(unit.id), makeOfficial(unit.id)]
  const office = grantTo(makeOfficial(unitNamed('Sở Nội vụ').id).actor, 'campaign_office', 1)
  const telecom = grantTo(makeOfficial(unitNamed('Sở Nội vụ').id).actor, 'telecom_office', 1)
  const head = grantTo(makeOfficial(unit.id).actor, 'head', unit.id)
  const record = (who: typeof first, n: number, phone: string) => {
    const citizen = { phone, carrier: 'vinaphone' as const, hamlet: 'Ấp Bửu Hoẵng', ...(n === 1 ? { name: NAME } : {}) }
    const input = helpForm(n, { citizen, note: `Nhà ông ${NAME}` })
    const made = recordHelp(who.actor, CAMPAIGN, { officialId: who.officialId, input })
    if (!made.ok) throw new Error(JSON.stringify(made))
    return made.helpId
  }
  const helpId = record(first, 1, PHONE)
  const ids = [helpId, record(second, 1, LACKED), record(second, 2, '0912345603')]
  confirmNow(head, CAMPAIGN, ids)
  const duplicateId = ids[1] ?? 0
  const code = affirm(first, helpId)
  affirm(second, duplicateId)
  return { code, unit, first, second, office, telecom, head, helpId, duplicateId, otherId: ids[2] ?? 0 }
}
type Scene = ReturnType<typeof scene>

/** Lets the citizen say yes, so that the record does not rest on its unit alone; their code. */
function affirm({ actor, officialId }: { actor: Person; officialId: number }, helpId: number): string {
  issueCitizenLink(actor, CAMPAIGN, helpId)
  const code = findCitizenLink(actor, CAMPAIGN, { id: helpId, officialId }).code ?? ''
  const given = { answer: 'yes' as const, outcomes: [], consentVersion: '2024-04', deviceHash: `device ${helpId}` }
  expect(answerByCode(code, given).ok).toBe(true)
  return code
}

function ask({ code }: Scene, kind: 'delete' | 'correct' = 'delete') {
  expect(askByCode(code, { kind, message: `Tôi là ${NAME}, ${PHONE}` }).ok).toBe(true)
  const { id } = prepared('select max(id) as id from citizen_request').get() as { id: number }
  return { requestId: id, code }
}

/** A carrier's full list that shows these phones as signed. */
async function applyList({ telecom }: Scene, phones: readonly string[]): Promise<number> {
  const { extractId } = done(
    uploadExtract(telecom, CAMPAIGN, {
      input: {
        source: 'telecom',
        asOfOn: '2024-05-20',
        isFullList: true,
        localities: ['689'],
        carriers: ['vinaphone'],
      },
      fileName: 'a.csv',
      bytes: Buffer.from(['Số thuê bao;Chữ ký số;Ngày', ...phones.map(phone => `${phone};x;04/04/2024`)].join('\n')),
    }),
  )
  const columns = { phone: 0, signature: 1, signedOn: 2 }
  await readExtract({ extractId }, undefined, quiet)
  expect(mapColumns(telecom, CAMPAIGN, { extractId, columns }).ok).toBe(true)
  await readExtract({ extractId, columns, headRow: 1 }, undefined, quiet)
  prepared("update job set state = 'done'").run()
  expect(startApplying(telecom, CAMPAIGN, extractId)).toBeDefined()
  await walkExtract(extractId, quiet)
  return extractId
}

async function work() {
  for (let job = takeJob(); job; job = takeJob()) await runJob(job)
}

async function list() {
  const unit = unitNamed('UBND xã Tân Thành')
  const coordinator = grantTo(makeOfficial(unit.id).actor, 'coordinator', unit.id)
  const entry = { name: NAME, number: citizenNumber(1), phone: PHONE, birth: '1990', commune: '', hamlet: 'Ấp 1' }
  const bytes = await writeWorklistTemplate([{ ...entry, address: 'Nhà 1', lacks: ['eid_activation'] }])
  const about = { name: 'Đợt 1', legalBasis: 'Kế hoạch 128/KH-UBND', fileName: 'ds.xlsx', unitId: unit.id }
  uploadWorklist(coordinator, CAMPAIGN, { ...about, bytes })
  await work()
  const { id } = prepared('select max(id) as id from import_batch').get() as { id: number }
  const content = findWorklistBatch(coordinator, id)?.content
  if (content?.stage !== 'planned') throw new Error('not planned')
  startWorklistApply(coordinator, { batchId: id, planKey: content.planKey })
  await work()
}

function wishes({ telecom, first }: Scene) {
  const terms = { terms: null, documentNumber: null, fromOn: '2024-04-01', toOn: null }
  addOffer(telecom, CAMPAIGN, { carrier: 'vinaphone', kind: 'sim', name: 'SIM', price: 50_000, ...terms })
  addOffer(telecom, CAMPAIGN, { carrier: 'vinaphone', kind: 'sim', name: 'SIM 4G', price: 60_000, ...terms })
  const [offerId = 0, other = 0] = listOffers(CAMPAIGN).map(({ id }) => id)
  const wish = (name: string, phone: string, of = offerId) =>
    askOffer(first.actor, CAMPAIGN, {
      offerId: of,
      input: { name, phone, localityCode: '25195', hamlet: null, consentChannel: 'own_phone' },
    })
  wish(NAME, PHONE)
  handOver(telecom, CAMPAIGN, 'vinaphone')
  wish(NAME.toLowerCase(), PHONE, other)
  wish('Lê Thị Khác', PHONE)
}

const verdicts = () =>
  prepared(
    `select id, verdict_kind, verdict_reason, verdict_outcome, basis, holds_credit, is_reported, counts_any from help
      order by id`,
  ).all()
const reasonOf = (id: number) => prepared('select verdict_reason from help where id = ?').pluck().get(id)
const tallies = () => prepared('select * from help_total order by dimension, key').all()

/** Returns every sealed value of the citizen as stored in the file, and the hashes of their phones. */
function sealedOf({ helpId, duplicateId }: Scene): (Buffer | string)[] {
  const rows = [
    ...prepared(
      `select citizen_name_cipher, citizen_number_cipher, citizen_phone_cipher, note_cipher, citizen_phone_hash
         from help where id in (?, ?)`,
    ).all(helpId, duplicateId),
    ...prepared('select words_cipher from citizen_answer').all(),
    ...prepared('select message_cipher from citizen_request').all(),
    ...prepared(
      'select citizen_name_cipher, citizen_number_cipher, citizen_phone_cipher, address_cipher from assignment',
    ).all(),
    ...prepared('select citizen_name_cipher, citizen_phone_cipher from offer_request where id in (1, 2)').all(),
  ] as Record<string, Buffer | string | null>[]
  return rows.flatMap(row => Object.values(row).filter(value => value !== null))
}

describe('a citizen’s request to delete', () => {
  it('empties everything that tells who they are, wherever it stands; verdicts, sums and the chain stay', async () => {
    await list()
    const s = scene()
    await applyList(s, [PHONE, LACKED])
    wishes(s)
    ask(s, 'correct')
    const { requestId, code } = ask(s)
    const words = seal({ campaignId: CAMPAIGN }, { table: 'citizen_answer', column: 'words', rowId: 1 }, 'Tôi là Xuyến')
    prepared('update citizen_answer set words_cipher = ? where help_id = ?').run(words, s.helpId)
    expect([s.helpId, s.duplicateId].map(reasonOf)).toEqual(['confirmed', 'duplicate_claim'])
    expect(findDeletion(s.office, CAMPAIGN, requestId)).toMatchObject({ records: 2, assignments: 1, bar: null })
    const [before, sums, sealed] = [verdicts(), tallies(), sealedOf(s)]
    expect(sealed).toHaveLength(21)

    expect(eraseCitizen(s.office, CAMPAIGN, { requestId, reachedBy: 'met' })).toEqual({ ok: true })

    expect(verdicts()).toEqual(before)
    expect(tallies()).toEqual(sums)
    expect(recount(CAMPAIGN)).toEqual([])
    expect(walkEventChain('')).toMatchObject({ brokenAt: null })
    for (const value of sealed.filter(value => typeof value !== 'string'))
      expect(readFileSync(db.$client.name).includes(value)).toBe(false)
    const phones = prepared('select citizen_phone_hash from help where id in (?, ?)').pluck()
    for (const hash of phones.all(s.helpId, s.duplicateId)) expect(sealed).not.toContain(hash)
    const text = JSON.stringify(prepared('select * from event').all())
    expect(text).not.toMatch(/Xuyến|0912345601|Bửu/)

    for (const id of [s.helpId, s.duplicateId]) {
      const who = id === s.helpId ? s.first : s.second
      const found = findHelp(who.actor, CAMPAIGN, id)
      expect(found).toMatchObject({ citizenName: 'đã hủy dữ liệu', numberTail: '', phone: null, note: null })
      expect(found).toMatchObject({ hamlet: '', citizenBirthOn: null, allowed: { edit: false } })
    }
    expect(listHelp(s.head, CAMPAIGN, { unitPath: s.unit.path }).rows.map(row => row.citizenName)).toEqual([
      'Điểu Thị Mẫu 2',
      'đã hủy dữ liệu',
      'đã hủy dữ liệu',
    ])
    expect(findByCode(code)).toMatchObject({ state: 'used', citizenName: 'đã hủy dữ liệu' })
    expect(standingAnswer(s.helpId)).toMatchObject({ answer: 'yes', words: null })
    expect(prepared('select count(*) from assignment where length(citizen_name_cipher) > 0').pluck().get()).toBe(0)
    // the wish that waited went, the one handed over names nobody, that of somebody else with the phone stays
    expect(countWishes(s.telecom, CAMPAIGN)).toMatchObject([{ open: 1, all: 2 }])
    expect(handOver(s.telecom, CAMPAIGN, 'vinaphone')?.rows.map(({ name }) => name)).toEqual(['Lê Thị Khác'])

    expect(listCitizenRequests(s.office, CAMPAIGN)).toMatchObject([
      { kind: 'correct', closedAt: null, message: '' },
      { kind: 'delete', closedBy: s.office.accountId, message: '', answer: 'Đã xóa dữ liệu cá nhân của người dân' },
    ])
    expect(statusOf(() => eraseCitizen(s.office, CAMPAIGN, { requestId, reachedBy: 'met' }))).toBe(404)
  })

  it('lets the same citizen count once still, and nobody put data back', async () => {
    const s = scene()
    eraseCitizen(s.office, CAMPAIGN, { requestId: ask(s).requestId, reachedBy: 'met' })
    const input = helpForm(1, { citizen: { name: NAME } })
    const made = recordHelp(s.first.actor, CAMPAIGN, { officialId: s.first.officialId, input })
    const again = done(made).helpId
    confirmNow(s.head, CAMPAIGN, [again])
    expect(reasonOf(again)).toBe('duplicate_claim')
    const revision = prepared('select revision from help where id = ?').pluck().get(s.helpId) as number
    const edit = { helpId: s.helpId, revision, input }
    expect(editHelp(s.first.actor, CAMPAIGN, edit)).toEqual({ ok: false, problems: 'erased' })
    const rows = listForLookup(s.office, CAMPAIGN, { source: 'police', localityCode: '25195', purpose: 'verify' })
    expect(rows?.map(({ number }) => number)).toEqual([citizenNumber(2)])
    await rotateKeys(system, { settledMs: 0 })
    expect(findHelp(s.second.actor, CAMPAIGN, s.otherId)?.citizenName).toBe('Điểu Thị Mẫu 2')
    expect(findHelp(s.first.actor, CAMPAIGN, s.helpId)?.citizenName).toBe('đã hủy dữ liệu')
  })

  it('keeps what lists told of the phone: one undone later is undone, one applied later rejects nobody it cannot know', async () => {
    const s = scene()
    const rejecting = await applyList(s, [LACKED])
    expect(reasonOf(s.helpId)).toBe('not_in_extract')
    const { requestId } = ask(s)
    const before = verdicts()
    eraseCitizen(s.office, CAMPAIGN, { requestId, reachedBy: 'met' })
    expect(verdicts()).toEqual(before)

    startUndoing(s.telecom, CAMPAIGN, rejecting)
    await walkExtract(rejecting, quiet)
    expect(reasonOf(s.helpId)).toBe('confirmed')
    expect(prepared('select count(*) from extract_fact').pluck().get()).toBe(0)
    await applyList(s, ['0912345699'])
    expect([s.helpId, s.otherId].map(reasonOf)).toEqual(['confirmed', 'not_in_extract'])
    expect(recount(CAMPAIGN)).toEqual([])
  })

  it('waits for an inspection that drew the record, and for a dispute over it', () => {
    const s = scene()
    const { requestId } = ask(s)
    const before = sealedOf(s)
    const disputed = raiseDispute(s.second.actor, CAMPAIGN, { helpId: s.duplicateId, reason: 'Tôi đến trước' })
    expect(disputed.ok).toBe(true)
    expect(eraseCitizen(s.office, CAMPAIGN, { requestId, reachedBy: 'met' })).toEqual({
      ok: false,
      problem: 'dispute_open',
    })
    prepared("update dispute set decided_at = 1, decision = 'dismissed'").run()
    const inspector = () => grantTo(makeOfficial(unitNamed('Thanh tra tỉnh').id).actor, 'inspector', 1).accountId
    const wish = { certainty: 0.95, untrueShare: 0.05, riskPicks: 0, memberIds: [inspector(), inspector()] }
    expect(drawInspection(s.office, CAMPAIGN, { unitId: s.unit.id, input: wish }).ok).toBe(true)
    expect(eraseCitizen(s.office, CAMPAIGN, { requestId, reachedBy: 'met' })).toEqual({
      ok: false,
      problem: 'inspection_open',
    })
    expect(findDeletion(s.office, CAMPAIGN, requestId).bar).toBe('inspection_open')
    expect(sealedOf(s)).toEqual(before)
    prepared('update inspection set concluded_at = 1').run()
    expect(eraseCitizen(s.office, CAMPAIGN, { requestId, reachedBy: 'met' })).toEqual({ ok: true })
  })

  it('leaves nobody to ask: an erased record is in no sample drawn afterwards', () => {
    const s = scene()
    eraseCitizen(s.office, CAMPAIGN, { requestId: ask(s).requestId, reachedBy: 'met' })
    const inspector = () => grantTo(makeOfficial(unitNamed('Thanh tra tỉnh').id).actor, 'inspector', 1).accountId
    const wish = { certainty: 0.95, untrueShare: 0.05, riskPicks: 5, memberIds: [inspector(), inspector()] }
    expect(drawInspection(s.office, CAMPAIGN, { unitId: s.unit.id, input: wish }).ok).toBe(true)
    expect(prepared('select population from inspection').pluck().all()).toEqual([JSON.stringify([s.otherId])])
    expect(prepared('select help_id from inspection_pick').pluck().all()).toEqual([s.otherId])
    prepared('update help set erased_at = 1 where id = ?').run(s.otherId)
    expect(drawInspection(s.office, CAMPAIGN, { unitId: s.unit.id, input: wish })).toMatchObject({
      problems: [{ reason: 'nothing_to_draw' }],
    })
  })

  it('is the campaign office’s, and of an open request to delete only', () => {
    const s = scene()
    const { requestId } = ask(s)
    const others: Person[] = [s.telecom, s.head, s.first.actor]
    for (const role of ['admin', 'home_affairs', 'inspector', 'auditor'] as const)
      others.push(grantTo(makeOfficial(s.unit.id).actor, role, 1))
    for (const actor of others) {
      expect(statusOf(() => eraseCitizen(actor, CAMPAIGN, { requestId, reachedBy: 'met' }))).toBe(403)
      expect(statusOf(() => findDeletion(actor, CAMPAIGN, requestId))).toBe(403)
    }
    expect(findHelp(s.first.actor, CAMPAIGN, s.helpId)?.citizenName).toBe(NAME)
    const setGiver = (createdBy: number | null) =>
      prepared('update role_grant set created_by = ?, created_at = ? where account_id = ?').run(
        createdBy,
        campaignNow(),
        s.office.accountId,
      )
    setGiver(s.first.actor.accountId)
    expect(findDeletion(s.office, CAMPAIGN, requestId)).toMatchObject({ bar: 'role_too_new' })
    expect(eraseCitizen(s.office, CAMPAIGN, { requestId, reachedBy: 'met' })).toEqual({
      ok: false,
      problem: 'role_too_new',
    })
    setGiver(null)
    expect(
      statusOf(() => eraseCitizen(s.office, CAMPAIGN, { requestId: ask(s, 'correct').requestId, reachedBy: 'met' })),
    ).toBe(404)
    handleCitizenRequest(s.office, CAMPAIGN, { requestId, answer: 'Người dân rút yêu cầu' })
    expect(statusOf(() => eraseCitizen(s.office, CAMPAIGN, { requestId, reachedBy: 'met' }))).toBe(404)
  })
})
