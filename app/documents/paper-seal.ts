import { createHash } from 'node:crypto'

/** The entry of a file's description that holds the seal. */
export const SEAL_KEY = 'BonPhu'

/** Computes the seal (43 signs) of a digest with a key that only the server has. */
type Sealer = (digest: string) => string

const SEAL_SIGNS = 43
const BLANK = '0'.repeat(SEAL_SIGNS)
const SEAL = /4phu1:(\d{1,15}):([\w-]{43})/
/** A prepared file is smaller, so its end is looked for in these first bytes. */
const MAX_PREPARED_BYTES = 1024 * 1024
const END_MARK = '%%EOF'
/** Marks of an end that are tried: a prepared file has one, and another could be in what is compressed in it. */
const MAX_TRIES = 3

/** The text that keeps the place of the seal of a pledge's file while it is written. */
export const sealSlot = (pledgeId: number): string => `4phu1:${pledgeId}:${BLANK}`

const digestOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('base64url')

/** Fills the place of the seal, so that the server knows its own file again whatever became of the facts in it. */
export function sealPaper(prepared: Buffer, pledgeId: number, sealOf: Sealer): Buffer {
  const slot = sealSlot(pledgeId)
  const at = prepared.indexOf(slot)
  if (at < 0 || prepared.indexOf(slot, at + 1) >= 0) throw new Error('a prepared file has one place for its seal')
  const sealed = Buffer.from(prepared)
  sealed.write(sealOf(digestOf(prepared)), at + slot.length - SEAL_SIGNS, 'latin1')
  return sealed
}

/** Finds the prepared file with which an uploaded one begins, by its seal; null where it begins with none of ours. */
export function preparedPart(file: Buffer, sealOf: Sealer): { prepared: Buffer; pledgeId: number } | null {
  const start = file.subarray(0, MAX_PREPARED_BYTES)
  const found = SEAL.exec(start.toString('latin1'))
  if (!found) return null
  const seal = found[2] ?? ''
  const at = found.index + found[0].length - SEAL_SIGNS
  for (let end = start.indexOf(END_MARK, at), tries = 0; end >= 0 && tries < MAX_TRIES; tries++) {
    const prepared = Buffer.from(start.subarray(0, end + END_MARK.length))
    prepared.write(BLANK, at, 'latin1')
    if (sealOf(digestOf(prepared)) === seal) {
      prepared.write(seal, at, 'latin1')
      return { prepared, pledgeId: Number(found[1]) }
    }
    end = start.indexOf(END_MARK, end + 1)
  }
  return null
}
