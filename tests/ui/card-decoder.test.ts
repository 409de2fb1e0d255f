import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { create } from 'qrcode'
import sharp from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Decoded, decodeCard, MAX_SIDE, type Pixels, prepareDecoder } from '#app/ui/card-decoder.ts'
import type { CardFixture } from '#tests/fixtures/make-cards.ts'

const FOLDER = 'tests/fixtures/cards'
const FIXTURES = JSON.parse(readFileSync(join(FOLDER, 'index.json'), 'utf8')) as CardFixture[]
const CARDS = FIXTURES.filter(fixture => 'card' in fixture)
const WANTED_SHARE = 0.95

/** The points of a picture, no larger than a browser would draw it for the decoder. */
async function pixelsOf(file: string): Promise<Pixels> {
  const { data, info } = await sharp(join(FOLDER, file))
    .resize(MAX_SIDE, MAX_SIDE, { fit: 'inside', withoutEnlargement: true })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { data: new Uint8ClampedArray(data), width: info.width, height: info.height }
}

describe('the fixture set of cards', () => {
  const decoded = new Map<string, Decoded>()

  beforeAll(async () => {
    const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm')
    prepareDecoder({ bytes: new Uint8Array(readFileSync(wasm)) })
    for (const { file } of FIXTURES) decoded.set(file, await decodeCard(await pixelsOf(file)))
  })

  it('holds at least 60 cards of every kind', () => {
    expect(CARDS.length).toBeGreaterThanOrEqual(60)
    expect(new Set(CARDS.map(({ kind }) => kind))).toEqual(
      new Set([
        'clean',
        'small',
        'rotated',
        'blurred',
        'dark',
        'perspective',
        'no_old_number',
        'long_name',
        'year_2024',
      ]),
    )
  })

  it('is decoded to at least 95 %', () => {
    const missed = CARDS.filter(({ file }) => decoded.get(file)?.ok !== true)
    expect(1 - missed.length / CARDS.length, missed.map(({ file }) => file).join(' ')).toBeGreaterThanOrEqual(
      WANTED_SHARE,
    )
  })

  it('is never decoded wrongly', () => {
    const read = FIXTURES.filter(({ file }) => decoded.get(file)?.ok === true)
    for (const { file, ...fixture } of read)
      expect(decoded.get(file), file).toEqual({ ok: true, card: 'card' in fixture ? fixture.card : null })
  })

  it('tells other codes, and pictures without one, from cards', () => {
    const others = FIXTURES.filter(fixture => 'reason' in fixture)
    expect(others.length).toBeGreaterThan(10)
    for (const { file, ...fixture } of others)
      expect(decoded.get(file), file).toEqual({ ok: false, reason: 'reason' in fixture ? fixture.reason : null })
  })
})

/** A code as it is drawn: four points a module, in a quiet zone. */
function drawn(text: string): Pixels {
  const { modules } = create(text, { errorCorrectionLevel: 'M' })
  const scale = 4
  const width = (modules.size + 8) * scale
  const data = new Uint8ClampedArray(width * width * 4).fill(255)
  for (let y = 0; y < modules.size * scale; y++)
    for (let x = 0; x < modules.size * scale; x++)
      if (modules.get(Math.floor(y / scale), Math.floor(x / scale)))
        data.fill(0, ((y + 4 * scale) * width + x + 4 * scale) * 4, ((y + 4 * scale) * width + x + 4 * scale) * 4 + 3)
  return { data, width, height: width }
}

describe('letters in a drawn code are those of the card', () => {
  beforeAll(() => {
    const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm')
    prepareDecoder({ bytes: new Uint8Array(readFileSync(wasm)) })
  })

  it.each([
    ['Điểu Thị Ngễnh', 'Điểu Thị Ngễnh'],
    ['Nguyễn Thị Tường Vỹ', 'Nguyễn Thị Tường Vỹ'],
    ['H’Nê Êban', 'H’Nê Êban'],
    ['K´Rưt Y Ơ', 'K’Rưt Y Ơ'],
    ['Điểu Thị Ngễnh'.normalize('NFD'), 'Điểu Thị Ngễnh'],
    ['Ðoàn Văn Thử', 'Đoàn Văn Thử'],
  ])('%s', async (written, name) => {
    const text = `070190000123|285123456|${written}|25121990|Nữ|Ấp 2, Tân Thành|10052021`
    expect(await decodeCard(drawn(text))).toMatchObject({ ok: true, card: { name, number: '070190000123' } })
  })

  it('of the layout of July 2024 too', async () => {
    const text = '070190000123||Đặng Thị Ước|25121990|Nữ|10052021||Đặng Văn Bố|Thị Mẹ|'
    expect(await decodeCard(drawn(text))).toMatchObject({ ok: true, card: { name: 'Đặng Thị Ước' } })
  })
})
