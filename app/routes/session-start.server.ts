import { deviceOf, noteDevice } from '#app/access/device.server.ts'
import { startSession } from '#app/access/session.server.ts'
import { defaultCampaignId } from '#app/queries/campaign.server.ts'
import { campaignToday } from '#app/queries/clock.server.ts'

/** Signs an account in from this browser and notes that it did; the headers carry both cookies. */
export async function beginSession(request: Request, accountId: number): Promise<Headers> {
  const device = deviceOf(request)
  noteDevice(device.hash, accountId)
  const userAgent = request.headers.get('User-Agent') ?? ''
  const headers = new Headers({
    'Set-Cookie': await startSession(accountId, defaultCampaignId(campaignToday()), userAgent),
  })
  if (device.setCookie !== null) headers.append('Set-Cookie', device.setCookie)
  return headers
}

/** Where a sign-in leads: only a path of ours, never a page elsewhere. */
export const wayIn = (path: string | null) => (path && /^\/(?![/\\])/.test(path) ? path : '/')
