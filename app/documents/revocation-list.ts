import type { KeyObject } from 'node:crypto'
import { fromBER } from 'asn1js'
import { AlgorithmIdentifier, RelativeDistinguishedNames } from 'pkijs'
import { DER, derAt, derIn, derTime } from './der.ts'
import { isStrongAlgorithm, verifies } from './signature-algorithm.ts'

/** A list of withdrawn certificates as its issuer signed it; moments in milliseconds. */
export type ReadList = {
  /** the issuer's name as it is encoded */
  issuer: Buffer
  thisUpdate: number
  /** null: it does not say, so it may withdraw and not clear */
  nextUpdate: number | null
  /** serial numbers in hexadecimal, each with the moment from which it is withdrawn */
  withdrawn: ReadonlyMap<string, number>
  /** it says of which part of the certificates it speaks in a way that is not read here: it may withdraw, not clear */
  isPartial: boolean
  /** true where the key signed the list, by an algorithm that is held to be safe */
  isSignedBy: (key: KeyObject) => boolean
}

/** Bytes of a list that came along in a file; one that an administrator enters may be larger. */
const MAX_LIST_BYTES = 1024 * 1024

/** A number in hexadecimal without leading zeros, as serial numbers are compared. */
export const hexOf = (bytes: Uint8Array) =>
  Buffer.from(bytes)
    .toString('hex')
    .replace(/^(00)+(?=..)/, '')

/** Reads a list of withdrawn certificates (DER), at most so many bytes; null where it is none. */
export function readList(der: Buffer, maxBytes = MAX_LIST_BYTES): ReadList | null {
  if (der.length > maxBytes) return null
  try {
    return listIn(der)
  } catch {
    return null
  }
}

function listIn(der: Buffer): ReadList {
  const whole = derAt(der, 0, der.length)
  const [body, algorithm, signature, ...more] = derIn(der, whole)
  if (whole.to !== der.length || whole.tag !== DER.sequence || !body || !algorithm || !signature || more.length > 0)
    throw new Error('no list')
  const parts = [...derIn(der, body)]
  if (parts[0]?.tag === DER.integer) parts.shift()
  const [, issuer, thisUpdate] = parts.splice(0, 3)
  if (body.tag !== DER.sequence || issuer?.tag !== DER.sequence || !thisUpdate) throw new Error('no list')
  const isTime = parts[0]?.tag === DER.utcTime || parts[0]?.tag === DER.time
  const nextUpdate = isTime ? parts.shift() : undefined
  const entries = parts[0]?.tag === DER.sequence ? parts.shift() : undefined
  const [extensions, ...rest] = parts
  if (rest.length > 0 || signature.tag !== DER.bits) throw new Error('no list')
  const known = new AlgorithmIdentifier({ schema: fromBER(der.subarray(algorithm.start, algorithm.to)).result })
  return {
    issuer: der.subarray(issuer.start, issuer.to),
    thisUpdate: derTime(der, thisUpdate),
    nextUpdate: nextUpdate ? derTime(der, nextUpdate) : null,
    withdrawn: new Map(entries ? entriesIn(der, entries) : []),
    isPartial: extensions !== undefined && hasCritical(der, extensions),
    isSignedBy: key =>
      isStrongAlgorithm(known) &&
      verifies({
        algorithm: known,
        digest: null,
        data: der.subarray(body.start, body.to),
        key,
        // the first byte of a bit string counts the bits that are not used
        signature: der.subarray(signature.from + 1, signature.to),
      }),
  }
}

function* entriesIn(der: Buffer, entries: { from: number; to: number }): Generator<[string, number]> {
  for (const entry of derIn(der, entries)) {
    const serial = derAt(der, entry.from, entry.to)
    if (serial.tag !== DER.integer) throw new Error('no number')
    yield [hexOf(der.subarray(serial.from, serial.to)), derTime(der, derAt(der, serial.to, entry.to))]
  }
}

/** True where one of the extensions must be understood: a boolean of true after its number. */
function hasCritical(der: Buffer, { from, to }: { from: number; to: number }): boolean {
  const [list] = derIn(der, { from, to })
  return (
    list !== undefined &&
    [...derIn(der, list)].some(extension => {
      const [, critical] = derIn(der, extension)
      return critical?.tag === 0x01 && der[critical.from] !== 0
    })
  )
}

const PEM = /-----BEGIN X509 CRL-----([A-Za-z0-9+/=\s]+)-----END X509 CRL-----/

/** The bytes (DER) of a list's file, which may be PEM. */
export function derOfList(file: Buffer): Buffer {
  if (file[0] === DER.sequence) return file
  const text = PEM.exec(file.toString('latin1'))?.[1]
  return text === undefined ? file : Buffer.from(text, 'base64')
}

/** An encoded name in words, as people read it: `C=VN, O=…, CN=…`. */
export function nameInWords(encoded: Buffer): string {
  const names: Record<string, string> = { '2.5.4.6': 'C', '2.5.4.10': 'O', '2.5.4.11': 'OU', '2.5.4.3': 'CN' }
  return new RelativeDistinguishedNames({ schema: fromBER(encoded).result }).typesAndValues
    .map(
      ({ type, value }) =>
        `${names[type] ?? type}=${String((value as { valueBlock: { value: unknown } }).valueBlock.value)}`,
    )
    .join(', ')
}
