import type { Role } from './vocabulary.ts'

/**
 * Roles that reach beyond one unit, or open other people's accounts: what is stolen with such a password is a province's
 * data. They sign in with a second factor; everybody else may.
 */
const PRIVILEGED_ROLES: readonly Role[] = ['campaign_office', 'home_affairs', 'admin', 'inspector']

/** True where one of these grants needs the second factor, and a short session. */
export function isPrivileged(grants: readonly { role: Role }[]): boolean {
  return grants.some(({ role }) => PRIVILEGED_ROLES.includes(role))
}

/** Between the password and the second factor: time to find the phone, or to install the application. */
export const TICKET_MS = 5 * 60_000
/** Enough to lose a phone several times; new ones can be made. */
export const RECOVERY_CODES = 8
/** Letters and digits of one. */
export const RECOVERY_CODE_LENGTH = 24

/**
 * Reads what was typed at the second step: the authenticator's six digits, or a recovery code; undefined if it is
 * neither.
 */
export function readFactorCode(typed: string): { kind: 'totp' | 'recovery'; code: string } | undefined {
  const plain = typed.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')
  if (/^\d{6}$/.test(plain)) return { kind: 'totp', code: plain }
  return plain.length === RECOVERY_CODE_LENGTH ? { kind: 'recovery', code: plain } : undefined
}
