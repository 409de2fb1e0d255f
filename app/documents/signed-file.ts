import type { CertificateOrigin } from '#app/domain/signature-kind.ts'
import { revocationByLists, type WayStep } from '#app/domain/signature-proof.ts'
import type { SignatureFacts, SignaturePlace, SignedFileFlaw } from '#app/domain/signed-paper.ts'
import {
  Issuers,
  isForSigning,
  isForStamping,
  originOf,
  type ReadCertificate,
  readCertificate,
} from './certificate-chain.ts'
import { readList } from './revocation-list.ts'
import { isStrongKey } from './signature-algorithm.ts'
import {
  fitOf,
  isDetached,
  readMessage,
  readStamp,
  type SignedMessage,
  stampOf,
  type TimeStamp,
} from './signature-message.ts'
import { type FoundSignature, readRevisions } from './signed-revisions.ts'

/** What a check trusts and knows besides the file: roots and lists of withdrawn certificates, as DER. */
export type Trust = { roots: readonly Uint8Array[]; lists: readonly Uint8Array[] }

/** What is checked: the paper as it was prepared, the file that came back, and the places kept for signatures. */
export type SignedFileInput = { prepared: Uint8Array; file: Uint8Array; places: readonly SignaturePlace[] }

/** One person's signature as it was read from the file. */
export type ReadSignature = {
  facts: SignatureFacts
  /** who issued the certificate; null: the signature could not be read */
  issuer: string | null
  /** SHA-256 of the signer's certificate, hexadecimal; null: it could not be read */
  fingerprint: string | null
  /** SHA-256 of the trusted root at which the way up ends, hexadecimal; null: at none */
  root: string | null
  /** the moment of a trusted time stamp (ms); null: none */
  stampedAt: number | null
  /** who issued the certificate, as kinds of signatures are known by; null: it could not be read */
  origin: CertificateOrigin | null
  /** the certificates from the signer's up to below the root, with what lists in the file say of each */
  way: WayStep[]
}

export type SignedFileReading =
  | { ok: true; signatures: ReadSignature[] }
  | { ok: false; flaw: SignedFileFlaw; detail: string }

/** A moment that no certificate is valid at. */
const UNREADABLE: ReadSignature = {
  facts: {
    isIntact: false,
    isWeak: false,
    chain: 'unknown',
    isForSigning: false,
    validFrom: 0,
    validTo: 0,
    at: 0,
    claimedAt: null,
    revocation: 'unknown',
    holder: { name: '', numbers: [] },
  },
  issuer: null,
  fingerprint: null,
  root: null,
  stampedAt: null,
  origin: null,
  way: [],
}

/**
 * Checks a signed PDF against the paper that was prepared (plan IV.1): the revisions first, then each person's signature
 * with its way up to a trusted root, its time and its withdrawal. `receivedAt` in milliseconds.
 * Asks nothing of the network, takes at most 5 MB and 60 signatures, and never throws for what a file holds.
 */
export function readSignedFile(
  { prepared, file, places }: SignedFileInput,
  trust: Trust,
  receivedAt: number,
): SignedFileReading {
  const reading = readRevisions(prepared, file, places)
  if (!reading.ok) return reading
  const { signatures, certificates, lists } = reading.revisions
  const found = signatures.map(signature => ({ signature, message: messageOf(signature) }))
  const stamps = new Map(found.map(({ signature, message }) => [signature, stampFor(signature, message)]))
  const between = distinct([
    ...certificates.flatMap(der => readCertificate(der) ?? []),
    ...found.flatMap(({ message }) => message?.certificates ?? []),
    ...[...stamps.values()].flatMap(stamp => stamp?.certificates ?? []),
  ])
  const issuers = new Issuers(
    trust.roots.flatMap(der => readCertificate(Buffer.from(der)) ?? []),
    between,
    [...trust.lists, ...lists, ...found.flatMap(({ message }) => message?.lists ?? [])].flatMap(
      der => readList(Buffer.from(der)) ?? [],
    ),
  )
  const trusted = found.map(({ signature }) => trustedMoment(stamps.get(signature) ?? null, issuers, receivedAt))
  return {
    ok: true,
    signatures: found.flatMap(({ signature, message }, n) => {
      if (signature.kind !== 'person') return []
      // a later time stamp over the whole file proves that this signature was there by then
      const stampedAt =
        trusted[n] ??
        found.flatMap(({ signature: later }, m) =>
          m > n && later.kind === 'time_stamp' ? (trusted[m] ?? []) : [],
        )[0] ??
        null
      return [readSignature(signature, message, { issuers, stampedAt, receivedAt })]
    }),
  }
}

const messageOf = ({ kind, cms }: FoundSignature) => (kind === 'person' ? readMessage(cms) : null)

function stampFor({ kind, cms, covered }: FoundSignature, message: SignedMessage | null): TimeStamp | null {
  if (kind === 'time_stamp') return readStamp(cms, covered)
  return message === null ? null : stampOf(message)
}

function distinct(certificates: readonly ReadCertificate[]): ReadCertificate[] {
  return [...new Map(certificates.map(certificate => [certificate.fingerprint, certificate])).values()]
}

/** The moment of a time stamp whose own way up is trusted and that is not after receipt; null: none. */
function trustedMoment(stamp: TimeStamp | null, issuers: Issuers, receivedAt: number): number | null {
  if (stamp === null || stamp.at > receivedAt || !isForStamping(stamp.certificate)) return null
  const { certificate, at } = stamp
  const chain = issuers.chainOf(certificate, at)
  const isValid = certificate.validFrom <= at && at <= certificate.validTo
  const isHeld = issuers.stepsOf(chain.way, at, { isStamped: false }).every(step => step.revocation !== 'revoked')
  return chain.state === 'trusted' && !chain.isWeak && isValid && isHeld ? at : null
}

function readSignature(
  { covered }: FoundSignature,
  message: SignedMessage | null,
  { issuers, stampedAt, receivedAt }: { issuers: Issuers; stampedAt: number | null; receivedAt: number },
): ReadSignature {
  const certificate = message?.certificate
  if (!message || !certificate) return UNREADABLE
  const at = stampedAt ?? receivedAt
  const fit = fitOf(message, covered)
  const chain = issuers.chainOf(certificate, at)
  const way = issuers.stepsOf(chain.way, at, { isStamped: stampedAt !== null })
  return {
    facts: {
      isIntact: fit !== 'broken' && isDetached(message),
      isWeak: fit === 'weak' || chain.isWeak || !isStrongKey(certificate.key),
      chain: chain.state,
      isForSigning: isForSigning(certificate),
      validFrom: certificate.validFrom,
      validTo: certificate.validTo,
      at,
      claimedAt: message.claimedAt,
      revocation: revocationByLists(way, at, () => null).state,
      holder: certificate.holder,
    },
    issuer: certificate.x509.issuer.replaceAll('\n', ', '),
    fingerprint: certificate.fingerprint,
    root: chain.state === 'trusted' ? (chain.way.at(-1)?.fingerprint ?? null) : null,
    stampedAt,
    origin: originOf(certificate, chain.way[1]),
    way,
  }
}
