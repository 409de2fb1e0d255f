import { and, eq, isNotNull, isNull, ne, or } from 'drizzle-orm'
import type { Person } from '#app/access/policy.ts'
import type { Day } from '#app/domain/calendar.ts'
import { formatChainHead } from '#app/domain/event.ts'
import { reminderParts } from '#app/domain/reminder.ts'
import { db, transact } from '#db/client.server.ts'
import { seal, unsealText } from '#db/keys.server.ts'
import { account } from '#db/schema.ts'
import { personOf } from './account.server.ts'
import { canReadEvents, logEvent } from './event.server.ts'
import { chainHead } from './event-chain.server.ts'
import { listReminders } from './reminder.server.ts'

const emailSlot = (accountId: number) => ({ table: 'account', column: 'email', rowId: accountId })

/** Returns the address for the actor's reminders, and whether they want them. */
export function findDelivery(actor: Person): { email: string | null; wantsDigest: boolean } {
  const row = db.select().from(account).where(eq(account.id, actor.accountId)).get()
  return {
    email: unsealText(emailSlot(actor.accountId), row?.emailCipher ?? null),
    wantsDigest: row?.wantsDigest ?? false,
  }
}

/** Sets the actor's own address (null: none) and wish; the log records that it changed, but not its value. */
export function setDelivery(actor: Person, { email, wantsDigest }: { email: string | null; wantsDigest: boolean }) {
  const { accountId } = actor
  transact(tx => {
    const emailCipher = email === null ? null : seal('staff', emailSlot(accountId), email)
    tx.update(account).set({ emailCipher, wantsDigest }).where(eq(account.id, accountId)).run()
    logEvent(tx, actor, { verb: 'edit', subject: 'account', subjectId: accountId, data: { wantsDigest } })
  })
}

/** Accounts that get a digest on `today`: enabled, with an address, wanting it, and none sent on that day. */
export function listDigestAccounts(today: Day): number[] {
  return db
    .select({ id: account.id })
    .from(account)
    .where(
      and(
        isNull(account.disabledAt),
        isNotNull(account.emailCipher),
        eq(account.wantsDigest, true),
        or(isNull(account.digestOn), ne(account.digestOn, today)),
      ),
    )
    .orderBy(account.id)
    .all()
    .map(row => row.id)
}

/**
 * Claims one account's digest of `today`, of every campaign at work, for sending; each is claimed once only, also after
 * a crash. Undefined if it was claimed before, is no longer wanted, or has no content. An auditor's digest carries the
 * head of the event log, so that it is noted outside the system every day.
 */
export function takeDigest(accountId: number, campaigns: readonly { id: number; code: string }[], today: Day) {
  const person = personOf(accountId, today)
  if (!person) return undefined
  const { email, wantsDigest } = findDelivery(person)
  const parts = reminderParts(campaigns.map(({ id, code }) => ({ code, reminders: listReminders(person, id, today) })))
  const chain = canReadEvents(person) ? formatChainHead(chainHead()) : null
  if (email === null || !wantsDigest || (parts.length === 0 && chain === null)) return undefined
  const { changes } = transact(tx =>
    tx
      .update(account)
      .set({ digestOn: today })
      .where(and(eq(account.id, accountId), or(isNull(account.digestOn), ne(account.digestOn, today))))
      .run(),
  )
  return changes === 0 ? undefined : { name: person.displayName, email, parts, chain }
}

/** Gives an account's digest of `today` back where it surely was not sent, so that a later try takes it. */
export function giveBackDigest(accountId: number, today: Day) {
  transact(tx =>
    tx
      .update(account)
      .set({ digestOn: null })
      .where(and(eq(account.id, accountId), eq(account.digestOn, today)))
      .run(),
  )
}
