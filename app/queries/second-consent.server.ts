import { type Person, permit } from '#app/access/policy.ts'
import { forbidden, found } from '#app/domain/refusal.ts'
import { prepared, transact } from '#db/client.server.ts'
import { campaignNow } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { isTwoPeople } from './independence.server.ts'
import { rootUnit } from './unit.server.ts'

/** Settings of the server's trust that one administrator enters and a second one agrees to. */
type Table = 'trusted_root' | 'signature_kind'

const AGREE: Record<Table, string> = {
  trusted_root: 'update trusted_root set agreed_at = ?, agreed_by = ? where id = ?',
  signature_kind: 'update signature_kind set agreed_at = ?, agreed_by = ? where id = ?',
}
const END: Record<Table, string> = {
  trusted_root: 'update trusted_root set ended_at = ?, ended_by = ? where id = ?',
  signature_kind: 'update signature_kind set ended_at = ?, ended_by = ? where id = ?',
}

/** Who entered such a row, and whether it was agreed to and ended; null: not. */
type Consent = { enteredBy: number; agreedAt: number | null; endedAt: number | null }

/** Throws 403 for all but administrators. */
export const permitTrust = (actor: Person) => permit(actor, 'trusted_root.edit', { unitPath: rootUnit().path })

/** True where a row waits for a second person, and the actor is one, independent of the first (domain 10). */
export const mayAgree = (actor: Person, row: Consent): boolean =>
  row.agreedAt === null && row.endedAt === null && isSecond(actor, row)

const isSecond = (actor: Person, { enteredBy }: Pick<Consent, 'enteredBy'>) =>
  actor.accountId !== enteredBy && isTwoPeople(actor.accountId, enteredBy)

/** Agrees to a row as its second person; throws 404 where it does not wait, 403 for one who is no second person. */
export function agreeAsSecond(actor: Person, table: Table, id: number): void {
  permitTrust(actor)
  transact(tx => {
    const row = found(openRow(table, id))
    if (row.agreedAt !== null) found(undefined)
    if (!isSecond(actor, row)) throw forbidden()
    prepared(AGREE[table]).run(campaignNow(), actor.accountId, id)
    logEvent(tx, actor, { verb: 'confirm', subject: table, subjectId: id })
  })
}

/** Ends a row: from now on nothing rests on it. One administrator is enough; throws 404 where it is ended already. */
export function endEntry(actor: Person, table: Table, id: number): void {
  permitTrust(actor)
  transact(tx => {
    found(openRow(table, id))
    prepared(END[table]).run(campaignNow(), actor.accountId, id)
    logEvent(tx, actor, { verb: 'end', subject: table, subjectId: id })
  })
}

const openRow = (table: Table, id: number) =>
  prepared<Consent>(
    `select entered_by as enteredBy, agreed_at as agreedAt, ended_at as endedAt from ${table}
      where id = ? and ended_at is null`,
  ).get(id)
