import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import ExcelJS from 'exceljs'
import { afterEach, describe, expect, it } from 'vitest'
import { type Column, makeWorkbook, pageSetupFor, sheetOf, useWriter, writeWorkbook } from '#app/documents/workbook.ts'
import { startOf } from '#app/domain/calendar.ts'
import { readWorkbook } from '#app/imports/workbook.ts'
import { writeWorkbooksInThread } from '#app/jobs/workbook.server.ts'
import { inThread } from '#app/jobs/worker-thread.server.ts'

type Line = { label: string; count: number | null; share: number; on: string; at: number }

const COLUMNS: Column<Line>[] = [
  { header: 'Nội dung', width: 30, kind: 'text', value: line => line.label },
  { header: 'Số lượng', width: 12, kind: 'integer', value: line => line.count },
  { header: 'Tỷ lệ', width: 10, kind: 'share', value: line => line.share },
  { header: 'Ngày', width: 12, kind: 'day', value: line => line.on },
  { header: 'Lúc', width: 18, kind: 'instant', value: line => line.at },
]
const LINE: Line = {
  label: 'Kích hoạt',
  count: 1234,
  share: 0.8293,
  on: '2024-06-12',
  at: startOf('2024-06-12') + 9.25 * 3_600_000,
}

async function written(lines: Line[]): Promise<ExcelJS.Worksheet> {
  const bytes = await writeWorkbook({
    title: 'KẾT QUẢ',
    campaign: null,
    subtitle: ['Sở Nội vụ'],
    asOf: LINE.at,
    sheets: [sheetOf({ name: 'Kết quả: 1/2', columns: COLUMNS, rows: lines })],
  })
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.load(bytes.slice().buffer)
  return workbook.worksheets[0] as ExcelJS.Worksheet
}

describe('text is text', () => {
  it.each([
    '=1+1',
    '=HYPERLINK("http://a","b")',
    '+84900000001',
    '-5',
    '@SUM(A1)',
    '\t=1',
    '0900000001',
    '070085000001',
    '12/3/1985',
    'TRUE',
    'a < b & c > d',
    'Điểu K’Rứ',
  ])('%s', async label => {
    const cell = (await written([{ ...LINE, label }])).getCell('A5')
    expect([cell.type, cell.value, cell.numFmt]).toEqual([ExcelJS.ValueType.String, label, '@'])
  })

  it('and stays so through LibreOffice’s and Excel’s eyes: no formula in the file', async () => {
    const bytes = await writeWorkbook({
      title: '=1+1',
      campaign: null,
      sheets: [sheetOf({ name: 'A', columns: COLUMNS, rows: [{ ...LINE, label: '=1+1' }] })],
    })
    const workbook = await readWorkbook(bytes)
    const cells = workbook.ok ? workbook.sheets.flatMap(sheet => sheet.rows.flatMap(row => row.cells)) : []
    expect(cells.filter(cell => cell?.isComputed)).toEqual([])
    expect(cells.filter(cell => cell?.text === '=1+1').map(cell => cell?.kind)).toEqual(['text', 'text'])
  })
})

describe('cells are typed', () => {
  it('numbers, shares, days and instants of Vietnam', async () => {
    const sheet = await written([LINE])
    const cells = ['B5', 'C5', 'D5', 'E5'].map(address => sheet.getCell(address))
    expect(cells.map(cell => cell.value)).toEqual([
      1234,
      0.8293,
      new Date('2024-06-12T00:00:00Z'),
      new Date('2024-06-12T09:15:00Z'),
    ])
    expect(cells.map(cell => cell.numFmt)).toEqual(['#,##0', '0.00%', 'dd/mm/yyyy', 'dd/mm/yyyy hh:mm'])
  })

  it('a missing value is a blank cell', async () => {
    expect((await written([{ ...LINE, count: null }])).getCell('B5').value).toBeNull()
  })
})

it('title, lines and the instant of the figures stand above a frozen, filtered, repeated header', async () => {
  const sheet = await written([LINE, LINE])
  expect([1, 2, 3, 4].map(row => sheet.getCell(row, 1).value)).toEqual([
    'KẾT QUẢ',
    'Sở Nội vụ',
    'Tính đến 12/6/2024, 09:15',
    'Nội dung',
  ])
  expect(sheet.views[0]).toMatchObject({ state: 'frozen', ySplit: 4 })
  expect(sheet.autoFilter).toBe('A4:E6')
  expect(sheet.pageSetup).toMatchObject({
    paperSize: 9,
    orientation: 'landscape',
    fitToWidth: 1,
    fitToHeight: 0,
    printTitlesRow: '4:4',
  })
  expect(sheet.getCell('A5').font).toMatchObject({ name: 'Times New Roman', size: 12 })
  expect(sheet.getCell('A1').font).toMatchObject({ name: 'Times New Roman', size: 14, bold: true })
  expect(sheet.name).toBe('Kết quả  1 2')
})

it('names the plan whose figures it holds below its other lines', async () => {
  const bytes = await writeWorkbook({
    title: 'KẾT QUẢ',
    campaign: '45/KH-UBND',
    subtitle: ['Sở Nội vụ'],
    asOf: LINE.at,
    sheets: [sheetOf({ name: 'A', columns: COLUMNS, rows: [LINE] })],
  })
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.load(bytes.slice().buffer)
  const lines = [1, 2, 3, 4, 5].map(row => workbook.worksheets[0]?.getCell(row, 1).value)
  expect(lines).toEqual(['KẾT QUẢ', 'Sở Nội vụ', 'Kế hoạch 45/KH-UBND', 'Tính đến 12/6/2024, 09:15', 'Nội dung'])
})

it('a table without rows has its header and no filter', async () => {
  const sheet = await written([])
  expect(sheet.getCell('A4').value).toBe('Nội dung')
  expect(sheet.autoFilter ?? null).toBeNull()
})

describe('on paper', () => {
  /** Points of the type of a table, from the widths and the page that its file names. */
  function typeOf({ columns, pageSetup }: Pick<ExcelJS.Worksheet, 'pageSetup'> & { columns: { width: number }[] }) {
    const width = columns.reduce((sum, column) => sum + ((7 * column.width + 5) * 25.4) / 96, 0)
    const across = (Number(pageSetup.paperSize) === 8 ? 420 : 297) - 2 * 0.4 * 25.4
    return pageSetup.fitToPage ? 12 * Math.min(1, across / width) : (12 * (pageSetup.scale ?? 100)) / 100
  }
  const columnsOf = (count: number) => Array.from({ length: count }, () => ({ width: 12 }))

  it.each([1, 5, 10, 17, 20, 25, 35, 60])('%i columns are printed in 8 points or more', count => {
    const columns = columnsOf(count)
    expect(typeOf({ columns, pageSetup: pageSetupFor(columns) as ExcelJS.PageSetup })).toBeGreaterThanOrEqual(8)
  })

  it('a table is on A4, a wider one on A3, the widest over several pages with its first columns on each', () => {
    expect(pageSetupFor(columnsOf(10))).toMatchObject({ paperSize: 9, fitToPage: true })
    expect(pageSetupFor(columnsOf(20))).toMatchObject({ paperSize: 8, fitToPage: true })
    expect(pageSetupFor(columnsOf(35))).toMatchObject({ paperSize: 8, fitToPage: false, printTitlesColumn: 'A:B' })
  })

  it('sums stand apart from the rows, outside the filter', async () => {
    const bytes = await writeWorkbook({
      title: 'KẾT QUẢ',
      campaign: null,
      sheets: [
        sheetOf({ name: 'A', columns: COLUMNS, rows: [LINE, LINE], total: { ...LINE, label: 'Cộng', count: 2468 } }),
      ],
    })
    const workbook = new ExcelJS.Workbook()
    await workbook.xlsx.load(bytes.slice().buffer)
    const sheet = workbook.worksheets[0] as ExcelJS.Worksheet
    expect(sheet.autoFilter).toBe('A2:E4')
    expect(sheet.getCell('A5').value).toBeNull()
    expect([sheet.getCell('A6').value, sheet.getCell('B6').value]).toEqual(['Cộng', 2468])
  })

  it('every workbook comes from here; no number or year is text in one', () => {
    const files = readdirSync('app/documents').map(
      name => [name, readFileSync(`app/documents/${name}`, 'utf8')] as const,
    )
    expect(files.filter(([, text]) => text.includes("from 'exceljs'")).map(([name]) => name)).toEqual([
      'layout-export.ts', // another system's own file, filled in
      'workbook.ts',
    ])
    const columns = files.flatMap(
      ([, text]) => text.match(/\{[^{}]*header: '(?:STT|Năm sinh|Số vào sổ)'[^{}]*kind: '\w+'/g) ?? [],
    )
    expect(columns.length).toBeGreaterThan(3)
    expect(columns.filter(column => column.includes("kind: 'text'"))).toEqual([])
  })
})

describe('a workbook of many rows', () => {
  afterEach(() => useWriter(makeWorkbook))
  const THREAD = resolve('app/jobs/workbook-thread.ts')
  const columns: Column<number>[] = [
    { header: 'Số', width: 8, kind: 'integer', value: n => n },
    { header: 'Tên', width: 20, kind: 'text', value: n => `=Tên ${n}` },
    { header: 'Ngày', width: 12, kind: 'day', value: () => '2024-06-12' },
  ]
  const contentOf = (rows: number) => ({
    title: 'Bảng dài',
    campaign: null,
    sheets: [sheetOf({ name: 'Bảng', columns, rows: Array.from({ length: rows }, (_, n) => n) })],
  })
  const cellsOf = async (bytes: Uint8Array) => {
    const workbook = new ExcelJS.Workbook()
    await workbook.xlsx.load(bytes.slice().buffer)
    return workbook.worksheets[0]?.getSheetValues()
  }

  it('is written in a thread, while this one goes on, and is the same', async () => {
    writeWorkbooksInThread(THREAD)
    let turns = 0
    const going = setInterval(() => (turns += 1), 1)
    const bytes = await writeWorkbook(contentOf(5000))
    clearInterval(going)
    expect(turns).toBeGreaterThan(20)
    expect(await cellsOf(bytes)).toEqual(await cellsOf(await makeWorkbook(contentOf(5000))))
  })

  it('works its cells out piece by piece, with other requests in between', async () => {
    writeWorkbooksInThread(THREAD)
    let taken = 0
    let turns = 0
    const takenAt: number[] = []
    const counted: readonly Column<number>[] = [
      {
        header: 'Số',
        width: 8,
        kind: 'integer',
        value: n => {
          taken += 1
          return n
        },
      },
    ]
    const going = setInterval(() => {
      turns += 1
      if (takenAt.at(-1) !== taken) takenAt.push(taken)
    }, 0)
    await writeWorkbook({
      title: 'Bảng dài',
      campaign: null,
      sheets: [sheetOf({ name: 'Bảng', columns: counted, rows: Array.from({ length: 5000 }, (_, n) => n) })],
    })
    clearInterval(going)
    expect(taken).toBe(5000)
    expect(turns).toBeGreaterThan(0)
    // never all at once
    const most = Math.max(...takenAt.map((count, n) => count - (takenAt[n - 1] ?? 0)))
    expect(most).toBeLessThan(5000)
  })

  it('of few rows is not', async () => {
    useWriter(() => Promise.reject(new Error('a thread for three rows')))
    expect((await cellsOf(await writeWorkbook(contentOf(3))))?.length).toBe(6)
  })

  it('that fails in its thread is a failure here', async () => {
    await expect(inThread(THREAD, { title: 'x', campaign: null, sheets: null }, [])).rejects.toThrow()
  })
})
