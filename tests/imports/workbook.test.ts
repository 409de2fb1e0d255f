import { readFileSync } from 'node:fs'
import ExcelJS from 'exceljs'
import { describe, expect, it } from 'vitest'
import type { WorkbookReason } from '#app/domain/list.ts'
import { columnLetters } from '#app/domain/table-layout.ts'
import { readWorkbook } from '#app/imports/workbook.ts'
import { type ZipEntry, zipOf } from '#tests/fixtures/zip.ts'

const fixture = (name: string) => readFileSync(new URL(`../fixtures/rosters/${name}`, import.meta.url))

/** The smallest workbook around one sheet part. */
function workbookOf(sheet: string, others: ZipEntry[] = []): Buffer {
  const relation = (type: string, target: string) =>
    `<Relationships><Relationship Id="r" Type="x/${type}" Target="${target}"/></Relationships>`
  return zipOf([
    { name: '_rels/.rels', content: relation('officeDocument', 'xl/workbook.xml') },
    { name: 'xl/workbook.xml', content: '<workbook><sheets><sheet name="A" r:id="r"/></sheets></workbook>' },
    { name: 'xl/_rels/workbook.xml.rels', content: relation('worksheet', 'sheet.xml') },
    { name: 'xl/sheet.xml', content: sheet },
    ...others,
  ])
}
const rowsOf = (count: number) =>
  `<worksheet><sheetData>${'<row><c><v>1</v></c></row>'.repeat(count)}</sheetData></worksheet>`
const ZEROS = Buffer.alloc(70 * 1024 * 1024)

describe('files that are refused', () => {
  const cases: [situation: string, bytes: () => Uint8Array, reason: WorkbookReason][] = [
    ['an .xls saved by LibreOffice', () => fixture('legacy.xls'), 'legacy_xls'],
    ['an .xlsx with a password', () => fixture('password.xlsx'), 'password_protected'],
    ['an .xls cut off', () => fixture('legacy.xls').subarray(0, 600), 'truncated'],
    ['an .xlsx cut off', () => fixture('truncated.xlsx'), 'truncated'],
    ['an .xlsx with a damaged part', () => fixture('excel.xlsx').fill(0xff, 1500, 2500), 'truncated'],
    ['an empty file', () => new Uint8Array(), 'truncated'],
    ['a list of letters', () => Buffer.from('Họ và tên,Ngày sinh\nNguyễn Văn Mẫn,1985'), 'not_a_workbook'],
    [
      'an HTML table named .xls',
      () => Buffer.from('<html><table><tr><td>Họ và tên</td></tr></table></html>'),
      'web_page',
    ],
    ['a document in a zip', () => zipOf([{ name: 'word/document.xml', content: '<document/>' }]), 'not_a_workbook'],
    [
      'entities of its own',
      () => workbookOf('<!DOCTYPE a [<!ENTITY b "bb">]><worksheet>&b;</worksheet>'),
      'not_a_workbook',
    ],
    ['a document type declaration', () => workbookOf('<!DOCTYPE worksheet><worksheet/>'), 'not_a_workbook'],
    ['markup that never ends', () => workbookOf('<!--'.repeat(200_000)), 'not_a_workbook'],
    ['over 10 MB', () => new Uint8Array(10 * 1024 * 1024 + 1), 'too_large'],
    [
      'a bomb that says so',
      () => workbookOf('<worksheet/>', [{ name: 'xl/media/a.bin', content: ZEROS }]),
      'too_large',
    ],
    [
      'a bomb that claims to be small',
      () => zipOf([{ name: '_rels/.rels', content: ZEROS, declared: 500 }]),
      'truncated',
    ],
    ['31,001 filled rows', () => workbookOf(rowsOf(31_001)), 'too_large'],
    [
      'no sheet',
      () =>
        zipOf([
          {
            name: '_rels/.rels',
            content:
              '<Relationships><Relationship Id="r" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>',
          },
          { name: 'xl/workbook.xml', content: '<workbook><sheets/></workbook>' },
        ]),
      'no_sheet',
    ],
  ]
  it.each(cases)('%s', async (_, bytes, reason) => {
    expect(await readWorkbook(bytes())).toEqual({ ok: false, reason })
  })

  it('31,000 filled rows are read', async () => {
    const workbook = await readWorkbook(workbookOf(rowsOf(31_000)))
    expect(workbook.ok && workbook.sheets[0]?.rows.length).toBe(31_000)
  })
})

describe('cells', () => {
  const inline = (text: string) => `<c t="inlineStr"><is><t>${text}</t></is></c>`
  const cases: [situation: string, cell: string, kind: string, text: string][] = [
    ['text with stray spaces', inline(' Nguyễn\u00a0 Văn\n Mẫn\u200b '), 'text', 'Nguyễn Văn Mẫn'],
    ['decomposed text', inline('Mẫn'.normalize('NFD')), 'text', 'Mẫn'],
    ['the soft hyphen that is ư in TCVN3', inline('Th\u00ADu'), 'text', 'Th\u00ADu'],
    ['entities', inline('R&amp;D &#272;&#x1ED7;'), 'text', 'R&D Đỗ'],
    ['a character section', '<c t="inlineStr"><is><t><![CDATA[a < b]]></t></is></c>', 'text', 'a < b'],
    ['text that looks like a formula', inline('=1+1'), 'text', '=1+1'],
    ['a long number', '<c><v>70085000001</v></c>', 'number', '70085000001'],
    ['a number in exponents', '<c><v>7.0085000001E10</v></c>', 'number', '70085000001'],
    ['a fraction with noise', '<c><v>0.30000000000000004</v></c>', 'number', '0.3'],
    ['a flag', '<c t="b"><v>1</v></c>', 'flag', 'true'],
    ['an error', '<c t="e"><v>#N/A</v></c>', 'error', '#N/A'],
    ['an ISO day', '<c t="d"><v>1985-03-12T00:00:00</v></c>', 'day', '1985-03-12'],
    ['a serial in a date format', '<c s="1"><v>31118</v></c>', 'day', '1985-03-12'],
    ['a serial with a time', '<c s="1"><v>31118.75</v></c>', 'day', '1985-03-12'],
    ['a serial that shows month and year', '<c s="2"><v>31107</v></c>', 'text', '03/1985'],
    ['a serial in an own format', '<c s="3"><v>31118</v></c>', 'day', '1985-03-12'],
    ['a number in an own format with quoted letters', '<c s="4"><v>31118</v></c>', 'number', '31118'],
    ['a time of day', '<c s="5"><v>0.5</v></c>', 'number', '0.5'],
  ]
  const styles = {
    name: 'xl/styles.xml',
    content:
      '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="[$-42A]dd\\/mm\\/yyyy;@"/><numFmt numFmtId="165" formatCode="#,##0 &quot;đồng/day&quot;"/></numFmts>' +
      '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>' +
      [0, 14, 17, 164, 165, 20].map(id => `<xf numFmtId="${id}"/>`).join('') +
      '</cellXfs></styleSheet>',
  }
  const withStyles = (cell: string) => {
    const sheet = `<worksheet><sheetData><row>${cell}</row></sheetData></worksheet>`
    const relations =
      '<Relationships><Relationship Id="r" Type="x/worksheet" Target="sheet.xml"/><Relationship Id="s" Type="x/styles" Target="styles.xml"/></Relationships>'
    return zipOf([
      {
        name: '_rels/.rels',
        content:
          '<Relationships><Relationship Id="r" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>',
      },
      { name: 'xl/workbook.xml', content: '<workbook><sheets><sheet name="A" r:id="r"/></sheets></workbook>' },
      { name: 'xl/_rels/workbook.xml.rels', content: relations },
      { name: 'xl/sheet.xml', content: sheet },
      styles,
    ])
  }
  it.each(cases)('%s', async (_, cell, kind, text) => {
    const workbook = await readWorkbook(withStyles(cell))
    expect(workbook.ok && workbook.sheets[0]?.rows[0]?.cells[0]).toEqual({ kind, text, isComputed: false })
  })

  it('a formula is its stored result, and says so', async () => {
    const workbook = await readWorkbook(withStyles('<c t="str"><f>A2&amp;"x"</f><v>Nữ</v></c>'))
    expect(workbook.ok && workbook.sheets[0]?.rows[0]?.cells[0]).toEqual({ kind: 'text', text: 'Nữ', isComputed: true })
  })

  it('blank formatted cells and rows are nothing', async () => {
    const workbook = await readWorkbook(withStyles('<c s="1"/><c t="inlineStr"><is><t>  </t></is></c>'))
    expect(workbook.ok && workbook.sheets[0]?.rows).toEqual([])
  })
})

describe('agrees with what another program wrote', () => {
  it('a workbook of exceljs', async () => {
    const written = new ExcelJS.Workbook()
    const sheet = written.addWorksheet('Một')
    sheet.getCell('B3').value = 'Điểu'
    sheet.getCell('AB3').value = 12.5
    sheet.mergeCells('B3:C4')
    written.addWorksheet('Hai', { state: 'hidden' })
    const workbook = await readWorkbook(new Uint8Array(await written.xlsx.writeBuffer()))
    if (!workbook.ok) throw new Error(workbook.reason)
    const [first, second] = workbook.sheets
    expect(
      first?.rows.map(row => [
        row.number,
        row.cells.flatMap((cell, n) => (cell ? [[columnLetters(n), cell.text]] : [])),
      ]),
    ).toEqual([
      [
        3,
        [
          ['B', 'Điểu'],
          ['AB', '12.5'],
        ],
      ],
    ])
    expect(first?.merges).toEqual([{ top: 3, left: 1, bottom: 4, right: 2 }])
    expect([first?.isHidden, second?.isHidden]).toEqual([false, true])
  })
})
