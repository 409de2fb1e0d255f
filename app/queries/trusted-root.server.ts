import type { Person } from '#app/access/policy.ts'
import type { Day } from '#app/domain/calendar.ts'
import type { Result } from '#app/domain/refusal.ts'
import { prepared, transact } from '#db/client.server.ts'
import { trustedRoot } from '#db/schema.ts'
import { type AgreedEntry, agreeToEntry, endEntry, mayAgreeTo, permitKeeping } from './agreed-entry.server.ts'
import { campaignNow } from './clock.server.ts'
import { logEvent } from './event.server.ts'

/** A root as it was read from its file: as it was issued (DER), its SHA-256, whom it names, its days. */
export type NewRoot = { certificate: Buffer; fingerprint: string; name: string; validFromOn: Day; validToOn: Day }

type Row = Omit<NewRoot, 'certificate'> &
  AgreedEntry & {
    id: number
    source: string
    enteredAt: number
    enteredByName: string
    agreedByName: string | null
  }

/** The certificates (DER) that signed files are checked against: agreed to by a second person and not ended. */
export const trustedRoots = (): Buffer[] =>
  prepared<string>('select certificate from trusted_root where agreed_at is not null and ended_at is null order by id')
    .pluck()
    .all()
    .map(certificate => Buffer.from(certificate, 'base64'))

/**
 * Lists every root with who entered it and who agreed, the newest first; `mayAgree`: the actor is the second person to
 * it. Throws 403 for all but administrators.
 */
export function listTrustedRoots(actor: Person): (Row & { mayAgree: boolean })[] {
  permitKeeping(actor, 'trusted_root')
  return prepared<Row>(
    `select r.id, r.fingerprint, r.name, r.valid_from_on as validFromOn, r.valid_to_on as validToOn, r.source,
            r.entered_at as enteredAt, r.entered_by as enteredBy, e.display_name as enteredByName,
            r.agreed_at as agreedAt, a.display_name as agreedByName, r.ended_at as endedAt
       from trusted_root r join account e on e.id = r.entered_by left join account a on a.id = r.agreed_by
      order by r.id desc`,
  )
    .all()
    .map(row => ({ ...row, mayAgree: mayAgreeTo(actor, row) }))
}

/**
 * Enters a root with where it was taken from; it is trusted once a second person agrees. One that is known already, and
 * not ended, is refused as a problem of its file; one that was ended is entered again as a new one would be.
 */
export function enterTrustedRoot(actor: Person, root: NewRoot, source: string): Result {
  permitKeeping(actor, 'trusted_root')
  return transact(tx => {
    const known = prepared<{ id: number; endedAt: number | null }>(
      'select id, ended_at as endedAt from trusted_root where fingerprint = ?',
    ).get(root.fingerprint)
    if (known && known.endedAt === null) return { ok: false, problems: [{ field: 'file', reason: 'root_known' }] }
    const certificate = root.certificate.toString('base64')
    const entry = { ...root, certificate, source, enteredAt: campaignNow(), enteredBy: actor.accountId }
    const again = { ...entry, agreedAt: null, agreedBy: null, endedAt: null, endedBy: null }
    const { id } = tx
      .insert(trustedRoot)
      .values(entry)
      .onConflictDoUpdate({ target: trustedRoot.fingerprint, set: again })
      .returning({ id: trustedRoot.id })
      .get()
    logEvent(tx, actor, {
      verb: 'add',
      subject: 'trusted_root',
      subjectId: id,
      data: { validFromOn: root.validFromOn, validToOn: root.validToOn },
    })
    return { ok: true }
  })
}

/** Agrees to a root as its second person; throws 404 where it does not wait, 403 for one who is no second person. */
export const agreeTrustedRoot = (actor: Person, rootId: number) => agreeToEntry(actor, 'trusted_root', rootId)

/** Ends a root: from now on nothing rests on it. Throws 404 where it is ended already. */
export const endTrustedRoot = (actor: Person, rootId: number) => endEntry(actor, 'trusted_root', rootId)
