import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { setupStates } from '#app/domain/setup/steps.ts'
import { setUpFromWorkbook } from '#app/jobs/setup-workbook.server.ts'
import { activate, createOfficeAccount } from '#app/queries/account.server.ts'
import { startClock } from '#app/queries/clock.server.ts'
import { foundDatabase, isUnfounded, isUnnamed, nameProvince } from '#app/queries/founding.server.ts'
import { grantRole } from '#app/queries/grant.server.ts'
import { currentProvince } from '#app/queries/province.server.ts'
import { findSetupFacts, loadCarriedReference } from '#app/queries/setup-steps.server.ts'
import { rootUnit } from '#app/queries/unit.server.ts'
import { closeDatabase, openDatabase, prepared } from '#db/client.server.ts'
import { forgetKeys, useMasterKey } from '#db/keys.server.ts'
import { migrateDatabase } from '#db/migration.server.ts'
import { readPlan } from '#db/reference.server.ts'
import { makeProvince, NOW, statusOf, system, TEST_KEY } from '#tests/make.ts'
import { workbookOf } from '../fixtures/sheets.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'founding-'))
  useMasterKey(TEST_KEY)
  forgetKeys()
  openDatabase(join(folder, 'empty.sqlite'))
  migrateDatabase('db/migrations')
  startClock(NOW)
})
afterEach(() => {
  closeDatabase()
  rmSync(folder, { recursive: true, force: true })
})

const count = (table: string) => prepared<number>(`select count(*) from ${table}`).pluck().one()
const nextStep = () => setupStates(findSetupFacts(system, null)).find(({ isNext }) => isNext)?.step

describe('an empty database', () => {
  it('is founded with a root alone, which the administrator names', () => {
    expect(isUnfounded()).toBe(true)
    foundDatabase(readPlan('db/reference'))
    expect([isUnfounded(), isUnnamed(), count('unit'), count('locality'), count('campaign')]).toEqual([
      false,
      true,
      1,
      0,
      1,
    ])
    // a roster's members find their association's top
    expect(count('chapter')).toBe(5)
    nameProvince(system, { code: '75', name: 'Đồng Nai', type: 'tỉnh' })
    expect(rootUnit()).toMatchObject({ name: 'Tỉnh Đồng Nai', localityCode: '75' })
    expect(currentProvince()).toMatchObject({ code: '75', name: 'Đồng Nai', type: 'province', place: 'Đồng Nai' })
    // once: what pages and papers used is never changed behind them
    expect(statusOf(() => nameProvince(system, { code: '76', name: 'Khác', type: 'tỉnh' }))).toBe(403)
    expect(statusOf(() => loadCarriedReference(system))).toBe(403)
  })

  it('takes the reference that the software carries, and is then as the demo is founded', () => {
    foundDatabase(readPlan('db/reference'))
    loadCarriedReference(system)
    const own = [count('unit'), count('locality'), count('chapter'), count('indicator_target'), rootUnit().name]
    closeDatabase()
    makeProvince()
    expect([count('unit'), count('locality'), count('chapter'), count('indicator_target'), rootUnit().name]).toEqual(
      own,
    )
  })

  it('is nobody’s to name without the right', () => {
    foundDatabase(readPlan('db/reference'))
    const nobody = { kind: 'person', accountId: 1, officialId: null, grants: [], on: '2024-06-12' } as const
    expect(
      statusOf(() => nameProvince({ ...nobody, grants: [] }, { code: '75', name: 'Đồng Nai', type: 'tỉnh' })),
    ).toBe(403)
    expect(statusOf(() => findSetupFacts({ ...nobody, grants: [] }, null))).toBe(403)
  })
})

const PLACES = {
  name: 'Địa bàn',
  lines: [
    ['Mã địa bàn', 'Loại', 'Tên địa bàn', 'Thuộc'],
    ['26001', 'xã', 'Một', null],
    ['75', 'tỉnh', 'Đồng Nai', null],
  ],
}
const UNITS = {
  name: 'Đơn vị',
  lines: [
    ['Mã đơn vị', 'Tên đơn vị', 'Loại', 'Khối', 'Trực thuộc'],
    ['X1', 'UBND xã Một', null, null, null],
    ['SYT', 'Sở Y tế', null, null, null],
  ],
}
const PEOPLE = {
  name: 'Người',
  lines: [
    ['Mã cán bộ', 'Họ và tên', 'Ngày sinh', 'Đơn vị', 'Loại', 'Vai trò trong phần mềm'],
    ['x1', 'Trần Văn Đứng', '1970', 'X1', 'Công chức', 'Người đứng đầu'],
    ['y1', 'Lê Thị Mối', '1985', 'Sở Y tế', 'Công chức', 'Đầu mối'],
  ],
}
const ABOUT = { fileName: 'tinh.xlsx', fromOn: '2024-04-04' }

async function makeCoordinator() {
  const made = createOfficeAccount(system, { login: 'daumoitinh', displayName: 'Đầu mối tỉnh' })
  if (!made.ok) throw new Error('not made')
  const { accountId, issued } = made
  grantRole(system, { accountId, role: 'coordinator', unitId: 1, fromOn: '2024-04-04', toOn: null })
  await activate({ kind: 'anonymous' }, issued.code, 'một câu dễ nhớ')
}

describe('npm run setup', () => {
  it('shows the plan of one workbook and writes nothing; with --apply it writes all of it', async () => {
    foundDatabase(readPlan('db/reference'))
    await makeCoordinator()
    const bytes = await workbookOf(PLACES, UNITS, PEOPLE)
    const shown = await setUpFromWorkbook(bytes, { ...ABOUT, applies: false })
    expect(shown).toMatchObject({ ok: true })
    expect(shown.lines.join('\n')).toContain('2 địa bàn thêm mới')
    expect(shown.lines.join('\n')).toContain('2 đơn vị thêm mới')
    expect(shown.lines.join('\n')).toContain('2 người thêm mới')
    expect([count('unit'), count('locality'), count('official'), count('grant_request')]).toEqual([1, 0, 0, 0])
    expect(nextStep()).toBe('second_admin')
    expect(await setUpFromWorkbook(bytes, { ...ABOUT, applies: true })).toMatchObject({ ok: true })
    expect([count('unit'), count('locality'), count('official')]).toEqual([3, 2, 2])
    expect(rootUnit().name).toBe('Tỉnh Đồng Nai')
    expect(currentProvince().name).toBe('Đồng Nai')
    expect(prepared("select locality_code from unit where code = 'X1'").pluck().one()).toBe('26001')
    // the roles wait for a second person, as from the page
    expect(prepared('select role from grant_request where decided_at is null order by role').pluck().all()).toEqual([
      'coordinator',
      'head',
    ])
    const again = await setUpFromWorkbook(bytes, { ...ABOUT, applies: true })
    expect(again.lines.join('\n')).toContain('0 đơn vị thêm mới, 0 thay đổi, 2 giữ nguyên')
  })

  it('names the row that has to be mended, and writes nothing of any list', async () => {
    foundDatabase(readPlan('db/reference'))
    const lines = [...UNITS.lines, ['P1', 'Phòng Một', null, null, 'Sở Không Có']]
    const report = await setUpFromWorkbook(await workbookOf(PLACES, { ...UNITS, lines }), { ...ABOUT, applies: true })
    expect(report.ok).toBe(false)
    expect(report.lines.join('\n')).toContain('Dòng 4, cột Trực thuộc: “Sở Không Có”')
    expect([count('unit'), count('locality')]).toEqual([1, 0])
  })

  it('asks for the province’s coordinator before it enters people', async () => {
    foundDatabase(readPlan('db/reference'))
    const report = await setUpFromWorkbook(await workbookOf(PLACES, UNITS, PEOPLE), { ...ABOUT, applies: true })
    expect(report.ok).toBe(false)
    expect(report.lines.join('\n')).toContain('chưa có đầu mối cấp tỉnh')
    expect(count('unit')).toBe(1)
  })
})
