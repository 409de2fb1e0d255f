import { and, count, eq, gt, isNull, lte, or } from 'drizzle-orm'
import type { Actor, Person } from '#app/access/policy.ts'
import { revokeAllSessions } from '#app/access/session.server.ts'
import { makeTicket } from '#app/access/ticket.server.ts'
import { authenticatorUri, makeRecoveryCode, makeSecret, recoveryHash, stepOf } from '#app/access/totp.server.ts'
import type { Day } from '#app/domain/calendar.ts'
import { isPrivileged, RECOVERY_CODES, readFactorCode, TICKET_MS } from '#app/domain/second-factor.ts'
import { db, type Tx, transact } from '#db/client.server.ts'
import { seal, unseal } from '#db/keys.server.ts'
import { account, recoveryCode, secondFactor, session, signInTicket } from '#db/schema.ts'
import { grantsOf, permitManaging } from './account.server.ts'
import { logEvent } from './event.server.ts'
import { currentProvince } from './province.server.ts'

/*
 * The second step of a sign-in: the code of an authenticator application, or a recovery code. The first step
 * (password, PIN, activation) gives a ticket and no session. A PIN replaces the password, never this step. Times use
 * the real clock.
 */

const slotOfFactor = (accountId: number) => ({ table: 'second_factor', column: 'secret', rowId: accountId })
const slotOfTicket = (id: number) => ({ table: 'sign_in_ticket', column: 'secret', rowId: id })

const factorOf = (accountId: number) =>
  db.select().from(secondFactor).where(eq(secondFactor.accountId, accountId)).get()

/** True where an account has an authenticator application. */
export function hasFactor(accountId: number): boolean {
  return factorOf(accountId) !== undefined
}

/** True where signing in takes a second step: the account has a factor, or a role that needs one on `today`. */
export function needsFactor(accountId: number, today: Day): boolean {
  return hasFactor(accountId) || isPrivileged(grantsOf(accountId, today))
}

/**
 * A ticket for the second step of this account in this browser; an older one of both ends. `isNew`: there is no
 * application yet, so the ticket holds the secret of the one that is set up now.
 */
export function issueTicket(accountId: number, deviceHash: string): { setCookie: string; isNew: boolean } {
  const { hash, setCookie } = makeTicket()
  return transact(tx => {
    const at = Date.now()
    tx.delete(signInTicket)
      .where(
        or(
          lte(signInTicket.expiresAt, at),
          and(eq(signInTicket.accountId, accountId), eq(signInTicket.deviceHash, deviceHash)),
        ),
      )
      .run()
    const { id } = tx
      .insert(signInTicket)
      .values({ ticketHash: hash, accountId, deviceHash, expiresAt: at + TICKET_MS })
      .returning()
      .get()
    const isNew = !hasFactor(accountId)
    if (isNew)
      tx.update(signInTicket)
        .set({ secretCipher: seal('staff', slotOfTicket(id), makeSecret()) })
        .where(eq(signInTicket.id, id))
        .run()
    return { setCookie, isNew }
  })
}

/** A ticket as a request shows it: its hash (none: undefined), and the browser's. */
export type Shown = { ticketHash: string | undefined; deviceHash: string }

function readTicket({ ticketHash, deviceHash }: Shown) {
  if (ticketHash === undefined) return undefined
  return db
    .select({ ticket: signInTicket, login: account.login, displayName: account.displayName })
    .from(signInTicket)
    .innerJoin(account, eq(account.id, signInTicket.accountId))
    .where(
      and(
        eq(signInTicket.ticketHash, ticketHash),
        eq(signInTicket.deviceHash, deviceHash),
        gt(signInTicket.expiresAt, Date.now()),
        isNull(account.disabledAt),
      ),
    )
    .get()
}

/**
 * Returns the pending sign-in of this browser; undefined if there is none or it expired. `setUp`: the data for the
 * authenticator application, if none is set up yet.
 */
export function findTicket(shown: Shown) {
  const read = readTicket(shown)
  if (!read) return undefined
  const { ticket, login, displayName } = read
  const { id, accountId, secretCipher } = ticket
  const secret = secretCipher === null ? undefined : unseal(slotOfTicket(id), secretCipher).toString()
  return {
    accountId,
    displayName,
    setUp:
      secret === undefined
        ? undefined
        : { secret, uri: authenticatorUri(secret, { issuer: `4 phủ ${currentProvince().name}`, login }) },
  }
}

/**
 * The second step: takes the application's code of a step not used before, or an unused recovery code, and uses up the
 * ticket. Undefined where the code is wrong or the ticket no longer good. `left`: recovery codes that remain.
 */
export function proveFactor(shown: Shown, typed: string): { accountId: number; left: number } | undefined {
  return transact(tx => {
    const read = readTicket(shown)
    if (!read || read.ticket.secretCipher !== null) return undefined
    const { id, accountId } = read.ticket
    if (!spendCode(tx, accountId, typed)) return undefined
    tx.delete(signInTicket).where(eq(signInTicket.id, id)).run()
    return { accountId, left: countRecoveryCodes(accountId) }
  })
}

/** Uses up a code of the account's factor; false where it is wrong, or was used. */
function spendCode(tx: Tx, accountId: number, typed: string): boolean {
  const factor = factorOf(accountId)
  const read = readFactorCode(typed)
  if (!factor || !read) return false
  if (read.kind === 'totp') {
    const secret = unseal(slotOfFactor(accountId), factor.secretCipher).toString()
    const step = stepOf(secret, read.code, Date.now(), factor.lastStep)
    if (step === undefined) return false
    tx.update(secondFactor).set({ lastStep: step }).where(eq(secondFactor.accountId, accountId)).run()
    return true
  }
  const { changes } = tx
    .update(recoveryCode)
    .set({ usedAt: Date.now() })
    .where(and(eq(recoveryCode.codeHash, recoveryHash(accountId, read.code)), isNull(recoveryCode.usedAt)))
    .run()
  if (changes === 0) return false
  // the account acts itself, although it is not signed in yet
  logEvent(tx, { kind: 'anonymous' }, { verb: 'use', subject: 'recovery_code', subjectId: accountId })
  return true
}

/**
 * Sets up the account's application after a right code, uses up the ticket, and ends every former session. Returns the
 * recovery codes, which are shown once. Undefined if the code is wrong, the ticket expired, or an application is set
 * up already.
 */
export function setUpFactor(shown: Shown, typed: string): { accountId: number; codes: string[] } | undefined {
  return transact(tx => {
    const read = readTicket(shown)
    const code = readFactorCode(typed)
    if (!read || read.ticket.secretCipher === null || code?.kind !== 'totp') return undefined
    const { id, accountId, secretCipher } = read.ticket
    if (hasFactor(accountId)) return undefined
    const secret = unseal(slotOfTicket(id), secretCipher).toString()
    const at = Date.now()
    const step = stepOf(secret, code.code, at, 0)
    if (step === undefined) return undefined
    tx.insert(secondFactor)
      .values({
        accountId,
        secretCipher: seal('staff', slotOfFactor(accountId), secret),
        lastStep: step,
        createdAt: at,
      })
      .run()
    tx.delete(signInTicket).where(eq(signInTicket.accountId, accountId)).run()
    tx.delete(session).where(eq(session.accountId, accountId)).run()
    logEvent(tx, { kind: 'anonymous' }, { verb: 'set_up', subject: 'second_factor', subjectId: accountId })
    return { accountId, codes: renewCodes(tx, accountId) }
  })
}

function renewCodes(tx: Tx, accountId: number): string[] {
  tx.delete(recoveryCode).where(eq(recoveryCode.accountId, accountId)).run()
  const codes = Array.from({ length: RECOVERY_CODES }, makeRecoveryCode)
  for (const code of codes)
    tx.insert(recoveryCode)
      .values({ codeHash: recoveryHash(accountId, code), accountId })
      .run()
  return codes
}

function countRecoveryCodes(accountId: number): number {
  const row = db
    .select({ left: count() })
    .from(recoveryCode)
    .where(and(eq(recoveryCode.accountId, accountId), isNull(recoveryCode.usedAt)))
    .get()
  return row?.left ?? 0
}

/** The actor's own factor: whether there is one, whether a role needs it, and how many recovery codes are left. */
export function findOwnFactor(actor: Person) {
  return {
    isSetUp: hasFactor(actor.accountId),
    isRequired: isPrivileged(actor.grants),
    codesLeft: countRecoveryCodes(actor.accountId),
  }
}

/** New recovery codes of one's own, shown once, against a code of the application; those of before end. */
export function renewRecoveryCodes(actor: Person, typed: string): string[] | undefined {
  return transact(tx => {
    if (!spendCode(tx, actor.accountId, typed)) return undefined
    logEvent(tx, actor, { verb: 'issue', subject: 'recovery_code', subjectId: actor.accountId })
    return renewCodes(tx, actor.accountId)
  })
}

/**
 * Removes an account's factor if application and recovery codes are lost. Its sessions end, and accounts that need a
 * factor set it up again at the next sign-in. Done by an administrator, never for themself.
 */
export function resetFactor(actor: Actor, accountId: number) {
  transact(tx => {
    permitManaging(actor, accountId)
    if (!hasFactor(accountId)) return
    tx.delete(secondFactor).where(eq(secondFactor.accountId, accountId)).run()
    tx.delete(recoveryCode).where(eq(recoveryCode.accountId, accountId)).run()
    tx.delete(signInTicket).where(eq(signInTicket.accountId, accountId)).run()
    revokeAllSessions(accountId)
    logEvent(tx, actor, { verb: 'reset', subject: 'second_factor', subjectId: accountId })
  })
}
