import { prepareZXingModule, type ReaderOptions, readBarcodes } from 'zxing-wasm/reader'
import { type CardReading, readCard } from '#app/domain/card.ts'

/** A picture as canvases give it: four bytes a point, row by row. */
export type Pixels = { data: Uint8ClampedArray<ArrayBuffer>; width: number; height: number }

/** What a picture held: a card, a QR code that is none (and why), or no code at all. */
export type Decoded = CardReading | { ok: false; reason: 'no_code' }

/** Pictures are drawn no larger than this on their longer side: a phone's photo has more points than help. */
export const MAX_SIDE = 2200
/** Below this a code's squares are too few points wide, and are drawn larger. */
const SMALL_SIDE = 900
const GREY = [0.299, 0.587, 0.114] as const

const OPTIONS: ReaderOptions = {
  formats: ['QRCode'],
  tryHarder: true,
  tryRotate: true,
  tryInvert: true,
  tryDownscale: true,
  maxNumberOfSymbols: 4,
  characterSet: 'UTF8',
  textMode: 'Plain',
}

/** Readies the decoder with its WebAssembly from our own build: an address, or in tests the bytes themselves. */
export function prepareDecoder(source: { url: string } | { bytes: Uint8Array<ArrayBuffer> }) {
  prepareZXingModule({
    overrides: 'url' in source ? { locateFile: () => source.url } : { wasmBinary: source.bytes.buffer },
  })
}

/**
 * Looks for a card's QR code in a picture, with increasingly thorough steps until one finds it. `steps` limits how many
 * are tried: a camera delivers another frame anyway. If several codes are seen, a card takes precedence.
 */
export async function decodeCard(picture: Pixels, steps = STEPS.length): Promise<Decoded> {
  let other: Decoded | undefined
  for (const { prepare, options } of STEPS.slice(0, steps)) {
    const prepared = prepare(picture)
    if (!prepared) continue
    const found = await readBarcodes(imageOf(prepared), { ...OPTIONS, ...options })
    const readings = found.filter(({ isValid }) => isValid).map(({ text }) => readCard(text))
    const card = readings.find(({ ok }) => ok)
    if (card) return card
    other ??= readings[0]
    if (other) return other
  }
  return { ok: false, reason: 'no_code' }
}

type Step = { prepare: (picture: Pixels) => Pixels | undefined; options?: ReaderOptions }

const STEPS: readonly Step[] = [
  { prepare: picture => picture },
  { prepare: picture => sharpen(stretch(picture)), options: { tryDenoise: true } },
  { prepare: picture => (isSmall(picture) ? sharpen(enlarge(stretch(picture))) : undefined) },
]

/** What the reader takes for an image; where there is no browser, the same by hand. */
function imageOf({ data, width, height }: Pixels): ImageData {
  return typeof ImageData === 'undefined'
    ? { data, width, height, colorSpace: 'srgb' }
    : new ImageData(data, width, height)
}

const isSmall = ({ width, height }: Pixels) => Math.max(width, height) < SMALL_SIDE

/** Grey, with the darkest and lightest hundredth pulled to black and white: for dark and faded pictures. */
function stretch({ data, width, height }: Pixels): Pixels {
  const grey = new Uint8Array(width * height)
  const counts = new Uint32Array(256)
  for (let n = 0; n < grey.length; n++) {
    const at = n * 4
    const value = Math.round((data[at] ?? 0) * GREY[0] + (data[at + 1] ?? 0) * GREY[1] + (data[at + 2] ?? 0) * GREY[2])
    grey[n] = value
    counts[value] = (counts[value] ?? 0) + 1
  }
  const low = levelAt(counts, grey.length / 100)
  const high = Math.max(low + 1, levelAt(counts, (grey.length * 99) / 100))
  const levels = Uint8Array.from({ length: 256 }, (_, level) =>
    Math.max(0, Math.min(255, ((level - low) * 255) / (high - low))),
  )
  return paint(width, height, n => levels[grey[n] ?? 0] ?? 0)
}

/** Returns the level of grey below which `share` points fall. */
function levelAt(counts: Uint32Array, share: number): number {
  let seen = 0
  const level = counts.findIndex(count => {
    seen += count
    return seen > share
  })
  return level < 0 ? 255 : level
}

/** Draws the edges of a grey picture harder: against the blur of a hand that shook. */
function sharpen({ data, width, height }: Pixels): Pixels {
  const at = (x: number, y: number) =>
    data[(Math.min(height - 1, Math.max(0, y)) * width + Math.min(width - 1, Math.max(0, x))) * 4] ?? 0
  return paint(width, height, n => {
    const x = n % width
    const y = (n - x) / width
    const around = at(x - 2, y) + at(x + 2, y) + at(x, y - 2) + at(x, y + 2)
    return at(x, y) * 3 - around / 2
  })
}

/** Twice as wide and high, points between taken as means. */
function enlarge({ data, width, height }: Pixels): Pixels {
  const grey = (x: number, y: number) => data[(Math.min(height - 1, y) * width + Math.min(width - 1, x)) * 4] ?? 0
  return paint(width * 2, height * 2, n => {
    const x = n % (width * 2)
    const y = (n - x) / (width * 2)
    const [left, top] = [x >> 1, y >> 1]
    const [right, below] = [left + (x & 1), top + (y & 1)]
    return (grey(left, top) + grey(right, top) + grey(left, below) + grey(right, below)) / 4
  })
}

function paint(width: number, height: number, level: (n: number) => number): Pixels {
  const data = new Uint8ClampedArray(width * height * 4)
  for (let n = 0; n < width * height; n++) {
    const at = n * 4
    data[at] = data[at + 1] = data[at + 2] = level(n)
    data[at + 3] = 255
  }
  return { data, width, height }
}
