import type { Person } from '#app/access/policy.ts'
import type { Result } from '#app/domain/refusal.ts'
import type { KeptList } from '#app/domain/signature-proof.ts'
import { prepared, transact } from '#db/client.server.ts'
import { revocationList } from '#db/schema.ts'
import { permitKeeping } from './agreed-entry.server.ts'
import { campaignNow } from './clock.server.ts'
import { logEvent } from './event.server.ts'

/** A list whose signature was checked: SHA-256 of its issuer's name and key; certificate and list as DER; moments in ms. */
type NewList = {
  issuer: string
  name: string
  certificate: Buffer
  content: Buffer
  thisUpdate: number
  nextUpdate: number | null
  count: number
}

type Row = Omit<NewList, 'issuer' | 'certificate' | 'content'> & {
  id: number
  enteredAt: number
  enteredByName: string
  appliedAt: number | null
}

/** The certificates (DER) of issuers whose lists were entered before. */
export const knownListIssuers = (): Buffer[] =>
  prepared<string>('select distinct certificate from revocation_list')
    .pluck()
    .all()
    .map(certificate => Buffer.from(certificate, 'base64'))

/** Lists the newest list of each issuer with who entered it, the latest first. Throws 403 for all but administrators. */
export function listRevocationLists(actor: Person): Row[] {
  permitKeeping(actor, 'trusted_root')
  return prepared<Row>(
    `select l.id, l.name, l.this_update as thisUpdate, l.next_update as nextUpdate, l.count, l.entered_at as enteredAt,
            e.display_name as enteredByName, l.applied_at as appliedAt
       from revocation_list l join account e on e.id = l.entered_by
      where l.id = (select o.id from revocation_list o where o.issuer = l.issuer order by o.this_update desc limit 1)
      order by l.id desc`,
  ).all()
}

/**
 * Enters a checked list; the worker reads it and looks at kept signatures again. One that is no newer than the issuer's
 * last is refused as a problem of its file. Throws 403 for all but administrators.
 */
export function enterRevocationList(actor: Person, list: NewList): Result {
  permitKeeping(actor, 'trusted_root')
  return transact(tx => {
    const newest = prepared<number | null>('select max(this_update) from revocation_list where issuer = ?')
      .pluck()
      .one(list.issuer)
    if (newest !== null && newest >= list.thisUpdate)
      return { ok: false, problems: [{ field: 'list', reason: 'list_older' }] }
    const { id } = tx
      .insert(revocationList)
      .values({
        ...list,
        certificate: list.certificate.toString('base64'),
        content: list.content.toString('base64'),
        enteredAt: campaignNow(),
        enteredBy: actor.accountId,
      })
      .returning({ id: revocationList.id })
      .get()
    const { issuer, thisUpdate, nextUpdate, count } = list
    const data = { issuer, thisUpdate, nextUpdate, count }
    logEvent(tx, actor, { verb: 'add', subject: 'revocation_list', subjectId: id, data })
    return { ok: true }
  })
}

/**
 * Finds the list of an issuer that the worker has read, the newest one; null: none. `alsoId`: a list that it is reading
 * now goes before those.
 */
export const keptListReader =
  (alsoId: number | null = null) =>
  (issuer: string): KeptList | null => {
    const row = prepared<{ id: number; nextUpdate: number | null }>(
      `select id, next_update as nextUpdate from revocation_list
        where issuer = ? and (applied_at is not null or id = ?) order by this_update desc limit 1`,
    ).get(issuer, alsoId)
    return row === undefined
      ? null
      : {
          nextUpdate: row.nextUpdate,
          withdrawnAt: serial =>
            prepared<number>('select withdrawn_at from withdrawn_certificate where list_id = ? and serial = ?')
              .pluck()
              .get(row.id, serial) ?? null,
        }
  }
