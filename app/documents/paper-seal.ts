import { createHash } from 'node:crypto'
import { type PaperKind, PREPARED_KINDS } from '#app/domain/prepared-paper.ts'
import type { SignaturePlace } from '#app/domain/signed-paper.ts'

/** The entry of a file's description that holds the seal. */
export const SEAL_KEY = 'BonPhu'

/** Computes the seal (43 signs) of a digest with a key that only the server has. */
type Sealer = (digest: string) => string

/** What a prepared file is: its kind, the row that it was made from, and the places kept for signatures on it. */
export type SealedPaper = { kind: PaperKind; id: number; places: readonly SignaturePlace[] }

const SEAL_SIGNS = 43
const BLANK = '0'.repeat(SEAL_SIGNS)
/** Kind (none: a pledge), row, places, seal. */
const SEAL = /4phu1:([a-z_]{0,20}?)(\d{1,15})(?:@([\d,;]{1,4000}))?:([\w-]{43})/
/** Where signatures lie on a pledge from before the seal named its places. */
const FIRST_PLACES: readonly SignaturePlace[] = [{ page: 0, left: 72, bottom: 56, right: 539, top: 216 }]
/** A prepared file is smaller, so its end is looked for in these first bytes. */
const MAX_PREPARED_BYTES = 1024 * 1024
const END_MARK = '%%EOF'
/** Marks of an end that are tried: a prepared file has one, and another could be in what is compressed in it. */
const MAX_TRIES = 3

/** The text that keeps the place of the seal of a file while it is written. */
export function sealSlot({ kind, id, places }: SealedPaper): string {
  const all = places.map(({ page, left, bottom, right, top }) => [page, left, bottom, right, top].join())
  return `4phu1:${kind === 'pledge' ? '' : kind}${id}@${all.join(';')}:${BLANK}`
}

function placesIn(text: string | undefined): readonly SignaturePlace[] {
  if (text === undefined) return FIRST_PLACES
  return text.split(';').map(place => {
    const [page = 0, left = 0, bottom = 0, right = 0, top = 0] = place.split(',').map(Number)
    return { page, left, bottom, right, top }
  })
}

const digestOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('base64url')

/** Fills the place of the seal, so that the server knows its own file again whatever became of the facts in it. */
export function sealPaper(prepared: Buffer, sealOf: Sealer): Buffer {
  const text = prepared.toString('latin1')
  const found = SEAL.exec(text)
  if (!found || found[4] !== BLANK || text.lastIndexOf('4phu1:') !== found.index)
    throw new Error('a prepared file has one place for its seal')
  const sealed = Buffer.from(prepared)
  sealed.write(sealOf(digestOf(prepared)), found.index + found[0].length - SEAL_SIGNS, 'latin1')
  return sealed
}

/** Finds the prepared file with which an uploaded one begins, by its seal; null where it begins with none of ours. */
export function preparedPart(file: Buffer, sealOf: Sealer): (SealedPaper & { prepared: Buffer }) | null {
  const start = file.subarray(0, MAX_PREPARED_BYTES)
  const found = SEAL.exec(start.toString('latin1'))
  if (!found) return null
  const [whole, word, id, places, seal = ''] = found
  const kind = word === '' ? 'pledge' : PREPARED_KINDS.find(known => known === word)
  if (kind === undefined) return null
  const at = found.index + whole.length - SEAL_SIGNS
  for (let end = start.indexOf(END_MARK, at), tries = 0; end >= 0 && tries < MAX_TRIES; tries++) {
    const prepared = Buffer.from(start.subarray(0, end + END_MARK.length))
    prepared.write(BLANK, at, 'latin1')
    if (sealOf(digestOf(prepared)) === seal) {
      prepared.write(seal, at, 'latin1')
      return { prepared, kind, id: Number(id), places: placesIn(places) }
    }
    end = start.indexOf(END_MARK, end + 1)
  }
  return null
}
