import { type ActionFunctionArgs, redirect } from '@remix-run/node'
import { deviceOf } from '#app/access/device.server.ts'
import { forgetDevice } from '#app/queries/remembered-device.server.ts'
import { formOf } from '../_web/body.server.ts'

/** Another person takes the device over: it is remembered for the one before no longer. */
export async function action({ request }: ActionFunctionArgs) {
  const form = await formOf(request)
  forgetDevice({ kind: 'anonymous' }, deviceOf(request).hash, Number(form.get('accountId')))
  return redirect('/dang-nhap')
}
