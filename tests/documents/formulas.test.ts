import { readdirSync, readFileSync } from 'node:fs'
import ExcelJS from 'exceljs'
import { beforeAll, describe, expect, it } from 'vitest'
import { writeCsv } from '#app/documents/csv.ts'
import { writeCsvCells } from '#app/documents/csv-cells.ts'
import { writeCells } from '#app/documents/layout-export.ts'
import { type Column, sheetOf, writeWorkbook } from '#app/documents/workbook.ts'
import { FORMULA_TEXTS, ZERO_TEXTS } from '#tests/fixtures/hostile-cells.ts'
import { type OpenedTable, openTables } from './office.ts'

const TEXTS = [...FORMULA_TEXTS, ...ZERO_TEXTS]

type Line = { text: string }
const COLUMNS: Column<Line>[] = [
  { header: 'Nội dung', width: 30, kind: 'text', value: line => line.text },
  { header: 'Chọn', width: 30, kind: 'text', value: line => line.text, choices: FORMULA_TEXTS.slice(0, 20) },
]

const rows = TEXTS.map(text => ({ text }))
const title = '=1+1'

/** Writes what another program would write: shows that formulas are found. */
async function carelessWorkbook(): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook()
  workbook.addWorksheet('A').getCell('A1').value = { formula: '1+1', result: 2 }
  return new Uint8Array(await workbook.xlsx.writeBuffer())
}

/** The writers that every table leaves through, each with every text, in cells and in heads. */
const workbooks = async (): Promise<Record<string, Uint8Array>> => ({
  careless: await carelessWorkbook(),
  workbook: await writeWorkbook({
    title,
    campaign: null,
    subtitle: [...FORMULA_TEXTS],
    sheets: [sheetOf({ name: title, columns: COLUMNS, rows })],
  }),
  heads: await writeWorkbook({
    title,
    campaign: null,
    sheets: [
      sheetOf({
        name: 'A',
        columns: FORMULA_TEXTS.map(header => ({ header, width: 9, kind: 'text', value: (line: Line) => line.text })),
        rows: ZERO_TEXTS.map(text => ({ text })),
      }),
    ],
  }),
  layout: await writeCells([[...FORMULA_TEXTS], ...TEXTS.map(text => [text, `${text} `])]),
})
const csvs = (): Record<string, string> => ({
  careless: 'a,b\n=1+1,2\n',
  records: writeCsv(
    [...FORMULA_TEXTS],
    TEXTS.map(text => [text, text]),
  ),
  cells: writeCsvCells([[...FORMULA_TEXTS], ...TEXTS.map(text => [text, text])]),
})

let opened: Record<'xlsx' | 'csv', Record<string, OpenedTable>>
beforeAll(async () => {
  opened = { xlsx: openTables('xlsx', await workbooks()), csv: openTables('csv', csvs()) }
}, 240_000)

describe('a table opened in LibreOffice', () => {
  const ALL = [
    ['xlsx', 'workbook'],
    ['xlsx', 'heads'],
    ['xlsx', 'layout'],
    ['csv', 'records'],
    ['csv', 'cells'],
  ] as const

  it.each(ALL)('%s: the writer of %s makes no formula and nothing to follow', (kind, name) => {
    const table = opened[kind][name]
    expect(FORMULA_TEXTS.length).toBeGreaterThanOrEqual(200)
    expect(table?.formulas).toEqual([])
    expect(table?.links).toEqual([])
    expect(
      table?.texts.filter(text => text.includes('HYPERLINK("http://a.example","Bấm vào đây")')).length,
    ).toBeGreaterThan(20)
  })

  it.each(['xlsx', 'csv'] as const)('%s: a formula would be found', kind => {
    expect(opened[kind].careless?.formulas).toHaveLength(1)
  })

  it.each(['workbook', 'heads', 'layout'])('xlsx: the writer of %s keeps leading zeros', name => {
    expect(opened.xlsx[name]?.texts).toEqual(expect.arrayContaining([...ZERO_TEXTS]))
  })

  it('csv: leading zeros stand in the file', () => {
    for (const text of Object.values(csvs()).slice(1)) expect(text).toContain('\r\n0912345678,0912345678\r\n')
  })
})

it('tables leave through these writers alone', () => {
  const using = readdirSync('app', { recursive: true, encoding: 'utf8' })
    .filter(file => /\.tsx?$/.test(file))
    .filter(file => /from 'exceljs'|'text\/csv; charset/.test(readFileSync(`app/${file}`, 'utf8')))
    .toSorted()
  expect(using).toEqual([
    'documents/layout-export.ts',
    'documents/workbook.ts',
    'routes/_web/download.server.ts',
    'routes/api/answer.server.ts',
  ])
})
