import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { UNSAVED_FORMULA } from '#app/domain/list.ts'
import { readTable, refuseTable, UnreadableTable } from '#app/imports/table.ts'
import { zipOf } from '#tests/fixtures/zip.ts'

async function rowsOf(bytes: Uint8Array) {
  const rows: (string | undefined)[][] = []
  for await (const { number, cells } of readTable(bytes)) rows.push([String(number), ...cells])
  return rows
}

async function reasonOf(bytes: Uint8Array): Promise<string | null> {
  try {
    for await (const _ of readTable(bytes));
    return null
  } catch (error) {
    if (error instanceof UnreadableTable) return error.reason
    throw error
  }
}

const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16()
/** `Mẫu` and `đ` as the old Windows writes them: a letter, and its tone after it. */
const WINDOWS_1258 = Buffer.from([0x4d, 0xe2, 0xde, 0x75, 0x3b, 0xf0, 0x0a, 0x31, 0x3b, 0x32])

describe('text', () => {
  const table = 'Số định danh;Mức\n070090000001;2\n'
  const expected = [
    ['1', 'Số định danh', 'Mức'],
    ['2', '070090000001', '2'],
  ]
  const cases: [situation: string, bytes: () => Uint8Array, rows: string[][]][] = [
    ['UTF-8', () => Buffer.from(table), expected],
    ['UTF-8 with its mark', () => Buffer.from(`\uFEFF${table}`), expected],
    ['UTF-8 decomposed', () => Buffer.from(table.normalize('NFD')), expected],
    ['UTF-16 little-endian', () => Buffer.from(`\uFEFF${table}`, 'utf16le'), expected],
    ['UTF-16 big-endian', () => utf16be(`\uFEFF${table}`), expected],
    [
      'UTF-16 without its mark',
      () => Buffer.from('so;muc\n070090000001;2\n', 'utf16le'),
      [
        ['1', 'so', 'muc'],
        ['2', '070090000001', '2'],
      ],
    ],
    [
      'Windows-1258',
      () => WINDOWS_1258,
      [
        ['1', 'Mẫu', 'đ'],
        ['2', '1', '2'],
      ],
    ],
    [
      'commas',
      () => Buffer.from('a,b\r\n1,2\r\n'),
      [
        ['1', 'a', 'b'],
        ['2', '1', '2'],
      ],
    ],
    [
      'tabs',
      () => Buffer.from('a\tb\r1\t2'),
      [
        ['1', 'a', 'b'],
        ['2', '1', '2'],
      ],
    ],
    ['sep= in the first line', () => Buffer.from('sep=|\na|b,c\n'), [['2', 'a', 'b,c']]],
    [
      'quotes',
      () => Buffer.from('a;b\n"1;2\n3";"say ""x"""\n'),
      [
        ['1', 'a', 'b'],
        ['2', '1;2\n3', 'say "x"'],
      ],
    ],
    [
      'zeros kept from spreadsheets',
      () => Buffer.from(`a;b\n"=""070""";'071\n`),
      [
        ['1', 'a', 'b'],
        ['2', '070', '071'],
      ],
    ],
    [
      'blank lines keep the count',
      () => Buffer.from('a;b\n\n;\n1;2'),
      [
        ['1', 'a', 'b'],
        ['4', '1', '2'],
      ],
    ],
  ]
  it.each(cases)('%s', async (_, bytes, rows) => {
    expect(await rowsOf(bytes())).toEqual(rows)
    expect(refuseTable(bytes())).toBeUndefined()
  })

  it('a cell across two pieces', async () => {
    const long = `${'x'.repeat(65_535)}\n`.replaceAll('x'.repeat(1000), `${'x'.repeat(999)}\n`)
    const rows = await rowsOf(Buffer.from(`a;"b ""c"""\n${long}d;"e ""f"""`))
    expect(rows.at(-1)?.slice(1)).toEqual(['d', 'e "f"'])
  })
})

const sheetOf = (rows: string, formula = '') =>
  zipOf([
    {
      name: '_rels/.rels',
      content: '<Relationships><Relationship Id="r" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    },
    {
      name: 'xl/workbook.xml',
      content:
        '<workbook><sheets><sheet name="Ẩn" state="hidden" r:id="h"/><sheet name="Trống" r:id="e"/><sheet name="A" r:id="r"/></sheets></workbook>',
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content:
        '<Relationships><Relationship Id="h" Type="x/worksheet" Target="h.xml"/><Relationship Id="e" Type="x/worksheet" Target="e.xml"/><Relationship Id="r" Type="x/worksheet" Target="a.xml"/><Relationship Id="s" Type="x/sharedStrings" Target="s.xml"/></Relationships>',
    },
    { name: 'xl/s.xml', content: '<sst><si><t>Số định danh</t></si></sst>' },
    { name: 'xl/h.xml', content: '<worksheet><sheetData><row><c><v>9</v></c></row></sheetData></worksheet>' },
    { name: 'xl/e.xml', content: '<worksheet><sheetData/></worksheet>' },
    { name: 'xl/a.xml', content: `<worksheet><sheetData>${rows}${formula}</sheetData></worksheet>` },
  ])

describe('workbooks', () => {
  it('the first sheet that is filled and in sight, a formula by its saved value', async () => {
    const bytes = sheetOf(
      '<row r="3"><c r="B3" t="s"><v>0</v></c></row>',
      '<row r="4"><c r="B4"><f>A1+1</f><v>70090000001</v></c><c r="C4"><f>A2</f></c></row>',
    )
    expect(await rowsOf(bytes)).toEqual([
      ['3', undefined, 'Số định danh'],
      ['4', undefined, '70090000001', UNSAVED_FORMULA],
    ])
  })

  it('100,000 rows within modest memory', async () => {
    const bytes = sheetOf('<row><c t="inlineStr"><is><t>070090000001</t></is></c><c><v>2</v></c></row>'.repeat(100_000))
    const before = process.memoryUsage().heapUsed
    let rows = 0
    let most = 0
    for await (const _ of readTable(bytes)) {
      rows += 1
      if (rows % 5_000 === 0) most = Math.max(most, process.memoryUsage().heapUsed - before)
    }
    expect(rows).toBe(100_000)
    expect(most).toBeLessThan(150 * 1024 * 1024)
  })
})

describe('refused', () => {
  const fixture = (name: string) => readFileSync(`tests/fixtures/rosters/${name}`)
  const cases: [situation: string, bytes: () => Uint8Array, reason: string][] = [
    ['an .xls', () => fixture('legacy.xls'), 'legacy_xls'],
    ['an .xlsx with a password', () => fixture('password.xlsx'), 'password_protected'],
    ['an .xlsx cut off', () => fixture('truncated.xlsx'), 'truncated'],
    ['an empty file', () => new Uint8Array(), 'truncated'],
    ['a text cut off within quotes', () => Buffer.from('a;"b'), 'truncated'],
    ['a picture', () => Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1, 2, 3]), 'wrong_encoding'],
    ['a million blank rows', () => sheetOf('<row><c s="1"/></row>'.repeat(1_000_000)), 'blank_rows'],
    ['a million blank lines', () => Buffer.from(`a;b\n1;2\n${';\n'.repeat(1_000_000)}`), 'blank_rows'],
    [
      'a zip bomb that says so',
      () => zipOf([{ name: '_rels/.rels', content: '', declared: 800 * 1024 * 1024 }]),
      'too_large',
    ],
    [
      'a zip bomb that claims to be small',
      () => zipOf([{ name: '_rels/.rels', content: Buffer.alloc(10_000_000), declared: 50 }]),
      'truncated',
    ],
    ['a document in a zip', () => zipOf([{ name: 'word/document.xml', content: '<document/>' }]), 'not_a_table'],
    ['a sheet that is not well-formed', () => sheetOf('<row><c>'), 'not_a_table'],
    ['a cell without end', () => Buffer.from(`a;${'b'.repeat(5000)}`), 'not_a_table'],
  ]
  it.each(cases)('%s', async (_, bytes, reason) => {
    const start = performance.now()
    const file = bytes()
    expect(await reasonOf(file)).toBe(reason)
    expect(performance.now() - start).toBeLessThan(5000)
  })

  it('more than 64 MB, before it is read', () => {
    expect(refuseTable(new Uint8Array(64 * 1024 * 1024 + 1))).toBe('too_large')
  })
})
