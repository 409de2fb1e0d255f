import { useForm } from '@conform-to/react'
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useActionData } from '@remix-run/react'
import { useEffect, useState } from 'react'
import { deviceOf } from '#app/access/device.server.ts'
import { weakness } from '#app/access/password.server.ts'
import { codeIn } from '#app/domain/activation.ts'
import { joinedGroups } from '#app/domain/letters.ts'
import type { FieldProblem } from '#app/domain/problem.ts'
import { z } from '#app/domain/zod.ts'
import { activate, checkSignIn, findActivation, findJustActivated } from '#app/queries/account.server.ts'
import { retryBusy } from '#app/queries/retry.server.ts'
import { findWithin, signInCounts } from '#app/queries/sign-in-limit.server.ts'
import { TextField } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { PasswordField } from '#app/ui/password-field.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { formOf } from '../_web/body.server.ts'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { visitOf } from '../_web/visit.server.ts'
import { noteRefusal, signIn, tryToSignIn } from './session-start.server.ts'

const activation = z.object({
  code: z.string({ error: 'required' }).overwrite(joinedGroups).max(50, { error: 'code_unknown' }),
  password: z.string({ error: 'required' }).max(200, { error: 'too_long' }),
  repeated: z.string({ error: 'required' }).max(200, { error: 'too_long' }),
})
/** What a new account sees first. */
const WELCOME = '/bat-dau'
const SECRETS = ['password', 'repeated']

export const meta: MetaFunction = () => [{ title: 'Kích hoạt tài khoản · 4 phủ' }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  if (await visitOf(request, context)) throw redirect('/')
  return null
}

export async function action({ request, context }: ActionFunctionArgs) {
  const submission = readForm(await formOf(request), activation)
  const refuse = (...problems: FieldProblem[]) => refuseForm(submission, problems, { hideFields: SECRETS })
  if (submission.status !== 'success') return refuse()
  const { code, password, repeated } = submission.value
  const { waitMs, found } = await findWithin(context.address, () => findActivation(code) ?? findJustActivated(code))
  if (!found) {
    noteRefusal(context, waitMs)
    return refuse({ field: 'code', reason: waitMs > 0 ? 'too_many_tries' : 'code_unknown' })
  }
  if ('isUsed' in found) return await signInAgain(request, context, found.login, password, refuse)
  const weak = await weakness(password, found.login)
  if (weak) return refuse({ field: 'password', reason: `password_${weak}` })
  if (password !== repeated) return refuse({ field: 'repeated', reason: 'password_differs' })
  const activated = await retryBusy(() => activate({ kind: 'anonymous' }, code, password))
  if (!activated.ok) return refuse({ field: 'code', reason: 'code_unknown' })
  return await signIn(request, context, found.accountId, WELCOME)
}

/**
 * For a code that was used, whose answer did not arrive: signs in who types the password too, within the limits of the
 * sign-in page. Asks anybody else to sign in.
 */
async function signInAgain(
  request: Request,
  context: ActionFunctionArgs['context'],
  login: string,
  password: string,
  refuse: (problem: FieldProblem) => ReturnType<typeof refuseForm>,
) {
  const counts = signInCounts(login, context.address, deviceOf(request).hash)
  const tried = await tryToSignIn(context, counts, () => checkSignIn(login, password))
  if (tried.found) return await signIn(request, context, tried.found.accountId, WELCOME)
  return refuse({ field: 'code', reason: tried.waitMs > 0 ? 'too_many_tries' : 'code_just_used' })
}

/** Fills in the code that a slip's QR code put into the fragment, and takes it out of the address; true once it did. */
function useScannedCode(fieldId: string): boolean {
  const [isScanned, setScanned] = useState(false)
  useEffect(() => {
    const code = codeIn(window.location.hash)
    const field = document.getElementById(fieldId)
    if (code === undefined || !(field instanceof HTMLInputElement)) return
    field.value = code.toUpperCase().replace(/(.{4})(?=.)/g, '$1-')
    window.history.replaceState(window.history.state, '', window.location.pathname)
    setScanned(true)
  }, [fieldId])
  return isScanned
}

export default function ActivationPage() {
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<z.input<typeof activation>>({
    lastResult: answer?.lastResult,
    constraint: { code: { required: true }, password: { required: true, minLength: 10 }, repeated: { required: true } },
  })
  const isScanned = useScannedCode(fields.code.id)
  return (
    <div className="narrow stack">
      <PageHeading title="Kích hoạt tài khoản" breadcrumbs={[{ to: '/dang-nhap', label: 'Đăng nhập' }]} />
      <p>
        {isScanned
          ? 'Đã điền mã trên phiếu. Anh/chị chỉ còn đặt mật khẩu.'
          : 'Chụp mã QR trên phiếu do đầu mối của đơn vị phát, hoặc nhập mã ghi trên phiếu. Mã dùng một lần.'}
      </p>
      <Sheet>
        <Form method="post" id={form.id} onSubmit={form.onSubmit} noValidate={form.noValidate} className="stack">
          <FormErrors form={form} labels={{ code: 'Mã kích hoạt', password: 'Mật khẩu mới', repeated: 'Nhập lại' }} />
          <TextField
            field={fields.code}
            label="Mã kích hoạt"
            hint="16 chữ và số, ví dụ ABCD-2345-EFGH-6789"
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
          />
          <PasswordField
            field={fields.password}
            label="Mật khẩu mới"
            hint="Ít nhất 10 ký tự. Một câu ngắn dễ nhớ thì tốt hơn một từ có số."
            autoComplete="new-password"
          />
          <PasswordField field={fields.repeated} label="Nhập lại mật khẩu mới" autoComplete="new-password" />
          <SubmitButton isLarge pendingLabel="Đang kích hoạt…">
            Kích hoạt và đăng nhập
          </SubmitButton>
        </Form>
      </Sheet>
      <p>
        Đã có mật khẩu: <Link to="/dang-nhap">đăng nhập</Link>.
      </p>
    </div>
  )
}
