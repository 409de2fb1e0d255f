import { beforeAll, expect, it } from 'vitest'
import { readSections } from '#app/documents/pdf-objects.ts'
import { outcomeOf, people, RECEIVED } from '../signature-scene.ts'
import { appended, paperOf, preparedPaper, signed, trailerOf, writtenWith } from '../signed-pdf.ts'

/*
 * Signed files are changed at random. Whatever is still taken has, up to its last signature, the bytes that were signed;
 * nothing throws, and nothing takes long. `SIGNATURES` sets how many files are tried; `SEED` repeats them.
 */
const FILES = Number(process.env.SIGNATURES ?? 200)
const SEED = Number(process.env.SEED ?? (process.env.SIGNATURES === undefined ? 128 : Date.now() % 2 ** 31))
console.info(`${FILES} changed files, seed ${SEED}`)

function dice(seed: number) {
  let state = seed >>> 0
  return (below: number) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below)
  }
}

/** A file, and the places that its signatures do not cover: their own hexadecimal texts. */
type Signed = { file: Buffer; gaps: { from: number; to: number }[]; ends: number[] }

let prepared: Buffer
let files: Signed[]

function described(file: Buffer): Signed {
  const gaps = [...file.toString('latin1').matchAll(/\/Contents <([0-9a-f]+)>/g)].map(({ index, 1: digits = '' }) => ({
    from: index + 11,
    to: index + 11 + digits.length,
  }))
  const ends = readSections(file)
    .slice(1)
    .map(({ end }) => end)
  return { file, gaps, ends }
}

beforeAll(async () => {
  prepared = await preparedPaper()
  const message = { along: [people.issuer], signedAt: RECEIVED - 3_600_000 }
  const one = signed(prepared, people.good, { message })
  const two = signed(one, people.goodRsa, { message })
  const paper = paperOf(one)
  const der = people.issuer.der.toString('latin1')
  const proven = appended(one, {
    objects: new Map([
      [paper.root, writtenWith(paper.catalog, { DSS: `${paper.size} 0 R` })],
      [paper.size, `<< /Type /DSS /Certs [${paper.size + 1} 0 R] >>`],
      [paper.size + 1, `<< /Length ${der.length} >>\nstream\n${der}\nendstream`],
    ]),
    trailer: trailerOf(one, paper.size + 2),
  })
  files = [one, two, proven].map(described)
})

const NUMBERS = /\d+/g
const WAYS = ['flip', 'insert', 'delete', 'cut', 'overwrite', 'count', 'swap', 'append'] as const

/** Changes a file in one of the ways that faults and attackers change it. */
function mutated({ file, gaps }: Signed, roll: (below: number) => number): Buffer {
  // mostly outside of the long texts of zeros, where most bytes are
  const somewhere = () => {
    for (;;) {
      const at = roll(file.length)
      if (!gaps.some(({ from, to }) => at >= from && at < to) || roll(8) === 0) return at
    }
  }
  const at = somewhere()
  const length = 1 + roll(40)
  const cut = (from: number, to: number, put: Uint8Array) =>
    Buffer.concat([file.subarray(0, from), put, file.subarray(to)])
  switch (WAYS[roll(WAYS.length)]) {
    case 'flip':
      return cut(at, at + 1, Buffer.from([(file[at] ?? 0) ^ (1 << roll(8))]))
    case 'insert':
      return cut(at, at, file.subarray(somewhere()).subarray(0, length))
    case 'delete':
      return cut(at, at + length, Buffer.alloc(0))
    case 'cut':
      return file.subarray(0, at)
    case 'overwrite': {
      const from = somewhere()
      return cut(at, at + length, file.subarray(from, from + length))
    }
    case 'count': {
      const text = file.toString('latin1')
      const found = [...text.matchAll(NUMBERS)].filter(({ 0: digits }) => digits.length < 11)
      const number = found[roll(found.length)]
      if (!number) return file
      const changed = String(Number(number[0]) + 1 + roll(5)).padStart(number[0].length, '0')
      return cut(number.index, number.index + number[0].length, Buffer.from(changed))
    }
    case 'swap': {
      const words = [
        '/Annots',
        '/Contents',
        '/AP',
        '/V',
        '/Rect',
        'endobj',
        'xref',
        '/Root',
        '/AcroForm',
        '/DSS',
        '/Kids',
      ]
      const word = words[roll(words.length)] ?? ''
      const put = words[roll(words.length)] ?? ''
      const place = file.indexOf(word, prepared.length)
      return place < 0 ? file : cut(place, place + word.length, Buffer.from(put))
    }
    default:
      return Buffer.concat([file, file.subarray(prepared.length + roll(file.length - prepared.length))])
  }
}

it('takes no signature of what was not signed', () => {
  const roll = dice(SEED)
  let taken = 0
  let slowest = 0
  for (let n = 0; n < FILES; n++) {
    const original = files[roll(files.length)] as Signed
    let file = mutated(original, roll)
    if (roll(3) === 0) file = mutated({ ...original, file }, roll)
    const began = performance.now()
    const outcome = outcomeOf(prepared, file)
    slowest = Math.max(slowest, performance.now() - began)
    if ('flaw' in outcome || !outcome.verdicts.every(({ isTaken }) => isTaken)) continue
    taken++
    const end = original.ends[outcome.verdicts.length - 1] ?? 0
    const masked = (bytes: Buffer) => {
      const copy = Buffer.from(bytes.subarray(0, end))
      for (const { from, to } of original.gaps) copy.fill(0x30, from, Math.min(to, copy.length))
      return copy.toString('latin1').trimEnd()
    }
    expect(masked(file) === masked(original.file), `file ${n} of seed ${SEED}`).toBe(true)
  }
  console.info(`${taken} of ${FILES} still taken, slowest ${slowest.toFixed(0)} ms`)
  expect(slowest).toBeLessThan(20_000)
}, 600_000)
