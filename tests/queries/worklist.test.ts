import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Person } from '#app/access/policy.ts'
import { type WorklistEntry, writeWorklistTemplate } from '#app/documents/worklist-template.ts'
import { type ContactInput, contactInput } from '#app/domain/assignment-input.ts'
import type { Role } from '#app/domain/vocabulary.ts'
import { runJob } from '#app/jobs/run.server.ts'
import {
  findAssignment,
  listOwnAssignments,
  nextOwnAssignments,
  noteContact,
  prefillFrom,
} from '#app/queries/assignment.server.ts'
import { listBearers } from '#app/queries/bearer.server.ts'
import { campaignNow, moveClock } from '#app/queries/clock.server.ts'
import { confirmAct, proposeAct, worklistBar } from '#app/queries/closing-request.server.ts'
import { answerCompanion, listCompanionVisits } from '#app/queries/companion.server.ts'
import { editHelp, recordHelp } from '#app/queries/help.server.ts'
import { findHelp } from '#app/queries/help-view.server.ts'
import { restoreHelp, withdrawHelp } from '#app/queries/help-withdrawal.server.ts'
import { findBatch, findColumns } from '#app/queries/import-batch.server.ts'
import { markInvited } from '#app/queries/invitation.server.ts'
import { takeJob } from '#app/queries/job.server.ts'
import { answerOffer, offersToAnswer } from '#app/queries/join-offer.server.ts'
import { recount } from '#app/queries/judging/index.server.ts'
import { rememberedHeads } from '#app/queries/list-heads.server.ts'
import { listReminders } from '#app/queries/reminder.server.ts'
import { applySharing, previewSharing, type SharingWish } from '#app/queries/sharing.server.ts'
import { addMember, formTeam, setTeamClosed } from '#app/queries/team.server.ts'
import { exportTimesheet, listTimesheets, reopenTimesheet } from '#app/queries/team-timesheet.server.ts'
import { transferOfficial } from '#app/queries/transfer.server.ts'
import { exportAssignments, findWorklistBoard, listAssignments } from '#app/queries/worklist.server.ts'
import {
  chooseWorklistColumns,
  findWorklistBatch,
  startWorklistApply,
  uploadWorklist,
} from '#app/queries/worklist-import.server.ts'
import { campaignsToPurge, purgeWorklists } from '#app/queries/worklist-purge.server.ts'
import { prepared } from '#db/client.server.ts'
import { closeForGood } from '#tests/closing.ts'
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
  problemOf,
  recordMany,
  statusOf,
  system,
  unitNamed,
} from '#tests/make.ts'

beforeEach(() => makeProvince())
afterEach(() => {
  expect(recount(CAMPAIGN)).toEqual([])
  dropProvince()
})

const commune = () => unitNamed('UBND xã Tân Thành')
const ABOUT = { name: 'Đợt 1', legalBasis: 'Kế hoạch 128/KH-UBND, mục III.3', fileName: 'ds.xlsx' }

/** A number as letters, as a name may hold them. */
const lettersOf = (n: number) => String(n).replace(/\d/g, digit => 'ABCDEFGHIJ'.charAt(Number(digit)))

const entry = (n: number, changes: Partial<WorklistEntry> = {}): WorklistEntry => ({
  name: `Điểu Văn Dân ${lettersOf(n)}`,
  number: citizenNumber(n),
  birth: '1990',
  phone: `09012345${String(n).padStart(2, '0')}`,
  commune: '',
  hamlet: `Ấp ${((n - 1) % 3) + 1}`,
  address: `Tổ ${n}`,
  lacks: ['eid_activation'],
  ...changes,
})

async function work(): Promise<string> {
  let to = ''
  for (let job = takeJob(); job; job = takeJob()) {
    await runJob(job)
    const done = prepared('select state, result from job where id = ?').get(job.id) as { state: string; result: string }
    if (done.state !== 'done') throw new Error(done.result)
    to = (JSON.parse(done.result) as { to?: string }).to ?? to
  }
  return to
}

async function plan(actor: Person, unitId: number, bytes: Uint8Array) {
  uploadWorklist(actor, CAMPAIGN, { ...ABOUT, unitId, bytes })
  const to = await work()
  const batchId = Number(to.split(/[/=]/).at(-1))
  const content = findWorklistBatch(actor, batchId)?.content
  return { to, batchId, content, planned: content?.stage === 'planned' ? content : undefined }
}

async function imported(actor: Person, unitId: number, entries: readonly WorklistEntry[]) {
  const { batchId, planned } = await plan(actor, unitId, await writeWorklistTemplate(entries))
  expect(startWorklistApply(actor, { batchId, planKey: planned?.planKey ?? '' }).ok).toBe(true)
  return { batchId, to: await work() }
}

/** A commune with its coordinator, an official who goes, and `count` citizens on its list. */
async function village(count = 3) {
  const unit = commune()
  const coordinator = grantTo(makeOfficial(unit.id).actor, 'coordinator', unit.id)
  const official = makeOfficial(unit.id, { name: 'Trần Thị Đi' })
  await imported(
    coordinator,
    unit.id,
    Array.from({ length: count }, (_, n) => entry(n + 1)),
  )
  return { unit, coordinator, official }
}

const ids = () => prepared('select id from assignment order by id').pluck().all() as number[]
const stateOf = (id: number) =>
  prepared('select state, help_id as helpId, closed_on as closedOn from assignment where id = ?').get(id) as {
    state: string
    helpId: number | null
    closedOn: string | null
  }

function give(actor: Person, unitId: number, wish: Partial<SharingWish> & Pick<SharingWish, 'bearerKeys'>) {
  const whole: SharingWish = { way: 'by_hand', from: 'none', cap: null, ...wish }
  const { planKey } = previewSharing(actor, CAMPAIGN, unitId, whole)
  return applySharing(actor, CAMPAIGN, unitId, { wish: whole, planKey })
}

const contact = (changes: Partial<ContactInput> = {}): ContactInput => ({
  revision: 2,
  state: 'appointment',
  appointmentOn: '2024-06-14',
  appointmentTime: '18:30',
  appointmentPlace: 'Nhà văn hóa ấp 1',
  note: null,
  phone: null,
  ...changes,
})

const helped = (actor: Person, officialId: number, n: number) => {
  const made = recordHelp(actor, CAMPAIGN, {
    officialId,
    input: helpForm(n, { helpedOn: '2024-06-10', citizen: { localityCode: '25207', hamlet: 'Ấp 1' } }),
  })
  if (!made.ok) throw new Error(JSON.stringify(made.problems))
  return made.helpId
}

describe('an import', () => {
  it('puts on the list what the template holds, sealed, and only once it is applied', async () => {
    const unit = commune()
    const coordinator = grantTo(makeOfficial(unit.id).actor, 'coordinator', unit.id)
    const bytes = await writeWorklistTemplate([entry(1), entry(2, { lacks: ['id_card', 'sim_signature'], phone: '' })])
    const { batchId, planned } = await plan(coordinator, unit.id, bytes)
    expect(
      planned?.plan.adds.map(({ name, number, hamlet, lacks, phone }) => [name, number, hamlet, lacks, phone]),
    ).toEqual([
      ['Điểu Văn Dân B', citizenNumber(1), 'Ấp 1', ['eid_activation'], '0901234501'],
      ['Điểu Văn Dân C', citizenNumber(2), 'Ấp 2', ['id_card', 'sim_signature'], null],
    ])
    expect(planned?.plan.problems).toEqual([])
    expect(ids()).toEqual([])
    startWorklistApply(coordinator, { batchId, planKey: planned?.planKey ?? '' })
    expect(await work()).toBe(`/don-vi/${unit.id}/phan-cong?da-nhap=2`)
    const { rows } = listAssignments(coordinator, CAMPAIGN, { unitPath: unit.path })
    expect(rows.map(row => [row.name, row.phone, row.address, row.state])).toEqual([
      ['Điểu Văn Dân B', '0901234501', 'Tổ 1', 'not_contacted'],
      ['Điểu Văn Dân C', null, 'Tổ 2', 'not_contacted'],
    ])
    const raw = prepared('select * from assignment').all() as Record<string, unknown>[]
    expect(JSON.stringify(raw.map(row => Object.values(row).map(String)))).not.toMatch(/Điểu|070090/)
    expect(prepared('select legal_basis as basis from worklist').get()).toEqual({ basis: ABOUT.legalBasis })
    expect(findWorklistBatch(coordinator, batchId)?.content).toBeNull()
  })

  it('leaves out problem rows and says why; who is on the list already stays', async () => {
    const { unit, coordinator, official } = await village(2)
    helped(official.actor, official.officialId, 30)
    const other = unitNamed('UBND phường Tân Phú')
    await imported(grantTo(makeOfficial(other.id).actor, 'head', other.id), other.id, [entry(40)])
    const bytes = await writeWorklistTemplate([
      entry(1),
      entry(5),
      entry(5, { name: 'Điểu Văn Trùng' }),
      entry(30),
      entry(40),
      entry(6, { number: '070212000006', birth: '2012' }),
      entry(7, { commune: 'Xã Không Có' }),
      entry(8, { commune: 'Phường Tân Phú' }),
      entry(9, { hamlet: '' }),
      entry(10, { number: '123456789' }),
      entry(11, { lacks: [] }),
      entry(12, { birth: '1991' }),
      entry(13, { number: '070210000013', birth: '' }),
    ])
    const { planned } = await plan(coordinator, unit.id, bytes)
    expect(planned?.plan.kept.map(row => row.name)).toEqual(['Điểu Văn Dân B'])
    expect(planned?.plan.adds.map(row => row.name)).toEqual(['Điểu Văn Dân F'])
    expect(planned?.plan.problems.map(row => row.reason)).toEqual(['repeated', 'helped_already', 'on_other_list'])
    expect(planned?.unread.map(row => row.reason)).toEqual([
      'too_young',
      'commune_unknown',
      'commune_outside',
      'hamlet_missing',
      'id_number_old_card',
      'nothing_lacking',
      'birth_disagrees',
      'birth_date_needed',
    ])
  })

  it('reads a csv with heads in other words', async () => {
    const unit = commune()
    const coordinator = grantTo(makeOfficial(unit.id).actor, 'coordinator', unit.id)
    const text = [
      'DANH SÁCH CÔNG DÂN;;;;',
      'STT;Họ tên;Số CCCD;Thôn/ấp;Nội dung còn thiếu',
      `1;Trần Thị Ước;${citizenNumber(3)};ấp 03;kích hoạt, SIM`,
    ].join('\n')
    const { planned } = await plan(coordinator, unit.id, Buffer.from(text))
    expect(planned?.plan.adds).toMatchObject([{ name: 'Trần Thị Ước', lacks: ['eid_activation', 'sim_signature'] }])
  })

  it('asks what the columns are where one is missing, keeps all else, and remembers the answer', async () => {
    const unit = commune()
    const coordinator = grantTo(makeOfficial(unit.id).actor, 'coordinator', unit.id)
    const text = `Quý danh;Số CCCD;Khóm\nTrần Thị Ước;${citizenNumber(3)};Ấp 1`
    const { to } = await plan(coordinator, unit.id, Buffer.from(text))
    expect(to).toMatch(/\/cot$/)
    const batchId = Number(to.split('/').at(-2))
    const asked = findColumns(coordinator, 'worklist', batchId)
    expect(asked?.view).toMatchObject({ missing: ['name', 'hamlet', 'lacks'], rows: 1 })
    expect(findColumns(makeOfficial(unit.id).actor, 'worklist', batchId)).toBeUndefined()
    const choice = { sheet: '', headRow: 1, columns: { name: 0, number: 1, hamlet: 2 }, values: { lacks: 'kích hoạt' } }
    chooseWorklistColumns(coordinator, unit.id, batchId, choice)
    await work()
    const content = findWorklistBatch(coordinator, batchId)?.content
    expect(content).toMatchObject({ stage: 'planned', name: ABOUT.name, legalBasis: ABOUT.legalBasis })
    expect(content?.stage === 'planned' && content.plan.adds).toMatchObject([
      { name: 'Trần Thị Ước', hamlet: 'Ấp 1', lacks: ['eid_activation'] },
    ])
    expect(rememberedHeads(unit.id, 'worklist')).toEqual({ 'quy danh': 'name', 'so cccd': 'number', khom: 'hamlet' })
    const again = await plan(coordinator, unit.id, Buffer.from(`DANH SÁCH CHƯA KÍCH HOẠT;;\n${text}`))
    expect(again.planned?.plan.adds).toMatchObject([{ name: 'Trần Thị Ước', hamlet: 'Ấp 1' }])
  })

  it('refuses a file without any column that it knows, and keeps nothing of it', async () => {
    const unit = commune()
    const coordinator = grantTo(makeOfficial(unit.id).actor, 'coordinator', unit.id)
    const { to, content } = await plan(coordinator, unit.id, Buffer.from('Kính gửi;Nơi nhận\nA B;C'))
    expect(content).toMatchObject({ stage: 'refused', reason: 'head_missing' })
    expect(to).toContain(`/don-vi/${unit.id}/phan-cong/nhap?lo=`)
    expect(content).not.toHaveProperty('file')
  })

  it('is for the unit and the campaign office, nobody else, and no roster', async () => {
    const unit = commune()
    const bytes = await writeWorklistTemplate([entry(1)])
    const upload = (actor: Person) =>
      statusOf(() => uploadWorklist(actor, CAMPAIGN, { ...ABOUT, unitId: unit.id, bytes }))
    const stranger = makeOfficial(unitNamed('UBND phường Tân Phú').id)
    const office = grantTo(makeOfficial(unitNamed('Sở Y tế').id).actor, 'campaign_office', 1)
    expect(upload(makeOfficial(unit.id).actor)).toBe(403)
    expect(upload(grantTo(stranger.actor, 'head', unitNamed('UBND phường Tân Phú').id))).toBe(403)
    expect(upload(office)).toBeNull()
    const batchId = Number((await work()).split('/').at(-1))
    expect(findBatch(grantTo(makeOfficial(unit.id).actor, 'head', unit.id), batchId)).toBeUndefined()
    expect(findWorklistBatch(stranger.actor, batchId)).toBeUndefined()
  })

  it('applies nothing where things have moved since the preview', async () => {
    const unit = commune()
    const coordinator = grantTo(makeOfficial(unit.id).actor, 'coordinator', unit.id)
    const official = makeOfficial(unit.id)
    const { batchId, planned } = await plan(coordinator, unit.id, await writeWorklistTemplate([entry(1), entry(2)]))
    startWorklistApply(coordinator, { batchId, planKey: planned?.planKey ?? '' })
    helped(official.actor, official.officialId, 2)
    expect(await work()).toBe(`/don-vi/${unit.id}/phan-cong/nhap/${batchId}?da-doi`)
    expect(ids()).toEqual([])
  })
})

describe('who sees an assigned citizen', () => {
  it('the one they are given to, their team and the unit; nobody else', async () => {
    const { unit, coordinator, official } = await village()
    const colleague = makeOfficial(unit.id)
    const teamId = formTeam(coordinator, CAMPAIGN, {
      unitId: unit.id,
      input: { kind: 'project_06', name: 'Tổ Đề án 06 ấp 1', hamlet: 'Ấp 1', decisionNumber: '' },
    })
    const member = makeOfficial(unitNamed('Sở Y tế').id)
    addMember(coordinator, CAMPAIGN, {
      teamId,
      input: { officialId: member.officialId, isLeader: true, isPaid: false, fromOn: '2024-06-01', toOn: null },
    })
    // of another unit: a member once they accept
    const [offer] = offersToAnswer(member.actor, CAMPAIGN)
    answerOffer(member.actor, CAMPAIGN, { offerId: offer?.id ?? 0, isAccepted: true })
    const [first = 0, second = 0] = ids()
    give(coordinator, unit.id, { bearerKeys: [`o${official.officialId}`], itemIds: [first] })
    give(coordinator, unit.id, { bearerKeys: [`t${teamId}`], itemIds: [second] })
    expect(listOwnAssignments(official.actor, CAMPAIGN).map(row => row.id)).toEqual([first])
    expect(listOwnAssignments(member.actor, CAMPAIGN).map(row => row.id)).toEqual([second])
    expect(listOwnAssignments(colleague.actor, CAMPAIGN)).toEqual([])
    expect(findAssignment(colleague.actor, CAMPAIGN, first)).toBeUndefined()
    expect(findAssignment(coordinator, CAMPAIGN, first)?.name).toBe('Điểu Văn Dân B')
    setTeamClosed(coordinator, CAMPAIGN, { teamId, isClosed: true })
    expect(listOwnAssignments(member.actor, CAMPAIGN)).toEqual([])
    expect(listBearers(coordinator, CAMPAIGN, unit.id).leavers).toMatchObject([{ key: `t${teamId}`, open: 1 }])
  })

  it('never gets the number', async () => {
    const { unit, coordinator, official } = await village()
    give(coordinator, unit.id, { bearerKeys: [`o${official.officialId}`] })
    const [first = 0] = ids()
    const seen = JSON.stringify([
      listOwnAssignments(official.actor, CAMPAIGN),
      nextOwnAssignments(official.actor, CAMPAIGN, 3),
      findAssignment(official.actor, CAMPAIGN, first),
      prefillFrom(official.actor, CAMPAIGN, first),
      listAssignments(coordinator, CAMPAIGN, { unitPath: unit.path }),
      exportAssignments(coordinator, CAMPAIGN, unit.id, {}),
    ])
    expect(seen).not.toContain('070090')
    expect(seen).not.toMatch(/cipher/i)
  })

  it('other units and other offices do not open the list', async () => {
    const { unit } = await village()
    const affairs = grantTo(makeOfficial(unitNamed('Sở Y tế').id).actor, 'home_affairs', 1)
    const neighbour = grantTo(
      makeOfficial(unitNamed('UBND phường Tân Phú').id).actor,
      'head',
      unitNamed('UBND phường Tân Phú').id,
    )
    for (const actor of [affairs, neighbour]) {
      expect(findWorklistBoard(actor, CAMPAIGN, unit.id)).toBeUndefined()
      expect(listAssignments(actor, CAMPAIGN, { unitPath: unit.path }).rows).toEqual([])
      expect(statusOf(() => listBearers(actor, CAMPAIGN, unit.id))).toBe(404)
    }
  })
})

describe('contacts', () => {
  it('an appointment is noted with day, time and place; the version shown is asked for', async () => {
    const { unit, coordinator, official } = await village()
    give(coordinator, unit.id, { bearerKeys: [`o${official.officialId}`] })
    const [first = 0] = ids()
    expect(noteContact(official.actor, CAMPAIGN, { assignmentId: first, input: contact() })).toEqual({ ok: true })
    expect(findAssignment(official.actor, CAMPAIGN, first)).toMatchObject({
      state: 'appointment',
      appointmentOn: '2024-06-14',
      appointmentTime: '18:30',
      appointmentPlace: 'Nhà văn hóa ấp 1',
    })
    // the same again: its answer did not arrive
    expect(noteContact(official.actor, CAMPAIGN, { assignmentId: first, input: contact() })).toEqual({ ok: true })
    const other = contact({ note: 'Nhà khóa cửa' })
    expect(noteContact(official.actor, CAMPAIGN, { assignmentId: first, input: other })).toEqual({
      ok: false,
      problem: 'revision_moved',
    })
    const logged = prepared("select data from event where verb = 'contact'").pluck().all() as string[]
    expect(logged).toEqual(['{"state":"appointment"}'])
  })

  it('a refusal ends the calls, and only the unit opens it again', async () => {
    const { unit, coordinator, official } = await village()
    give(coordinator, unit.id, { bearerKeys: [`o${official.officialId}`] })
    const [first = 0] = ids()
    noteContact(official.actor, CAMPAIGN, { assignmentId: first, input: contact({ state: 'refused' }) })
    expect(findAssignment(official.actor, CAMPAIGN, first)).toMatchObject({ phone: null, appointmentOn: null })
    const again = contact({ state: 'not_contacted', revision: 3 })
    expect(noteContact(official.actor, CAMPAIGN, { assignmentId: first, input: again })).toEqual({
      ok: false,
      problem: 'refusal_stands',
    })
    expect(noteContact(coordinator, CAMPAIGN, { assignmentId: first, input: again })).toEqual({ ok: true })
    const board = findWorklistBoard(coordinator, CAMPAIGN, unit.id)
    expect(board?.figures).toMatchObject({ total: 3, open: 3, refused: 0 })
  })
})

describe('a call', () => {
  const listed = async () => {
    const { unit, coordinator, official } = await village()
    give(coordinator, unit.id, { bearerKeys: [`o${official.officialId}`] })
    const [first = 0] = ids()
    const own = () => findAssignment(official.actor, CAMPAIGN, first)
    const note = (changes: Partial<ContactInput>) =>
      noteContact(official.actor, CAMPAIGN, { assignmentId: first, input: contact(changes) })
    return { unit, coordinator, official, first, own, note }
  }

  it('that nobody answered is noted with its time, leaves the item open, and goes behind the others for that day', async () => {
    const { official, first, own, note } = await listed()
    expect(note({ state: 'no_answer' })).toEqual({ ok: true })
    expect(own()).toMatchObject({ state: 'no_answer', changedAt: expect.any(Number), appointmentOn: null })
    expect(own()?.phone).not.toBeNull()
    const next = () => nextOwnAssignments(official.actor, CAMPAIGN, 5)
    expect(next().count).toBe(3)
    expect(next().rows.at(-1)?.id).toBe(first)
    const admin = grantTo(makeOfficial(unitNamed('Sở Nội vụ').id).actor, 'admin', 1)
    moveClock(admin, campaignNow() + 86_400_000)
    expect(next().rows.at(-1)?.id).not.toBe(first)
  })

  it('to a wrong number offers no call, tells the unit, and another number puts it right', async () => {
    const { unit, coordinator, official, first, own, note } = await listed()
    note({ state: 'wrong_number' })
    expect(own()).toMatchObject({ state: 'wrong_number', phone: null })
    expect(prefillFrom(official.actor, CAMPAIGN, first)).toMatchObject({ phone: '' })
    expect(findWorklistBoard(coordinator, CAMPAIGN, unit.id)).toMatchObject({ wrongNumbers: 1, figures: { open: 3 } })
    const input = contactInput.parse({ revision: '3', state: 'wrong_number', phone: '0987 654 321' })
    expect(noteContact(coordinator, CAMPAIGN, { assignmentId: first, input })).toEqual({ ok: true })
    expect(own()).toMatchObject({ state: 'not_contacted', phone: '0987654321' })
    expect(findWorklistBoard(coordinator, CAMPAIGN, unit.id)?.wrongNumbers).toBe(0)
    const logged = prepared<string>("select data from event where verb = 'contact' order by id desc").pluck().get()
    expect(logged).toBe('{"state":"not_contacted","isPhoneNew":true}')
  })
})

describe('a record', () => {
  it('closes the item of its citizen, whoever made it, and opens it again when it is withdrawn', async () => {
    const { unit, coordinator, official } = await village()
    give(coordinator, unit.id, { bearerKeys: [`o${official.officialId}`] })
    const [first = 0] = ids()
    const somebody = makeOfficial(unitNamed('Sở Y tế').id)
    const helpId = helped(somebody.actor, somebody.officialId, 1)
    expect(stateOf(first)).toEqual({ state: 'done', helpId, closedOn: '2024-06-10' })
    expect(nextOwnAssignments(official.actor, CAMPAIGN, 5).count).toBe(2)
    expect(prefillFrom(official.actor, CAMPAIGN, first)).toBeUndefined()
    withdrawHelp(somebody.actor, CAMPAIGN, helpId)
    expect(stateOf(first)).toEqual({ state: 'not_contacted', helpId: null, closedOn: null })
    restoreHelp(somebody.actor, CAMPAIGN, helpId)
    expect(stateOf(first).state).toBe('done')
  })

  it('that is corrected to another citizen moves along; an appointment to come stands again', async () => {
    const { unit, coordinator, official } = await village()
    give(coordinator, unit.id, { bearerKeys: [`o${official.officialId}`] })
    const [first = 0, second = 0] = ids()
    noteContact(official.actor, CAMPAIGN, { assignmentId: first, input: contact() })
    const helpId = helped(official.actor, official.officialId, 1)
    const moved = helpForm(2, { helpedOn: '2024-06-11' })
    editHelp(official.actor, CAMPAIGN, { helpId, revision: 1, input: moved })
    expect(stateOf(first).state).toBe('appointment')
    expect(stateOf(second)).toEqual({ state: 'done', helpId, closedOn: '2024-06-11' })
  })

  it('of two, the other one keeps the item done when the first is withdrawn', async () => {
    await village()
    const [first = 0] = ids()
    const a = makeOfficial(unitNamed('Sở Y tế').id)
    const b = makeOfficial(unitNamed('Sở Y tế').id)
    const one = helped(a.actor, a.officialId, 1)
    const two = helped(b.actor, b.officialId, 1)
    withdrawHelp(a.actor, CAMPAIGN, one)
    expect(stateOf(first)).toMatchObject({ state: 'done', helpId: two })
  })

  it('notes who of the team came along, and nobody else', async () => {
    const { unit, coordinator, official } = await village()
    const mate = makeOfficial(unit.id, { name: 'Lê Văn Cùng' })
    const stranger = makeOfficial(unit.id)
    const teamId = formTeam(coordinator, CAMPAIGN, {
      unitId: unit.id,
      input: { kind: 'volunteer', name: 'Tổ 1', hamlet: '', decisionNumber: '' },
    })
    for (const { officialId } of [official, mate])
      addMember(coordinator, CAMPAIGN, {
        teamId,
        input: {
          officialId,
          isLeader: false,
          isPaid: officialId === official.officialId,
          fromOn: '2024-06-01',
          toOn: null,
        },
      })
    const made = recordHelp(official.actor, CAMPAIGN, {
      officialId: official.officialId,
      input: helpForm(1, { helpedOn: '2024-06-10', citizen: { localityCode: '25207' } }),
      companionIds: [mate.officialId, stranger.officialId],
    })
    expect(made.ok && findHelp(official.actor, CAMPAIGN, made.helpId)?.companions).toEqual(['Lê Văn Cùng'])
    const helpId = made.ok ? made.helpId : 0
    const period = { teamId, fromOn: '2024-06-01', toOn: '2024-06-30' }
    const daysOf = () => exportTimesheet(coordinator, CAMPAIGN, period)?.members.map(row => row.days.length)
    // nothing counts yet, and the mate has not said so (M10)
    expect(daysOf()).toEqual([0])
    confirmNow(grantTo(makeOfficial(unit.id).actor, 'head', unit.id), CAMPAIGN, [helpId])
    expect(daysOf()).toEqual([0])
    expect(listReminders(mate.actor, CAMPAIGN, '2024-06-12')).toContainEqual(
      expect.objectContaining({ kind: 'companion', count: 1 }),
    )
    expect(listCompanionVisits(mate.actor, CAMPAIGN)).toMatchObject([{ helpId, place: 'xã Tân Thành' }])
    expect(answerCompanion(stranger.actor, CAMPAIGN, { helpIds: [helpId], hasGone: true })).toBe(0)
    expect(answerCompanion(official.actor, CAMPAIGN, { helpIds: [helpId], hasGone: true })).toBe(0)
    expect(daysOf()).toEqual([0])
    expect(answerCompanion(mate.actor, CAMPAIGN, { helpIds: [helpId], hasGone: true })).toBe(1)
    expect(answerCompanion(mate.actor, CAMPAIGN, { helpIds: [helpId], hasGone: false })).toBe(0)
    expect(listCompanionVisits(mate.actor, CAMPAIGN)).toEqual([])
    const sheet = exportTimesheet(coordinator, CAMPAIGN, period)
    expect(sheet?.members).toMatchObject([
      { name: 'Lê Văn Cùng', days: [{ on: '2024-06-10', places: ['xã Tân Thành'], records: 0, companions: 1 }] },
    ])
    expect(sheet?.paid).toBe(1)
    // withdrawn after the export: a new one has no day, the old one keeps its rows (M10)
    withdrawHelp(official.actor, CAMPAIGN, helpId)
    const [kept] = listTimesheets(coordinator, CAMPAIGN, teamId)
    expect(daysOf()).toEqual([0])
    const again = reopenTimesheet(coordinator, CAMPAIGN, { teamId, exportId: kept?.id ?? 0 })
    expect(again).toEqual({ ...sheet, fromOn: period.fromOn, toOn: period.toOn })
    expect(reopenTimesheet(mate.actor, CAMPAIGN, { teamId, exportId: kept?.id ?? 0 })).toBeUndefined()
  })
})

describe('sharing out', () => {
  it('goes by hamlet and share, and writes exactly what was shown', async () => {
    const { unit, coordinator, official } = await village(6)
    prepared("update official set hamlet = 'ấp 2' where id = ?").run(official.officialId)
    const other = makeOfficial(unit.id, { name: 'Lê Văn Khác' })
    const wish: SharingWish = {
      way: 'automatic',
      from: 'none',
      cap: 4,
      bearerKeys: [`o${official.officialId}`, `o${other.officialId}`],
    }
    const preview = previewSharing(coordinator, CAMPAIGN, unit.id, wish)
    expect(preview.given.map(row => [row.name, row.items.map(item => `${item.hamlet} ${item.reason}`)])).toEqual([
      ['Trần Thị Đi', ['Ấp 2 own_hamlet', 'Ấp 3 least_loaded', 'Ấp 2 own_hamlet']].map((cell, n) =>
        n === 0 ? cell : expect.any(Array),
      ),
      ['Lê Văn Khác', expect.any(Array)],
    ])
    expect(preview.given.map(row => row.items.length)).toEqual([3, 3])
    expect(applySharing(coordinator, CAMPAIGN, unit.id, { wish, planKey: 'another' })).toEqual({
      ok: false,
      problem: 'plan_moved',
    })
    expect(applySharing(coordinator, CAMPAIGN, unit.id, { wish, planKey: preview.planKey })).toEqual({
      ok: true,
      given: 6,
    })
    expect(previewSharing(coordinator, CAMPAIGN, unit.id, wish).count).toBe(0)
  })

  it('what somebody leaves goes to the others', async () => {
    const { unit, coordinator, official } = await village(4)
    const other = makeOfficial(unit.id)
    give(coordinator, unit.id, { bearerKeys: [`o${official.officialId}`] })
    transferOfficial(system, {
      officialId: official.officialId,
      unitId: unitNamed('Sở Y tế').id,
      position: 'Chuyên viên',
      category: 'civil_servant',
      isLeader: false,
      fromOn: '2024-06-12',
    })
    const key = `o${official.officialId}`
    expect(listBearers(coordinator, CAMPAIGN, unit.id).leavers).toMatchObject([{ key, open: 4 }])
    expect(give(coordinator, unit.id, { way: 'evenly', from: key, bearerKeys: [`o${other.officialId}`] })).toEqual({
      ok: true,
      given: 4,
    })
    expect(listBearers(coordinator, CAMPAIGN, unit.id).leavers).toEqual([])
  })

  it('is the unit’s own business', async () => {
    const { unit, official } = await village()
    const office = grantTo(makeOfficial(unitNamed('Sở Y tế').id).actor, 'campaign_office', 1)
    expect(statusOf(() => give(office, unit.id, { bearerKeys: [] }))).toBe(403)
    expect(statusOf(() => give(official.actor, unit.id, { bearerKeys: [] }))).toBe(404)
  })
})

describe('a list', () => {
  it('is searched without marks, narrowed, and paged by key', async () => {
    const { unit, coordinator } = await village(7)
    const list = (filter = {}) => listAssignments(coordinator, CAMPAIGN, { unitPath: unit.path, limit: 3, ...filter })
    const first = list()
    const second = list({ after: first.next ?? 0 })
    const third = list({ after: second.next ?? 0 })
    const names = [...first.rows, ...second.rows, ...third.rows].map(row => row.name)
    expect(new Set(names).size).toBe(7)
    expect(third.next).toBeNull()
    expect(list({ search: 'dieu van dan f' }).rows.map(row => row.name)).toEqual(['Điểu Văn Dân F'])
    expect(list({ hamlet: 'Ấp 3' }).rows).toHaveLength(2)
    expect(list({ bearer: 'none', lack: 'id_card' }).rows).toEqual([])
  })

  it('has those who are done last, through its pages', async () => {
    const { unit, coordinator, official } = await village(7)
    helped(official.actor, official.officialId, 1)
    const list = (after?: number) => listAssignments(coordinator, CAMPAIGN, { unitPath: unit.path, limit: 3, after })
    const states: string[] = []
    let page = list()
    for (;;) {
      states.push(...page.rows.map(row => row.state))
      if (page.next === null) break
      page = list(page.next)
    }
    expect(states).toEqual([...Array(6).fill('not_contacted'), 'done'])
  })

  it('has a quota of what is open over the days left, and figures by hamlet', async () => {
    const { unit, coordinator, official } = await village(7)
    helped(official.actor, official.officialId, 1)
    const board = findWorklistBoard(coordinator, CAMPAIGN, unit.id)
    expect(board).toMatchObject({ figures: { total: 7, open: 6, done: 1 }, quota: 1 })
    expect(board?.parts.map(row => [row.label, row.total, row.done, row.unshared])).toEqual([
      ['Ấp 1', 3, 1, 2],
      ['Ấp 2', 2, 0, 2],
      ['Ấp 3', 2, 0, 2],
    ])
    expect(board?.days.find(row => row.day === '2024-06-10')?.done).toBe(1)
  })

  it('logs what is exported', async () => {
    const { unit, coordinator } = await village()
    exportAssignments(coordinator, CAMPAIGN, unit.id, {})
    expect(prepared("select data from event where verb = 'export' and subject = 'assignment'").pluck().all()).toEqual([
      JSON.stringify({ unitId: unit.id, count: 3 }),
    ])
  })

  it('notes a session as the appointment of those invited', async () => {
    const { unit, coordinator } = await village()
    const session = { chon: ids().slice(0, 2), day: '2024-06-20', time: '08:00', place: 'UBND xã' }
    expect(markInvited(coordinator, CAMPAIGN, unit.id, session)).toBe(2)
    expect(findAssignment(coordinator, CAMPAIGN, ids()[0] ?? 0)).toMatchObject({
      state: 'appointment',
      appointmentPlace: 'UBND xã',
    })
  })
})

describe('the purge', () => {
  const act = { act: 'worklists' as const, withLate: false }
  const staff = () => {
    const at = (role: Role) => grantTo(makeOfficial(unitNamed('Sở Y tế').id).actor, role, 1)
    return { office: at('campaign_office'), home: at('home_affairs'), admin: at('admin') }
  }

  it('waits for the end of the appeals and a second person, and keeps counts by hamlet and state', async () => {
    const { official } = await village(4)
    helped(official.actor, official.officialId, 1)
    const { office, home, admin } = staff()
    const purge = () => purgeWorklists(office, CAMPAIGN)
    await expect(purgeWorklists(official.actor, CAMPAIGN)).rejects.toMatchObject({ kind: 'forbidden' })
    expect(await purge()).toEqual({ ok: false, problem: 'not_closed_yet' })
    await closeForGood({ office, home, admin })
    expect(ids()).toHaveLength(4)
    expect(problemOf(proposeAct(office, CAMPAIGN, act))).toBe('appeals_run')
    moveClock(admin, Date.parse('2024-07-30T09:00+07:00'))
    const setGiver = (createdAt: number) =>
      prepared('update role_grant set created_by = ?, created_at = ? where account_id = ?').run(
        official.accountId,
        createdAt,
        office.accountId,
      )
    setGiver(campaignNow() - 2 * 86_400_000)
    expect(problemOf(proposeAct(office, CAMPAIGN, act))).toBe('role_too_new')
    setGiver(campaignNow() - 4 * 86_400_000)
    done(proposeAct(office, CAMPAIGN, act))
    expect(await purge()).toEqual({ ok: false, problem: 'close_not_proposed' })
    expect(problemOf(confirmAct(office, CAMPAIGN, 'worklists'))).toBe('close_same_person')
    expect(campaignsToPurge()).toEqual([])
    done(confirmAct(home, CAMPAIGN, 'worklists'))
    expect(campaignsToPurge()).toEqual([CAMPAIGN])
    expect(await purge()).toEqual({ ok: true, destroyed: 4 })
    expect(ids()).toEqual([])
    const [kept] = prepared('select summary, purged_at as at from worklist').all() as { summary: string; at: number }[]
    expect(JSON.parse(kept?.summary ?? '')).toEqual({
      'Ấp 1': { done: 1, not_contacted: 1 },
      'Ấp 2': { not_contacted: 1 },
      'Ấp 3': { not_contacted: 1 },
    })
    expect(kept?.at).toBeTypeOf('number')
    expect(await purge()).toEqual({ ok: true, destroyed: 0 })
    expect(prepared("select count(*) as n from event where verb = 'purge'").get()).toEqual({ n: 1 })
  })

  it('waits for what is still open', async () => {
    await village(1)
    const [helpId] = recordMany(makeOfficial(unitNamed('Sở Y tế').id), 1)
    const { office, home, admin } = staff()
    await closeForGood({ office, home, admin })
    moveClock(admin, Date.parse('2024-07-30T09:00+07:00'))
    expect(worklistBar(CAMPAIGN)).toBe(null)
    prepared(
      `insert into reconsideration (campaign_id, help_id, kind, reason, raised_at, raised_by) values (1, ?, 'bar', 'x', 1, ?)`,
    ).run(helpId, office.accountId)
    expect(worklistBar(CAMPAIGN)).toBe('appeals_open')
  })
})
