import type { Day } from './calendar.ts'
import type { CertificateKind } from './vocabulary.ts'

/** Who issued a certificate, as it tells: the issuer's whole name and common name, key id (hexadecimal), and policies. */
export type CertificateOrigin = { issuer: string; issuerCommonName: string; keyId: string; policies: readonly string[] }

/**
 * An entry of the table of kinds. `issuer`: a name, or the id of the issuer's key in hexadecimal. `policy` null: whatever
 * the policy. It speaks of what is signed from `validFromOn` on.
 */
export type KindEntry = {
  id: number
  issuer: string
  policy: string | null
  kind: CertificateKind
  validFromOn: Day
}

/** Writes an issuer as it is compared: a key id without blanks and colons in small letters; a name as one line. */
export function readIssuer(text: string): string {
  const id = text.replace(/[\s:]/g, '').toLowerCase()
  return /^[0-9a-f]{40,64}$/.test(id) ? id : text.replace(/\s+/g, ' ').trim().toLocaleLowerCase('vi')
}

/**
 * Finds the kind of a certificate that signed on a day (plan IV.1). An entry for one of its policies goes before one for
 * any policy, one for the key before one for the name, the later entry before the earlier. Null: the table knows none.
 */
export function kindOf(
  entries: readonly KindEntry[],
  { issuer, issuerCommonName, keyId, policies }: CertificateOrigin,
  signedOn: Day,
): CertificateKind | null {
  const names = [issuer, issuerCommonName].map(readIssuer)
  const weightOf = (entry: KindEntry) =>
    (entry.policy === null ? 0 : 2) + (readIssuer(entry.issuer) === keyId && keyId !== '' ? 1 : 0)
  const [first] = entries
    .filter(entry => entry.validFromOn <= signedOn && (entry.policy === null || policies.includes(entry.policy)))
    .filter(entry => [keyId, ...names].filter(known => known !== '').includes(readIssuer(entry.issuer)))
    .toSorted(
      (one, other) =>
        weightOf(other) - weightOf(one) || other.validFromOn.localeCompare(one.validFromOn) || other.id - one.id,
    )
  return first?.kind ?? null
}
