import { createHash, type KeyObject, X509Certificate } from 'node:crypto'
import { fromBER, OctetString } from 'asn1js'
import { BasicConstraints, Certificate, CertificatePolicies, ExtKeyUsage } from 'pkijs'
import type { CertificateOrigin } from '#app/domain/signature-kind.ts'
import type { WayStep } from '#app/domain/signature-proof.ts'
import type { CertificateHolder, ChainState } from '#app/domain/signed-paper.ts'
import { hexOf, type ReadList } from './revocation-list.ts'
import { isStrongAlgorithm, isStrongKey } from './signature-algorithm.ts'

/** One certificate as it was read; moments in milliseconds. */
export type ReadCertificate = {
  der: Buffer
  /** SHA-256 of the certificate, hexadecimal */
  fingerprint: string
  subject: Buffer
  issuer: Buffer
  serial: string
  validFrom: number
  validTo: number
  key: KeyObject
  holder: CertificateHolder
  parsed: Certificate
  x509: X509Certificate
}

const OID = {
  commonName: '2.5.4.3',
  serialNumber: '2.5.4.5',
  userId: '0.9.2342.19200300.100.1.1',
  basicConstraints: '2.5.29.19',
  keyUsage: '2.5.29.15',
  extKeyUsage: '2.5.29.37',
  timeStamping: '1.3.6.1.5.5.7.3.8',
  keyId: '2.5.29.14',
  policies: '2.5.29.32',
} as const

/** Critical extensions that are understood here; a certificate with another one is not taken. */
const UNDERSTOOD: ReadonlySet<string> = new Set([
  OID.basicConstraints,
  OID.keyUsage,
  OID.extKeyUsage,
  '2.5.29.14',
  '2.5.29.17',
  '2.5.29.31',
  '2.5.29.32',
  '2.5.29.35',
])

/** Extended usages under which people sign: any, mail, sign-in, documents of three makers. */
const SIGNING_USAGES = [
  '2.5.29.37.0',
  '1.3.6.1.5.5.7.3.4',
  '1.3.6.1.5.5.7.3.2',
  '1.3.6.1.5.5.7.3.36',
  '1.2.840.113583.1.1.5',
  '1.3.6.1.4.1.311.10.3.12',
]

const MAX_CERTIFICATE_BYTES = 16 * 1024
/** Certificates above a signer's own. */
const MAX_STEPS = 5
/** Signatures of certificates and lists that are looked at for one file. */
const MAX_VERIFICATIONS = 400
/** Steps that are tried for one signer: certificates that issue each other in circles lead nowhere. */
const MAX_CLIMBS = 200

/** Reads one certificate (DER); null where it is none. */
export function readCertificate(der: Buffer): ReadCertificate | null {
  if (der.length > MAX_CERTIFICATE_BYTES) return null
  try {
    const read = fromBER(der)
    if (read.offset !== der.length) return null
    const parsed = new Certificate({ schema: read.result })
    const x509 = new X509Certificate(der)
    const values = (type: string) =>
      parsed.subject.typesAndValues.flatMap(entry =>
        entry.type === type ? [String((entry.value as { valueBlock: { value: unknown } }).valueBlock.value)] : [],
      )
    return {
      der,
      fingerprint: createHash('sha256').update(der).digest('hex'),
      subject: Buffer.from(parsed.subject.valueBeforeDecode),
      issuer: Buffer.from(parsed.issuer.valueBeforeDecode),
      serial: hexOf(parsed.serialNumber.valueBlock.valueHexView),
      validFrom: parsed.notBefore.value.getTime(),
      validTo: parsed.notAfter.value.getTime(),
      key: x509.publicKey,
      holder: { name: values(OID.commonName)[0] ?? '', numbers: [...values(OID.userId), ...values(OID.serialNumber)] },
      parsed,
      x509,
    }
  } catch {
    return null
  }
}

const extensionOf = ({ parsed }: ReadCertificate, id: string) => parsed.extensions?.find(({ extnID }) => extnID === id)

/** The bits of a certificate's key usage, the first bit first; null: it does not say, so all hold. */
function usageBits(certificate: ReadCertificate): ((bit: number) => boolean) | null {
  const extension = extensionOf(certificate, OID.keyUsage)
  if (!extension) return null
  const view = (extension.parsedValue as { valueBlock?: { valueHexView?: Uint8Array } } | undefined)?.valueBlock
    ?.valueHexView
  return bit => ((view?.[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0
}

const usesOf = (certificate: ReadCertificate): readonly string[] | null => {
  const value = extensionOf(certificate, OID.extKeyUsage)?.parsedValue
  if (value === undefined) return extensionOf(certificate, OID.extKeyUsage) ? [] : null
  return value instanceof ExtKeyUsage ? value.keyPurposes : []
}

const isUnderstood = ({ parsed }: ReadCertificate) =>
  (parsed.extensions ?? []).every(({ critical, extnID }) => !critical || UNDERSTOOD.has(extnID))

function basicsOf(certificate: ReadCertificate): { isIssuer: boolean; most: number } {
  const value = extensionOf(certificate, OID.basicConstraints)?.parsedValue
  if (!(value instanceof BasicConstraints)) return { isIssuer: false, most: 0 }
  const most = value.pathLenConstraint
  return { isIssuer: value.cA, most: typeof most === 'number' ? most : most === undefined ? MAX_STEPS : 0 }
}

const DIGITAL_SIGNATURE = 0
const NON_REPUDIATION = 1
const KEY_CERT_SIGN = 5
const CRL_SIGN = 6

/** SHA-256 of a certificate's name and key, hexadecimal: the same issuer, in whichever certificate. */
export const issuerKeyOf = ({ subject, key }: ReadCertificate): string =>
  createHash('sha256')
    .update(subject)
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex')

/** True where a certificate may sign lists of withdrawn ones: an issuer's, with that usage or none named. */
export function maySignLists(certificate: ReadCertificate): boolean {
  const bits = usageBits(certificate)
  return basicsOf(certificate).isIssuer && (bits === null || bits(CRL_SIGN))
}

/** Who issued a certificate, by the name in it, the id of the issuer's key, and its own policies. */
export function originOf(certificate: ReadCertificate, issuer: ReadCertificate | undefined): CertificateOrigin {
  const policies = extensionOf(certificate, OID.policies)?.parsedValue
  return {
    issuer: certificate.x509.issuer.replaceAll('\n', ', '),
    issuerCommonName: issuer?.holder.name ?? '',
    keyId: issuer ? keyIdOf(issuer) : '',
    policies:
      policies instanceof CertificatePolicies
        ? policies.certificatePolicies.map(({ policyIdentifier }) => policyIdentifier)
        : [],
  }
}

/** The id of a certificate's own key as it says (RFC 5280); '' where it says none. */
function keyIdOf(certificate: ReadCertificate): string {
  const said = extensionOf(certificate, OID.keyId)?.parsedValue
  return said instanceof OctetString ? Buffer.from(said.valueBlock.valueHexView).toString('hex') : ''
}

/** True for a certificate with which a person signs documents: no issuer's, and its usages name signing or none. */
export function isForSigning(certificate: ReadCertificate): boolean {
  const bits = usageBits(certificate)
  const uses = usesOf(certificate)
  return (
    isUnderstood(certificate) &&
    !basicsOf(certificate).isIssuer &&
    (bits === null || bits(DIGITAL_SIGNATURE) || bits(NON_REPUDIATION)) &&
    (uses === null || uses.some(use => SIGNING_USAGES.includes(use)))
  )
}

/** True for a certificate that says, and says alone, that it stamps times. */
export function isForStamping(certificate: ReadCertificate): boolean {
  const uses = usesOf(certificate)
  return isUnderstood(certificate) && uses?.length === 1 && uses[0] === OID.timeStamping
}

/** True for a certificate that may issue others, signed itself and has a key that is long enough. */
export function isSelfIssuer(certificate: ReadCertificate): boolean {
  const bits = usageBits(certificate)
  const mayIssue = basicsOf(certificate).isIssuer && (bits === null || bits(KEY_CERT_SIGN))
  try {
    return mayIssue && isStrongKey(certificate.key) && certificate.x509.verify(certificate.key)
  } catch {
    return false
  }
}

/** What a way up comes to; `way`: the certificates from the signer's to the root, where a trusted one was found. */
export type Chain = { state: ChainState; isWeak: boolean; way: readonly ReadCertificate[] }

/**
 * Finds the ways up of the certificates of one file: to trusted roots, over certificates that came along. Each signature
 * is looked at once. `roots` alone are trusted; one that is not valid at the moment in question ends no way.
 */
export class Issuers {
  readonly #roots: readonly ReadCertificate[]
  readonly #between: readonly ReadCertificate[]
  readonly #lists: readonly ReadList[]
  readonly #known = new Map<string, boolean>()
  readonly #knownLists = new Map<ReadList, Map<string, boolean>>()
  #left = MAX_VERIFICATIONS
  #climbs = MAX_CLIMBS

  constructor(roots: readonly ReadCertificate[], between: readonly ReadCertificate[], lists: readonly ReadList[]) {
    this.#roots = roots
    this.#between = between
    this.#lists = lists
  }

  /** Returns the way up of a certificate as of a moment (ms). */
  chainOf(leaf: ReadCertificate, at: number): Chain {
    this.#climbs = MAX_CLIMBS
    const found = this.#climb([leaf], at)
    if (found.some(({ state }) => state === 'trusted')) {
      const trusted = found.filter(({ state }) => state === 'trusted')
      return trusted.find(({ isWeak }) => !isWeak) ?? (trusted[0] as Chain)
    }
    const [invalid] = found
    if (invalid) return invalid
    const isSelf = leaf.issuer.equals(leaf.subject) && this.#isIssuedBy(leaf, leaf)
    return { state: isSelf ? 'self_signed' : 'unknown', isWeak: false, way: [leaf] }
  }

  #climb(way: readonly ReadCertificate[], at: number): Chain[] {
    const child = way.at(-1) as ReadCertificate
    if (way.length > MAX_STEPS + 1 || this.#climbs-- <= 0) return []
    const chains: Chain[] = []
    for (const root of this.#roots) {
      if (root.fingerprint === child.fingerprint) continue
      if (!this.#isIssuedBy(child, root)) continue
      chains.push(this.#judged([...way, root], at))
    }
    for (const issuer of this.#between) {
      if (way.some(({ fingerprint }) => fingerprint === issuer.fingerprint)) continue
      if (this.#roots.some(({ fingerprint }) => fingerprint === issuer.fingerprint)) continue
      if (this.#isIssuedBy(child, issuer)) chains.push(...this.#climb([...way, issuer], at))
    }
    return chains
  }

  /** A whole way: each certificate above the first was valid at the moment, may issue, and as far down as this. */
  #judged(way: readonly ReadCertificate[], at: number): Chain {
    const isValid = way.slice(1).every((issuer, below) => {
      const bits = usageBits(issuer)
      const { isIssuer, most } = basicsOf(issuer)
      const mayIssue = isIssuer && most >= below && (bits === null || bits(KEY_CERT_SIGN)) && isUnderstood(issuer)
      return mayIssue && issuer.validFrom <= at && at <= issuer.validTo
    })
    const isWeak = way.some(
      ({ key, parsed }, n) =>
        !isStrongKey(key) || (n < way.length - 1 && !isStrongAlgorithm(parsed.signatureAlgorithm)),
    )
    return { state: isValid ? 'trusted' : 'invalid', isWeak, way }
  }

  #isIssuedBy(child: ReadCertificate, issuer: ReadCertificate): boolean {
    if (!child.issuer.equals(issuer.subject)) return false
    const name = `${child.fingerprint} ${issuer.fingerprint}`
    const known = this.#known.get(name)
    if (known !== undefined) return known
    if (this.#left-- <= 0) return false
    let isIssued = false
    try {
      isIssued = child.x509.verify(issuer.key)
    } catch {
      // a key that does not fit the signature's kind
    }
    this.#known.set(name, isIssued)
    return isIssued
  }

  /**
   * Says of each certificate of a way up but the root whether it holds by the lists in the file, as of a moment (ms).
   * `isStamped`: a trusted time stamp proves that moment, so what was withdrawn later does not count.
   */
  stepsOf(way: readonly ReadCertificate[], at: number, { isStamped }: { isStamped: boolean }): WayStep[] {
    return way.slice(0, -1).map((certificate, n) => {
      const issuer = way[n + 1] as ReadCertificate
      const lists = this.#lists.filter(list => this.#isListOf(list, issuer))
      const since = lists.flatMap(list => list.withdrawn.get(certificate.serial) ?? [])
      const isKnown = lists.some(
        list =>
          !list.isPartial && list.nextUpdate !== null && list.thisUpdate <= list.nextUpdate && list.nextUpdate >= at,
      )
      const revocation = since.some(moment => !isStamped || moment <= at) ? 'revoked' : isKnown ? 'good' : 'unknown'
      return { serial: certificate.serial, issuer: issuerKeyOf(issuer), revocation }
    })
  }

  #isListOf(list: ReadList, issuer: ReadCertificate): boolean {
    if (!list.issuer.equals(issuer.subject)) return false
    const known = this.#knownLists.get(list) ?? new Map<string, boolean>()
    this.#knownLists.set(list, known)
    const answer = known.get(issuer.fingerprint)
    if (answer !== undefined) return answer
    if (this.#left-- <= 0) return false
    const bits = usageBits(issuer)
    const isSigned = (bits === null || bits(CRL_SIGN)) && list.isSignedBy(issuer.key)
    known.set(issuer.fingerprint, isSigned)
    return isSigned
  }
}
