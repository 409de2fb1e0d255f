import { type AppLoadContext, redirect } from '@remix-run/node'
import { deviceOf, noteDevice } from '#app/access/device.server.ts'
import { endSession, startSession } from '#app/access/session.server.ts'
import { noTicket } from '#app/access/ticket.server.ts'
import { defaultCampaignId, runningCampaigns } from '#app/queries/campaign.server.ts'
import { campaignToday } from '#app/queries/clock.server.ts'
import { retryBusy } from '#app/queries/retry.server.ts'
import { issueTicket, needsFactor } from '#app/queries/second-factor.server.ts'
import { noteSignInFrom, type Tried, tryWithin } from '#app/queries/sign-in-limit.server.ts'
import { choosePage } from '../campaign/params.ts'
import { signInPage } from './params.ts'

/**
 * Signs an account in from this browser and notes that it did; the headers carry its cookies. `isProven`: by a second
 * factor too, ours or the province's provider's; `byProvider`: the province's sign-in was all it took. The session that the browser held until now is over.
 */
export async function beginSession(
  request: Request,
  { note, address }: Pick<AppLoadContext, 'note' | 'address'>,
  accountId: number,
  isProven: boolean,
  byProvider = false,
): Promise<Headers> {
  const device = deviceOf(request)
  const userAgent = request.headers.get('User-Agent') ?? ''
  const campaignId = defaultCampaignId(campaignToday(), accountId)
  const cookie = await retryBusy(async () => {
    await endSession(request)
    noteDevice(device.hash, accountId)
    noteSignInFrom(address, accountId)
    return await startSession(accountId, { campaignId, userAgent, isProven, byProvider })
  })
  note({ accountId, signIn: 'begun' })
  const headers = new Headers({ 'Set-Cookie': cookie })
  if (device.setCookie !== null) headers.append('Set-Cookie', device.setCookie)
  if (isProven) headers.append('Set-Cookie', noTicket)
  return headers
}

/**
 * Continues after a right password, PIN or code. It starts the session, or goes to the second step for those who have
 * or need a second factor. No session begins before that.
 */
export async function signIn(
  request: Request,
  context: Pick<AppLoadContext, 'asksFactor' | 'note' | 'address'>,
  accountId: number,
  path: string | undefined,
  byProvider = false,
): Promise<Response> {
  if (context.asksFactor && needsFactor(accountId, campaignToday())) {
    context.note({ accountId, signIn: 'second_step' })
    return await toSecondStep(request, accountId, path)
  }
  const headers = await beginSession(request, context, accountId, false, byProvider)
  return redirect(byCookies(request, firstPage(path)), { headers })
}

/**
 * Where to go with new cookies. A browser that brought none may keep none, so it comes by the sign-in page, which says so
 * or leads on.
 */
const byCookies = (request: Request, path: string) =>
  request.headers.has('Cookie') ? path : signInPage.to('/dang-nhap', { way: path, isTried: true })

/** `tryWithin` for a secret that signs in; a wrong or unchecked secret is logged. */
export async function tryToSignIn<T>(
  { note }: Pick<AppLoadContext, 'note'>,
  counts: Parameters<typeof tryWithin>[0],
  check: () => T | undefined | Promise<T | undefined>,
  accountId?: number,
): Promise<Tried<T>> {
  const tried = await tryWithin(counts, check)
  if (tried.found === undefined) noteRefusal({ note }, tried.waitMs, accountId)
  return tried
}

/** Adds to the request's line in the log that a secret was wrong, or was not looked at. */
export function noteRefusal({ note }: Pick<AppLoadContext, 'note'>, waitMs: number, accountId?: number) {
  note({ ...(accountId === undefined ? {} : { accountId }), signIn: waitMs > 0 ? 'limited' : 'refused' })
}

/** Hands this browser the ticket of the second step, and leads there. */
export async function toSecondStep(request: Request, accountId: number, path: string | undefined): Promise<Response> {
  const device = deviceOf(request)
  const { setCookie, isNew } = await retryBusy(() => issueTicket(accountId, device.hash))
  const headers = new Headers({ 'Set-Cookie': setCookie })
  if (device.setCookie !== null) headers.append('Set-Cookie', device.setCookie)
  const step = `/dang-nhap/${isNew ? 'cai-dat' : 'xac-thuc'}${backTo(wayIn(path))}`
  return redirect(byCookies(request, step), { headers })
}

/** The query that keeps where a sign-in leads; empty for the home. */
export const backTo = (path: string) => (path === '/' ? '' : `?den=${encodeURIComponent(path)}`)

/** No site of anybody's: what a path is resolved against, to see whether it stays where it begins. */
const OWN = 'http://own.invalid'

/**
 * Returns where a sign-in leads: an address of ours, written as a browser would request it, or the home page. Text that
 * a browser changes (it drops control characters and turns backslashes) leads to the home page.
 */
export function wayIn(path: string | undefined): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  if (!path?.startsWith('/') || /[\0-\x1f\x7f\\]/.test(path) || !URL.canParse(path, OWN)) return '/'
  const { origin, pathname, search, hash } = new URL(path, OWN)
  return origin === OWN && !pathname.startsWith('//') ? `${pathname}${search}${hash}` : '/'
}

/**
 * The first page of a new session: where the sign-in leads, or the question which campaign, where several run. The one
 * used last, else the one that began first, is chosen already.
 */
export function firstPage(path: string | undefined): string {
  const way = wayIn(path)
  return runningCampaigns(campaignToday()).length < 2 ? way : choosePage.to('/dot', { way })
}

/** Where the province's sign-in sends people back to; it must be registered there with PUBLIC_URL before it. */
export const PROVIDER_RETURN = '/dang-nhap/cong-tinh/tra-ve'
