import { createHash } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import { RECOVERY_CODE_LENGTH } from '#app/domain/second-factor.ts'
import { makeCode } from './password.server.ts'

const STEP_SECONDS = 30
/** A phone's clock may be half a minute off, either way. */
const STEPS_OFF = 1

/** The parameters that every authenticator application supports: SHA-1, six digits, thirty seconds. */
const totpOf = (secret: string, { issuer = '', login = '' } = {}) =>
  new TOTP({
    issuer,
    label: login,
    secret: Secret.fromBase32(secret),
    algorithm: 'SHA1',
    digits: 6,
    period: STEP_SECONDS,
  })

/** A new secret of 160 bits, base32. */
export function makeSecret(): string {
  return new Secret({ size: 20 }).base32
}

/** The address that an authenticator application reads out of a QR code; it shows the entry as `issuer`. */
export function authenticatorUri(secret: string, named: { issuer: string; login: string }): string {
  return totpOf(secret, named).toString()
}

/**
 * Returns the step (30 s since 1970) whose code this is at `at` (ms). Undefined if the code is wrong or its step is
 * not later than `lastStep`.
 * A `lastStep` that is impossible at the present time was stored while this machine's clock was fast. It is ignored;
 * otherwise it would block sign-in until that time.
 */
export function stepOf(secret: string, code: string, at: number, lastStep: number): number | undefined {
  const delta = totpOf(secret).validate({ token: code, timestamp: at, window: STEPS_OFF })
  if (delta === null) return undefined
  const present = Math.floor(at / 1000 / STEP_SECONDS)
  const step = present + delta
  return step > lastStep || lastStep > present + STEPS_OFF ? step : undefined
}

/** A recovery code as it is handed out: 24 letters and digits in six groups, 118 bits. */
export const makeRecoveryCode = () => makeCode(RECOVERY_CODE_LENGTH / 4)

/** Returns the stored form of an account's recovery code. It has 118 random bits, so a plain hash is enough. */
export function recoveryHash(accountId: number, code: string): string {
  return createHash('sha256')
    .update(`${accountId} ${code.replaceAll('-', '')}`)
    .digest('base64url')
}
