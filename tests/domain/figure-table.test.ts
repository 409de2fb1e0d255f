import { describe, expect, it } from 'vitest'
import { readCount } from '#app/domain/count.ts'
import { figuresOfTable } from '#app/domain/figure-table.ts'
import { guessColumns, type LayoutColumn, pastedCells, writeByLayout } from '#app/domain/table-layout.ts'
import { readExchanged } from '#app/imports/exchange-spec.ts'
import { INDICATORS } from '#tests/indicators.ts'

const LABELS = { locality: 'Địa bàn', locality_code: 'Mã địa bàn', phone_4g: 'Máy 4G', sim_signature: 'SIM chữ ký số' }

/** Reads a pasted table of figures by a layout. */
const readFigures = (cells: string[][], layout: readonly LayoutColumn[]) =>
  readExchanged(
    'indicator_figures',
    { pasted: cells.map(line => line.join('\t')).join('\n') },
    {
      indicators: INDICATORS,
      layout,
    },
  )

describe('a count', () => {
  it.each([
    ['1234', 1234],
    ['1.234', 1234],
    ['1,234', 1234],
    ['1 234', 1234],
    ['1.234.567', 1_234_567],
    ['0', 0],
    ['1,5', undefined],
    ['12.34', undefined],
    ['-3', undefined],
    ['=1+1', undefined],
    ['', undefined],
  ] as const)('“%s” reads %s', (text, value) => expect(readCount(text)).toBe(value))
})

describe('a layout', () => {
  const columns = guessColumns(['STT', 'ĐỊA BÀN', 'máy 4g', 'Ghi chú', 'Máy 4G'], LABELS)

  it('is guessed from headers, each field once', () => {
    expect(columns.map(({ field }) => field)).toEqual([null, 'locality', 'phone_4g', null, null])
  })

  it('reads what it wrote, wherever the head stands and in whatever order the columns come', async () => {
    const rows = [
      { locality: 'Đồng Xoài', phone_4g: '120' },
      { locality: 'Bù Đăng', phone_4g: '45' },
    ]
    const written = [['BÁO CÁO NGÀY 12/6'], ...writeByLayout(columns, rows).map(cells => [...cells].reverse())]
    const other = columns.slice(0, 4)
    const read = await readFigures(
      [['BÁO CÁO NGÀY 12/6'], ...writeByLayout(other, rows).map(c => [...c].reverse())],
      other,
    )
    expect(read?.rows.map(({ row }) => row)).toEqual(rows)
    expect(read?.rows.map(({ number }) => number)).toEqual([3, 4])
    expect(written).toHaveLength(4)
  })

  it('writes fixed texts and leaves blank what is not ours', () => {
    const fixed = [
      { header: 'Kỳ', field: null, fixed: 'Tuần 10' },
      { header: 'Địa bàn', field: 'locality', fixed: '' },
      { header: 'Ký', field: null, fixed: '' },
    ]
    expect(writeByLayout(fixed, [{ locality: 'Bù Đốp' }])).toEqual([
      ['Kỳ', 'Địa bàn', 'Ký'],
      ['Tuần 10', 'Bù Đốp', ''],
    ])
  })

  it('does not read a table without its headers', async () =>
    expect(await readFigures([['a', 'b']], columns)).toBeUndefined())
})

describe('a pasted table', () => {
  const localities = [
    { code: '689', name: 'thành phố Đồng Xoài' },
    { code: '696', name: 'huyện Bù Đăng' },
    { code: '25207', name: 'xã Tân Thành' },
    { code: '25210', name: 'phường Tân Thành' },
  ]
  const read = async (text: string) => {
    const cells = pastedCells(text)
    const rows = await readFigures(cells, guessColumns(cells[0] ?? [], LABELS))
    return figuresOfTable(rows?.rows ?? [], localities, [{ code: 'phone_4g' }, { code: 'sim_signature' }])
  }

  it('gives a figure for each filled cell', async () => {
    expect(await read('Địa bàn\tMáy 4G\tSIM chữ ký số\r\nĐồng Xoài\t1.234\t\r\nhuyện Bù Đăng\t5\t60\r\n')).toEqual({
      figures: [
        { code: '689', indicator: 'phone_4g', value: 1234 },
        { code: '696', indicator: 'phone_4g', value: 5 },
        { code: '696', indicator: 'sim_signature', value: 60 },
      ],
      problems: [],
    })
  })

  it('passes a total over, tells what else it could not take over, and takes the rest', async () => {
    const { problems } = await read(
      'Địa bàn\tMáy 4G\nTổng\t99\nTân Thành\t3\nxã Tân Thành\t4\nBù Đăng\tmười\nBù Đăng\t7',
    )
    expect(problems).toEqual([
      { number: 3, reason: 'locality_unknown', cell: 'Tân Thành' },
      { number: 5, reason: 'not_a_count', cell: 'mười' },
      { number: 6, reason: 'locality_twice', cell: 'huyện Bù Đăng' },
    ])
  })

  it('goes by codes where the table has them', async () => {
    expect((await read('Mã địa bàn\tĐịa bàn\tMáy 4G\n25210\tTân Thành\t8')).figures).toEqual([
      { code: '25210', indicator: 'phone_4g', value: 8 },
    ])
  })
})
