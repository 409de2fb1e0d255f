import { type Day, dayOf } from '#app/domain/calendar.ts'
import type { InputProblem } from '#app/domain/problem.ts'
import { isSelfIssuer, readCertificate } from './certificate-chain.ts'

type RootProblem = Extract<InputProblem, 'required' | 'root_unreadable' | 'root_not_issuer'>
type Root = { certificate: Buffer; fingerprint: string; name: string; validFromOn: Day; validToOn: Day }

const PEM = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/

/** The bytes (DER) of a certificate's file, which may be PEM. */
export function derOfCertificate(file: Buffer): Buffer {
  const text = PEM.exec(file.subarray(0, 64 * 1024).toString('latin1'))?.[1]
  return text === undefined ? file : Buffer.from(text, 'base64')
}

/** Reads the file of a root certificate, DER or PEM; it signed itself and may issue, with a key that is long enough. */
export function readRoot(file: Buffer): { ok: true; root: Root } | { ok: false; reason: RootProblem } {
  if (file.length === 0) return { ok: false, reason: 'required' }
  const read = readCertificate(derOfCertificate(file))
  if (read === null) return { ok: false, reason: 'root_unreadable' }
  if (!isSelfIssuer(read)) return { ok: false, reason: 'root_not_issuer' }
  const { der, fingerprint, x509, validFrom, validTo } = read
  const name = x509.subject.replaceAll('\n', ', ')
  return {
    ok: true,
    root: { certificate: der, fingerprint, name, validFromOn: dayOf(validFrom), validToOn: dayOf(validTo) },
  }
}
