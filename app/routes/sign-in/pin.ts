import { type ActionFunctionArgs, redirect } from '@remix-run/node'
import { deviceOf } from '#app/access/device.server.ts'
import { joinedGroups } from '#app/domain/letters.ts'
import { openByPin } from '#app/queries/remembered-device.server.ts'
import { retryBusy } from '#app/queries/retry.server.ts'
import { pinCounts } from '#app/queries/sign-in-limit.server.ts'
import { formOf } from '../_web/body.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { signInPage } from './params.ts'
import { signIn, tryToSignIn } from './session-start.server.ts'

/**
 * Signs in on a remembered device with its PIN, which replaces the password; a second factor is still asked for. After
 * the fifth wrong PIN the device is forgotten and asks for the password.
 */
export async function action({ request, context }: ActionFunctionArgs) {
  const { way } = signInPage.read(new URL(request.url))
  const page = signInPage.to('/dang-nhap', { way }) as '/dang-nhap'
  const form = await formOf(request)
  const accountId = Number(form.get('accountId'))
  const pin = joinedGroups(String(form.get('pin') ?? ''))
  const device = deviceOf(request).hash
  let left = 0
  const counts = pinCounts(device, accountId, context.address)
  const check = async () => {
    const opened = await retryBusy(() => openByPin(device, accountId, pin))
    if (opened.ok) return accountId
    left = opened.left
    return undefined
  }
  const { waitMs, found } = await tryToSignIn(context, counts, check, accountId)
  if (waitMs > 0) return redirectWith(page, 'cho')
  if (found !== undefined) return await signIn(request, context, found, way)
  return left > 0 ? redirectWith(page, 'con-lai', left) : redirect(page)
}
