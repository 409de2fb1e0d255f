/** A certificate authority of the tests: keys, certificates, lists, signed messages and time stamps, written as DER. */
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'

const concat = (...parts: Uint8Array[]) => Buffer.concat(parts)

/** One value with its tag and length. */
export function tlv(tag: number, ...parts: Uint8Array[]): Buffer {
  const body = concat(...parts)
  const length =
    body.length < 0x80
      ? Buffer.from([body.length])
      : body.length < 0x100
        ? Buffer.from([0x81, body.length])
        : body.length < 0x10000
          ? Buffer.from([0x82, body.length >> 8, body.length & 0xff])
          : Buffer.from([0x83, body.length >> 16, (body.length >> 8) & 0xff, body.length & 0xff])
  return concat(Buffer.from([tag]), length, body)
}

const sequence = (...parts: Uint8Array[]) => tlv(0x30, ...parts)
const octets = (bytes: Uint8Array) => tlv(0x04, bytes)
const bits = (bytes: Uint8Array, unused = 0) => tlv(0x03, Buffer.from([unused]), bytes)
const utf8 = (text: string) => tlv(0x0c, Buffer.from(text))
const boolean = (value: boolean) => tlv(0x01, Buffer.from([value ? 0xff : 0]))
const NULL = tlv(0x05)

const setOf = (...parts: Uint8Array[]) => tlv(0x31, ...parts.toSorted((a, b) => Buffer.compare(a, b)))

function integer(value: number | Buffer): Buffer {
  const bytes =
    typeof value === 'number'
      ? Buffer.from(
          value
            .toString(16)
            .padStart(2, '0')
            .replace(/^(.(..)*)$/, '0$1'),
          'hex',
        )
      : value
  return tlv(0x02, (bytes[0] ?? 0) & 0x80 ? concat(Buffer.from([0]), bytes) : bytes)
}

function oid(text: string): Buffer {
  const [first = 0, second = 0, ...rest] = text.split('.').map(Number)
  const bytes = [first * 40 + second]
  for (const part of rest) {
    const digits = [part & 0x7f]
    for (let left = Math.floor(part / 128); left > 0; left = Math.floor(left / 128))
      digits.unshift((left & 0x7f) | 0x80)
    bytes.push(...digits)
  }
  return tlv(0x06, Buffer.from(bytes))
}

function time(at: number): Buffer {
  const text = new Date(at).toISOString().replace(/[-:T]/g, '').slice(0, 14)
  return tlv(0x17, Buffer.from(`${text.slice(2)}Z`))
}

type Algorithm = 'sha256' | 'sha1' | 'sha384'

const HASH_OIDS: Record<Algorithm, string> = {
  sha256: '2.16.840.1.101.3.4.2.1',
  sha384: '2.16.840.1.101.3.4.2.2',
  sha1: '1.3.14.3.2.26',
}
const SIGNATURE_OIDS = {
  rsa: { sha256: '1.2.840.113549.1.1.11', sha384: '1.2.840.113549.1.1.12', sha1: '1.2.840.113549.1.1.5' },
  ec: { sha256: '1.2.840.10045.4.3.2', sha384: '1.2.840.10045.4.3.3', sha1: '1.2.840.10045.4.1' },
} as const

export type Keys = { publicKey: KeyObject; privateKey: KeyObject }
export const ecKeys = (): Keys => generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
export const rsaKeys = (modulusLength = 2048): Keys => generateKeyPairSync('rsa', { modulusLength })

const kindOf = ({ privateKey }: Keys) => (privateKey.asymmetricKeyType === 'rsa' ? 'rsa' : 'ec')

const algorithmOf = (keys: Keys, hash: Algorithm) =>
  sequence(oid(SIGNATURE_OIDS[kindOf(keys)][hash]), ...(kindOf(keys) === 'rsa' ? [NULL] : []))

/** A certificate with the key that signs by it. */
export type Identity = { der: Buffer; name: Buffer; serial: Buffer; keys: Keys }

const NAME_OIDS = {
  C: '2.5.4.6',
  O: '2.5.4.10',
  CN: '2.5.4.3',
  UID: '0.9.2342.19200300.100.1.1',
  serialNumber: '2.5.4.5',
}
export type Subject = Partial<Record<keyof typeof NAME_OIDS, string>>

const nameOf = (subject: Subject) =>
  sequence(
    ...Object.entries(subject).map(([type, value]) =>
      tlv(0x31, sequence(oid(NAME_OIDS[type as keyof typeof NAME_OIDS]), utf8(value))),
    ),
  )

const extension = (id: string, value: Buffer, critical = false) =>
  sequence(oid(id), ...(critical ? [boolean(true)] : []), octets(value))

/** Bits of a key usage, by their places. */
const usage = (...places: number[]) => {
  const byte = places.reduce((sum, place) => sum | (0x80 >> place), 0)
  return bits(Buffer.from([byte]))
}

export const DAY = 86_400_000

export type CertificateWish = {
  subject: Subject
  /** who issues it; absent: itself */
  issuer?: Identity
  keys?: Keys
  from: number
  to: number
  isIssuer?: boolean
  pathLength?: number
  keyUsage?: number[]
  uses?: string[]
  hash?: Algorithm
  extra?: Buffer[]
}

/** Makes a certificate as wished; one of a person signs documents unless it says otherwise. */
export function issue(wish: CertificateWish): Identity {
  const keys = wish.keys ?? ecKeys()
  const by = wish.issuer?.keys ?? keys
  const hash = wish.hash ?? 'sha256'
  const name = nameOf(wish.subject)
  const serial = Buffer.concat([Buffer.from([0x41]), randomBytes(7)])
  const isIssuer = wish.isIssuer ?? false
  const extensions = [
    ...(isIssuer
      ? [
          extension(
            '2.5.29.19',
            sequence(boolean(true), ...(wish.pathLength === undefined ? [] : [integer(wish.pathLength)])),
            true,
          ),
        ]
      : []),
    extension('2.5.29.15', usage(...(wish.keyUsage ?? (isIssuer ? [5, 6] : [0, 1]))), true),
    ...(wish.uses ? [extension('2.5.29.37', sequence(...wish.uses.map(oid)), wish.uses.includes(STAMPING))] : []),
    ...(wish.extra ?? []),
  ]
  const body = sequence(
    tlv(0xa0, integer(2)),
    integer(serial),
    algorithmOf({ ...by }, hash),
    wish.issuer?.name ?? name,
    sequence(time(wish.from), time(wish.to)),
    name,
    keys.publicKey.export({ type: 'spki', format: 'der' }),
    tlv(0xa3, sequence(...extensions)),
  )
  const der = sequence(body, algorithmOf(by, hash), bits(sign(hash, body, by.privateKey)))
  return { der, name, serial, keys }
}

export const STAMPING = '1.3.6.1.5.5.7.3.8'
export const unknownCritical = () => extension('1.2.3.4.5', NULL, true)

/** A list of withdrawn certificates. */
export function listOf(
  issuer: Identity,
  withdrawn: { identity: Identity; at: number }[],
  { from, to, by = issuer, isPartial = false }: { from: number; to: number; by?: Identity; isPartial?: boolean },
): Buffer {
  const body = sequence(
    integer(1),
    algorithmOf(by.keys, 'sha256'),
    issuer.name,
    time(from),
    time(to),
    ...(withdrawn.length === 0
      ? []
      : [sequence(...withdrawn.map(({ identity, at }) => sequence(integer(identity.serial), time(at))))]),
    ...(isPartial ? [tlv(0xa0, sequence(extension('2.5.29.28', sequence(tlv(0x81, Buffer.from([0xff]))), true)))] : []),
  )
  return sequence(body, algorithmOf(by.keys, 'sha256'), bits(sign('sha256', body, by.keys.privateKey)))
}

const attribute = (type: string, value: Buffer) => sequence(oid(type), setOf(value))

export type MessageWish = {
  hash?: Algorithm
  signedAt?: number | null
  /** certificates that come along besides the signer's; null: not even the signer's */
  along?: readonly Identity[] | null
  lists?: readonly Buffer[]
  archived?: readonly Buffer[]
  /** stamps the signature's time */
  stamp?: (signature: Buffer) => Buffer
  /** another certificate named in the signed attributes */
  namedCertificate?: Identity | null
  /** content other than what is signed */
  digestOf?: Buffer
  kind?: string
  isAttached?: boolean
  withoutAttributes?: boolean
  twice?: boolean
}

/** Signs content as a message (CMS), with the content's digest and kind, the certificate's name and the time inside. */
export function messageOf(signer: Identity, content: Buffer, wish: MessageWish = {}): Buffer {
  const hash = wish.hash ?? 'sha256'
  const kind = wish.kind ?? '1.2.840.113549.1.7.1'
  const named = wish.namedCertificate === null ? null : (wish.namedCertificate ?? signer)
  const attributes = [
    attribute('1.2.840.113549.1.9.3', oid(kind)),
    attribute(
      '1.2.840.113549.1.9.4',
      octets(
        createHash(hash)
          .update(wish.digestOf ?? content)
          .digest(),
      ),
    ),
    ...(wish.signedAt == null ? [] : [attribute('1.2.840.113549.1.9.5', time(wish.signedAt))]),
    ...(named === null
      ? []
      : [
          attribute(
            '1.2.840.113549.1.9.16.2.47',
            sequence(sequence(sequence(octets(createHash('sha256').update(named.der).digest())))),
          ),
        ]),
    ...(wish.archived ? [attribute('1.2.840.113583.1.1.8', sequence(tlv(0xa0, sequence(...wish.archived))))] : []),
  ]
  const body = wish.withoutAttributes ? content : setOf(...attributes)
  const signature = sign(hash, body, signer.keys.privateKey)
  const implicit = Buffer.from(setOf(...attributes))
  implicit[0] = 0xa0
  const info = sequence(
    integer(1),
    sequence(signer === undefined ? NULL : Buffer.from(issuerOf(signer)), integer(signer.serial)),
    sequence(oid(HASH_OIDS[hash]), NULL),
    ...(wish.withoutAttributes ? [] : [implicit]),
    algorithmOf(signer.keys, hash),
    octets(signature),
    ...(wish.stamp ? [tlv(0xa1, attribute('1.2.840.113549.1.9.16.2.14', wish.stamp(signature)))] : []),
  )
  const along = wish.along === null ? [] : [signer, ...(wish.along ?? [])]
  const signed = sequence(
    integer(wish.isAttached ? 3 : 1),
    setOf(sequence(oid(HASH_OIDS[hash]), NULL)),
    sequence(oid(kind), ...(wish.isAttached ? [tlv(0xa0, octets(content))] : [])),
    ...(along.length === 0 ? [] : [tlv(0xa0, ...along.map(({ der }) => der))]),
    ...(wish.lists ? [tlv(0xa1, ...wish.lists)] : []),
    tlv(0x31, info, ...(wish.twice ? [info] : [])),
  )
  return sequence(oid('1.2.840.113549.1.7.2'), tlv(0xa0, signed))
}

const issuers = new Map<string, Buffer>()

/** The name of who issued a certificate, as it is written in it. */
function issuerOf({ der }: Identity): Buffer {
  const known = issuers.get(der.toString('latin1'))
  if (known) return known
  const read = (at: number) => {
    const first = der[at + 1] ?? 0
    const size = first < 0x80 ? 0 : first & 0x7f
    let length = first < 0x80 ? first : 0
    for (let n = 0; n < size; n++) length = length * 256 + (der[at + 2 + n] ?? 0)
    return { start: at, body: at + 2 + size, end: at + 2 + size + length }
  }
  let part = read(read(read(0).body).body)
  // the version, the serial number and the algorithm stand before it
  for (let n = 0; n < 3; n++) part = read(part.end)
  const name = der.subarray(part.start, part.end)
  issuers.set(der.toString('latin1'), name)
  return name
}

/** Stamps the time of some content (RFC 3161). */
export function stampOf(authority: Identity, content: Buffer, at: number, along: readonly Identity[] = []): Buffer {
  const text = new Date(at).toISOString().replace(/[-:T]/g, '').slice(0, 14)
  const info = sequence(
    integer(1),
    oid('1.2.3.4'),
    sequence(sequence(oid(HASH_OIDS.sha256), NULL), octets(createHash('sha256').update(content).digest())),
    integer(7),
    tlv(0x18, Buffer.from(`${text}Z`)),
  )
  return messageOf(authority, info, { kind: '1.2.840.113549.1.9.16.1.4', isAttached: true, along })
}
