import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { helpInput } from '#app/domain/help.ts'
import { storedName, titleCase, typedBeside } from '#app/domain/person-name.ts'
import { findAssignment } from '#app/queries/assignment.server.ts'
import { answerByCode } from '#app/queries/citizen-answer.server.ts'
import { findCitizenLink, issueCitizenLink } from '#app/queries/citizen-code.server.ts'
import { correctCitizen } from '#app/queries/citizen-correction.server.ts'
import { eraseCitizen } from '#app/queries/citizen-deletion.server.ts'
import { dataByCode } from '#app/queries/citizen-own-data.server.ts'
import { askByCode, handleCitizenRequest, listCitizenRequests } from '#app/queries/citizen-request.server.ts'
import { answerCorrection, correctOfficial } from '#app/queries/correction.server.ts'
import { correctionsToAnswer } from '#app/queries/correction-list.server.ts'
import { editHelp, recordHelp } from '#app/queries/help.server.ts'
import { findHelp } from '#app/queries/help-view.server.ts'
import { recount } from '#app/queries/judging/index.server.ts'
import { rotateKeys } from '#app/queries/key-rotation.server.ts'
import { findOfficial } from '#app/queries/official.server.ts'
import { listAssignments } from '#app/queries/worklist.server.ts'
import { addToWorklist } from '#app/queries/worklist-import.server.ts'
import { db, prepared } from '#db/client.server.ts'
import { worklist } from '#db/schema.ts'
import {
  CAMPAIGN,
  citizenNumber,
  confirmNow,
  done,
  dropProvince,
  grantTo,
  helpForm,
  makeOfficial,
  makeProvince,
  NOW,
  system,
  unitNamed,
} from '#tests/make.ts'
import { importRoster } from '#tests/roster.ts'

beforeEach(() => makeProvince())
afterEach(() => {
  expect(recount(CAMPAIGN)).toEqual([])
  dropProvince()
})

const TYPED = 'ĐIỂU THỊ K’RỨ'
const NAME = 'Điểu Thị K’Rứ'

describe('a name in title case', () => {
  it.each([
    ['NGUYỄN VĂN Ứt', 'Nguyễn Văn Ứt'],
    ['Nguyễn thị lan', 'Nguyễn Thị Lan'],
    ['y ơ', 'Y Ơ'],
    ['H’Nê ÊBAN', 'H’Nê Êban'],
    ['Điểu K’rứ', 'Điểu K’rứ'],
  ])('%s is %s', (typed, name) => expect(titleCase(typed)).toBe(name))

  it('has its typed form where that differs, and not that of an earlier name', () => {
    expect(storedName(TYPED)).toEqual({ name: NAME, typed: TYPED })
    expect(storedName(NAME)).toEqual({ name: NAME, typed: null })
    expect([typedBeside(NAME, TYPED), typedBeside(NAME, NAME), typedBeside('Lê Thị Khác', TYPED)]).toEqual([
      TYPED,
      null,
      null,
    ])
  })
})

/** The citizen of the form as its page reads it. */
function citizenTyped(citizenName: string) {
  const form = {
    submissionKey: crypto.randomUUID(),
    citizenName,
    citizenNumber: citizenNumber(1),
    localityCode: '25195',
    helpedOn: '2024-04-04',
    place: 'home',
    consentChannel: 'own_phone',
    consent: 'on',
  }
  return helpInput.parse(form).citizen
}

function scene() {
  const unit = unitNamed('Sở Nội vụ')
  const own = makeOfficial(unit.id)
  const head = grantTo(makeOfficial(unit.id).actor, 'head', unit.id)
  const office = grantTo(makeOfficial(unit.id).actor, 'campaign_office', unitNamed('Tỉnh Bình Phước').id)
  const input = helpForm(1, { citizen: { ...citizenTyped(TYPED), birthYear: 1990, phone: '0912345601' } })
  const { helpId } = done(recordHelp(own.actor, CAMPAIGN, { officialId: own.officialId, input }))
  const shown = () => {
    const found = findHelp(own.actor, CAMPAIGN, helpId)
    return [found?.citizenName, found?.nameTyped]
  }
  const edit = (citizenName: string) => {
    const revision = findHelp(own.actor, CAMPAIGN, helpId)?.revision ?? 0
    const { nameTyped: _, ...rest } = input.citizen
    const citizen = { ...rest, ...citizenTyped(citizenName), birthYear: 1990, phone: '0912345601', hamlet: 'Ấp 9' }
    return editHelp(own.actor, CAMPAIGN, { helpId, revision, input: { ...input, citizen } })
  }
  return { unit, own, head, office, input, helpId, shown, edit }
}

describe('of a record', () => {
  it('is kept sealed, and another submission of the same form is the same record', () => {
    const { own, input, helpId, shown } = scene()
    expect(shown()).toEqual([NAME, TYPED])
    const { nameTyped: _, ...citizen } = input.citizen
    const again = recordHelp(own.actor, CAMPAIGN, { officialId: own.officialId, input: { ...input, citizen } })
    expect(again).toEqual({ ok: true, helpId })
    db.$client.pragma('wal_checkpoint(TRUNCATE)')
    expect(readFileSync(db.$client.name).includes(TYPED)).toBe(false)
  })

  it('stays where an edit leaves the name, and goes where it changes it', () => {
    const { shown, edit } = scene()
    expect(edit(NAME).ok).toBe(true)
    expect(shown()).toEqual([NAME, TYPED])
    expect(edit('ĐIỂU thị k’rứ').ok).toBe(true)
    expect(shown()).toEqual([NAME, 'ĐIỂU thị k’rứ'])
    expect(edit('Điểu Thị Khác').ok).toBe(true)
    expect(shown()).toEqual(['Điểu Thị Khác', null])
  })

  it('is opened under a new key', async () => {
    const { shown } = scene()
    await rotateKeys(system, { settledMs: 0 })
    expect(shown()).toEqual([NAME, TYPED])
  })

  it('is told to the citizen, corrected and erased with the name', () => {
    const { own, head, office, helpId, shown } = scene()
    confirmNow(head, CAMPAIGN, [helpId])
    issueCitizenLink(own.actor, CAMPAIGN, helpId)
    const code = findCitizenLink(own.actor, CAMPAIGN, { id: helpId, officialId: own.officialId }).code ?? ''
    answerByCode(code, { answer: 'yes', outcomes: [], consentVersion: '1', deviceHash: 'a citizen’s phone' })
    const ask = (kind: 'see' | 'correct' | 'delete') => {
      expect(askByCode(code, { kind, message: 'Sửa họ tên' })).toEqual({ ok: true })
      return listCitizenRequests(office, CAMPAIGN).find(row => row.kind === kind && row.closedAt === null)?.id ?? 0
    }
    handleCitizenRequest(office, CAMPAIGN, { requestId: ask('see'), answer: 'Ở trang này.', isMet: true })
    expect(dataByCode(code)).toMatchObject({ name: NAME, nameTyped: TYPED })
    const input = { name: 'THỊ ÉN', phone: null, birthOn: null, hamlet: null, answer: 'Đã sửa.' }
    expect(correctCitizen(office, CAMPAIGN, { requestId: ask('correct'), input })).toEqual({ ok: true })
    expect(shown()).toEqual(['Thị Én', 'THỊ ÉN'])
    expect(eraseCitizen(office, CAMPAIGN, { requestId: ask('delete'), reachedBy: 'met' })).toEqual({ ok: true })
    expect(shown()).toEqual(['đã hủy dữ liệu', null])
    expect(prepared('select count(citizen_name_typed_cipher) from help').pluck().get()).toBe(0)
  })
})

describe('of a list of citizens to be helped', () => {
  it('is shown to who goes there, and erased with the name', () => {
    const { helpId, own, head, office } = scene()
    const at = unitNamed('UBND xã Tân Thành')
    const coordinator = grantTo(makeOfficial(at.id).actor, 'coordinator', at.id)
    const about = { campaignId: CAMPAIGN, unitId: at.id }
    db.insert(worklist)
      .values({ id: 1, ...about, name: 'Đợt 1', legalBasis: 'KH', importedAt: NOW, importedBy: own.accountId })
      .run()
    const row = { birthYear: 1990, phone: null, localityCode: '25207', hamlet: 'Ấp 1', address: null }
    const lacks = ['eid_activation' as const]
    addToWorklist({ ...about, worklistId: 1 }, [
      { row: 1, name: TYPED, number: citizenNumber(1), lacks, ...row },
      { row: 2, name: 'Lê Văn Ba', number: citizenNumber(2), lacks, ...row },
    ])
    const { rows } = listAssignments(coordinator, CAMPAIGN, { unitPath: at.path })
    expect(rows.map(({ name, nameTyped }) => [name, nameTyped])).toEqual([
      ['Lê Văn Ba', null],
      // helped before: those done come last
      [NAME, TYPED],
    ])
    expect(findAssignment(coordinator, CAMPAIGN, rows[1]?.id ?? 0)).toMatchObject({ name: NAME, nameTyped: TYPED })
    confirmNow(head, CAMPAIGN, [helpId])
    issueCitizenLink(own.actor, CAMPAIGN, helpId)
    const code = findCitizenLink(own.actor, CAMPAIGN, { id: helpId, officialId: own.officialId }).code ?? ''
    answerByCode(code, { answer: 'yes', outcomes: [], consentVersion: '1', deviceHash: 'a citizen’s phone' })
    askByCode(code, { kind: 'delete', message: 'Xóa' })
    const requestId = listCitizenRequests(office, CAMPAIGN).find(({ kind }) => kind === 'delete')?.id ?? 0
    expect(eraseCitizen(office, CAMPAIGN, { requestId, reachedBy: 'met' })).toEqual({ ok: true })
    expect(prepared('select count(citizen_name_typed_cipher) from assignment').pluck().get()).toBe(0)
  })
})

describe('of an official', () => {
  it.each(['nguyễn thị thử lan', 'NGUYỄN THỊ THỬ LAN', 'Nguyễn thị Thử lan'])(
    'whom a roster calls %s is kept beside the name in title case',
    async typed => {
      const unit = unitNamed('Sở Y tế')
      const coordinator = grantTo(makeOfficial(unit.id).actor, 'coordinator', unit.id)
      const people = [{ staffCode: 'thuz1', name: typed, birthYear: 1985, number: null }]
      expect(await importRoster(coordinator, unit.id, people, '2024-04-04')).toBe(true)
      const { id } = prepared<{ id: number }>("select id from official where staff_code = 'thuz1'").one()
      const found = findOfficial(coordinator, id, '2024-07-03')
      expect([found?.name, found?.nameTyped]).toEqual(['Nguyễn Thị Thử Lan', typed])
      expect(prepared('select display_name from account where official_id = ?').pluck().get(id)).toBe(
        'Nguyễn Thị Thử Lan',
      )
    },
  )

  it('is kept with a corrected name, and stays where only a number changes', () => {
    const unit = unitNamed('Sở Y tế')
    const { officialId } = makeOfficial(unit.id, { number: '070185804511' })
    const coordinator = grantTo(makeOfficial(unit.id).actor, 'coordinator', unit.id)
    const head = grantTo(makeOfficial(unit.id).actor, 'head', unit.id)
    const none = { birthOn: null, birthYear: 1985, sex: 'female' as const, phone: null, reason: 'Đối chiếu thẻ' }
    const correct = (name: string, number: string | null) =>
      correctOfficial(coordinator, { officialId, input: { ...none, name, number } })
    const shown = () => {
      const found = findOfficial(head, officialId, '2024-07-03')
      return [found?.name, found?.nameTyped]
    }
    const calledBy = () => prepared('select display_name from account where official_id = ?').pluck().get(officialId)
    expect(correct(TYPED, null)).toEqual({ ok: true, waits: [] })
    expect(shown()).toEqual([NAME, TYPED])
    expect(calledBy()).toBe(NAME)
    expect(correct(NAME, '070185804512')).toEqual({ ok: true, waits: ['number'] })
    const turn = correctionsToAnswer(head)[0]?.id ?? 0
    expect(answerCorrection(head, { correctionId: turn, answer: 'accepted' }).ok).toBe(true)
    expect(shown()).toEqual([NAME, TYPED])
    correct('Lê Thị Khác', null)
    expect(shown()).toEqual(['Lê Thị Khác', null])
  })
})
