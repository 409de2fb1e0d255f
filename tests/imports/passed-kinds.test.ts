import { describe, expect, it } from 'vitest'
import { readHelpTable } from '#app/imports/help-table.ts'
import { readRoster } from '#app/imports/roster.ts'
import { zipOf } from '../fixtures/zip.ts'

/** Kinds of files that other systems stumbled over and this one did not: they stay read. */

const relation = (id: string, type: string, target: string) =>
  `<Relationship Id="${id}" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/${type}" Target="${target}"/>`

/** A roster as rows of XML; `epoch`: how its days are counted. */
function rosterOf(rows: string, epoch = '') {
  return zipOf([
    {
      name: '_rels/.rels',
      content: `<Relationships>${relation('r1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    },
    {
      name: 'xl/workbook.xml',
      content: `<workbook xmlns:r="r"><workbookPr ${epoch}/><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: `<Relationships>${relation('r1', 'worksheet', 'worksheets/sheet1.xml')}${relation('r2', 'styles', 'styles.xml')}</Relationships>`,
    },
    {
      name: 'xl/styles.xml',
      content: '<styleSheet><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
    },
    { name: 'xl/worksheets/sheet1.xml', content: `<worksheet><sheetData>${rows}</sheetData></worksheet>` },
  ])
}

const text = (words: string) => `<c t="inlineStr"><is><t>${words}</t></is></c>`
const HEAD = `<row>${['Mã cán bộ', 'Họ và tên', 'Ngày sinh', 'Loại'].map(text).join('')}</row>`
const person = (name: string, birth: string) => `<row>${text('CB1')}${name}${birth}${text('Công chức')}</row>`

async function birthOf(rows: string, epoch?: string) {
  const roster = await readRoster(rosterOf(HEAD + rows, epoch))
  if (!roster.ok) throw new Error(roster.reason)
  return roster.rows.map(({ name, birthOn }) => [name, birthOn])
}

describe('strict workbooks without references', () => {
  const name = text('Nguyễn Văn Mẫn')
  it.each([
    [
      'rich text',
      person('<c t="inlineStr"><is><r><t>Nguyễn </t></r><r><t>Văn Mẫn</t></r></is></c>', '<c s="1"><v>31118</v></c>'),
      '',
    ],
    ['days from 1904', person(name, '<c s="1"><v>29656</v></c>'), 'date1904="1"'],
    ['no-break spaces', person(text('Nguyễn\u00A0Văn\u00A0 Mẫn'), '<c s="1"><v>31118</v></c>'), ''],
    ['decomposed letters', person(text('Nguyễn Văn Mẫn'.normalize('NFD')), '<c s="1"><v>31118</v></c>'), ''],
  ])('%s', async (_, rows, epoch) => expect(await birthOf(rows, epoch)).toEqual([['Nguyễn Văn Mẫn', '1985-03-12']]))
})

it.each(['Pacific/Kiritimati', 'Asia/Ho_Chi_Minh', 'UTC', 'America/Los_Angeles', 'Pacific/Pago_Pago'])(
  'a day is the same day on a server in %s',
  async zone => {
    const before = process.env.TZ
    process.env.TZ = zone
    try {
      expect(await birthOf(person(text('Nguyễn Văn Mẫn'), '<c s="1"><v>31118</v></c>'))).toEqual([
        ['Nguyễn Văn Mẫn', '1985-03-12'],
      ])
    } finally {
      if (before === undefined) delete process.env.TZ
      else process.env.TZ = before
    }
  },
)

it('a sheet formatted down to row 400,000 is read', async () => {
  const roster = await readRoster(
    rosterOf(HEAD + person(text('Nguyễn Văn Mẫn'), text('1985')) + '<row><c s="1"/></row>'.repeat(400_000)),
  )
  expect(roster.ok && roster.rows).toHaveLength(1)
})

describe('text in the encodings that spreadsheets write', () => {
  const csv = 'Mã cán bộ;Họ tên người dân;CCCD\nCB1;Trần Thị Ước;070190000001'
  it.each([
    ['UTF-8 with its mark', Buffer.from(`\uFEFF${csv}`)],
    ['UTF-16', Buffer.from(`\uFEFF${csv}`, 'utf16le')],
    ['a first line that names the separator', Buffer.from(`sep=;\n${csv}`)],
    ['quotation marks', Buffer.from(csv.replace('Trần Thị Ước', '"Trần Thị\n Ước"'))],
  ])('%s', async (_, bytes) => {
    const table = await readHelpTable(bytes)
    expect(table.ok && table.rows.map(({ cells }) => cells.citizenName)).toEqual(['Trần Thị Ước'])
  })
})
