import ExcelJS from 'exceljs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MOST_EARLY_CHECKS } from '#app/domain/early-check.ts'
import { HELP_COLUMNS, type HelpColumn } from '#app/domain/help-import.ts'
import { UNSAVED_FORMULA } from '#app/domain/list.ts'
import { cellName, leftName, sharedName } from '#app/domain/mending.ts'
import { recordHelp } from '#app/queries/help.server.ts'
import { recount } from '#app/queries/judging/index.server.ts'
import { exportAssignments } from '#app/queries/worklist.server.ts'
import { action as uploadHelp } from '#app/routes/help/import.tsx'
import { action as applyHelp } from '#app/routes/help/import-apply.ts'
import { loader as helpPreview, action as mendHelp } from '#app/routes/help/import-preview.tsx'
import { loader as helpProblems } from '#app/routes/help/import-problems.xlsx.ts'
import { action as applyRoster } from '#app/routes/roster/apply.ts'
import { action as uploadRoster } from '#app/routes/roster/import.tsx'
import { action as mendRoster, loader as rosterPreview } from '#app/routes/roster/preview.tsx'
import { action as uploadWorklist } from '#app/routes/worklist/import.tsx'
import { action as applyWorklist } from '#app/routes/worklist/import-apply.ts'
import { action as mendWorklist, loader as worklistPreview } from '#app/routes/worklist/import-preview.tsx'
import { loader as worklistProblems } from '#app/routes/worklist/import-problems.xlsx.ts'
import { helpHeaders } from '#app/text/help-import.ts'
import { prepared } from '#db/client.server.ts'
import { type Line, workbookOf } from '#tests/fixtures/sheets.ts'
import {
  CAMPAIGN,
  citizenNumber,
  done,
  dropProvince,
  grantTo,
  helpForm,
  makeOfficial,
  makeProvince,
  unitNamed,
} from '#tests/make.ts'
import { type Texts, visitor } from '#tests/visitor.ts'

beforeEach(() => makeProvince())
afterEach(() => {
  expect(recount(CAMPAIGN)).toEqual([])
  dropProvince()
})

const batchId = () => String(prepared('select max(id) from import_batch').pluck().get())
const planKeyOf = (page: { planned: { planKey: string } | null }) => ({ planKey: page.planned?.planKey ?? '' })

/** The texts of a workbook's first sheet, row by row. */
async function textsOf(answer: unknown): Promise<string[][]> {
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.load(await (answer as Response).arrayBuffer())
  const rows: string[][] = []
  workbook.worksheets[0]?.eachRow(row => {
    const values = Array.isArray(row.values) ? row.values.slice(1) : []
    rows.push(Array.from(values, value => String(value ?? '')))
  })
  return rows
}

/* ---------- records ---------- */

type RecordLine = Partial<Record<HelpColumn, string>>
const lineOf = (n: number, changes: RecordLine = {}): RecordLine => ({
  officialName: 'Lê Văn Hùng',
  citizenName: 'Điểu Thị Mẫu',
  citizenNumber: citizenNumber(n),
  birth: '1990',
  district: 'Đồng Xoài',
  commune: 'Tân Thành',
  hamlet: 'Ấp 3',
  helpedOn: '10/4/2024',
  place: 'Tại nhà',
  vneid_installed: 'x',
  eid_activated: '12/4/2024',
  sim_signature: 'Đã có từ trước',
  consentChannel: 'Bằng văn bản',
  consent: 'x',
  ...changes,
})
const pasted = (lines: readonly RecordLine[]) =>
  [HELP_COLUMNS.map(column => helpHeaders[column].header), ...lines.map(line => HELP_COLUMNS.map(c => line[c] ?? ''))]
    .map(cells => cells.join('\t'))
    .join('\n')

/** A workbook of these lines; what is to be a formula without a saved result is one. */
async function workbookFile(lines: readonly (readonly string[])[]): Promise<File> {
  const cells = lines.map(line => line.map(text => (text === UNSAVED_FORMULA ? { formula: 'A1&"x"' } : text)))
  const bytes = await workbookOf({ name: 'Danh sách', lines: cells as Line[] })
  return new File([new Uint8Array(bytes)], 'ds.xlsx')
}

/** Records as they are pasted; with a formula, as a workbook. */
async function tableOf(lines: readonly RecordLine[]): Promise<FormData> {
  const form = new FormData()
  const texts = lines.map(line => HELP_COLUMNS.map(column => line[column] ?? ''))
  if (!texts.flat().includes(UNSAVED_FORMULA)) form.set('table', pasted(lines))
  else form.set('file', await workbookFile([HELP_COLUMNS.map(column => helpHeaders[column].header), ...texts]))
  return form
}

async function helpScene(lines: readonly RecordLine[]) {
  const unit = unitNamed('Sở Nội vụ')
  const helper = makeOfficial(unit.id, { name: 'Lê Văn Hùng' })
  makeOfficial(unit.id, { name: 'Trần Thị Hoa' })
  const coordinator = grantTo(makeOfficial(unit.id, { name: 'Hoàng Thị Đầu Mối' }).actor, 'coordinator', unit.id)
  const desk = await visitor(coordinator)
  const at = { unitId: String(unit.id) }
  const to = `/don-vi/${unit.id}/truong-hop/nhap`
  await desk.send(uploadHelp, to, at, await tableOf(lines))
  const params = { ...at, helpBatchId: batchId() }
  const page = `${to}/${params.helpBatchId}`
  const upload = async (again: readonly RecordLine[]) => {
    await desk.send(uploadHelp, to, at, await tableOf(again))
    const id = batchId()
    return (search = '') => desk.open(helpPreview, { ...at, helpBatchId: id }, search)
  }
  const open = (search = '') => desk.open(helpPreview, params, search)
  const mend = (form: Texts) => desk.send(mendHelp, page, params, form)
  const apply = async () => desk.send(applyHelp, `${page}/ap-dung`, params, planKeyOf(await open()))
  const problems = async () => textsOf(await desk.open(helpProblems, params))
  return { unit, helper, coordinator, desk, params, open, mend, apply, problems, upload }
}
const helped = () => prepared('select citizen_birth_year as year, helped_on as day from help order by id').all()

describe('the preview of records', () => {
  it('shows who each row is about and the verdict it would get, and counts verdicts', async () => {
    const { open } = await helpScene([lineOf(1), lineOf(2, { sim_signature: 'Chưa' })])
    const { planned } = await open('?xem=create')
    expect(planned?.rows).toMatchObject([
      {
        row: 2,
        citizenName: 'Điểu Thị Mẫu',
        numberTail: '001',
        sex: 'male',
        birthYear: 1990,
        livesAt: 'Ấp 3, xã Tân Thành',
        officialName: 'Lê Văn Hùng',
        helpedOn: '2024-04-10',
        foresight: { kind: 'pending', reason: 'awaiting_confirmation', outcome: null },
      },
      { row: 3, foresight: { kind: 'pending', reason: 'outcome_missing', outcome: 'sim_signature' } },
    ])
    expect(planned?.verdicts).toMatchObject([
      { reason: 'awaiting_confirmation', count: 1 },
      { reason: 'outcome_missing', outcome: 'sim_signature', count: 1 },
    ])
    expect(JSON.stringify(planned)).not.toContain(citizenNumber(1))
  })

  it('names the earlier row about the same citizen', async () => {
    const { open } = await helpScene([lineOf(1), lineOf(1, { officialName: 'Trần Thị Hoa' })])
    expect((await open('?xem=create')).planned?.rows.map(row => row.sameCitizenAs)).toEqual([null, 2])
  })

  it('counts equal problems together, and shows the rows of one alone', async () => {
    const { open } = await helpScene([
      lineOf(1),
      ...[2, 3, 4].map(n => lineOf(n, { sim_signature: 'có lẽ' })),
      lineOf(5, { citizenNumber: '07009000' }),
    ])
    const { planned } = await open()
    expect(planned?.groups).toEqual([
      { column: 'sim_signature', reason: 'unreadable', rows: 3 },
      { column: 'citizenNumber', reason: 'id_number_length', rows: 1 },
    ])
    const { planned: one } = await open('?xem=problem&loi=citizenNumber-id_number_length')
    expect(one?.rows.map(({ row, cells }) => [row, cells])).toEqual([[6, { citizenNumber: '07009000' }]])
  })

  it('mends rows one by one and together, without another upload, and takes the good ones', async () => {
    const { open, mend, apply } = await helpScene([
      lineOf(1),
      lineOf(2, { sim_signature: 'có lẽ' }),
      lineOf(3, { sim_signature: 'có lẽ' }),
      lineOf(4, { citizenNumber: '07009000000' }),
      lineOf(5, { commune: 'Tân Thàn', district: '' }),
    ])
    expect(await open()).toMatchObject({
      planned: { counts: { create: 1, problem: 4, recorded: 0 } },
      hasColumns: true,
    })
    await mend({
      [sharedName('sim_signature', 'sim_signature-unreadable')]: 'Đã có từ trước',
      [cellName('sim_signature', '4')]: '',
      [cellName('citizenNumber', '5')]: citizenNumber(4),
      [cellName('commune', '6')]: 'Xã Tân Thành',
      [cellName('district', '6')]: 'Đồng Xoài',
      'la-lung': 'bỏ qua',
    })
    // reading the columns again would lose what was mended
    expect(await open()).toMatchObject({
      planned: { counts: { create: 5, problem: 0, recorded: 0 } },
      hasColumns: false,
    })
    const logged = prepared(
      "select data from event where subject = 'import_batch' and verb = 'edit' order by id desc",
    ).pluck()
    expect(JSON.parse(String(logged.get()))).toEqual({ rows: 4 })
    await apply()
    expect(helped()).toHaveLength(5)
  })

  it('keeps a half-mended row with what was typed, and refuses it in words', async () => {
    const { open, mend } = await helpScene([lineOf(2, { citizenNumber: '12', consent: '' })])
    await mend({ [cellName('citizenNumber', '2')]: '0700900000022', [cellName('consent', '2')]: 'x' })
    expect((await open()).planned?.rows).toMatchObject([
      {
        problems: [{ column: 'citizenNumber', reason: 'id_number_length' }],
        cells: { citizenNumber: '0700900000022' },
      },
    ])
  })

  it('shows no whole number; left blank it stays', async () => {
    const { open, mend } = await helpScene([lineOf(1), lineOf(1)])
    const { planned } = await open()
    expect(planned?.rows).toMatchObject([{ row: 3, problems: [{ reason: 'repeated_row' }], numberTail: '001' }])
    expect(JSON.stringify(planned)).not.toContain(citizenNumber(1))
    await mend({ [cellName('citizenNumber', '3')]: '' })
    expect((await open()).planned?.rows).toMatchObject([{ row: 3, problems: [{ reason: 'repeated_row' }] }])
    await mend({ [cellName('citizenNumber', '3')]: citizenNumber(2) })
    expect((await open()).planned?.counts).toMatchObject({ create: 2, problem: 0 })
  })

  it('records the good rows, leaves the others to be mended, and says what really waits', async () => {
    const { open, mend, apply, problems } = await helpScene([
      lineOf(1),
      lineOf(2, { sim_signature: 'Chưa' }),
      lineOf(3, { consent: '' }),
    ])
    await apply()
    expect(helped()).toHaveLength(2)
    const left = await open()
    expect(left.planned?.counts).toEqual({ create: 0, problem: 1, recorded: 0 })
    expect(left.applied).toEqual({
      created: 2,
      refused: 0,
      verdicts: [
        { reason: 'awaiting_confirmation', count: 1 },
        { reason: 'outcome_missing', count: 1 },
      ],
    })
    expect((await problems()).some(row => row.includes(citizenNumber(3)))).toBe(true)
    await mend({ [cellName('consent', '4')]: 'x' })
    await apply()
    expect(helped()).toHaveLength(3)
    expect(await open()).toMatchObject({
      planned: null,
      applied: { created: 3, verdicts: [{ reason: 'awaiting_confirmation', count: 2 }, { count: 1 }] },
    })
  })

  it('says within the limit that somebody else recorded the citizen, and leads to an own earlier record', async () => {
    const unit = unitNamed('UBND phường Tân Phú')
    const other = makeOfficial(unit.id)
    for (const n of [2, 45])
      done(recordHelp(other.actor, CAMPAIGN, { officialId: other.officialId, input: helpForm(n) }))
    const numbers = Array.from({ length: 50 }, (_, n) => n + 1)
    const { open, apply, upload } = await helpScene(numbers.map(n => lineOf(n)))
    const { planned } = await open('?xem=create')
    expect(planned?.asked).toBe(MOST_EARLY_CHECKS)
    expect(planned?.rows.filter(row => row.isRecorded).map(({ row }) => row)).toEqual([3])
    const asked = prepared("select count(*) from event where verb = 'look_up' and subject = 'citizen'").pluck()
    expect(asked.get()).toBe(MOST_EARLY_CHECKS)
    expect(JSON.stringify(planned)).not.toMatch(/duplicate|denied|2024-04-04/)
    // opening it again asks for nothing, recording it neither
    await open('?xem=create')
    await apply()
    expect(asked.get()).toBe(MOST_EARLY_CHECKS)
    const again = await upload([lineOf(1), lineOf(2, { sim_signature: 'Chưa' })])
    const own = (await again('?xem=recorded')).planned?.rows.map(row => row.own)
    expect(own).toMatchObject([{ helpedOn: '2024-04-10', lacks: [] }, { helpedOn: '2024-04-10' }])
  })

  it('reads short names of places, and mends formulas without a result; a lost font is told, and stays as typed', async () => {
    const { open, mend, upload } = await helpScene([
      lineOf(1, { commune: 'P. Tân Phú', district: 'TP. Đồng Xoài' }),
      lineOf(2, { commune: 'X.Tân Thành', district: 'TP Đồng Xoài' }),
      lineOf(3, { citizenName: UNSAVED_FORMULA, phone: UNSAVED_FORMULA, place: 'trên trời' }),
    ])
    expect((await open('?xem=create')).planned?.rows.map(({ livesAt }) => livesAt)).toEqual([
      'Ấp 3, phường Tân Phú',
      'Ấp 3, xã Tân Thành',
    ])
    expect((await open()).planned?.rows).toMatchObject([
      {
        problems: [
          { column: 'citizenName', reason: 'formula_unsaved' },
          { column: 'phone', reason: 'formula_unsaved' },
          { column: 'place', reason: 'unreadable' },
        ],
        cells: { citizenName: UNSAVED_FORMULA, phone: UNSAVED_FORMULA, place: 'trên trời' },
      },
    ])
    const name = cellName('citizenName', '4')
    await mend({ [name]: 'Hoµng ThÞ Thö Toµn', [cellName('phone', '4')]: '', [cellName('place', '4')]: 'Tại nhà' })
    expect((await open()).planned?.rows).toMatchObject([
      {
        problems: [{ column: 'citizenName', reason: 'name_lost_font' }],
        cells: { citizenName: 'Hoµng ThÞ Thö Toµn' },
      },
    ])
    await mend({ [name]: 'Hoàng Thị Thử Toàn' })
    expect((await open()).planned?.counts).toMatchObject({ create: 3, problem: 0 })
    // a whole file in a lost font is asked about before its rows are shown
    const asked = await upload([lineOf(5, { citizenName: 'Hoµng ThÞ Thö Toµn', hamlet: 'Êp §ång T©m' })])
    expect(await asked().catch((answer: Response) => answer.status)).toBe(302)
  })

  it('warns of a number that is no province’s and takes it', async () => {
    const { open, apply } = await helpScene([lineOf(1, { citizenNumber: '116190000001' }), lineOf(2)])
    expect((await open()).planned).toMatchObject({
      counts: { create: 2 },
      rows: [{ isAbroad: true }, { isAbroad: false }],
    })
    await apply()
    expect(helped()).toHaveLength(2)
  })

  it('writes nothing but the plan while it looks ahead', async () => {
    const { open } = await helpScene([lineOf(1), lineOf(2)])
    const before = prepared('select (select count(*) from help) + (select count(*) from contradiction)').pluck().get()
    await open('?xem=create')
    expect(before).toBe(0)
    expect(helped()).toEqual([])
  })
})

/* ---------- rosters ---------- */

const HEADS = ['Mã cán bộ', 'Họ và tên', 'Ngày sinh', 'Giới tính', 'Số định danh', 'Chức vụ', 'Đơn vị', 'Loại']
const rosterLine = (n: number, changes: Record<number, string> = {}) =>
  [`CB${n}`, 'Điểu Thị Mẫu', '1990', 'Nam', citizenNumber(n), 'Chuyên viên', '', 'Công chức'].map(
    (text, at) => changes[at] ?? text,
  )

async function rosterScene(lines: readonly string[][]) {
  const unit = unitNamed('Sở Nội vụ')
  const coordinator = grantTo(makeOfficial(unit.id).actor, 'coordinator', unit.id)
  const desk = await visitor(coordinator)
  const form = new FormData()
  form.set('file', await workbookFile([HEADS, ...lines]))
  form.set('list', 'staff')
  form.set('fromOn', '2024-04-04')
  await desk.send(uploadRoster, `/don-vi/${unit.id}/nguoi-thuc-hien/nhap`, { unitId: String(unit.id) }, form)
  const params = { batchId: batchId() }
  const page = `/lo-nhap/${params.batchId}`
  const open = (search = '') => desk.open(rosterPreview, params, search)
  const mend = (texts: Texts) => desk.send(mendRoster, page, params, texts)
  const apply = async () => desk.send(applyRoster, `${page}/ap-dung`, params, planKeyOf(await open()))
  return { open, mend, apply }
}
const at = (row: number) => `${row}!Danh sách`
const people = () =>
  prepared("select name, birth_year as birth, sex from official where staff_code like 'CB_' order by id").all()

describe('the preview of a roster', () => {
  it('shows sex, birth, last digits, unit and position of a new person', async () => {
    const { open } = await rosterScene([rosterLine(1, { 2: '12/3/1990', 3: '' })])
    expect((await open('?xem=create')).planned?.rows).toMatchObject([
      {
        sex: 'male',
        birthOn: '1990-03-12',
        birthYear: 1990,
        numberTail: '001',
        unitName: 'Sở Nội vụ',
        position: 'Chuyên viên',
      },
    ])
  })

  it('mends what could not be read and what does not fit; the whole list goes in, or nothing', async () => {
    const { open, mend, apply } = await rosterScene([
      rosterLine(1),
      rosterLine(2, { 4: '07009000' }),
      rosterLine(3, { 2: '1991' }),
      rosterLine(4, { 7: 'Nhân sự' }),
      rosterLine(5, { 7: 'Nhân sự' }),
    ])
    const { planned } = await open()
    expect(planned?.isReady).toBe(false)
    expect(planned?.groups).toEqual([
      { column: 'category', reason: 'category_unknown', rows: 2 },
      { column: 'number', reason: 'id_number_length', rows: 1 },
      { column: 'birth', reason: 'number_birth_mismatch', rows: 1 },
    ])
    await apply()
    expect(people()).toEqual([])
    await mend({
      [cellName('number', at(3))]: citizenNumber(2),
      [cellName('birth', at(4))]: '5/2/1990',
      [cellName('number', at(4))]: '',
      [sharedName('category', 'category-category_unknown')]: 'Viên chức',
    })
    const mended = await open()
    expect(mended.planned).toMatchObject({ isReady: true, counts: { create: 5, problem: 0 } })
    expect(mended.unread).toBeUndefined()
    await apply()
    expect(people()).toHaveLength(5)
    expect(people()).toContainEqual({ name: 'Điểu Thị Mẫu', birth: 1990, sex: 'male' })
  })

  it('mends a formula without a result; a lost font is told', async () => {
    const { open, mend } = await rosterScene([rosterLine(1), rosterLine(2, { 1: UNSAVED_FORMULA })])
    expect((await open()).planned?.rows).toMatchObject([{ problems: [{ column: 'name', reason: 'formula_unsaved' }] }])
    await mend({ [cellName('name', at(3))]: 'Hoµng ThÞ Thö' })
    expect((await open()).planned?.rows).toMatchObject([{ problems: [{ column: 'name', reason: 'name_lost_font' }] }])
    await mend({ [cellName('name', at(3))]: 'Hoàng Thị Thử' })
    expect((await open()).planned).toMatchObject({ isReady: true, counts: { create: 2 } })
  })

  it('leaves a row out that is not of the list', async () => {
    const { open, mend } = await rosterScene([rosterLine(1), rosterLine(2, { 4: '1' })])
    await mend({ [leftName(at(3))]: 'on' })
    expect((await open()).planned).toMatchObject({ isReady: true, counts: { create: 1, problem: 0 } })
  })

  it('keeps a half-mended row', async () => {
    const { open, mend } = await rosterScene([rosterLine(1, { 2: 'năm con cọp', 4: '1' })])
    await mend({ [cellName('birth', at(2))]: '12/3/1990', [cellName('number', at(2))]: '12' })
    expect((await open()).planned?.rows).toMatchObject([
      { problems: [{ column: 'number', reason: 'id_number_length', value: '12' }], cells: { number: '12' } },
    ])
    await mend({ [cellName('number', at(2))]: citizenNumber(1) })
    expect((await open('?xem=create')).planned?.rows).toMatchObject([{ birthOn: '1990-03-12', numberTail: '001' }])
  })
})

/* ---------- worklists ---------- */

const LIST_HEADS = ['Họ và tên', 'Số định danh', 'Ngày sinh', 'Số điện thoại', 'Ấp', 'Nội dung còn thiếu']
const NAMES = ['Không', 'Một', 'Hai', 'Ba', 'Bốn']
const listLine = (n: number, changes: Record<number, string> = {}) =>
  [`Điểu Văn ${NAMES[n]}`, citizenNumber(n), '1990', '0901234567', 'Ấp 1', 'kích hoạt; SIM'].map(
    (text, column) => changes[column] ?? text,
  )

async function listScene(lines: readonly string[][]) {
  const unit = unitNamed('UBND xã Tân Thành')
  const coordinator = grantTo(makeOfficial(unit.id).actor, 'coordinator', unit.id)
  const desk = await visitor(coordinator)
  const place = { unitId: String(unit.id) }
  const upload = async (rows: readonly string[][]) => {
    const form = new FormData()
    const hasFormula = rows.flat().includes(UNSAVED_FORMULA)
    const csv = () => new File([[LIST_HEADS, ...rows].map(row => row.join(',')).join('\n')], 'ds.csv')
    form.set('file', hasFormula ? await workbookFile([LIST_HEADS, ...rows]) : csv())
    form.set('name', 'Đợt 1')
    form.set('legalBasis', 'Kế hoạch 128/KH-UBND, mục III.3')
    const upload = `/don-vi/${unit.id}/phan-cong/nhap`
    await desk.send(uploadWorklist, upload, place, form)
    const params = { ...place, batchId: batchId() }
    const page = `${upload}/${params.batchId}`
    const open = (search = '') => desk.open(worklistPreview, params, search)
    const mend = (texts: Texts) => desk.send(mendWorklist, page, params, texts)
    const apply = async () => desk.send(applyWorklist, `${page}/ap-dung`, params, planKeyOf(await open()))
    const problems = async () => textsOf(await desk.open(worklistProblems, params))
    return { open, mend, apply, problems }
  }
  return { ...(await upload(lines)), upload, coordinator, unit }
}
const listed = () => prepared('select hamlet, lacks, worklist_id as list from assignment order by id').all()

describe('the preview of a worklist', () => {
  it('shows lacks, place and who can never count', async () => {
    const { open } = await listScene([listLine(1), listLine(2, { 5: 'SIM' })])
    const { planned } = await open('?xem=add')
    expect(planned?.rows).toMatchObject([
      { numberTail: '001', sex: 'male', birthYear: 1990, livesAt: 'Ấp 1, xã Tân Thành', isOutsideQuota: false },
      { lacks: ['sim_signature'], isOutsideQuota: true },
    ])
    expect(planned?.outsideQuota).toBe(1)
    expect(JSON.stringify(planned)).not.toContain(citizenNumber(1))
  })

  it('says within the limit that somebody else recorded the citizen; the row goes in and is done, without the day', async () => {
    const other = makeOfficial(unitNamed('UBND phường Tân Phú').id)
    const own = makeOfficial(unitNamed('UBND xã Tân Thành').id)
    for (const [who, n] of [
      [other, 1],
      [own, 2],
    ] as const)
      done(recordHelp(who.actor, CAMPAIGN, { officialId: who.officialId, input: helpForm(n) }))
    const { open, apply, coordinator, unit } = await listScene([
      listLine(1, { 1: citizenNumber(1) }),
      listLine(2),
      listLine(3, { 1: '116190000001' }),
    ])
    const { planned } = await open('?xem=add')
    expect(planned).toMatchObject({
      asked: 2,
      counts: { add: 2, problem: 1 },
      groups: [{ reason: 'helped_already', rows: 1 }],
      rows: [
        { row: 2, isRecorded: true, isAbroad: false },
        { row: 4, isRecorded: false, isAbroad: true },
      ],
    })
    await apply()
    const rows = exportAssignments(coordinator, CAMPAIGN, unit.id, {})?.rows
    expect(rows?.map(({ state, closedOn }) => [state, closedOn])).toEqual([
      ['not_contacted', null],
      // those done come last
      ['done', null],
    ])
  })

  it('mends formulas without a result; a lost font is told, and stays as typed', async () => {
    const { open, mend } = await listScene([
      listLine(1),
      listLine(2, { 0: UNSAVED_FORMULA, 3: UNSAVED_FORMULA, 4: '' }),
    ])
    expect((await open()).planned?.rows).toMatchObject([
      { problems: [{ reason: 'formula_unsaved' }, { reason: 'hamlet_missing' }], cells: { name: UNSAVED_FORMULA } },
    ])
    const typed = { [cellName('name', '3')]: 'Điểu Thị Hai', [cellName('phone', '3')]: '-' }
    await mend({ ...typed, [cellName('hamlet', '3')]: 'Êp §ång T©m' })
    expect((await open()).planned?.rows).toMatchObject([
      { problems: [{ reason: 'hamlet_lost_font' }], cells: { hamlet: 'Êp §ång T©m' } },
    ])
    await mend({ [cellName('hamlet', '3')]: 'Ấp Đồng Tâm' })
    expect((await open()).planned?.counts).toEqual({ problem: 0, add: 2, contact: 0, kept: 0 })
  })

  it('tells all problems of a row, counts the row once, and mends them in one form', async () => {
    const { open, mend } = await listScene([
      listLine(1, { 1: '07009000', 4: '', 3: '02713888888' }),
      listLine(2, { 4: '' }),
    ])
    const { planned } = await open()
    expect(planned).toMatchObject({
      counts: { problem: 2, add: 0 },
      groups: [
        { reason: 'hamlet_missing', rows: 2 },
        { reason: 'id_number_length', rows: 1 },
        { reason: 'phone_landline', rows: 1 },
      ],
      rows: [
        { problems: [{ reason: 'hamlet_missing' }, { reason: 'id_number_length' }, { reason: 'phone_landline' }] },
        { problems: [{ reason: 'hamlet_missing' }] },
      ],
    })
    expect((await open('?xem=problem&loi=-phone_landline')).planned?.rows.map(({ row }) => row)).toEqual([2])
    await mend({
      [sharedName('hamlet', '-hamlet_missing')]: 'Ấp 5',
      [cellName('number', '2')]: citizenNumber(1),
      [cellName('phone', '2')]: '',
    })
    expect((await open()).planned?.counts).toEqual({ problem: 0, add: 2, contact: 0, kept: 0 })
  })

  it('mends rows, takes the good ones first, and the others onto the same list', async () => {
    const { open, mend, apply, problems, upload } = await listScene([
      listLine(1),
      listLine(2, { 4: '' }),
      listLine(3, { 4: '' }),
      listLine(4, { 1: '07009000' }),
      listLine(1),
    ])
    const { planned } = await open()
    expect(planned?.counts).toEqual({ problem: 4, add: 1, contact: 0, kept: 0 })
    expect(planned?.groups.slice(0, 1)).toEqual([{ column: null, reason: 'hamlet_missing', rows: 2 }])
    expect(JSON.stringify(planned)).not.toContain(citizenNumber(1))
    await apply()
    expect(listed()).toHaveLength(1)
    expect((await open()).planned).toMatchObject({ listed: 1, counts: { problem: 3, add: 0, kept: 1 } })
    expect((await problems()).some(row => row.includes('07009000'))).toBe(true)
    await mend({
      [sharedName('hamlet', '-hamlet_missing')]: 'Ấp 5',
      [cellName('hamlet', '4')]: 'Ấp 6',
      [cellName('number', '5')]: citizenNumber(4),
    })
    expect((await open()).planned?.counts).toMatchObject({ problem: 0, add: 3 })
    await apply()
    expect(listed()).toMatchObject([{ hamlet: 'Ấp 1' }, { hamlet: 'Ấp 5' }, { hamlet: 'Ấp 6' }, { hamlet: 'Ấp 1' }])
    expect(new Set((listed() as { list: number }[]).map(({ list }) => list)).size).toBe(1)
    expect((await open()).planned).toBeNull()
    const again = await upload([listLine(1), listLine(2)])
    expect((await again.open()).planned?.counts).toEqual({ problem: 0, add: 0, contact: 0, kept: 2 })
  })
})
