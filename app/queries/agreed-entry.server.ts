import { eq } from 'drizzle-orm'
import { type Action, type Actor, can, type Person, permit } from '#app/access/policy.ts'
import { forbidden, found } from '#app/domain/refusal.ts'
import { prepared, transact } from '#db/client.server.ts'
import { portalIssuer, signatureKind, trustedRoot } from '#db/schema.ts'
import { campaignNow } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { isTwoPeople } from './independence.server.ts'
import { rootUnit } from './unit.server.ts'

/** What one administrator entered: who did, and when a second one agreed or it was ended (ms); null: not yet. */
export type AgreedEntry = { enteredBy: number; agreedAt: number | null; endedAt: number | null }

const TABLES = { trusted_root: trustedRoot, signature_kind: signatureKind, portal_issuer: portalIssuer }
type Table = keyof typeof TABLES
type Open = AgreedEntry & { id: number }

/** The right to keep the entries of each table. */
const EDITING = {
  trusted_root: 'trusted_root.edit',
  signature_kind: 'trusted_root.edit',
  portal_issuer: 'portal_issuer.edit',
} as const satisfies Record<Table, Action>

const target = () => ({ unitPath: rootUnit().path })

/** Throws 403 for all but those who keep the entries of a table: administrators. */
export const permitKeeping = (actor: Actor, table: Table) => permit(actor, EDITING[table], target())

/** True for who keeps the entries of a table. */
export const keepsEntries = (actor: Actor, table: Table): boolean => can(actor, EDITING[table], target())

/** True where an entry waits for a second person and the actor is one: independent of who entered it (domain 10). */
export const mayAgreeTo = (actor: Person, entry: AgreedEntry): boolean =>
  entry.agreedAt === null && entry.endedAt === null && isSecond(actor, entry)

const isSecond = (actor: Person, { enteredBy }: Pick<AgreedEntry, 'enteredBy'>) =>
  actor.accountId !== enteredBy && isTwoPeople(actor.accountId, enteredBy)

/**
 * Agrees to an entry as its second person: from then on it holds. Throws 404 where it does not wait, 403 for one who is
 * no second person.
 */
export function agreeToEntry(actor: Person, table: Table, entryId: number): void {
  permitKeeping(actor, table)
  transact(tx => {
    const row = found(openEntries(table).find(({ id, agreedAt }) => id === entryId && agreedAt === null))
    if (!isSecond(actor, row)) throw forbidden()
    const agreed = { agreedAt: campaignNow(), agreedBy: actor.accountId }
    tx.update(TABLES[table]).set(agreed).where(eq(TABLES[table].id, entryId)).run()
    logEvent(tx, actor, { verb: 'confirm', subject: table, subjectId: entryId })
  })
}

/** Ends an entry: from now on nothing rests on it. One administrator is enough; throws 404 where it is ended already. */
export function endEntry(actor: Person, table: Table, entryId: number): void {
  permitKeeping(actor, table)
  transact(tx => {
    found(openEntries(table).find(({ id }) => id === entryId))
    const ended = { endedAt: campaignNow(), endedBy: actor.accountId }
    tx.update(TABLES[table]).set(ended).where(eq(TABLES[table].id, entryId)).run()
    logEvent(tx, actor, { verb: 'end', subject: table, subjectId: entryId })
  })
}

const openEntries = (table: Table) =>
  prepared<Open>(
    `select id, entered_by as enteredBy, agreed_at as agreedAt, ended_at as endedAt from ${table}
      where ended_at is null`,
  ).all()
