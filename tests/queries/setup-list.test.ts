import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Person } from '#app/access/policy.ts'
import { writeSetupList, writeSetupTemplate } from '#app/documents/setup-workbook.ts'
import type { ListedRow, SetupList } from '#app/domain/setup/listed.ts'
import { readSetupList } from '#app/imports/setup-list.ts'
import { withSetupList } from '#app/jobs/setup-list.server.ts'
import { findLocality, listCommunes, listLocalitiesBelow } from '#app/queries/locality.server.ts'
import {
  applySetupList,
  findSetupList,
  keepSetupList,
  mendSetupList,
  setupKey,
} from '#app/queries/setup-batch.server.ts'
import { undoSetupList } from '#app/queries/setup-undo.server.ts'
import { renameUnit } from '#app/queries/unit.server.ts'
import { prepared } from '#db/client.server.ts'
import { dropProvince, grantTo, makeOfficial, makeProvince, NOW, statusOf, unitNamed } from '#tests/make.ts'
import { workbookOf } from '../fixtures/sheets.ts'

beforeEach(() => makeProvince())
afterEach(dropProvince)

const office = (): Person => grantTo(makeOfficial(unitNamed('Sở Tài chính').id).actor, 'campaign_office', 1)
const TODAY = '2024-06-12'

const UNIT_HEAD = ['Mã đơn vị', 'Tên đơn vị', 'Loại', 'Khối', 'Trực thuộc', 'Địa bàn', 'Chức danh', 'Cơ quan chủ quản']
const PLACE_HEAD = ['Mã địa bàn', 'Loại', 'Tên địa bàn', 'Thuộc']

async function upload(actor: Person, list: SetupList, lines: (string | null)[][]): Promise<number> {
  const head = list === 'units' ? UNIT_HEAD : PLACE_HEAD
  const bytes = await workbookOf({ lines: [['DANH SÁCH'], [], head, ...lines] })
  const reading = await readSetupList(bytes, list)
  if (!reading.ok) throw new Error(reading.reason)
  return keepSetupList(actor, list, { fileName: 'ds.xlsx', bytes, ...reading, isAsked: false })
}

const rowsOf = (actor: Person, list: SetupList, batchId: number): readonly ListedRow[] =>
  findSetupList(actor, list, batchId)?.rows ?? []

const planOf = (actor: Person, list: SetupList, batchId: number) =>
  withSetupList(actor, list, work => work.plan(rowsOf(actor, list, batchId)))

function apply(actor: Person, list: SetupList, batchId: number, planKey = setupKey(planOf(actor, list, batchId))) {
  return withSetupList(actor, list, work => applySetupList(actor, { list, batchId, planKey }, work))
}

async function problemsIn(list: SetupList, lines: (string | null)[][]) {
  const actor = office()
  return planOf(actor, list, await upload(actor, list, lines)).problems.map(
    ({ row, column, reason }) => `${row} ${column} ${reason}`,
  )
}

const shape = (name: string) =>
  prepared(
    `select u.code, u.kind, u.block, p.name as above, u.locality_code as locality, u.head_title as head,
            u.superior_name as superior, u.guard_path is not null as isGuarded
       from unit u left join unit p on p.id = u.parent_id where u.name = ?`,
  ).get(name)

const countUnits = () => prepared<number>('select count(*) from unit').pluck().one()

describe('a list of units', () => {
  it('adds units with what their names say, behind those above them wherever these are listed', async () => {
    const actor = office()
    const batchId = await upload(actor, 'units', [
      ['P01', 'Phòng Số hóa', null, null, 'S99', null, null, null],
      ['S99', 'Sở Chuyển đổi số', null, null, null, null, null, 'UBND TỈNH'],
      [
        null,
        'Phòng Cảnh sát quản lý hành chính',
        'phòng',
        'công an',
        'Công an tỉnh (Thường trực Tổ công tác Đề án 06)',
        null,
        null,
        null,
      ],
    ])
    expect(planOf(actor, 'units', batchId).problems).toEqual([])
    expect(apply(actor, 'units', batchId)).toEqual({ ok: true, written: 3 })
    expect(shape('Sở Chuyển đổi số')).toEqual({
      code: 'S99',
      kind: 'provincial_agency',
      block: 'state',
      above: 'Tỉnh Bình Phước',
      locality: null,
      head: 'Giám đốc',
      superior: 'UBND TỈNH',
      isGuarded: 0,
    })
    expect(shape('Phòng Số hóa')).toMatchObject({ kind: 'department', above: 'Sở Chuyển đổi số', head: 'Trưởng phòng' })
    expect(shape('Phòng Cảnh sát quản lý hành chính')).toMatchObject({ block: 'armed_forces', isGuarded: 1 })
  })

  it('finds a unit by its code to rename, move and describe it; a blank cell leaves what is known', async () => {
    const actor = office()
    apply(actor, 'units', await upload(actor, 'units', [['TC', 'Sở Tài chính', null, null, null, null, null, null]]))
    const batchId = await upload(actor, 'units', [
      ['tc', 'Sở Tài chính – Kế hoạch', null, null, null, null, null, 'UBND TỈNH'],
    ])
    expect(planOf(actor, 'units', batchId).entries).toMatchObject([
      { fate: 'edit', changes: [{ column: 'name' }, { column: 'superior', from: '', to: 'UBND TỈNH' }] },
    ])
    expect(apply(actor, 'units', batchId).ok).toBe(true)
    expect(shape('Sở Tài chính – Kế hoạch')).toMatchObject({ code: 'TC', head: 'Giám đốc', above: 'Tỉnh Bình Phước' })
  })

  it('is taken back whole while nothing hangs on it, and names what does', async () => {
    const actor = office()
    const undo = (batchId: number) =>
      withSetupList(actor, 'units', work => undoSetupList(actor, { list: 'units', batchId }, work))
    apply(actor, 'units', await upload(actor, 'units', [['TC', 'Sở Tài chính', null, null, null, null, null, null]]))
    const before = withSetupList(actor, 'units', work => work.state())
    const batchId = await upload(actor, 'units', [
      ['S99', 'Sở Chuyển đổi số', null, null, null, null, null, null],
      ['P01', 'Phòng Số hóa', null, null, 'S99', null, null, null],
      ['TC', 'Sở Tài chính – Kế hoạch', null, null, null, null, null, 'UBND TỈNH'],
    ])
    apply(actor, 'units', batchId)
    expect(undo(batchId)).toEqual({ ok: true, undone: 3 })
    expect(withSetupList(actor, 'units', work => work.state())).toEqual(before)
    expect(findSetupList(actor, 'units', batchId)).toMatchObject({ isApplied: true, undo: undefined })
    const used = await upload(actor, 'units', [
      ['S99', 'Sở Chuyển đổi số', null, null, null, null, null, null],
      ['P01', 'Phòng Số hóa', null, null, 'S99', null, null, null],
      ['TC', 'Sở Tài chính – Kế hoạch', null, null, null, null, null, null],
    ])
    apply(actor, 'units', used)
    makeOfficial(unitNamed('Phòng Số hóa').id)
    expect(undo(used)).toEqual({ ok: false, names: ['Phòng Số hóa', 'Sở Chuyển đổi số'] })
    expect(shape('Sở Tài chính – Kế hoạch')).toBeDefined()
    expect(shape('Phòng Số hóa')).toBeDefined()
  })

  it('gives a unit the sign of its papers back when it is taken back', async () => {
    const actor = office()
    const signOf = () => prepared('select paper_sign from unit where name = ?').pluck().get('Sở Tài chính')
    const head = ['Mã đơn vị', 'Tên đơn vị', 'Ký hiệu văn bản']
    const bytes = await workbookOf({ lines: [head, ['TC', 'Sở Tài chính', 'STC']] })
    const reading = await readSetupList(bytes, 'units')
    if (!reading.ok) throw new Error(reading.reason)
    const batchId = keepSetupList(actor, 'units', { fileName: 'ds.xlsx', bytes, ...reading, isAsked: false })
    expect(apply(actor, 'units', batchId)).toEqual({ ok: true, written: 1 })
    expect(signOf()).toBe('STC')
    const undone = withSetupList(actor, 'units', work => undoSetupList(actor, { list: 'units', batchId }, work))
    expect(undone).toEqual({ ok: true, undone: 1 })
    expect(signOf()).toBeNull()
  })

  it('is not taken back over what somebody changed since', async () => {
    const actor = office()
    const batchId = await upload(actor, 'units', [['TC', 'Sở Tài chính mới', null, null, null, null, null, null]])
    apply(actor, 'units', batchId)
    const { id: unitId } = unitNamed('Sở Tài chính mới')
    renameUnit(actor, { unitId, name: 'Sở Tài chính khác', headTitle: 'Giám đốc' })
    expect(withSetupList(actor, 'units', work => undoSetupList(actor, { list: 'units', batchId }, work))).toEqual({
      ok: false,
      names: ['Sở Tài chính mới'],
    })
  })

  it('comes back unchanged from its export', async () => {
    const actor = office()
    const rows = withSetupList(actor, 'units', work => work.export())
    const reading = await readSetupList(await writeSetupList('units', rows, { asOf: NOW, hasDistricts: true }), 'units')
    if (!reading.ok) throw new Error(reading.reason)
    const { entries, problems } = withSetupList(actor, 'units', work => work.plan(reading.rows))
    expect(problems).toEqual([])
    expect(entries).toHaveLength(countUnits())
    expect(entries.filter(({ fate }) => fate !== 'same')).toEqual([])
  })

  it('names each row that does not fit, and writes none then', async () => {
    const lines = [
      ['A1', 'Sở Một', 'sao', null, null, null, null, null],
      ['A2', 'Sở Hai', null, null, 'Sở Không Có', null, null, null],
      ['A3', 'Sở Ba', null, null, 'A4', null, null, null],
      ['A4', 'Sở Bốn', null, null, 'A3', null, null, null],
      ['A5', 'Sở Năm', null, null, 'UBND xã Tân Thành', null, null, null],
      ['A6', 'Sở Tài chính', 'huyện', null, null, null, null, null],
      ['A7', 'UBND xã Mới', null, null, null, 'xã Không Có', null, null],
      ['A8', 'Sở Tám', null, null, null, null, null, null],
      ['A8', 'Sở Chín', null, null, null, null, null, null],
      ['A9', 'Phòng Trùng', null, null, 'Sở Tài chính', null, null, null],
      ['B1', 'Phòng Trùng', null, null, 'Sở Tài chính', null, null, null],
    ]
    const found = await problemsIn('units', lines)
    expect(found).toEqual([
      '4 kind word_unknown',
      '5 parent parent_unknown',
      '6 parent parent_below_itself',
      '7 parent parent_below_itself',
      '8 parent parent_ambiguous',
      '9 kind fixed',
      '10 locality locality_unknown',
      '11 code code_repeated',
      '12 code code_repeated',
      '13 name name_repeated',
      '14 name name_repeated',
    ])
    const actor = office()
    const before = countUnits()
    expect(apply(actor, 'units', await upload(actor, 'units', lines))).toEqual({ ok: false, problem: 'rows_open' })
    expect(countUnits()).toBe(before)
  })

  it('is mended where it is shown', async () => {
    const actor = office()
    const batchId = await upload(actor, 'units', [['A2', 'Sở Hai', null, null, 'Sở Không Có', null, null, null]])
    const plan = (rows: readonly ListedRow[]) => withSetupList(actor, 'units', work => work.plan(rows))
    mendSetupList(
      actor,
      { list: 'units', batchId, plan },
      { cells: [{ key: '4', column: 'parent', text: 'Sở Tài chính' }], shared: [] },
    )
    expect(apply(actor, 'units', batchId)).toEqual({ ok: true, written: 1 })
    expect(shape('Sở Hai')).toMatchObject({ above: 'Sở Tài chính', kind: 'department' })
  })

  it('is written as it was shown, or not at all', async () => {
    const actor = office()
    const line = ['A2', 'Sở Hai', null, null, null, null, null, null]
    const [first, second] = [await upload(actor, 'units', [line]), await upload(actor, 'units', [line])]
    const planKey = setupKey(planOf(actor, 'units', second))
    expect(apply(actor, 'units', first).ok).toBe(true)
    expect(apply(actor, 'units', second, planKey)).toEqual({ ok: false, problem: 'plan_moved' })
    // a list that was written stays as it is
    expect(apply(actor, 'units', first, planKey)).toEqual({ ok: true, written: 0 })
  })

  it('is the campaign office’s alone', async () => {
    const head = grantTo(makeOfficial(unitNamed('Sở Tài chính').id).actor, 'head', 1)
    await expect(upload(head, 'units', [['A2', 'Sở Hai', null, null, null, null, null, null]])).rejects.toThrow(
      'forbidden',
    )
    expect(statusOf(() => withSetupList(head, 'units', work => work.plan([])))).toBe(403)
  })

  it('reads two thousand rows without comparing each with each', async () => {
    const actor = office()
    const rows = Array.from({ length: 2000 }, (_, n) => ({
      row: n + 2,
      cells: { code: `M${n}`, name: `Đơn vị thứ ${n}`, parent: n < 50 ? '' : `Đơn vị thứ ${n % 50}` },
    }))
    const begun = performance.now()
    const { entries, problems } = withSetupList(actor, 'units', work => work.plan(rows))
    expect(problems).toEqual([])
    expect(entries).toHaveLength(2000)
    // one by one it takes minutes
    expect(performance.now() - begun).toBeLessThan(5000)
  })
})

describe('a list of localities', () => {
  it('is taken back while no unit lies there, and is gone at once for the connection that had read it', async () => {
    const actor = office()
    const undo = (batchId: number) =>
      withSetupList(actor, 'localities', work => undoSetupList(actor, { list: 'localities', batchId }, work))
    const lines = [
      ['99001-01', 'ấp', 'Một', '99001'],
      ['99001', 'phường', 'Mới', null],
    ]
    const batchId = await upload(actor, 'localities', lines)
    apply(actor, 'localities', batchId)
    expect(findLocality('99001', TODAY)).toBeDefined()
    expect(undo(batchId)).toEqual({ ok: true, undone: 2 })
    expect(findLocality('99001', TODAY)).toBeUndefined()
    const again = await upload(actor, 'localities', lines)
    apply(actor, 'localities', again)
    apply(
      actor,
      'units',
      await upload(actor, 'units', [['M1', 'UBND phường Mới', null, null, null, '99001', null, null]]),
    )
    expect(undo(again)).toEqual({ ok: false, names: ['phường Mới'] })
    expect(findLocality('99001-01', TODAY)).toBeDefined()
  })

  it('adds hamlets and communes, seen at once by the connection that had read them', async () => {
    const actor = office()
    expect(findLocality('99001', TODAY)).toBeUndefined()
    const batchId = await upload(actor, 'localities', [
      ['99001-01', 'ấp', 'Một', '99001'],
      ['99001', 'phường', 'Mới', null],
    ])
    expect(planOf(actor, 'localities', batchId).problems).toEqual([])
    expect(apply(actor, 'localities', batchId)).toEqual({ ok: true, written: 2 })
    expect(findLocality('99001', TODAY)).toMatchObject({ level: 'commune', parentCode: '70', path: '/70/99001/' })
    expect(findLocality('99001-01', TODAY)).toMatchObject({ level: 'hamlet', path: '/70/99001/99001-01/' })
    // no sum is kept of a hamlet, and a commune of the province itself can be chosen
    expect(listLocalitiesBelow('99001', TODAY)).toEqual([])
    expect(listCommunes(TODAY).find(({ district }) => district === 'tỉnh Bình Phước')?.communes).toEqual([
      { code: '99001', name: 'phường Mới' },
    ])
  })

  it('renames, and is seen so; codes, levels and what a place lies in stay', async () => {
    const actor = office()
    const { name } = findLocality('25195', TODAY) ?? { name: '' }
    const batchId = await upload(actor, 'localities', [['25195', 'phường', `${name} Mới`, null]])
    expect(apply(actor, 'localities', batchId)).toEqual({ ok: true, written: 1 })
    expect(findLocality('25195', TODAY)).toMatchObject({ name: `${name} Mới`, type: 'phường' })
    expect(await problemsIn('localities', [['25195', 'huyện', name, null]])).toEqual(['4 type fixed'])
  })

  it('comes back unchanged from its export', async () => {
    const actor = office()
    const rows = withSetupList(actor, 'localities', work => work.export())
    const reading = await readSetupList(
      await writeSetupList('localities', rows, { asOf: NOW, hasDistricts: true }),
      'localities',
    )
    if (!reading.ok) throw new Error(reading.reason)
    const { entries, problems } = withSetupList(actor, 'localities', work => work.plan(reading.rows))
    expect(problems).toEqual([])
    expect(entries).toHaveLength(rows.length)
    expect(entries.filter(({ fate }) => fate !== 'same')).toEqual([])
  })

  it('names each row that does not fit', async () => {
    expect(
      await problemsIn('localities', [
        ['70', 'tỉnh', 'Bình Phước', null],
        ['80', 'tỉnh', 'Khác', null],
        ['99001', 'vùng', 'Lạ', null],
        ['99 02', 'xã', 'Lạ', null],
        ['99003', 'xã', 'Ba', 'Không Có'],
        ['99004-1', 'ấp', 'Bốn', null],
        ['99005', 'xã', 'Năm', '25195'],
        ['99006', null, 'Sáu', null],
      ]),
    ).toEqual([
      '5 type row_repeated',
      '6 type word_unknown',
      '7 code code_unreadable',
      '8 parent parent_unknown',
      '9 parent required',
      '10 parent parent_unknown',
      '11 type required',
    ])
  })
})

it.each(['units', 'localities'] as const)('the template of %s is understood', async list => {
  const bytes = await writeSetupTemplate(list, true)
  // its sheet of rows is empty until it is filled in
  expect(await readSetupList(bytes, list)).toMatchObject({ ok: false, reason: 'no_rows' })
})
