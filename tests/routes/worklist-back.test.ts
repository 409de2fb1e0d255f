import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { writeWorklistTemplate } from '#app/documents/worklist-template.ts'
import { noteContact } from '#app/queries/assignment.server.ts'
import { createCampaign } from '#app/queries/campaign.server.ts'
import { rulesOf } from '#app/queries/judging/index.server.ts'
import { action as importWorklist } from '#app/routes/worklist/import.tsx'
import { action as applyWorklist } from '#app/routes/worklist/import-apply.ts'
import { action as mendWorklist, loader as worklistPreview } from '#app/routes/worklist/import-preview.tsx'
import { loader as worklistProblems } from '#app/routes/worklist/import-problems.xlsx.ts'
import { loader as exportWorklist } from '#app/routes/worklist/unit-list.xlsx.ts'
import { explainWorklistProblem, worklistHeaders } from '#app/text/worklist.ts'
import { prepared } from '#db/client.server.ts'
import { batchId, deskAt, rewritten, rowsIn } from '#tests/desk.ts'
import {
  CAMPAIGN,
  citizenNumber,
  done,
  dropProvince,
  grantTo,
  makeOfficial,
  makeProvince,
  system,
  unitNamed,
} from '#tests/make.ts'
import { visitor, withFile } from '#tests/visitor.ts'

beforeEach(() => makeProvince())
afterEach(dropProvince)

const LIST = { name: 'Đợt 1', legalBasis: 'Kế hoạch 128/KH-UBND, mục III.3' }
const PROVINCE = 'Tỉnh Bình Phước'
const COMMUNES = ['UBND xã Lộc Thành', 'UBND xã Lộc Thạnh']
const NAMES = ['Đinh Thị Thử Toàn', 'Đinh Thị Thử Toán', 'Y Thử']
const HEAD = {
  name: worklistHeaders.name.header,
  code: worklistHeaders.code.header,
  state: worklistHeaders.state.header,
  day: worklistHeaders.appointmentOn.header,
  time: worklistHeaders.appointmentTime.header,
  place: worklistHeaders.appointmentPlace.header,
  note: worklistHeaders.note.header,
}

type Desk = Awaited<ReturnType<typeof deskAt>>

/** Uploads a list at a unit's pages and opens its preview. */
async function shown({ id, params, desk }: Desk, bytes: Uint8Array<ArrayBuffer>, name?: string) {
  const page = `/don-vi/${id}/phan-cong/nhap`
  expect(await desk.send(importWorklist, page, params, withFile(bytes, LIST, name))).toBe(`${page}/${batchId()}`)
  const batch = { ...params, batchId: batchId() }
  const preview = await desk.open(worklistPreview, batch)
  const apply = () => {
    const form = { planKey: preview.planned?.planKey ?? '' }
    return desk.send(applyWorklist, `${page}/${batch.batchId}/ap-dung`, batch, form)
  }
  return { page: `${page}/${batch.batchId}`, batch, planned: preview.planned, apply }
}

/** Three citizens on the list of each commune; the first, of both communes, bears what forms can note. */
async function listed() {
  for (const [at, name] of COMMUNES.entries()) {
    const unit = await deskAt(name)
    const entries = NAMES.map((citizen, n) => ({
      name: citizen,
      number: citizenNumber(10 * at + n + 1),
      birth: '1990',
      phone: '',
      commune: '',
      hamlet: 'Ấp 1',
      address: '',
      lacks: ['eid_activation' as const],
    }))
    const { apply } = await shown(unit, new Uint8Array(await writeWorklistTemplate(entries)))
    await apply()
    noted(unit, { state: 'appointment' })
  }
}

const idsOf = (unitId: number) =>
  prepared<number>('select id from assignment where unit_id = ? order by id').pluck().all(unitId)

function noted({ id, keeper }: Desk, { state, at = 0 }: { state: 'appointment' | 'away' | 'refused'; at?: number }) {
  const assignmentId = idsOf(id)[at] ?? 0
  const revision = prepared<number>('select revision from assignment where id = ?').pluck().one(assignmentId)
  const input = {
    revision,
    state,
    appointmentOn: '2024-06-14',
    appointmentTime: '18:30',
    appointmentPlace: 'Nhà văn hóa, ấp 1',
    note: '– Gọi lại\nsau  giờ làm; =1+1',
    phone: null,
  }
  done(noteContact(keeper, CAMPAIGN, { assignmentId, input }))
}

const statesOf = (unitId: number) =>
  prepared<string>('select state from assignment where unit_id = ? order by id').pluck().all(unitId)

const exportOf = ({ id, params, desk }: Desk) => desk.download(exportWorklist, `/don-vi/${id}/phan-cong.xlsx`, params)

describe('an exported worklist', () => {
  it.each([...COMMUNES, 'Huyện Lộc Ninh', PROVINCE])('of %s comes back with nothing to import', async name => {
    await listed()
    const at = await deskAt(name)
    const { planned } = await shown(at, await exportOf(at))
    const people = COMMUNES.includes(name) ? 3 : 6
    expect(planned?.counts).toEqual({ problem: 0, add: 0, contact: 0, kept: people })
  })

  it('brings back the results that were typed into it, and nothing else', async () => {
    await listed()
    const at = await deskAt('UBND xã Lộc Thạnh')
    const bytes = await exportOf(at)
    const away = await rewritten(bytes, { anchor: HEAD.name, name: 'Y Thử' }, () => ({
      [HEAD.state]: 'đi vắng',
      [HEAD.note]: 'Về cuối tháng 6',
      [worklistHeaders.phone.header]: '0912345678',
      [worklistHeaders.hamlet.header]: 'Ấp 9',
    }))
    const both = await rewritten(away, { anchor: HEAD.name, name: 'Đinh Thị Thử Toán' }, () => ({
      [HEAD.state]: 'Đã hẹn',
      [HEAD.day]: '20/6/2024',
      [HEAD.time]: '8h30',
    }))
    const { planned, apply } = await shown(at, both)
    expect(planned?.counts).toEqual({ problem: 0, add: 0, contact: 2, kept: 1 })
    expect(await apply()).toContain('da-nhap=2')
    expect(await rowsIn(await exportOf(at), HEAD.name)).toMatchObject([
      { [HEAD.state]: 'Đã hẹn', [HEAD.time]: '18:30', [HEAD.note]: '– Gọi lại\nsau  giờ làm; =1+1' },
      { [HEAD.state]: 'Đã hẹn', [HEAD.time]: '08:30' },
      { [HEAD.state]: 'Đi vắng', [HEAD.note]: 'Về cuối tháng 6', 'Ấp, thôn, khu phố': 'Ấp 1' },
    ])
    // an import of results alone opens no list, and its batch is done
    expect(prepared('select count(*) from worklist').pluck().one()).toBe(2)
    expect((await shown(at, await exportOf(at))).planned?.counts).toMatchObject({ contact: 0, kept: 3 })
  })

  const other = (change: (cells: Record<string, string>) => Record<string, string>) =>
    async function tried() {
      await listed()
      const at = await deskAt('UBND xã Lộc Thạnh')
      const bytes = await rewritten(await exportOf(at), { anchor: HEAD.name, name: 'Y Thử' }, change)
      const { planned } = await shown(at, bytes)
      return planned?.rows.flatMap(({ problems }) => problems.map(({ reason }) => reason))
    }
  const coded = (id: number | string, revision = 1) => ({
    [HEAD.code]: `PC-${id}-${revision}`,
    [HEAD.state]: 'Đi vắng',
  })

  it.each([
    ['a code that is none', () => ({ [HEAD.code]: 'PC-x' }), 'code_unreadable'],
    ['a forged code', () => coded(999_999), 'code_unknown'],
    ['the code of another unit, although the name is right', () => coded(idsOf(unitAt(0))[2] ?? 0), 'code_unknown'],
    ['the code of somebody else on the list', () => coded(idsOf(unitAt(1))[1] ?? 0), 'code_other_person'],
    ['a state that is none', () => ({ [HEAD.state]: 'để sau' }), 'state_unknown'],
    ['a result that only a record gives', () => ({ [HEAD.state]: 'Đã hỗ trợ' }), 'done_by_record'],
    ['an appointment without its day', () => ({ [HEAD.state]: 'Đã hẹn' }), 'appointment_day_missing'],
    ['a day without an appointment', () => ({ [HEAD.day]: '20/6/2024' }), 'appointment_state_needed'],
    [
      'a time that is none',
      () => ({ [HEAD.state]: 'Đã hẹn', [HEAD.day]: '20/6/2024', [HEAD.time]: '25h' }),
      'appointment_time_unreadable',
    ],
    ['a long note', () => ({ [HEAD.note]: 'a'.repeat(501) }), 'note_long'],
  ])('tells of %s', async (_, change, reason) => {
    expect(await other(change)()).toEqual([reason])
    expect(explainWorklistProblem({ reason: reason as 'code_unknown' })).toBeTruthy()
  })

  const unitAt = (at: number) =>
    prepared<number>('select id from unit where name = ?')
      .pluck()
      .one(COMMUNES[at] ?? '')

  it('tells a code that stands twice, and a result that was noted since it was exported', async () => {
    await listed()
    const at = await deskAt('UBND xã Lộc Thạnh')
    const bytes = await exportOf(at)
    const twice = await rewritten(bytes, { anchor: HEAD.name, name: 'Đinh Thị Thử Toán' }, () => ({
      [HEAD.name]: 'Y Thử',
      [HEAD.code]: `PC-${idsOf(at.id)[2]}-1`,
    }))
    const doubled = (await shown(at, twice)).planned
    expect(doubled?.rows.map(({ problems }) => problems)).toEqual([
      [{ reason: 'code_repeated', otherRow: expect.any(Number) }],
    ])
    noted(at, { state: 'refused', at: 2 })
    const late = await rewritten(bytes, { anchor: HEAD.name, name: 'Y Thử' }, () => ({ [HEAD.state]: 'Đi vắng' }))
    const { planned } = await shown(at, late)
    expect(planned?.rows.map(({ problems }) => problems[0]?.reason)).toEqual(['contact_moved'])
    expect(statesOf(at.id)[2]).toBe('refused')
  })

  it('takes the good rows, and the others once they are mended in the preview or in their own file', async () => {
    await listed()
    const at = await deskAt('UBND xã Lộc Thạnh')
    const bad = await rewritten(await exportOf(at), { anchor: HEAD.name, name: 'Y Thử' }, () => ({
      [HEAD.state]: 'mai',
    }))
    const bytes = await rewritten(bad, { anchor: HEAD.name, name: 'Đinh Thị Thử Toán' }, () => ({
      [HEAD.state]: 'Đi vắng',
    }))
    const { page, batch, planned, apply } = await shown(at, bytes)
    expect(planned?.counts).toEqual({ problem: 1, add: 0, contact: 1, kept: 1 })
    expect(await apply()).toBe(page)
    expect(statesOf(at.id)).toEqual(['appointment', 'away', 'not_contacted'])
    const problems = await at.desk.download(worklistProblems, `${page}/can-sua.xlsx`, batch)
    expect((await shown(at, problems)).planned?.counts).toEqual({ problem: 1, add: 0, contact: 0, kept: 0 })
    const row = planned?.rows[0]?.row
    await at.desk.send(mendWorklist, page, batch, { [`o-state-${row}`]: 'Ở nước ngoài' })
    const again = await at.desk.open(worklistPreview, batch)
    expect(again.planned?.counts).toEqual({ problem: 0, add: 0, contact: 1, kept: 0 })
  })

  it('knows no code of another unit of its keeper, nor of another campaign', async () => {
    await listed()
    const { keeper, desk } = await deskAt('Huyện Lộc Ninh')
    const at = { id: unitAt(1), params: { unitId: String(unitAt(1)) }, keeper, desk }
    const bytes = await exportOf(at)
    const own = idsOf(unitAt(1))[2] ?? 0
    const theirs = idsOf(unitAt(0))[2] ?? 0
    const reasonsOf = async (id: number) => {
      const sent = await rewritten(bytes, { anchor: HEAD.name, name: 'Y Thử' }, () => coded(id))
      return (await shown(at, sent)).planned?.rows.flatMap(({ problems }) => problems.map(({ reason }) => reason))
    }
    expect(await reasonsOf(theirs)).toEqual(['code_unknown'])
    expect(await reasonsOf(own)).toEqual([])
    const about = { code: '45/KH-UBND', name: 'Đợt hai', issuer: 'UBND tỉnh', issuedOn: '2024-06-01' }
    const parameters = rulesOf(CAMPAIGN).regulation
    const { campaignId } = done(createCampaign(system, { ...about, parameters, annexOf: null }))
    prepared('update assignment set campaign_id = ? where id = ?').run(campaignId, own)
    expect(await reasonsOf(own)).toEqual(['code_unknown'])
  })

  it('takes no result from who may see the list and not go to its citizens', async () => {
    await listed()
    const office = grantTo(makeOfficial(unitNamed('Sở Nội vụ').id).actor, 'campaign_office', unitNamed(PROVINCE).id)
    const at = { id: unitAt(1), params: { unitId: String(unitAt(1)) }, keeper: office, desk: await visitor(office) }
    const sent = await rewritten(await exportOf(at), { anchor: HEAD.name, name: 'Y Thử' }, () => ({
      [HEAD.state]: 'Đi vắng',
    }))
    const { planned } = await shown(at, sent)
    expect(planned?.counts).toEqual({ problem: 1, add: 0, contact: 0, kept: 2 })
    expect(planned?.rows[0]?.problems).toEqual([{ reason: 'contact_not_allowed' }])
  })

  it('names nobody else: an unknown code is answered alike wherever it belongs', async () => {
    await listed()
    const at = await deskAt('UBND xã Lộc Thạnh')
    const csv = (id: number) =>
      new TextEncoder().encode(`Họ và tên;Mã phân công;Kết quả liên hệ\nY Thử;PC-${id}-1;Đi vắng\n`)
    const answers = []
    for (const id of [idsOf(unitAt(0))[2] ?? 0, 888_888]) {
      const { planned } = await shown(at, csv(id), 'ds.csv')
      answers.push(planned?.rows.map(({ row, cells: { code: _, ...cells }, ...rest }) => ({ ...rest, cells })))
    }
    expect(answers[0]).toEqual(answers[1])
    expect(statesOf(unitAt(0))).toEqual(['appointment', 'not_contacted', 'not_contacted'])
  })

  it('changes nothing in a list without codes: a note is no result there', async () => {
    const at = await deskAt('UBND xã Lộc Thạnh')
    const csv = `Họ và tên;Số định danh;Ấp;Nội dung còn thiếu;Ghi chú\nThị Thử Na;${citizenNumber(3)};Ấp 2;SIM;gọi lại\n`
    const { planned } = await shown(at, new TextEncoder().encode(csv), 'ds.csv')
    expect(planned?.counts).toEqual({ problem: 0, add: 1, contact: 0, kept: 0 })
  })
})
