import ExcelJS from 'exceljs'
import { expect, test } from 'vitest'
import { writeCollectionDays, writeOutreach, writeReportTable } from '#app/documents/field-work-export.ts'
import { PLAN_128 } from '#app/domain/regulation.ts'
import { REPORT_FIGURES, type ReportFigures, reportPeriods } from '#app/domain/report.ts'
import { EVERY_TERM } from '#app/domain/terms.ts'
import { campaignTerms } from '#app/text/terms.ts'

const TOLD = { campaign: '128/KH-UBND', unitName: 'Thành phố Đồng Xoài', asOf: Date.parse('2024-06-12T09:00+07:00') }
const FIGURES = Object.fromEntries(REPORT_FIGURES.map((figure, n) => [figure, 100 + n])) as ReportFigures

/** The rows below the head that names `first`, each by its head. */
async function read(bytes: Uint8Array, first: string): Promise<Record<string, unknown>[]> {
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.load(bytes.buffer as ArrayBuffer)
  const rows: unknown[][] = []
  workbook.worksheets[0]?.eachRow(row => rows.push((row.values as unknown[]).slice(1)))
  const head = rows.findIndex(cells => cells[0] === first)
  return rows
    .slice(head + 1)
    .map(cells => Object.fromEntries((rows[head] ?? []).map((name, n) => [String(name), cells[n]])))
}

test('reports: a line a unit and period, blank figures where nothing is signed', async () => {
  const [period] = reportPeriods(PLAN_128, '128/KH-UBND')
  if (!period) throw new Error('no period')
  const line = {
    unitName: 'UBND xã Tân Thành',
    place: { code: '25207', parentName: 'Thành phố Đồng Xoài' },
    period,
  }
  const [signed, missing] = await read(
    await writeReportTable({ ...TOLD, terms: campaignTerms(EVERY_TERM) }, [
      { ...line, state: 'in_time', version: 2, signedAt: TOLD.asOf, figures: FIGURES },
      { ...line, state: 'missing', version: 0, signedAt: null, figures: null },
    ]),
    'Đơn vị',
  )
  expect(signed).toMatchObject({
    'Đơn vị': 'UBND xã Tân Thành',
    'Mã đơn vị': '25207',
    'Đơn vị cấp trên': 'Thành phố Đồng Xoài',
    'Kỳ báo cáo': 'Báo cáo tuần đến 12/4/2024',
    'Tình trạng': 'Đúng hạn',
    Bản: 2,
    'Trường hợp ghi nhận': 100,
    'Khó khăn, vướng mắc đã được trả lời': 100 + REPORT_FIGURES.length - 1,
  })
  expect(Object.keys(signed ?? {})).toHaveLength(8 + REPORT_FIGURES.length)
  expect(missing).toMatchObject({ 'Tình trạng': 'Quá hạn' })
  expect(missing?.['Trường hợp ghi nhận']).toBeUndefined()
})

test('outreach: channel in words, day as a date', async () => {
  const [row] = await read(
    await writeOutreach(TOLD, [
      {
        unitName: 'UBND xã Tân Thành',
        channel: 'meeting',
        heldOn: '2024-06-10',
        localityCode: '25207',
        area: 'xã Tân Thành',
        place: '=1+1',
        people: 40,
        note: '',
      },
    ]),
    'Đơn vị',
  )
  expect(row).toMatchObject({ 'Hình thức': 'Họp chi bộ, tổ dân phố', 'Số người': 40, 'Địa điểm, phương tiện': '=1+1' })
  expect(row?.Ngày).toEqual(new Date('2024-06-10T00:00:00Z'))
})

test('collection days: four figures beside point and day', async () => {
  const [row] = await read(
    await writeCollectionDays(TOLD, [
      {
        unitName: 'UBND xã Tân Thành',
        pointName: 'Điểm ấp 1',
        kind: 'mobile',
        area: 'xã Tân Thành',
        day: '2024-06-10',
        invited: 40,
        received: 30,
        sentOn: 20,
        approved: 10,
      },
    ]),
    'Đơn vị',
  )
  expect(row).toMatchObject({
    Điểm: 'Điểm ấp 1',
    Loại: 'Lưu động',
    'Được mời': 40,
    'Thu nhận': 30,
    'Chuyển đi': 20,
    'Được duyệt': 10,
  })
})
