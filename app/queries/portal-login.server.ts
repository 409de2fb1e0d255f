import { can } from '#app/access/policy.ts'
import { type Day, dayOf } from '#app/domain/calendar.ts'
import { grouped } from '#app/domain/grouping.ts'
import { readIdNumber } from '#app/domain/id-number.ts'
import { moveObligation } from '#app/domain/obligation.ts'
import {
  type LoginWord,
  loginWord,
  PORTAL_PARTS,
  type PortalLogin,
  type PortalPart,
  type ShownLogin,
  takesPlace,
} from '#app/domain/portal-login.ts'
import type { ObligationState } from '#app/domain/vocabulary.ts'
import { type FactTx, nextId, prepared, transact } from '#db/client.server.ts'
import { matchHash } from '#db/keys.server.ts'
import { obligation, portalLogin } from '#db/schema.ts'
import { personOf } from './account.server.ts'
import { runningCampaigns } from './campaign.server.ts'
import { campaignNow, campaignToday } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { change, rulesOf } from './judging/index.server.ts'
import { settleObligations } from './obligation-evidence.server.ts'
import { targetOf } from './official.server.ts'

/** What an issuer told of a sign-in. `part` null: it is no portal's own; `number` undefined: it told none. */
export type ToldLogin = {
  issuer: string
  subject: string
  part: PortalPart | null
  number: string | undefined
  isAssured: boolean
}

/** The outcome of a sign-in at a portal; `closed`: no campaign that asks for the part runs, or the person bears none. */
export type LoginOutcome = LoginWord | 'closed'

type StoredLogin = Omit<PortalLogin, 'isAssured'> & { issuer: string; isAssured: number }
type Part = { id: number; state: ObligationState; confirmedAt: number | null }

const loginFrom = (row: StoredLogin): PortalLogin => ({ ...row, isAssured: row.isAssured === 1 })

/**
 * Keeps that the person of an account signed in at an issuer, in each campaign that runs today and asks for the part.
 * The portal's own issuer with their number proves the part by this act and its day; without a number the part waits for
 * the unit. Any other issuer leaves a sign. Returns the most that it says in one of them. Writes nothing that says no
 * more than what is kept, and nothing for `another`: an account of the portal that has another number, or is a
 * colleague's. Plan IV.1.
 */
export function recordPortalLogin(accountId: number, told: ToldLogin): LoginOutcome {
  return transact(() => {
    const today = campaignToday()
    const actor = personOf(accountId, today)
    if (!actor || actor.officialId === null) return 'closed'
    const { officialId } = actor
    if (!can(actor, 'obligation.declare', targetOf(officialId, today))) return 'closed'
    const outcomes = runningCampaigns(today)
      .filter(({ id }) => rulesOf(id).regulation.heldParts.some(part => isAsked(part, told.part)))
      .map(({ id }) => keepLogin(id, { ...actor, officialId }, told))
    const order: readonly LoginWord[] = ['proof', 'waits', 'another', 'sign']
    return order.find(word => outcomes.includes(word)) ?? 'closed'
  })
}

const isAsked = (part: string, told: PortalPart | null) =>
  told === null ? PORTAL_PARTS.some(portal => portal === part) : part === told

type Official = NonNullable<ReturnType<typeof personOf>> & { officialId: number }

function keepLogin(campaignId: number, actor: Official, told: ToldLogin): LoginWord {
  const { officialId } = actor
  const { issuer, part, isAssured } = told
  const at = campaignNow()
  const subjectHash = matchHash('staff', 'provider subject', told.subject)
  const holder = prepared<number>('select official_id from portal_login where campaign_id = ? and subject_hash = ?')
    .pluck()
    .get(campaignId, subjectHash)
  if (holder !== undefined && holder !== officialId) return 'another'
  const read = told.number === undefined ? undefined : readIdNumber(told.number)
  const numberHash = read?.ok ? matchHash('staff', 'number', read.number) : null
  const came: PortalLogin = { part, numberHash, isAssured, signedInAt: at }
  const row = prepared<StoredLogin & { id: number }>(
    `select id, issuer, part, number_hash as numberHash, is_assured as isAssured, signed_in_at as signedInAt
       from portal_login where campaign_id = ? and official_id = ? and issuer = ?`,
  ).get(campaignId, officialId, issuer)
  const known = part === null ? undefined : partOf(campaignId, officialId, part)
  const facts = { ownHash: ownHashOf(officialId), confirmedAt: known?.confirmedAt ?? null }
  const before = row ? loginWord(loginFrom(row), facts) : null
  const word = loginWord(came, facts)
  if (!takesPlace(before, word)) return word === 'another' ? word : (before ?? word)
  change(campaignId, { standings: [officialId] }, tx => {
    const id = row?.id ?? nextId(portalLogin)
    const columns = { issuer, part, subjectHash, numberHash, isAssured, signedInAt: at }
    tx.insert(portalLogin)
      .values({ id, campaignId, officialId, ...columns })
      .onConflictDoUpdate({ target: portalLogin.id, set: columns })
      .run()
    logEvent(tx, actor, {
      verb: 'record',
      subject: 'portal_login',
      subjectId: id,
      campaignId,
      data: { officialId, part, issuer, word },
    })
    if (part !== null && (word === 'proof' || word === 'waits'))
      declareByLogin(tx, actor, { campaignId, part, word, known })
    settleObligations(campaignId, [officialId])
  })
  return word
}

/** A part that was not declared, or was sent back, is declared by the sign-in, with its day. */
function declareByLogin(
  tx: FactTx,
  actor: Official,
  { campaignId, part, word, known }: { campaignId: number; part: PortalPart; word: LoginWord; known: Part | undefined },
) {
  const { officialId } = actor
  const id = known?.id ?? nextId(obligation)
  const state = known?.state ?? 'missing'
  if (state === 'missing' || state === 'returned') {
    const declared = {
      state: moveObligation(state, 'declare') ?? state,
      firstLoginOn: dayOf(campaignNow()),
      declaredAt: campaignNow(),
      returnedAt: null,
      returnReason: null,
    }
    tx.insert(obligation)
      .values({ id, campaignId, officialId, part, ...declared })
      .onConflictDoUpdate({ target: obligation.id, set: declared })
      .run()
  }
  logEvent(tx, actor, {
    verb: word === 'proof' ? 'prove' : 'declare',
    subject: 'obligation',
    subjectId: id,
    campaignId,
    data: { officialId, part, from: state },
  })
}

const partOf = (campaignId: number, officialId: number, part: PortalPart) =>
  prepared<Part>(
    'select id, state, confirmed_at as confirmedAt from obligation where campaign_id = ? and official_id = ? and part = ?',
  ).get(campaignId, officialId, part)

const ownHashOf = (officialId: number) =>
  prepared<string | null>('select number_hash from official where id = ?').pluck().get(officialId) ?? null

/** Returns the days of the sign-ins that prove an official's parts in a campaign, by part; checks no right. */
export function provenDays(campaignId: number, officialId: number): Partial<Record<PortalPart, Day>> {
  const logins = loginsOf(campaignId, [officialId]).get(officialId) ?? []
  const proofs = logins.flatMap(({ part, word, signedInAt }) =>
    part !== null && word === 'proof' ? [[part, dayOf(signedInAt)] as const] : [],
  )
  return Object.fromEntries(proofs.toReversed())
}

/**
 * Returns the sign-ins kept of some officials in a campaign, the first in front, each with what it says now. Officials
 * without one are left out. Checks no right: the caller shows these officials' parts.
 */
export function loginsOf(campaignId: number, officialIds: readonly number[]): Map<number, ShownLogin[]> {
  const rows = prepared<StoredLogin & { officialId: number; ownHash: string | null; confirmedAt: number | null }>(
    `select l.official_id as officialId, l.issuer, l.part, l.number_hash as numberHash, l.is_assured as isAssured,
            l.signed_in_at as signedInAt, f.number_hash as ownHash, o.confirmed_at as confirmedAt
       from portal_login l join official f on f.id = l.official_id
       left join obligation o on o.campaign_id = l.campaign_id and o.official_id = l.official_id and o.part = l.part
      where l.campaign_id = ? and l.official_id in (select value from json_each(?)) order by l.signed_in_at`,
  ).all(campaignId, JSON.stringify(officialIds))
  const shown = rows.map(row => ({
    officialId: row.officialId,
    part: row.part,
    host: new URL(row.issuer).host,
    signedInAt: row.signedInAt,
    word: loginWord(loginFrom(row), row),
  }))
  return grouped(shown, row => row.officialId)
}
