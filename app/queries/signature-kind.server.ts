import type { Person } from '#app/access/policy.ts'
import { dayOf } from '#app/domain/calendar.ts'
import type { Result } from '#app/domain/refusal.ts'
import { type CertificateOrigin, type KindEntry, kindOf, readIssuer } from '#app/domain/signature-kind.ts'
import type { SignatureKindInput } from '#app/domain/signature-kind-input.ts'
import type { CertificateKind } from '#app/domain/vocabulary.ts'
import { prepared, transact } from '#db/client.server.ts'
import { signatureKind } from '#db/schema.ts'
import { type AgreedEntry, agreeToEntry, endEntry, mayAgreeTo, permitKeeping } from './agreed-entry.server.ts'
import { campaignNow } from './clock.server.ts'
import { logEvent } from './event.server.ts'

type Row = KindEntry &
  AgreedEntry & { source: string; enteredAt: number; enteredByName: string; agreedByName: string | null }

/** Returns what finds the kind of a certificate that signed at a moment (ms) by the entries in force; null: unknown. */
export function kindReader(): (origin: CertificateOrigin | null, signedAt: number) => CertificateKind | null {
  const entries = prepared<KindEntry>(
    `select id, issuer, policy, kind, valid_from_on as validFromOn from signature_kind
      where agreed_at is not null and ended_at is null`,
  ).all()
  return (origin, signedAt) => (origin === null ? null : kindOf(entries, origin, dayOf(signedAt)))
}

/** When the table of kinds changed last (ms): by a consent or an end; 0: never. */
export const kindsChangedAt = (): number =>
  prepared<number>('select coalesce(max(max(coalesce(agreed_at, 0), coalesce(ended_at, 0))), 0) from signature_kind')
    .pluck()
    .one()

/**
 * Lists the entries with who entered them and who agreed, the newest first; `mayAgree`: the actor is the second person.
 * Throws 403 for all but administrators.
 */
export function listSignatureKinds(actor: Person): (Row & { mayAgree: boolean })[] {
  permitKeeping(actor, 'signature_kind')
  return prepared<Row>(
    `select k.id, k.issuer, k.policy, k.kind, k.valid_from_on as validFromOn, k.source, k.entered_at as enteredAt,
            k.entered_by as enteredBy, e.display_name as enteredByName, k.agreed_at as agreedAt,
            a.display_name as agreedByName, k.ended_at as endedAt
       from signature_kind k join account e on e.id = k.entered_by left join account a on a.id = k.agreed_by
      order by k.id desc`,
  )
    .all()
    .map(row => ({ ...row, mayAgree: mayAgreeTo(actor, row) }))
}

/**
 * Enters of which kind an issuer's certificates are; it counts once a second person agrees. One for the same issuer,
 * policy and day that is not ended is refused as a problem of its issuer. Throws 403 for all but administrators.
 */
export function enterSignatureKind(actor: Person, input: SignatureKindInput): Result {
  permitKeeping(actor, 'signature_kind')
  return transact(tx => {
    const same = listSignatureKinds(actor).some(
      row =>
        row.endedAt === null &&
        readIssuer(row.issuer) === readIssuer(input.issuer) &&
        row.policy === input.policy &&
        row.validFromOn === input.validFromOn,
    )
    if (same) return { ok: false, problems: [{ field: 'issuer', reason: 'kind_known' }] }
    const { id } = tx
      .insert(signatureKind)
      .values({ ...input, enteredAt: campaignNow(), enteredBy: actor.accountId })
      .returning({ id: signatureKind.id })
      .get()
    const { kind, policy, validFromOn } = input
    logEvent(tx, actor, { verb: 'add', subject: 'signature_kind', subjectId: id, data: { kind, policy, validFromOn } })
    return { ok: true }
  })
}

/** Agrees to an entry as its second person; throws 404 where it does not wait, 403 for one who is no second person. */
export const agreeSignatureKind = (actor: Person, id: number): void => agreeToEntry(actor, 'signature_kind', id)

/** Ends an entry: it says nothing any more; kept signatures are looked at again. Throws 404 where it is ended already. */
export const endSignatureKind = (actor: Person, id: number): void => endEntry(actor, 'signature_kind', id)
