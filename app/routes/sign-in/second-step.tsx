import { useForm } from '@conform-to/react'
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { joinedGroups } from '#app/domain/letters.ts'
import { z } from '#app/domain/zod.ts'
import { retryBusy } from '#app/queries/retry.server.ts'
import { findTicket, proveFactor } from '#app/queries/second-factor.server.ts'
import { factorCounts } from '#app/queries/sign-in-limit.server.ts'
import { TextField } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { ServerTime } from '#app/ui/server-time.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { formOf } from '../_web/body.server.ts'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { signInPage } from './params.ts'
import { shownTicket } from './second-step-form.server.ts'
import { beginSession, firstPage, tryToSignIn } from './session-start.server.ts'

const secondStep = z.object({
  code: z.string({ error: 'required' }).overwrite(joinedGroups).max(50, { error: 'factor_wrong' }),
})

export const meta: MetaFunction = () => [{ title: 'Xác thực hai lớp · 4 phủ' }]

export function loader({ request }: LoaderFunctionArgs) {
  const ticket = findTicket(shownTicket(request))
  if (!ticket) throw redirectWith('/dang-nhap', 'het-han')
  return { displayName: ticket.displayName, serverTime: Date.now() }
}

/** The second step: a session begins only here. */
export async function action({ request, context }: ActionFunctionArgs) {
  const shown = shownTicket(request)
  const ticket = findTicket(shown)
  if (!ticket) return redirectWith('/dang-nhap', 'het-han')
  const submission = readForm(await formOf(request), secondStep)
  if (submission.status !== 'success') return refuseForm(submission)
  const { code } = submission.value
  const { waitMs, found } = await tryToSignIn(
    context,
    factorCounts(ticket.accountId),
    () => retryBusy(() => proveFactor(shown, code)),
    ticket.accountId,
  )
  if (waitMs > 0) return refuseForm(submission, [{ field: 'code', reason: 'too_many_tries' }])
  if (!found) return refuseForm(submission, [{ field: 'code', reason: 'factor_wrong' }])
  const headers = await beginSession(request, context, found.accountId, true)
  return redirect(firstPage(signInPage.read(new URL(request.url)).way), { headers })
}

export default function SecondStepPage() {
  const { displayName, serverTime } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<z.input<typeof secondStep>>({
    lastResult: answer?.lastResult,
    constraint: { code: { required: true, maxLength: 50 } },
  })
  return (
    <div className="narrow stack">
      <PageHeading
        title="Nhập mã xác thực"
        note={displayName}
        breadcrumbs={[{ to: '/dang-nhap', label: 'Đăng nhập' }]}
      />
      <Sheet>
        <Form method="post" id={form.id} onSubmit={form.onSubmit} className="stack">
          <FormErrors form={form} />
          <TextField
            field={fields.code}
            label="Mã trong ứng dụng xác thực"
            hint="6 chữ số đang hiện trong ứng dụng trên điện thoại; mã đổi sau mỗi 30 giây và dùng một lần."
            autoComplete="one-time-code"
            spellCheck={false}
          />
          <SubmitButton isLarge pendingLabel="Đang kiểm tra…">
            Tiếp tục
          </SubmitButton>
        </Form>
      </Sheet>
      <ServerTime at={serverTime} />
      <p className="small">
        Không có điện thoại bên mình: anh/chị nhập một mã dự phòng đã lưu khi cài đặt (24 chữ và số). Mất cả hai: nhờ
        quản trị đặt lại xác thực hai lớp.
      </p>
      <p className="small">
        Không phải anh/chị? <Link to="/dang-nhap">Đăng nhập bằng tài khoản khác</Link>.
      </p>
    </div>
  )
}
