import type { Day } from './calendar.ts'
import type { PartEvidence } from './obligation.ts'
import type { Regulation } from './regulation.ts'
import type { CertificateKind, ObligationState } from './vocabulary.ts'

/**
 * A taken signature as it is kept. `numberHash`: keyed hash of the number in the certificate; null: none to compare.
 * `kind` null: the table of kinds knows none. `revokedAt` (ms): withdrawn before it signed; null: not, as far as known.
 */
export type KeptSignature = {
  numberHash: string | null
  kind: CertificateKind | null
  validToOn: Day
  revokedAt: number | null
  checkedAt: number
}

/**
 * What a kept signature says of its signer's own signature. `proof`: the act proves it. `waits_person`, `waits_kind`: the
 * unit is to confirm whose it is, or of which kind. The others meet nothing: a kind that is not accepted, a certificate
 * that ends before the cut-off, one with another number than the official's now, one withdrawn before it signed.
 */
export type SignatureWord =
  | 'proof'
  | 'waits_person'
  | 'waits_kind'
  | 'not_accepted'
  | 'ends_early'
  | 'another'
  | 'revoked'

/**
 * Says what a kept signature proves (plan IV.1). Where no number could be compared, or the kind is unknown, the unit's
 * confirmation of the part after the check says whose it is and of which kind. `ownHash`: hash of the official's number;
 * null: unknown here. `confirmedAt` null: the unit confirmed nothing.
 */
export function signatureWord(
  { numberHash, kind, validToOn, revokedAt, checkedAt }: KeptSignature,
  { ownHash, confirmedAt }: { ownHash: string | null; confirmedAt: number | null },
  { endsOn, certificateKinds }: Pick<Regulation, 'endsOn' | 'certificateKinds'>,
): SignatureWord {
  const isCompared = numberHash !== null && ownHash !== null
  if (revokedAt !== null) return 'revoked'
  if (isCompared && numberHash !== ownHash) return 'another'
  if (kind !== null && !certificateKinds.includes(kind)) return 'not_accepted'
  if (validToOn < endsOn) return 'ends_early'
  if (confirmedAt !== null && confirmedAt >= checkedAt) return 'proof'
  if (!isCompared) return 'waits_person'
  return kind === null ? 'waits_kind' : 'proof'
}

/** The kept signature that proves, the one that lasts longest, on the same day the later one; null: none does. */
export function provingSignature<Kept extends KeptSignature>(
  kept: readonly Kept[],
  wordOf: (signature: Kept) => SignatureWord,
): Kept | null {
  const [first] = kept
    .filter(signature => wordOf(signature) === 'proof')
    .toSorted((one, other) => other.validToOn.localeCompare(one.validToOn) || other.checkedAt - one.checkedAt)
  return first ?? null
}

/**
 * The state of a part by extracts and by its own signature (domain 4). An extract that shows it verifies what the unit
 * confirmed. A proven signature needs the unit for nothing but the SIM's own name, and not where an extract shows that.
 * `isCleared`: the unit looked at what the deciding full list lacks. What nobody declared, or was sent back, stays so.
 */
export function stateByEvidence(
  state: ObligationState,
  {
    decided,
    isCleared,
    isProven,
    isConfirmed,
  }: { decided: PartEvidence | null; isCleared: boolean; isProven: boolean; isConfirmed: boolean },
): ObligationState {
  if (state === 'missing' || state === 'returned') return state
  const isShown = decided?.shows === true
  const isOwnName = isShown || (isConfirmed && (decided === null || isCleared))
  if (isProven ? isOwnName : isShown && isConfirmed) return 'verified'
  return isConfirmed ? 'confirmed' : 'declared'
}

/** One certificate on the way up to the root: its number in hexadecimal, its issuer's key, what lists in the file say. */
export type WayStep = { serial: string; issuer: string; revocation: 'good' | 'revoked' | 'unknown' }

/** A kept list of withdrawn certificates; `withdrawnAt` (ms) null: the number is not on it. */
export type KeptList = { nextUpdate: number | null; withdrawnAt: (serial: string) => number | null }

/**
 * Says by kept lists, and by those in the file, whether a way up held when it was signed. `at` (ms): the moment of a trusted time
 * stamp, else of receipt; what was withdrawn later keeps its proof. Returns since when it was withdrawn where a kept list says so.
 */
export function revocationByLists(
  way: readonly WayStep[],
  at: number,
  listOf: (issuer: string) => KeptList | null,
): { state: 'good' | 'revoked' | 'unknown'; revokedAt: number | null } {
  let isKnown = way.length > 0
  for (const { serial, issuer, revocation } of way) {
    if (revocation === 'revoked') return { state: 'revoked', revokedAt: at }
    const list = listOf(issuer)
    const since = list?.withdrawnAt(serial) ?? null
    if (since !== null && since <= at) return { state: 'revoked', revokedAt: since }
    isKnown &&= revocation === 'good' || (list !== null && list.nextUpdate !== null && list.nextUpdate >= at)
  }
  return { state: isKnown ? 'good' : 'unknown', revokedAt: null }
}
