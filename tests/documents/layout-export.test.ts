import { describe, expect, it } from 'vitest'
import { writeCsvCells } from '#app/documents/csv-cells.ts'
import { writeCells } from '#app/documents/layout-export.ts'
import { figuresOfTable } from '#app/domain/figure-table.ts'
import { type LayoutColumn, writeByLayout } from '#app/domain/table-layout.ts'
import { readExchanged } from '#app/imports/exchange-spec.ts'
import { readTable } from '#app/imports/table.ts'
import { INDICATORS } from '#tests/indicators.ts'

const LOCALITIES = [
  { code: '689', name: 'thành phố Đồng Xoài' },
  { code: '25195', name: 'phường Tân Phú' },
  { code: '25207', name: 'xã Tân Thành' },
]
const FIGURES = [
  { code: '689', indicator: 'eid_activated', value: 20_123 },
  { code: '689', indicator: 'phone_4g', value: 0 },
  { code: '25195', indicator: 'eid_activated', value: 1_234_567 },
] as const

const column = (header: string, field: string | null = null, fixed = ''): LayoutColumn => ({ header, field, fixed })
const LAYOUTS: [string, LayoutColumn[]][] = [
  ['by name', [column('Tên xã', 'locality'), column('KH', 'eid_activated'), column('Máy, 4G', 'phone_4g')]],
  [
    'by code, with columns of others between',
    [
      column('Kỳ', null, '=tuần "1"'),
      column('Máy; 4G', 'phone_4g'),
      column('Ghi chú'),
      column('Mã', 'locality_code'),
      column('-KH', 'eid_activated'),
    ],
  ],
]
const WRITERS: [string, (cells: string[][]) => Promise<Uint8Array>][] = [
  ['xlsx', writeCells],
  ['csv', async cells => new TextEncoder().encode(writeCsvCells(cells))],
]

describe.each(LAYOUTS)('figures laid out %s', (_layout, columns) => {
  it.each(WRITERS)('come back from %s as they were, and nothing besides', async (_kind, write) => {
    const records = LOCALITIES.map(({ code, name }) => ({
      locality: name,
      locality_code: code,
      ...Object.fromEntries(FIGURES.filter(row => row.code === code).map(row => [row.indicator, String(row.value)])),
    }))
    const bytes = await write(writeByLayout(columns, records))
    const rows =
      (await readExchanged('indicator_figures', { bytes }, { indicators: INDICATORS, layout: columns }))?.rows ?? []
    expect(figuresOfTable(rows, LOCALITIES, INDICATORS)).toEqual({ figures: FIGURES, problems: [] })
  })
})

it('a text that would begin a formula stays text in a CSV, and is read back without its apostrophe', async () => {
  const texts = ['=1+1', '+84', '-5', '@x', '"ngoặc"', 'a,b;c']
  const csv = writeCsvCells([texts])
  expect(csv.split(',')[0]).toBe("\uFEFF'=1+1")
  const read: (string | undefined)[][] = []
  for await (const row of readTable(new TextEncoder().encode(csv))) read.push([...row.cells])
  expect(read[0]).toEqual(texts)
})
