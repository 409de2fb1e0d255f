import { readFileSync } from 'node:fs'
import { crc32, inflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { type ZipEntry, zipOf } from '#tests/fixtures/zip.ts'
import { hostileText } from './hostile-text.ts'

const ROSTERS = ['excel', 'exceljs', 'libreoffice', 'reporting-system', 'two-row-header', 'tcvn3', 'association']

/** The entries of a workbook of the fixtures, by its central directory. */
function entriesOf(bytes: Buffer): ZipEntry[] {
  const entries: ZipEntry[] = []
  let at = bytes.indexOf('PK\x01\x02', 0, 'latin1')
  while (at >= 0 && bytes.readUInt32LE(at) === 0x02014b50) {
    const [packed, name, extra, comment] = [20, 28, 30, 32].map((field, n) =>
      n === 0 ? bytes.readUInt32LE(at + field) : bytes.readUInt16LE(at + field),
    ) as [number, number, number, number]
    const local = bytes.readUInt32LE(at + 42)
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
    const data = bytes.subarray(start, start + packed)
    entries.push({
      name: bytes.toString('utf8', at + 46, at + 46 + name),
      content: bytes.readUInt16LE(at + 10) === 8 ? inflateRawSync(data) : Buffer.from(data),
    })
    at += 46 + name + extra + comment
  }
  return entries
}

const WORKBOOKS = ROSTERS.map(name =>
  entriesOf(readFileSync(new URL(`../fixtures/rosters/${name}.xlsx`, import.meta.url))),
)

const escapeXml = (text: string) =>
  text.replace(/[^\t\n\r\x20-\uD7FF\uE000-\uFFFD]/g, '').replace(/[<&"]/g, sign => `&#${sign.charCodeAt(0)};`)

const CELLS = [
  '<c/>',
  '<c r="ZZZZZZ99999999999"><v>1</v></c>',
  '<c r=""><v>1</v></c>',
  '<c t="s"><v>999999999</v></c>',
  '<c t="s"><v>-1</v></c>',
  '<c t="s"><v>__proto__</v></c>',
  '<c t="d"><v>not a day</v></c>',
  '<c t="b"><v>maybe</v></c>',
  '<c s="99999"><v>1e308</v></c>',
  '<c s="-1"><v>45000</v></c>',
  '<c s="1"><v>-5</v></c>',
  '<c s="1"><v>2958466</v></c>',
  '<c><v>1e21</v></c>',
  '<c><v>NaN</v></c>',
  '<c><f>1/0</f><v>#DIV/0!</v></c>',
  '<c t="inlineStr"><is><t>_xD800__xFFFF__x0000_</t></is></c>',
  '<row r="-1"/>',
  '<row r="1e9"><c><v>1</v></c></row>',
  '<mergeCells><mergeCell ref="A1:XFD1048576"/><mergeCell ref="B9:A1"/><mergeCell ref="A1:C3"/></mergeCells>',
  '<!DOCTYPE x [<!ENTITY a "b">]>',
  '&a;',
  '<![CDATA[]]>',
  '<x:y xmlns:x="http://a">',
  '</row>',
]

type Edit = { part: number; at: number; kind: 'insert' | 'drop' | 'text' | 'attribute'; word: string }
const edit: fc.Arbitrary<Edit> = fc.record({
  part: fc.nat(20),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  kind: fc.constantFrom('insert', 'drop', 'text', 'text', 'attribute'),
  word: fc.oneof(fc.constantFrom(...CELLS), hostileText),
})

/** Changes a part at one of its tags: puts something in, drops a tag, or writes another text or attribute. */
function editXml(xml: string, { at, kind, word }: Edit): string {
  const spots = [...xml.matchAll(kind === 'text' ? />([^<]+)</g : kind === 'attribute' ? /="([^"]*)"/g : /<[^>]+>/g)]
  const spot = spots[Math.min(spots.length - 1, Math.floor(at * spots.length))]
  if (!spot) return xml + word
  const before = xml.slice(0, spot.index)
  const after = xml.slice(spot.index + spot[0].length)
  if (kind === 'drop') return before + after
  if (kind === 'insert') return before + spot[0] + word + after
  return `${before}${kind === 'text' ? '>' : '="'}${escapeXml(word)}${kind === 'text' ? '<' : '"'}${after}`
}

/** A workbook that a program saved, changed in some of its parts; sometimes a part is missing, false or duplicated. */
export const hostileWorkbook: fc.Arbitrary<Buffer> = fc
  .record({
    base: fc.constantFrom(...WORKBOOKS),
    edits: fc.array(edit, { maxLength: 4 }),
    dropped: fc.option(fc.nat(20), { freq: 6 }),
    doubled: fc.option(fc.nat(20), { freq: 8 }),
    lying: fc.option(fc.tuple(fc.nat(20), fc.nat(1000)), { freq: 8 }),
    cut: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { freq: 8 }),
    flips: fc.option(fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(255)), { maxLength: 4 }), {
      freq: 6,
    }),
  })
  .map(({ base, edits, dropped, doubled, lying, cut, flips }) => {
    let entries = base.map(entry => ({ ...entry }))
    for (const change of edits) {
      const xml = entries.filter(entry => /\.(xml|rels)$/.test(entry.name))
      const entry = xml[change.part % Math.max(1, xml.length)]
      if (entry) entry.content = editXml(entry.content.toString(), change)
    }
    if (dropped !== null) entries = entries.filter((_, n) => n !== dropped % entries.length)
    const twice = doubled === null ? undefined : entries[doubled % entries.length]
    if (twice) entries.push(twice)
    const liar = lying === null ? undefined : entries[lying[0] % entries.length]
    if (liar && lying) liar.declared = lying[1]
    const bytes = zipOf(entries)
    for (const [at, byte] of flips ?? []) bytes[Math.floor(at * (bytes.length - 1))] = byte
    return cut === null ? bytes : bytes.subarray(0, Math.floor(cut * bytes.length))
  })

const HEADS = [
  'Họ và tên;Số định danh;Ngày sinh;Điện thoại;Xã, phường;Thôn, ấp',
  'Số định danh;Ngày kích hoạt;Mức',
  'Mã địa bàn;Địa bàn;Kích hoạt định danh;Điện thoại 4G',
  'Mã cán bộ;Họ tên người dân;Số định danh người dân;Ngày hỗ trợ;Nơi hỗ trợ',
  'Ngày;Hình thức;Nơi tổ chức;Số người',
]
const ENCODINGS = ['utf8', 'utf8', 'utf16le', 'latin1'] as const

/** A table as text: some rows under a head, in one of several encodings, with separators and quotes astray. */
export const hostileCsv: fc.Arbitrary<Buffer> = fc
  .record({
    head: fc.oneof(fc.constantFrom(...HEADS), hostileText),
    rows: fc.array(
      fc.array(fc.oneof(hostileText, fc.constantFrom('070090000001', '12/06/2024', 'x', '')), { maxLength: 7 }),
      {
        maxLength: 8,
      },
    ),
    separator: fc.constantFrom(';', ',', '\t', '|', '"'),
    end: fc.constantFrom('\n', '\r\n', '\r', '\u2028'),
    encoding: fc.constantFrom(...ENCODINGS),
    mark: fc.constantFrom('', '\uFEFF', 'sep=;\n', '"'),
    isQuoted: fc.boolean(),
  })
  .map(({ head, rows, separator, end, encoding, mark, isQuoted }) => {
    const cell = (text: string) => (isQuoted ? `"${text.replaceAll('"', '""')}"` : text)
    const lines = rows.map(row => row.map(cell).join(separator))
    return Buffer.from(mark + [head.replaceAll(';', separator), ...lines].join(end), encoding)
  })

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const PDF = Buffer.from(
  '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF',
)

/** A png with the size that its header claims. */
export function pngOf(width: number, height: number): Buffer {
  const png = Buffer.from(PNG)
  png.writeUInt32BE(width, 16)
  png.writeUInt32BE(height, 20)
  png.writeUInt32BE(crc32(png.subarray(12, 29)), 29)
  return png
}

const PDF_WORDS = [
  '1 0 R',
  '3 0 R',
  '<<',
  '>>',
  '[',
  ']',
  '-1',
  '999999 0 R',
  '/Kids',
  'stream\n',
  'endobj',
  '(',
  '9e9',
]

/** A picture or a pdf, damaged, or with a false header. */
export const hostilePaper: fc.Arbitrary<Buffer> = fc.oneof(
  fc.constantFrom(PNG, PDF, Buffer.from([0xff, 0xd8, 0xff, 0xe0])),
  fc.tuple(fc.nat(2 ** 31), fc.nat(2 ** 31)).map(([width, height]) => pngOf(width, height)),
  fc
    .tuple(
      fc.constantFrom(PNG, PDF),
      fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(255)), { maxLength: 5 }),
    )
    .map(([base, flips]) => {
      const bytes = Buffer.from(base)
      for (const [at, byte] of flips) bytes[8 + Math.floor(at * (bytes.length - 9))] = byte
      return bytes
    }),
  fc
    .array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(...PDF_WORDS)), {
      minLength: 1,
      maxLength: 4,
    })
    .map(words =>
      Buffer.from(
        words.reduce((text, [at, word]) => {
          const spot = 9 + Math.floor(at * (text.length - 9))
          return text.slice(0, spot) + word + text.slice(spot + word.length)
        }, PDF.toString('latin1')),
        'latin1',
      ),
    ),
)

const NAMES = ['ds.xlsx', 'a.csv', '../../x.xlsx', 'a.php', 'tệp "đơn".pdf', '.htaccess', `${'a'.repeat(300)}.xlsx`]
const TYPES = ['application/octet-stream', 'text/html', 'image/svg+xml', '', 'text/csv']

/** A file as a form sends it. */
export const hostileFile: fc.Arbitrary<{ bytes: Buffer; name: string; type: string }> = fc.record({
  bytes: fc.oneof(hostileWorkbook, hostileCsv, hostilePaper, fc.constant(Buffer.alloc(0))),
  name: fc.constantFrom(...NAMES).map(name => name.replaceAll('"', '%22')),
  type: fc.constantFrom(...TYPES),
})
