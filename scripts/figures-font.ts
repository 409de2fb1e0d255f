/**
 * Makes `app/ui/fonts/figures-{weight}.woff`: the ten digits of Be Vietnam Pro on one advance width, without kerning.
 * The family has no tabular figures of its own, and numbers must align in columns. It is a modified version under the
 * family's licence (SIL OFL 1.1). Each digit becomes a composite that shifts the original outline to the middle.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { deflateSync, inflateSync } from 'node:zlib'

const DIGITS = 10
const ZERO = 0x30
const COPIED = ['OS/2', 'gasp', 'name']

const here = (path: string) => new URL(`../${path}`, import.meta.url)

mkdirSync(here('app/ui/fonts'), { recursive: true })
for (const weight of [400, 500, 600]) {
  const file = `node_modules/@fontsource/be-vietnam-pro/files/be-vietnam-pro-latin-${weight}-normal.woff`
  writeFileSync(here(`app/ui/fonts/figures-${weight}.woff`), writeWoff(onOneWidth(readWoff(readFileSync(here(file))))))
}

type Tables = Map<string, Buffer>

function onOneWidth(source: Tables): Tables {
  const table = (tag: string) => source.get(tag) ?? fail(`no ${tag} table`)
  const { glyf, loca, hmtx } = { glyf: table('glyf'), loca: table('loca'), hmtx: table('hmtx') }
  const isLong = table('head').readInt16BE(50) === 1
  const metrics = table('hhea').readUInt16BE(34)
  const offset = (glyph: number) => (isLong ? loca.readUInt32BE(glyph * 4) : loca.readUInt16BE(glyph * 2) * 2)
  const outline = (glyph: number) => glyf.subarray(offset(glyph), offset(glyph + 1))
  const advance = (glyph: number) => hmtx.readUInt16BE(Math.min(glyph, metrics - 1) * 4)

  const digits = Array.from({ length: DIGITS }, (_, n) => glyphOf(table('cmap'), ZERO + n))
  const width = digits.map(advance).sort((a, b) => a - b)[DIGITS / 2] ?? fail('no digits')
  const shifted = digits.map((glyph, n) => {
    const shape = outline(glyph)
    if (shape.readInt16BE(0) < 0) fail('a digit is a composite already')
    const dx = Math.round((width - shape.readInt16BE(2) - shape.readInt16BE(6)) / 2)
    const composite = int16(-1, shape.readInt16BE(2) + dx, shape.readInt16BE(4), shape.readInt16BE(6) + dx)
    return Buffer.concat([composite, int16(shape.readInt16BE(8), 0x0003, 1 + DIGITS + n, dx, 0)])
  })
  const shapes = [outline(0), ...shifted, ...digits.map(outline)].map(pad)
  const bearings = shapes.map(shape => (shape.length === 0 ? 0 : shape.readInt16BE(2)))

  const ends = [0]
  for (const shape of shapes) ends.push((ends.at(-1) ?? 0) + shape.length / 2)
  const head = Buffer.from(table('head'))
  head.writeUInt32BE(0, 8)
  head.writeInt16BE(0, 50)
  const hhea = Buffer.from(table('hhea'))
  hhea.writeUInt16BE(shapes.length, 34)
  const maxp = Buffer.from(table('maxp'))
  maxp.writeUInt16BE(shapes.length, 4)
  const most = (at: number) => Math.max(...digits.map(glyph => outline(glyph).readInt16BE(at)))
  maxp.writeUInt16BE(Math.max(maxp.readUInt16BE(10), maxp.readUInt16BE(6)), 10)
  maxp.writeUInt16BE(Math.max(maxp.readUInt16BE(12), most(0)), 12)
  maxp.writeUInt16BE(1, 28)
  maxp.writeUInt16BE(1, 30)
  const post = Buffer.from(table('post').subarray(0, 32))
  post.writeUInt32BE(0x00030000, 0)
  return new Map([
    ...COPIED.map((tag): [string, Buffer] => [tag, table(tag)]),
    ['cmap', digitMap()],
    ['glyf', Buffer.concat(shapes)],
    ['head', head],
    ['hhea', hhea],
    ['hmtx', int16(...shapes.flatMap((_, n) => [n === 0 ? advance(0) : width, bearings[n] ?? 0]))],
    ['loca', int16(...ends)],
    ['maxp', maxp],
    ['post', post],
  ])
}

/** The glyph of a code point, from a format 4 subtable. */
function glyphOf(cmap: Buffer, code: number): number {
  for (let n = 0; n < cmap.readUInt16BE(2); n++) {
    const at = cmap.readUInt32BE(8 + n * 8)
    if (cmap.readUInt16BE(at) !== 4) continue
    const size = cmap.readUInt16BE(at + 6)
    for (let end = at + 14; end < at + 14 + size; end += 2) {
      if (cmap.readUInt16BE(end) < code) continue
      const start = end + size + 2
      const range = start + size * 2
      const delta = cmap.readInt16BE(start + size)
      const jump = cmap.readUInt16BE(range)
      const found = jump === 0 ? code : cmap.readUInt16BE(range + jump + (code - cmap.readUInt16BE(start)) * 2)
      return (found + delta) & 0xffff
    }
  }
  return fail(`no glyph for ${code}`)
}

/** A character map of the digits alone: glyphs 1 to 10. */
function digitMap(): Buffer {
  const last = ZERO + DIGITS - 1
  const segments = int16(4, 32, 0, 4, 4, 1, 0, last, -1, 0, ZERO, -1, 1 - ZERO, 1, 0, 0)
  return Buffer.concat([int16(0, 1, 3, 1, 0, 12), segments])
}

function readWoff(woff: Buffer): Tables {
  const tables: Tables = new Map()
  for (let n = 0; n < woff.readUInt16BE(12); n++) {
    const at = 44 + n * 20
    const [start, packed, length] = [4, 8, 12].map(field => woff.readUInt32BE(at + field)) as [number, number, number]
    const data = woff.subarray(start, start + packed)
    tables.set(woff.toString('latin1', at, at + 4), packed === length ? data : inflateSync(data))
  }
  return tables
}

function writeWoff(tables: Tables): Buffer {
  const sorted = [...tables].sort(([a], [b]) => (a < b ? -1 : 1))
  const sfnt = 12 + sorted.length * 16 + sorted.reduce((sum, [, data]) => sum + pad(data).length, 0)
  let at = 44 + sorted.length * 20
  const entries = sorted.map(([tag, data]) => {
    const deflated = deflateSync(data, { level: 9 })
    const packed = deflated.length < data.length ? deflated : data
    const entry = Buffer.concat([Buffer.from(tag), uint32(at, packed.length, data.length, checksum(data))])
    at += pad(packed).length
    return { entry, packed: pad(packed) }
  })
  const header = Buffer.concat([
    Buffer.from('wOFF'),
    uint32(0x00010000, at),
    int16(sorted.length, 0),
    uint32(sfnt),
    int16(1, 0),
    uint32(0, 0, 0, 0, 0),
  ])
  return Buffer.concat([header, ...entries.map(e => e.entry), ...entries.map(e => e.packed)])
}

function checksum(data: Buffer): number {
  const padded = pad(data)
  let sum = 0
  for (let at = 0; at < padded.length; at += 4) sum = (sum + padded.readUInt32BE(at)) >>> 0
  return sum
}

function pad(data: Buffer): Buffer {
  return Buffer.concat([data, Buffer.alloc((4 - (data.length % 4)) % 4)])
}

function int16(...values: number[]): Buffer {
  const out = Buffer.alloc(values.length * 2)
  for (const [n, value] of values.entries()) out.writeUInt16BE(value & 0xffff, n * 2)
  return out
}

function uint32(...values: number[]): Buffer {
  const out = Buffer.alloc(values.length * 4)
  for (const [n, value] of values.entries()) out.writeUInt32BE(value, n * 4)
  return out
}

function fail(message: string): never {
  throw new Error(message)
}
