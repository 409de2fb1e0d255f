import { type AppLoadContext, redirect } from '@remix-run/node'
import { deviceOf, noteDevice } from '#app/access/device.server.ts'
import { endSession, startSession } from '#app/access/session.server.ts'
import { noTicket } from '#app/access/ticket.server.ts'
import { defaultCampaignId } from '#app/queries/campaign.server.ts'
import { campaignToday } from '#app/queries/clock.server.ts'
import { retryBusy } from '#app/queries/retry.server.ts'
import { issueTicket, needsFactor } from '#app/queries/second-factor.server.ts'
import { tryWithin } from '#app/queries/sign-in-limit.server.ts'

/**
 * Signs an account in from this browser and notes that it did; the headers carry its cookies. `isProven`: by a second
 * factor too, ours or the province's provider's. The session that the browser held until now is over.
 */
export async function beginSession(
  request: Request,
  { note }: Pick<AppLoadContext, 'note'>,
  accountId: number,
  isProven: boolean,
): Promise<Headers> {
  const device = deviceOf(request)
  const userAgent = request.headers.get('User-Agent') ?? ''
  const campaignId = defaultCampaignId(campaignToday())
  const cookie = await retryBusy(async () => {
    await endSession(request)
    noteDevice(device.hash, accountId)
    return await startSession(accountId, { campaignId, userAgent, isProven })
  })
  note({ accountId, signIn: 'begun' })
  const headers = new Headers({ 'Set-Cookie': cookie })
  if (device.setCookie !== null) headers.append('Set-Cookie', device.setCookie)
  if (isProven) headers.append('Set-Cookie', noTicket)
  return headers
}

/**
 * What follows a right password, PIN or code: the way in, or for whoever has or needs a second factor the step that asks
 * for it. No session begins before.
 */
export async function signIn(
  request: Request,
  context: Pick<AppLoadContext, 'asksFactor' | 'note'>,
  accountId: number,
  path: string | null,
): Promise<Response> {
  if (context.asksFactor && needsFactor(accountId, campaignToday())) {
    context.note({ accountId, signIn: 'second_step' })
    return await toSecondStep(request, accountId, path)
  }
  return redirect(wayIn(path), { headers: await beginSession(request, context, accountId, false) })
}

/** `tryWithin` for a secret that signs in; a wrong one, or one not looked at, is told in the log. */
export async function tryToSignIn<T>(
  { note }: Pick<AppLoadContext, 'note'>,
  counts: Parameters<typeof tryWithin>[0],
  check: () => T | undefined | Promise<T | undefined>,
  accountId?: number,
) {
  const tried = await tryWithin(counts, check)
  if (tried.found === undefined)
    note({ ...(accountId === undefined ? {} : { accountId }), signIn: tried.waitMs > 0 ? 'limited' : 'refused' })
  return tried
}

/** Hands this browser the ticket of the second step, and leads there. */
export async function toSecondStep(request: Request, accountId: number, path: string | null): Promise<Response> {
  const device = deviceOf(request)
  const { setCookie, isNew } = await retryBusy(() => issueTicket(accountId, device.hash))
  const headers = new Headers({ 'Set-Cookie': setCookie })
  if (device.setCookie !== null) headers.append('Set-Cookie', device.setCookie)
  return redirect(`/dang-nhap/${isNew ? 'cai-dat' : 'xac-thuc'}${backTo(wayIn(path))}`, { headers })
}

/** The query that keeps where a sign-in leads; empty for the home. */
export const backTo = (path: string) => (path === '/' ? '' : `?den=${encodeURIComponent(path)}`)

/** Where a sign-in leads: only a path of ours, never a page elsewhere. */
export const wayIn = (path: string | null) => (path && /^\/(?![/\\])/.test(path) ? path : '/')

/** Where the province's sign-in sends people back to; it must be registered there with PUBLIC_URL before it. */
export const PROVIDER_RETURN = '/dang-nhap/cong-tinh/tra-ve'
