import { type Day, dayOf } from './calendar.ts'
import { readIdNumber } from './id-number.ts'
import { isShorthand } from './name.ts'
import type { SignatureWord } from './signature-proof.ts'
import type { CertificateKind } from './vocabulary.ts'

/** Bytes of one person's signed pledge: the paper and a signature with its proofs have some 200 KB. */
export const PLEDGE_FILE_BYTES = 512 * 1024

/** What of an uploaded file keeps every signature in it from being taken. */
export type SignedFileFlaw =
  /** more than 5 MB */
  | 'too_large'
  /** no file that starts with the prepared one: written again by a tool, scanned, or another paper; kept as a scan */
  | 'rewritten'
  /** the prepared file as it was, without any signature */
  | 'unsigned'
  /** what was added is more than signatures and what proves them */
  | 'changed'
  /** a signature leaves a part of the file out, or a part was added after it that no signature covers */
  | 'part_only'
  /** a mark lies outside the place kept for signatures, or on that of another person */
  | 'outside_place'
  /** more signatures than a file may have */
  | 'too_many'

/** Why one signature is not taken, in the order of display; `ends_early` and `other_person` speak of a good one. */
const SIGNATURE_FLAWS = [
  'broken',
  'weak_algorithm',
  'self_signed',
  'unknown_issuer',
  'issuer_invalid',
  'wrong_usage',
  'not_yet_valid',
  'expired',
  'revoked',
  'other_person',
  'ends_early',
] as const
export type SignatureFlaw = (typeof SIGNATURE_FLAWS)[number]

/** Places on a page that are kept for signatures, in points from the lower left corner; `page` counts from 0. */
export type SignaturePlace = { page: number; left: number; bottom: number; right: number; top: number }

/** Whether a certificate's way up ends at a trusted root: `invalid`: it does, over one that may not issue. */
export type ChainState = 'trusted' | 'self_signed' | 'unknown' | 'invalid'

/** What lists of withdrawn certificates say of a way up; `unknown`: no list speaks of each of its certificates. */
export type RevocationState = 'good' | 'revoked' | 'unknown'

/** Who a certificate names: the name, and the numbers as its subject writes them (`CCCD:…`). */
export type CertificateHolder = { name: string; numbers: readonly string[] }

/** One signature as it was read; moments in milliseconds. */
export type SignatureFacts = {
  /** the bytes are those that were signed, by the key of the certificate */
  isIntact: boolean
  isWeak: boolean
  chain: ChainState
  isForSigning: boolean
  validFrom: number
  validTo: number
  /** the moment by which validity is judged: that of a trusted time stamp, else of receipt */
  at: number
  /** when the signer's own clock says it was signed; null: it does not say */
  claimedAt: number | null
  revocation: RevocationState
  holder: CertificateHolder
}

/** The official whom a signature should be of. `hasNumber` compares a 12-digit number; null: none is on record. */
export type ExpectedSigner = { name: string; hasNumber: ((number: string) => boolean) | null }

/** `unsure`: the name agrees and no number was compared, so the unit confirms who it is. */
export type SignerMatch = 'same' | 'other' | 'unsure'

/** What a signature comes to: taken where no flaw is left but `ends_early`, which the obligation does not meet. */
export type SignatureVerdict = {
  flaws: SignatureFlaw[]
  match: SignerMatch
  isTaken: boolean
  isRevocationKnown: boolean
}

const PERSONAL_NUMBER = /^\s*(?:CCCD|CC|ĐDCN|DDCN)\s*[:-]?\s*(\d{12})\s*$/i

/**
 * Compares the holder of a certificate with an official (plan IV.1): by the 12-digit number of its subject
 * (`CCCD:012345678901`) where one is on record, else by name. A number of an identity card of nine digits decides nothing.
 */
export function matchSigner({ name, numbers }: CertificateHolder, official: ExpectedSigner): SignerMatch {
  const written = writtenNumbers(numbers)
  const known = written.filter(number => readIdNumber(number).ok)
  if (official.hasNumber !== null && written.length > 0)
    return known.length === written.length && known.every(official.hasNumber) ? 'same' : 'other'
  return isShorthand(name, official.name) ? 'unsure' : 'other'
}

const writtenNumbers = (numbers: readonly string[]) => numbers.flatMap(text => PERSONAL_NUMBER.exec(text)?.[1] ?? [])

/** The one 12-digit number in a certificate's subject; null: none, or several. */
export function personalNumber({ numbers }: CertificateHolder): string | null {
  const [number, ...others] = new Set(writtenNumbers(numbers))
  return number !== undefined && others.length === 0 && readIdNumber(number).ok ? number : null
}

/**
 * Decides about one signature in an unchanged paper (plan IV.1). The certificate must have been valid when it was signed.
 * Where no trusted time stamp tells that moment, it must be so at receipt, and when the signer's clock says it was signed.
 * A certificate that ends before the cut-off day is taken and does not meet the obligation.
 */
export function judgeSignature(
  facts: SignatureFacts,
  official: ExpectedSigner,
  { endsOn }: { endsOn: Day },
): SignatureVerdict {
  const match = matchSigner(facts.holder, official)
  const moments = facts.claimedAt === null ? [facts.at] : [facts.at, facts.claimedAt]
  const holds: Record<SignatureFlaw, boolean> = {
    broken: !facts.isIntact,
    weak_algorithm: facts.isWeak,
    self_signed: facts.chain === 'self_signed',
    unknown_issuer: facts.chain === 'unknown',
    issuer_invalid: facts.chain === 'invalid',
    wrong_usage: !facts.isForSigning,
    not_yet_valid: moments.some(moment => moment < facts.validFrom),
    expired: moments.some(moment => moment > facts.validTo),
    revoked: facts.revocation === 'revoked',
    other_person: match === 'other',
    ends_early: dayOf(facts.validTo) < endsOn,
  }
  // what a broken one says of itself says nothing, and what is not taken need not last
  const found = facts.isIntact ? SIGNATURE_FLAWS.filter(flaw => holds[flaw]) : (['broken'] as const)
  const flaws = found.filter(flaw => flaw !== 'ends_early' || found.length === 1)
  return {
    flaws,
    match,
    isTaken: flaws.every(flaw => flaw === 'ends_early'),
    isRevocationKnown: facts.revocation !== 'unknown',
  }
}

/**
 * A kept signature as pages show it, with what it says by now. Days are the certificate's. `stampedAt` null: no time stamp;
 * `issuer`: its common name, '' where it was not kept; `kind` null: unknown; `revokedAt` null: not withdrawn, as far as known.
 */
export type ShownSignature = {
  fileId: number
  word: SignatureWord
  validFromOn: Day
  validToOn: Day
  stampedAt: number | null
  isRevocationKnown: boolean
  revokedAt: number | null
  kind: CertificateKind | null
  issuer: string
  checkedAt: number
}
