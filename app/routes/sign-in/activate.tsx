import { useForm } from '@conform-to/react'
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useActionData } from '@remix-run/react'
import { weakness } from '#app/access/password.server.ts'
import { joinedGroups } from '#app/domain/letters.ts'
import type { FieldProblem } from '#app/domain/problem.ts'
import { z } from '#app/domain/zod.ts'
import { activate, findActivation } from '#app/queries/account.server.ts'
import { retryBusy } from '#app/queries/retry.server.ts'
import { findWithin } from '#app/queries/sign-in-limit.server.ts'
import { TextField } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { formOf } from '../_web/body.server.ts'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { visitOf } from '../_web/visit.server.ts'
import { noteRefusal, signIn } from './session-start.server.ts'

const activation = z.object({
  code: z.string({ error: 'required' }).overwrite(joinedGroups).max(50, { error: 'code_unknown' }),
  password: z.string({ error: 'required' }).max(200, { error: 'too_long' }),
  repeated: z.string({ error: 'required' }).max(200, { error: 'too_long' }),
})
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
  const { waitMs, found } = await findWithin(context.address, () => findActivation(code))
  if (!found) {
    noteRefusal(context, waitMs)
    return refuse({ field: 'code', reason: waitMs > 0 ? 'too_many_tries' : 'code_unknown' })
  }
  const weak = await weakness(password, found.login)
  if (weak) return refuse({ field: 'password', reason: `password_${weak}` })
  if (password !== repeated) return refuse({ field: 'repeated', reason: 'password_differs' })
  const activated = await retryBusy(() => activate({ kind: 'anonymous' }, code, password))
  if (!activated.ok) return refuse({ field: 'code', reason: 'code_unknown' })
  return await signIn(request, context, found.accountId, undefined)
}

export default function ActivationPage() {
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<z.input<typeof activation>>({
    lastResult: answer?.lastResult,
    constraint: { code: { required: true }, password: { required: true, minLength: 10 }, repeated: { required: true } },
  })
  return (
    <div className="narrow stack">
      <PageHeading title="Kích hoạt tài khoản" breadcrumbs={[{ to: '/dang-nhap', label: 'Đăng nhập' }]} />
      <p>Mã kích hoạt ghi trên phiếu do đầu mối của đơn vị phát, dùng một lần.</p>
      <Sheet>
        <Form method="post" id={form.id} onSubmit={form.onSubmit} className="stack">
          <FormErrors form={form} labels={{ code: 'Mã kích hoạt', password: 'Mật khẩu mới', repeated: 'Nhập lại' }} />
          <TextField
            field={fields.code}
            label="Mã kích hoạt"
            hint="16 chữ và số, ví dụ ABCD-2345-EFGH-6789"
            autoComplete="one-time-code"
            spellCheck={false}
          />
          <TextField
            field={fields.password}
            label="Mật khẩu mới"
            type="password"
            hint="Ít nhất 10 ký tự. Một câu ngắn dễ nhớ thì tốt hơn một từ có số."
            autoComplete="new-password"
          />
          <TextField
            field={fields.repeated}
            label="Nhập lại mật khẩu mới"
            type="password"
            autoComplete="new-password"
          />
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
