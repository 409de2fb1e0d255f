import ExcelJS from 'exceljs'
import { describe, expect, it } from 'vitest'
import { type CandidateExport, writeCandidateWorkbook } from '#app/documents/candidate-export.ts'
import { writePetition } from '#app/documents/petition.ts'
import { writeResultWorkbook } from '#app/documents/result-report.ts'
import { readDocx } from './docx.ts'
import { collective, person, petition, report } from './papers.ts'

const ORIGIN = 'https://4phu.example'
const sources = (first: number, counted: number, verified: number) => {
  const ids = Array.from({ length: counted }, (_, n) => first + n)
  return { counted: ids, verified: ids.slice(0, verified) }
}
const input = (changes: Partial<CandidateExport> = {}): CandidateExport => ({
  kind: 'commendation',
  campaign: '128/KH-UBND',
  subtitle: ['Tổng kết'],
  asOf: Date.parse('2024-07-25T08:00+07:00'),
  origin: ORIGIN,
  persons: [{ ...person(0), sources: sources(700, 14, 9) }],
  collectives: [collective(0)],
  places: new Map([[7, { code: '25207', parentName: 'Thành phố Đồng Xoài' }]]),
  certificates: new Map(),
  ...changes,
})

async function read(bytes: Uint8Array, sheet: string): Promise<Record<string, ExcelJS.CellValue>[]> {
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.load(bytes.buffer as ArrayBuffer)
  const rows: ExcelJS.CellValue[][] = []
  workbook.getWorksheet(sheet)?.eachRow(row => {
    rows.push((row.values as ExcelJS.CellValue[]).slice(1))
  })
  const at = rows.findIndex(row => row[0] === 'STT')
  const headers = rows[at] ?? []
  return rows
    .slice(at + 1)
    .map(row => Object.fromEntries(headers.map((header, n) => [String(header), row[n] ?? null] as const)))
}

describe('the twin of a list', () => {
  it('leads from each figure of a person back to their records', async () => {
    const [row] = await read(await writeCandidateWorkbook(input()), 'Cá nhân')
    expect(row).toMatchObject({ 'Được tính': 14, 'Đã đối chiếu': 9, 'Chỉ tiêu': 10, 'Ghi nhận': 16 })
    expect(String(row?.['Mã trường hợp được tính']).split(', ')).toHaveLength(14)
    expect(String(row?.['Mã trường hợp đã đối chiếu']).split(', ').at(-1)).toBe('HT-708')
    expect(row?.['Nguồn của chỉ tiêu, số liệu và nghĩa vụ']).toMatchObject({ hyperlink: `${ORIGIN}/can-bo/100` })
    expect(row?.['Nội dung bản thân: căn cứ từng phần']).toBe(
      'SIM chính chủ kèm chữ ký số: đạt, theo xác nhận của đơn vị; Điện thoại thông minh 4G: đạt, theo số liệu trích xuất; Cổng dịch vụ công quốc gia: đạt, tự chứng minh; Cổng dịch vụ công của tỉnh: đạt, tự chứng minh',
    )
  })

  it('leads from the sums of a collective back to the board and to each of its people', async () => {
    const [row] = await read(await writeCandidateWorkbook(input()), 'Tập thể')
    expect(row?.['Nguồn của số liệu: bảng số liệu đơn vị']).toMatchObject({ hyperlink: `${ORIGIN}/don-vi/20` })
    expect(row?.['Nguồn của số người, chỉ tiêu, nghĩa vụ: từng người']).toMatchObject({
      hyperlink: `${ORIGIN}/danh-gia?don-vi=20&ket-qua=all`,
    })
  })

  it('says nothing of earlier awards where responsibility is reviewed', async () => {
    for (const sheet of ['Cá nhân', 'Tập thể']) {
      const headersOf = async (kind: 'commendation' | 'review') =>
        Object.keys((await read(await writeCandidateWorkbook(input({ kind })), sheet))[0] ?? {})
      expect(await headersOf('commendation')).toContain('Khen thưởng đã có')
      expect(await headersOf('review')).not.toContain('Khen thưởng đã có')
      expect(await headersOf('review')).toContain('Nội dung chưa hoàn thành')
    }
  })

  it('has no way back where there is no record, and never more than a cell holds', async () => {
    const outside = { ...person(1, { officialId: null, figures: null, obligations: null }), sources: sources(1, 0, 0) }
    const many = { ...person(2), sources: sources(1_000_000, 9000, 0) }
    const [none, full] = await read(await writeCandidateWorkbook(input({ persons: [outside, many] })), 'Cá nhân')
    expect(none).toMatchObject({ 'Được tính': null, 'Mã trường hợp được tính': null })
    expect(none?.['Nguồn của chỉ tiêu, số liệu và nghĩa vụ']).toBeNull()
    expect(String(full?.['Mã trường hợp được tính']).length).toBeLessThan(32_767)
    expect(String(full?.['Mã trường hợp được tính'])).toMatch(/và 7000 mã khác$/)
  })

  it('numbers the certificates once there are some', async () => {
    const [row] = await read(await writeCandidateWorkbook(input({ certificates: new Map([[0, '17']]) })), 'Cá nhân')
    expect(row?.['Số vào sổ']).toBe(17)
  })

  it('writes 5,000 rows in under 10 seconds', { timeout: 60_000 }, async () => {
    const persons = Array.from({ length: 5000 }, (_, n) => ({ ...person(n), sources: sources(n * 14, 14, 9) }))
    const start = performance.now()
    const bytes = await writeCandidateWorkbook(input({ persons }))
    const took = performance.now() - start
    expect(bytes.length).toBeGreaterThan(500_000)
    expect(took).toBeLessThan(10_000)
  })
})

it('the twin of a report leads from each row back to its unit and people', async () => {
  const rows = await read(
    await writeResultWorkbook(report(), ORIGIN, new Map([[20, { code: '689', parentName: 'Tỉnh' }]])),
    'Kết quả',
  )
  expect(rows).toHaveLength(9)
  expect(rows[0]).toMatchObject({ 'Mã đơn vị': '689', 'Được tính': 301, 'Người đạt chỉ tiêu': 25 })
  expect(rows[0]?.['Nguồn của số liệu: bảng của đơn vị']).toMatchObject({ hyperlink: `${ORIGIN}/don-vi/20` })
  expect(rows[8]?.['Nguồn: danh sách từng người']).toMatchObject({
    hyperlink: `${ORIGIN}/danh-gia?don-vi=2&ket-qua=all`,
  })
})

describe('a review’s petition', () => {
  const wordsOf = async (persons: ReturnType<typeof person>[]) =>
    (await readDocx(await writePetition(petition({ kind: 'review', lists: { collectives: [], persons } })))).paragraphs

  it('says that nobody is on its list, where it is empty', async () => {
    const words = await wordsOf([])
    expect(words.filter(text => text.includes('chưa hoàn thành nhiệm vụ'))).toEqual([
      expect.stringMatching(/^chưa hoàn thành nhiệm vụ theo Kế hoạch số/),
      expect.stringMatching(/^Không có tập thể, cá nhân chưa hoàn thành nhiệm vụ theo .*trách nhiệm\.$/),
    ])
    expect(words.join()).not.toContain('đã qua đủ các bước')
  })

  it('has no column of earlier awards', async () => {
    const words = await wordsOf([person(1)])
    expect(words).toContain('Nội dung chưa hoàn thành')
    expect(words).not.toContain('Khen thưởng đã có')
  })
})
