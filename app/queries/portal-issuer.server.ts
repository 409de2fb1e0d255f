import type { Person } from '#app/access/policy.ts'
import type { Day } from '#app/domain/calendar.ts'
import { type IssuerDays, issuersInForce } from '#app/domain/portal-issuer.ts'
import type { PortalIssuerInput } from '#app/domain/portal-issuer-input.ts'
import type { PortalPart } from '#app/domain/portal-login.ts'
import { type Result, refused } from '#app/domain/refusal.ts'
import { nextId, prepared, transact } from '#db/client.server.ts'
import { seal, unsealText } from '#db/keys.server.ts'
import { portalIssuer } from '#db/schema.ts'
import { untilWritten } from '#db/until-written.server.ts'
import { type AgreedEntry, agreeToEntry, endEntry, mayAgreeTo, permitKeeping } from './agreed-entry.server.ts'
import { campaignNow } from './clock.server.ts'
import { logEvent } from './event.server.ts'

const secretSlot = (rowId: number) => ({ table: 'portal_issuer', column: 'clientSecret', rowId })

type Row = Omit<PortalIssuerInput, 'clientSecret' | 'levels'> & AgreedEntry & { id: number; levels: string }

/** An issuer as the page shows it: without its secret. */
type ShownIssuer = Omit<Row, 'levels'> & {
  levels: readonly string[]
  enteredAt: number
  enteredByName: string
  agreedByName: string | null
  mayAgree: boolean
}

/**
 * Lists every issuer with who entered it and who agreed, the newest first; `mayAgree`: the actor is the second person to
 * it. Throws 403 for all but administrators.
 */
export function listPortalIssuers(actor: Person): ShownIssuer[] {
  permitKeeping(actor, 'portal_issuer')
  return prepared<Row & { enteredAt: number; enteredByName: string; agreedByName: string | null }>(
    `select i.id, i.part, i.issuer, i.client_id as clientId, i.scope, i.number_claim as numberClaim,
            i.assurance_claim as assuranceClaim, i.levels, i.valid_from_on as validFromOn,
            i.valid_to_on as validToOn, i.source, i.entered_at as enteredAt, i.entered_by as enteredBy,
            e.display_name as enteredByName, i.agreed_at as agreedAt, a.display_name as agreedByName,
            i.ended_at as endedAt
       from portal_issuer i join account e on e.id = i.entered_by left join account a on a.id = i.agreed_by
      order by i.id desc`,
  )
    .all()
    .map(({ levels, ...row }) => ({ ...row, levels: JSON.parse(levels), mayAgree: mayAgreeTo(actor, row) }))
}

/**
 * Enters an issuer as one portal's own; it proves that part once a second person agrees. One that is the other portal's,
 * agreed to or waiting, is refused as a problem of its address: one act proves one part. Seals the secret (plan IV.1).
 */
export function enterPortalIssuer(actor: Person, { clientSecret, levels, ...issuer }: PortalIssuerInput): Result {
  permitKeeping(actor, 'portal_issuer')
  return transact(tx => {
    const other = prepared<number>('select id from portal_issuer where issuer = ? and part <> ? and ended_at is null')
      .pluck()
      .get(issuer.issuer, issuer.part)
    if (other !== undefined) return refused('issuer', 'issuer_of_other_portal')
    const id = nextId(portalIssuer)
    const clientSecretCipher = seal('staff', secretSlot(id), clientSecret)
    tx.insert(portalIssuer)
      .values({
        ...issuer,
        id,
        clientSecretCipher,
        levels: JSON.stringify(levels),
        enteredAt: campaignNow(),
        enteredBy: actor.accountId,
      })
      .run()
    const { part, validFromOn, validToOn } = issuer
    const data = { part, issuer: issuer.issuer, validFromOn, validToOn }
    logEvent(tx, actor, { verb: 'add', subject: 'portal_issuer', subjectId: id, data })
    return { ok: true }
  })
}

/** Agrees to an issuer as its second person; throws 404 where it does not wait, 403 for one who is no second person. */
export const agreePortalIssuer = (actor: Person, issuerId: number) => agreeToEntry(actor, 'portal_issuer', issuerId)

/** Ends an issuer: it proves nothing more, what it proved stays. Throws 404 where it is ended already. */
export const endPortalIssuer = (actor: Person, issuerId: number) => endEntry(actor, 'portal_issuer', issuerId)

/** An issuer in force, as signing in there needs it; its secret is unsealed where it is used. */
type KnownIssuer = IssuerDays &
  Pick<Row, 'id' | 'issuer' | 'clientId' | 'scope' | 'numberClaim' | 'assuranceClaim'> & { levels: readonly string[] }

const agreedIssuers = untilWritten((): KnownIssuer[] =>
  prepared<Omit<KnownIssuer, 'levels'> & { levels: string }>(
    `select id, part, issuer, client_id as clientId, scope, number_claim as numberClaim,
            assurance_claim as assuranceClaim, levels, valid_from_on as validFromOn, valid_to_on as validToOn,
            agreed_at as agreedAt
       from portal_issuer where agreed_at is not null and ended_at is null order by id`,
  )
    .all()
    .map(row => ({ ...row, levels: JSON.parse(row.levels) })),
)

/** Returns the issuers that prove a part on a day, at most one of each portal. Asks no right: they hold no secret. */
export const portalsInForce = (day: Day): KnownIssuer[] => issuersInForce(agreedIssuers(), day)

/** Returns the parts that a sign-in proves on a day, in no order. */
export const portalPartsInForce = (day: Day): PortalPart[] => portalsInForce(day).map(({ part }) => part)

/** An issuer with all that signing in there takes. */
type OpenIssuer = Omit<KnownIssuer, 'issuer'> & { issuer: URL; clientSecret: string }

/** Unseals the secret of an issuer, to be used at once: for the way to its sign-in and back. */
export function openIssuer(known: KnownIssuer): OpenIssuer {
  const cipher = prepared<Buffer>('select client_secret_cipher from portal_issuer where id = ?').pluck().one(known.id)
  return { ...known, issuer: new URL(known.issuer), clientSecret: unsealText(secretSlot(known.id), cipher) ?? '' }
}
