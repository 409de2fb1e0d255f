import { createHash } from 'node:crypto'
import { fromBER, type ObjectIdentifier, OctetString } from 'asn1js'
import {
  AlgorithmIdentifier,
  type Attribute,
  ContentInfo,
  type EncapsulatedContentInfo,
  IssuerAndSerialNumber,
  SignedData,
  type SignerInfo,
  TSTInfo,
} from 'pkijs'
import { type ReadCertificate, readCertificate } from './certificate-chain.ts'
import { hashOf, verifies } from './signature-algorithm.ts'

const ID = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  stampInfo: '1.2.840.113549.1.9.16.1.4',
  stampToken: '1.2.840.113549.1.9.16.2.14',
  certificateV2: '1.2.840.113549.1.9.16.2.47',
  archive: '1.2.840.113583.1.1.8',
} as const

const MAX_MESSAGE_BYTES = 512 * 1024
const MAX_CERTIFICATES = 40

/** One signed message (CMS) with its one signer. */
export type SignedMessage = {
  /** what was signed, where the message holds it itself; null: it lies beside */
  content: Buffer | null
  contentType: string
  signer: SignerInfo
  /** the signer's certificate; null: it did not come along */
  certificate: ReadCertificate | null
  certificates: ReadCertificate[]
  /** lists of withdrawn certificates that came along (DER) */
  lists: Buffer[]
  claimedAt: number | null
}

/** Reads a message that begins these bytes; what follows it may only be zeros. Null where it is none with one signer. */
export function readMessage(bytes: Buffer): SignedMessage | null {
  if (bytes.length > MAX_MESSAGE_BYTES) return null
  try {
    const read = fromBER(bytes)
    if (read.offset <= 0 || bytes.subarray(read.offset).some(byte => byte !== 0)) return null
    const info = new ContentInfo({ schema: read.result })
    if (info.contentType !== ID.signedData) return null
    const signed = new SignedData({ schema: info.content })
    const [signer] = signed.signerInfos
    if (!signer || signed.signerInfos.length !== 1) return null
    const certificates = (signed.certificates ?? [])
      .slice(0, MAX_CERTIFICATES)
      .flatMap(entry => readCertificate(Buffer.from(entry.toSchema().toBER())) ?? [])
    return {
      content: contentOf(signed.encapContentInfo),
      contentType: signed.encapContentInfo.eContentType,
      signer,
      certificate: certificates.find(certificate => isOf(signer, certificate)) ?? null,
      certificates,
      lists: [
        ...(signed.crls ?? []).slice(0, MAX_CERTIFICATES).map(entry => Buffer.from(entry.toSchema().toBER())),
        ...archivedLists(signer),
      ],
      claimedAt: claimedAt(signer),
    }
  } catch {
    return null
  }
}

function contentOf({ eContent }: EncapsulatedContentInfo): Buffer | null {
  return eContent === undefined ? null : Buffer.from(eContent.getValue())
}

function isOf({ sid }: SignerInfo, { parsed, issuer, serial }: ReadCertificate): boolean {
  if (sid instanceof IssuerAndSerialNumber)
    return (
      Buffer.from(sid.issuer.valueBeforeDecode).equals(issuer) &&
      Buffer.from(sid.serialNumber.valueBlock.valueHexView)
        .toString('hex')
        .replace(/^(00)+(?=..)/, '') === serial
    )
  const wanted = (sid as OctetString | undefined)?.valueBlock.valueHexView
  const named = parsed.extensions?.find(({ extnID }) => extnID === '2.5.29.14')?.parsedValue
  return (
    wanted !== undefined && named instanceof OctetString && Buffer.from(named.valueBlock.valueHexView).equals(wanted)
  )
}

/** The one value of an attribute that may be there once; undefined: it is not there; throws where it is there twice. */
function soleValue(attributes: readonly Attribute[], type: string): unknown {
  const found = attributes.filter(attribute => attribute.type === type)
  if (found.length > 1 || (found[0] && found[0].values.length !== 1)) throw new Error('an attribute twice')
  return found[0]?.values[0]
}

const signedOf = ({ signedAttrs }: SignerInfo) => signedAttrs?.attributes ?? []

function claimedAt(signer: SignerInfo): number | null {
  const value = soleValue(signedOf(signer), ID.signingTime) as { toDate?: () => Date } | undefined
  return value?.toDate?.().getTime() ?? null
}

/** Lists of withdrawn certificates that the signer's tool put into the signature itself. */
function archivedLists(signer: SignerInfo): Buffer[] {
  type Node = { idBlock: { tagClass: number; tagNumber: number }; valueBlock: { value?: Node[] }; toBER(): ArrayBuffer }
  const value = soleValue(signedOf(signer), ID.archive) as Node | undefined
  const lists = value?.valueBlock.value?.find(({ idBlock }) => idBlock.tagClass === 3 && idBlock.tagNumber === 0)
  return (lists?.valueBlock.value?.[0]?.valueBlock.value ?? []).map(node => Buffer.from(node.toBER()))
}

/** Whether a message fits its content: `weak`: over a digest that is not held to be safe, so nothing more was looked at. */
type Fit = 'intact' | 'broken' | 'weak'

/**
 * Checks that the signer of a message signed this content, given in pieces, with the key of their certificate. The
 * message says the content's kind and digest in attributes that are signed, and where it names its certificate, that one.
 */
export function fitOf(message: SignedMessage, content: readonly Buffer[]): Fit {
  const { signer, certificate } = message
  try {
    const attributes = signedOf(signer)
    const hash = hashOf(signer.digestAlgorithm)
    if (hash === null) return 'weak'
    const encoded = signer.signedAttrs?.encodedValue
    if (certificate === null || attributes.length === 0 || encoded === undefined) return 'broken'
    const digest = createHash(hash)
    for (const piece of content) digest.update(piece)
    const kind = soleValue(attributes, ID.contentType) as ObjectIdentifier | undefined
    const said = soleValue(attributes, ID.messageDigest)
    if (kind?.valueBlock.toString() !== message.contentType) return 'broken'
    if (!(said instanceof OctetString) || !digest.digest().equals(said.valueBlock.valueHexView)) return 'broken'
    if (!isNamed(attributes, certificate)) return 'broken'
    const isSigned = verifies({
      algorithm: signer.signatureAlgorithm,
      digest: signer.digestAlgorithm,
      data: Buffer.from(encoded),
      key: certificate.key,
      signature: Buffer.from(signer.signature.valueBlock.valueHexView),
    })
    return isSigned ? 'intact' : 'broken'
  } catch {
    return 'broken'
  }
}

/** True unless the signed attributes name another certificate (ESS signing-certificate-v2). */
function isNamed(attributes: readonly Attribute[], { der }: ReadCertificate): boolean {
  type Node = { valueBlock: { value?: Node[]; valueHexView?: Uint8Array } }
  const value = soleValue(attributes, ID.certificateV2) as Node | undefined
  if (value === undefined) return true
  const parts = value.valueBlock.value?.[0]?.valueBlock.value?.[0]?.valueBlock.value ?? []
  const [first, second] = parts
  const hasAlgorithm =
    first?.valueBlock.value !== undefined && Array.isArray(first.valueBlock.value) && !(first instanceof OctetString)
  const hash = hasAlgorithm ? hashOf(new AlgorithmIdentifier({ schema: first })) : 'sha256'
  const said = (hasAlgorithm ? second : first)?.valueBlock.valueHexView
  return hash !== null && said !== undefined && createHash(hash).update(der).digest().equals(said)
}

/** What a time stamp says: the moment (ms), and who says so. */
export type TimeStamp = { at: number; certificate: ReadCertificate; certificates: ReadCertificate[] }

/** Reads a time stamp (RFC 3161) over this content; null where it is none, or of other content. */
export function readStamp(bytes: Buffer, content: readonly Buffer[]): TimeStamp | null {
  const message = readMessage(bytes)
  if (message?.content == null || message.certificate === null || message.contentType !== ID.stampInfo) return null
  if (fitOf(message, [message.content]) !== 'intact') return null
  try {
    const info = new TSTInfo({ schema: fromBER(message.content).result })
    const hash = hashOf(info.messageImprint.hashAlgorithm)
    if (hash === null) return null
    const digest = createHash(hash)
    for (const piece of content) digest.update(piece)
    if (!digest.digest().equals(info.messageImprint.hashedMessage.valueBlock.valueHexView)) return null
    return { at: info.genTime.getTime(), certificate: message.certificate, certificates: message.certificates }
  } catch {
    return null
  }
}

/** The time stamp over a message's signature that came along in it; null: none that is one. */
export function stampOf({ signer }: SignedMessage): TimeStamp | null {
  try {
    const token = soleValue(signer.unsignedAttrs?.attributes ?? [], ID.stampToken) as
      | { toBER(): ArrayBuffer }
      | undefined
    if (token === undefined) return null
    return readStamp(Buffer.from(token.toBER()), [Buffer.from(signer.signature.valueBlock.valueHexView)])
  } catch {
    return null
  }
}

/** True for a message over content that lies beside it, of the plain kind, as a PDF's signature is. */
export const isDetached = ({ content, contentType }: SignedMessage): boolean =>
  content === null && contentType === ID.data
