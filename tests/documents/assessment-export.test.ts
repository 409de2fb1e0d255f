import ExcelJS from 'exceljs'
import { expect, test } from 'vitest'
import {
  type CollectiveLine,
  type OfficialLine,
  writeCollectiveAssessments,
  writeOfficialAssessments,
} from '#app/documents/assessment-export.ts'
import { EVERY_TERM } from '#app/domain/terms.ts'
import { campaignTerms } from '#app/text/terms.ts'
import { readPlan } from '#db/reference.server.ts'
import { nameOf } from '#tests/indicators.ts'

const HEADING = {
  title: 'ĐÁNH GIÁ',
  campaign: '128/KH-UBND',
  terms: campaignTerms(EVERY_TERM),
  subtitle: ['Bản xem trước'],
  asOf: Date.parse('2024-06-12T09:15+07:00'),
  readings: { inForce: 'đủ 3 nội dung', other: 'một nội dung' },
  plan: { code: '128/KH-UBND', articles: readPlan('db/reference').articles },
  places: new Map([[7, { code: '25207', parentName: 'Thành phố Đồng Xoài' }]]),
  nameOf,
  isFrozen: false,
}

const OFFICIAL: OfficialLine = {
  formerUnit: null,
  name: 'Điểu Thị Bé',
  sex: 'female',
  position: 'Chuyên viên',
  unitId: 1,
  unitName: 'Sở Nội vụ',
  block: 'state',
  category: 'civil_servant',
  isLeader: false,
  target: 10,
  counts: { reported: 12, counted: 9, verified: 4, countedAny: 11 },
  parts: { sim_signature: 'met', phone_4g: 'verified', portal_national: 'verified', portal_provincial: 'missing' },
  result: 'not_completed_open',
  resultAny: 'completed',
  reasons: [
    { code: 'target_short', counted: 9, target: 10 },
    { code: 'obligation_unmet', obligation: 'sim_signature', standing: 'declared' },
  ],
  articles: ['IV.1', 'V.4'],
}

const COLLECTIVE: CollectiveLine = {
  unitId: 7,
  name: 'UBND xã Tân Thành',
  kind: 'commune',
  block: 'state',
  people: {
    officials: 20,
    women: 9,
    targets: 200,
    reported: 220,
    counted: 199,
    verified: 80,
    countedAny: 230,
    quotaBearers: 20,
    reached: 15,
    obligationBearers: 20,
    allMet: 20,
  },
  result: 'emulation_criterion',
  resultAny: 'eligible',
  resultOtherTarget: 'emulation_criterion',
  reasons: [{ code: 'target_short', counted: 199, target: 200 }, { code: 'never_inspected' }],
  articles: ['IV.2'],
}

/** The lines of the first sheet as one record each, by the heads of the columns. */
async function readLines(bytes: Uint8Array): Promise<Record<string, ExcelJS.CellValue>[]> {
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.load(new Uint8Array(bytes).buffer)
  const rows: ExcelJS.CellValue[][] = []
  const sheet = workbook.worksheets[0]
  sheet?.eachRow(row => rows.push(Array.from({ length: sheet.columnCount }, (_, n) => row.getCell(n + 1).value)))
  const head = rows.findIndex(row => row[0] === 'STT')
  return rows.slice(head + 1).map(row => Object.fromEntries(row.map((cell, n) => [String(rows[head]?.[n]), cell])))
}

test('an official’s line says what is missing, by which article, and what the other reading would give', async () => {
  const [line] = await readLines(await writeOfficialAssessments(HEADING, [OFFICIAL]))
  expect(line).toMatchObject({
    STT: 1,
    'Họ và tên': 'Điểu Thị Bé',
    'Chỉ tiêu': 10,
    'Ghi nhận': 12,
    'Được tính': 9,
    'Đã đối chiếu': 4,
    'Kết quả: đủ 3 nội dung': 'Còn thiếu',
    'Lý do': 'Được tính 9/10 (90%), còn 1 người dân.\nSIM chính chủ kèm chữ ký số: chờ xác nhận.',
    'Căn cứ': 'Mục IV.1, Mục V.4',
    'Nội dung bản thân: căn cứ từng phần':
      'SIM chính chủ kèm chữ ký số: đạt, theo xác nhận của đơn vị; Điện thoại thông minh 4G: đạt, theo số liệu trích xuất; Cổng dịch vụ công quốc gia: đạt, tự chứng minh; Cổng dịch vụ công của tỉnh: chưa đạt',
    'Được tính: một nội dung': 11,
    'Kết quả: một nội dung': 'Hoàn thành',
  })
})

test('someone without a target has none, and nobody is named a violator', async () => {
  const lines = await readLines(
    await writeOfficialAssessments(HEADING, [
      { ...OFFICIAL, target: null, result: 'exempt', reasons: [{ code: 'exempt_from_all' }] },
      { ...OFFICIAL, name: '=HYPERLINK("x")' },
    ]),
  )
  expect([lines[0]?.['Chỉ tiêu'], lines[1]?.['Họ và tên']]).toEqual([null, '=HYPERLINK("x")'])
  expect(JSON.stringify(lines).toLowerCase()).not.toContain('vi phạm')
})

test('a collective’s line has its sums, its reasons and every reading', async () => {
  const [line] = await readLines(
    await writeCollectiveAssessments({ ...HEADING, otherTarget: 'mọi người đều đạt' }, [COLLECTIVE]),
  )
  expect(line).toMatchObject({
    'Mã đơn vị': '25207',
    'Tập thể': 'UBND xã Tân Thành',
    'Đơn vị cấp trên': 'Thành phố Đồng Xoài',
    'Người thực hiện': 20,
    'Trong đó nữ': 9,
    'Được tính': 199,
    'Lý do': 'Được tính 199/200 (99,5%), còn 1 người dân.\nChưa được kiểm tra thực tế.',
    'Kết quả: đủ 3 nội dung': 'Còn thiếu chỉ tiêu',
    'Kết quả: một nội dung': 'Đủ điều kiện được xem xét',
    'Kết quả nếu chỉ tiêu là: mọi người đều đạt': 'Còn thiếu chỉ tiêu',
  })
})

test('what is frozen is not called by the preview’s word of what is still missing', async () => {
  const frozen = { ...HEADING, isFrozen: true }
  const [person] = await readLines(await writeOfficialAssessments(frozen, [OFFICIAL]))
  const [unit] = await readLines(
    await writeCollectiveAssessments({ ...frozen, otherTarget: 'mọi người' }, [COLLECTIVE]),
  )
  expect(person?.['Kết quả: đủ 3 nội dung']).toBe('Chưa hoàn thành, chờ giải trình hoặc kết luận')
  expect(unit?.['Kết quả: đủ 3 nội dung']).toBe('Đưa vào tiêu chí xét thi đua tập thể')
})
