import type { ActionFunctionArgs, AppLoadContext, LoaderFunctionArgs } from '@remix-run/node'
import { redirect } from '@remix-run/node'
import type { Person } from '#app/access/policy.ts'
import type { ProviderSettings } from '#app/access/provider.server.ts'
import { readSession } from '#app/access/session.server.ts'
import type { Day } from '#app/domain/calendar.ts'
import { dayOf } from '#app/domain/calendar.ts'
import { notFound } from '#app/domain/refusal.ts'
import type { Regulation } from '#app/domain/regulation.ts'
import { isPrivileged } from '#app/domain/second-factor.ts'
import { isOverForPrivileged } from '#app/domain/session-life.ts'
import type { HeldTerms } from '#app/domain/terms.ts'
import { personOf } from '#app/queries/account.server.ts'
import { defaultCampaignId, findCampaign } from '#app/queries/campaign.server.ts'
import { campaignNow } from '#app/queries/clock.server.ts'
import { heldRights, requireRights } from '#app/queries/held-rights.server.ts'
import { heldIn } from '#app/queries/plan.server.ts'
import { retryBusy } from '#app/queries/retry.server.ts'
import { type CampaignTerms, campaignTerms } from '#app/text/terms.ts'
import { formOf } from './body.server.ts'
import { chosenRows } from './params.ts'
import { permitPosting } from './posting.server.ts'

export { found, notFound } from '#app/domain/refusal.ts'

/** What the express entry hands to every loader and action. */
declare module '@remix-run/node' {
  interface AppLoadContext {
    nonce: string
    /** of this HTTP request: in the log, in X-Request-Id, and on the page of an error */
    requestId: string
    /** adds to the request's line in the log: whose it was, how far a sign-in came, why it was refused; never a name or a login */
    note: (facts: {
      accountId?: number
      signIn?: 'begun' | 'second_step' | 'refused' | 'limited'
      refused?: string
      storage?: 'busy' | 'full' | 'read_only' | 'failed'
    }) => void
    address: string
    isDemo: boolean
    publicUrl: string
    /** whether reminders go out by mail */
    hasMail: boolean
    /** where backups are made */
    backupFolder: string
    /** the folder of a continuous copy on this machine; null: it is on another machine, or there is none */
    replicaFolder: string | null
    /** how far the continuous copy is behind (seconds); null: there is none */
    replicaLag: () => number | null
    /** whether privileged roles need a second factor */
    asksFactor: boolean
    /** the province's sign-in; undefined: none */
    provider: ProviderSettings | undefined
  }
}

/** Who is here, which campaign their pages show, and what time it is there. */
export type Visit = {
  actor: Person & { displayName: string; login: string }
  campaign: { id: number; code: string; name: string; regulationId: number; version: number }
  regulation: Regulation
  /** what holds in the campaign, and how it is called there; `held` is what a browser makes `terms` of */
  terms: CampaignTerms
  held: HeldTerms
  /** campaign clock: instant (ms) and day */
  at: number
  today: Day
  sessionHash: string
  setCookie: string | null
}

/**
 * Finds the visit of the signed-in account; undefined if nobody is signed in. A privileged role, whenever it was given,
 * needs a short session that began with the second factor: `unproven` if only that factor is missing.
 */
async function findVisit(request: Request, context: AppLoadContext): Promise<Visit | 'unproven' | undefined> {
  const session = await readSession(request)
  if (!session) return undefined
  context.note({ accountId: session.accountId })
  const at = campaignNow()
  const today = dayOf(at)
  const actor = personOf(session.accountId, today)
  const campaign = findCampaign(session.campaignId)
  if (!actor || !campaign) return undefined
  if (isPrivileged(actor.grants)) {
    if (isOverForPrivileged(session, Date.now())) return undefined
    if (context.asksFactor && !session.isProven) return 'unproven'
  }
  return { actor, ...shown(campaign), at, today, sessionHash: session.sessionHash, setCookie: session.setCookie }
}

/** The campaign that the pages of a visit show, with what holds in it. */
function shown({ id, code, name, regulationId, version, regulation }: NonNullable<ReturnType<typeof findCampaign>>) {
  const held = heldIn(id, regulation)
  return {
    campaign: { id, code, name, regulationId, version },
    regulation,
    held,
    terms: campaignTerms(held, held.words),
  }
}

/** The visit, or a redirect to the sign-in page that comes back here. */
async function requireVisit(request: Request, looked: Promise<Visit | 'unproven' | undefined>): Promise<Visit> {
  const visit = await looked
  if (visit && visit !== 'unproven') return visit
  const url = new URL(request.url)
  const query = new URLSearchParams()
  if (request.method === 'GET') query.set('den', `${url.pathname.replace(/\.data$/, '')}${url.search}`)
  if (visit === 'unproven') query.set('hai-lop', '')
  throw redirect(query.size === 0 ? '/dang-nhap' : `/dang-nhap?${query}`)
}

export type ReadArgs = { request: Request; params: LoaderFunctionArgs['params']; url: URL; context: AppLoadContext }
type WriteArgs = ReadArgs & { form: FormData }

const visits = new WeakMap<AppLoadContext, Promise<Visit | 'unproven' | undefined>>()

function lookUp(request: Request, context: AppLoadContext) {
  const visit = visits.get(context) ?? findVisit(request, context)
  visits.set(context, visit)
  return visit
}

/** The visit of a request, for its loaders: looked up once for all of them, after the action where there was one. */
export async function visitOf(request: Request, context: AppLoadContext): Promise<Visit | undefined> {
  const visit = await lookUp(request, context)
  return visit === 'unproven' ? undefined : visit
}

/**
 * Lets the pages of `context` be read as `accountId` would see them, without a sign-in. It is for pages that the server
 * renders to itself before it listens. If no account has that id, they stay closed.
 */
export function rehearseVisit(context: AppLoadContext, accountId: number) {
  const at = campaignNow()
  const today = dayOf(at)
  const actor = personOf(accountId, today)
  const campaign = findCampaign(defaultCampaignId(today))
  if (!actor || !campaign) return
  visits.set(context, Promise.resolve({ actor, ...shown(campaign), at, today, sessionHash: '', setCookie: null }))
}

/** Looks the visit up again, ignoring an earlier look-up; undefined if nobody is signed in any more. */
export async function presentVisit(request: Request, context: AppLoadContext): Promise<Visit | undefined> {
  const visit = await findVisit(request, context)
  return visit === 'unproven' ? undefined : visit
}

/** A loader for people who are signed in. */
export function reads<T>(work: (visit: Visit, args: ReadArgs) => T) {
  return async ({ request, params, context }: LoaderFunctionArgs): Promise<Awaited<T>> => {
    const visit = await requireVisit(request, lookUp(request, context))
    return await work(visit, { request, params, context, url: new URL(request.url) })
  }
}

/**
 * An action for people who are signed in; tried again while the database is held by somebody else. Who may not send a
 * form here is refused before it is read. Reading may take minutes: whose it is and what they may is looked up again
 * after it, and once more inside each transaction of the write.
 */
export function writes<T>(work: (visit: Visit, args: WriteArgs) => T) {
  return async ({ request, params, context }: ActionFunctionArgs): Promise<Awaited<T>> => {
    const url = new URL(request.url)
    const { actor, campaign } = await requireVisit(request, findVisit(request, context))
    permitPosting(actor, campaign.id, url.pathname)
    const form = await formOf(request)
    const visit = await requireVisit(request, findVisit(request, context))
    const result = await whileHolding(visit, () =>
      retryBusy(async () => await work(visit, { request, params, context, form, url })),
    )
    return result as Awaited<T>
  }
}

/** Runs what a visit does; each of its transactions writes nothing where a right of the visit has ended by then. */
export function whileHolding<T>({ actor, sessionHash }: Visit, work: () => T): T {
  return heldRights.run(() => requireRights(actor, sessionHash), work)
}

/** A numeric id out of the URL; anything else is 404. */
export function idOf(value: string | undefined): number {
  if (value === undefined || !/^\d{1,15}$/.test(value)) throw notFound()
  return Number(value)
}

/** The rows that a list's form chose (`chon`), as a URL carries them; at most as many as one transaction takes. */
export function chosenIn(url: URL): number[] {
  return [...chosenRows.read(url).ids]
}
