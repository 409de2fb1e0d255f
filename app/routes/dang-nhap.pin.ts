import { type ActionFunctionArgs, redirect } from '@remix-run/node'
import { deviceOf } from '#app/access/device.server.ts'
import { forgetFailures, noteFailure, waitBeforeSignIn } from '#app/access/password.server.ts'
import { openByPin } from '#app/queries/remembered-device.server.ts'
import { beginSession, wayIn } from './session-start.server.ts'
import { formOf } from './visit.server.ts'

/** Signs in on a remembered device with its PIN. After the fifth wrong one the device is forgotten and asks for the password. */
export async function action({ request, context }: ActionFunctionArgs) {
  const way = new URL(request.url).searchParams.get('den')
  const back = (word: string) => redirect(`/dang-nhap?${new URLSearchParams({ ...(way && { den: way }) })}&${word}`)
  const form = await formOf(request)
  const accountId = Number(form.get('accountId'))
  const pin = String(form.get('pin') ?? '')
  const device = deviceOf(request).hash
  const login = `pin ${device} ${accountId}`
  if ((await waitBeforeSignIn(login, context.address)) > 0) return back('cho')
  const opened = await openByPin(device, accountId, pin)
  if (!opened.ok) {
    await noteFailure(login, context.address)
    return back(`con-lai=${opened.left}`)
  }
  await forgetFailures(login)
  return redirect(wayIn(way), { headers: await beginSession(request, accountId) })
}
