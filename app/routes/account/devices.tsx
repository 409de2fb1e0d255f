import { useForm } from '@conform-to/react'
import { type MetaFunction, redirect } from '@remix-run/node'
import { type ClientActionFunctionArgs, Form, useActionData } from '@remix-run/react'
import { deviceOf } from '#app/access/device.server.ts'
import { rememberInput } from '#app/domain/pin.ts'
import type { FieldProblem } from '#app/domain/problem.ts'
import { isOwnPassword } from '#app/queries/account.server.ts'
import { rememberDevice } from '#app/queries/remembered-device.server.ts'
import { ownCounts, tryWithin } from '#app/queries/sign-in-limit.server.ts'
import { noticeTo } from '#app/text/notice.ts'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { PasswordField } from '#app/ui/password-field.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { reads, writes } from '../_web/visit.server.ts'

const LABELS = { present: 'Mật khẩu hiện tại', pin: 'Mã PIN', repeated: 'Nhập lại mã PIN' }
const SECRETS = Object.keys(LABELS)

export const meta: MetaFunction = () => [{ title: 'Ghi nhớ máy này · 4 phủ' }]

export const loader = reads(() => null)

/** Remembers this device with a PIN; the password is required, so that an open screen is not enough. */
export const action = writes(async ({ actor }, { form, request }) => {
  const submission = readForm(form, rememberInput)
  const refuse = (...problems: FieldProblem[]) => refuseForm(submission, problems, { hideFields: SECRETS })
  if (submission.status !== 'success') return refuse()
  const { present, pin, repeated } = submission.value
  if (pin !== repeated) return refuse({ field: 'repeated', reason: 'pin_differs' })
  const { waitMs, found } = await tryWithin(
    ownCounts(actor.accountId),
    async () => (await isOwnPassword(actor, present)) || undefined,
  )
  if (waitMs > 0) return refuse({ field: 'present', reason: 'too_many_tries' })
  if (!found) return refuse({ field: 'present', reason: 'password_wrong' })
  const device = deviceOf(request)
  const remembered = await rememberDevice(actor, device.hash, pin)
  if (!remembered.ok) return refuse({ field: 'pin', reason: remembered.problem })
  return redirect(
    noticeTo('/tai-khoan', 'da-nho'),
    device.setCookie === null ? undefined : { headers: { 'Set-Cookie': device.setCookie } },
  )
})

/** Also locks this device's offline data with the PIN, once the server has accepted it. */
export async function clientAction({ request, serverAction }: ClientActionFunctionArgs) {
  const pin = String((await request.clone().formData()).get('pin') ?? '')
  try {
    return await serverAction<typeof action>()
  } catch (thrown) {
    if (thrown instanceof Response && thrown.headers.get('Location')?.endsWith(noticeTo('/tai-khoan', 'da-nho'))) {
      const { lockWithPin } = await import('#app/offline/contact.ts')
      await lockWithPin(pin)
    }
    throw thrown
  }
}

export default function RememberDevicePage() {
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<{ present: string; pin: string; repeated: string }>({
    lastResult: answer?.lastResult,
    constraint: {
      present: { required: true },
      pin: { required: true, pattern: '[0-9]{6}', maxLength: 6 },
      repeated: { required: true, maxLength: 6 },
    },
  })
  return (
    <div className="narrow stack">
      <PageHeading
        title="Ghi nhớ máy này"
        note="Chỉ dùng trên máy của riêng anh/chị. Sai mã PIN 5 lần liền thì máy hỏi lại mật khẩu."
        breadcrumbs={[{ to: '/tai-khoan', label: 'Tài khoản' }]}
      />
      <Sheet>
        <Form method="post" id={form.id} onSubmit={form.onSubmit} className="stack">
          <FormErrors form={form} labels={LABELS} />
          <PasswordField field={fields.present} label={LABELS.present} autoComplete="current-password" />
          <PasswordField
            field={fields.pin}
            label={LABELS.pin}
            hint="6 chữ số, không dùng dãy số liền nhau, số lặp lại hoặc năm sinh"
            inputMode="numeric"
            autoComplete="off"
          />
          <PasswordField field={fields.repeated} label={LABELS.repeated} inputMode="numeric" autoComplete="off" />
          <SubmitButton isLarge>Ghi nhớ máy này</SubmitButton>
        </Form>
      </Sheet>
    </div>
  )
}
