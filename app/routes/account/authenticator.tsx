import { useForm } from '@conform-to/react'
import type { MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { z } from '#app/domain/zod.ts'
import { isOwnPassword } from '#app/queries/account.server.ts'
import { findOwnFactor } from '#app/queries/second-factor.server.ts'
import { ownCounts, tryWithin } from '#app/queries/sign-in-limit.server.ts'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { PasswordField } from '#app/ui/password-field.tsx'
import { Facts, Sheet } from '#app/ui/sheet.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { notFound, reads, writes } from '../_web/visit.server.ts'
import { toSecondStep } from '../sign-in/session-start.server.ts'

const presentPassword = z.object({ present: z.string({ error: 'required' }).max(200, { error: 'too_long' }) })

export const meta: MetaFunction = () => [{ title: 'Xác thực hai lớp · 4 phủ' }]

export const loader = reads(({ actor }, { context }) => {
  if (!context.asksFactor) throw notFound()
  return findOwnFactor(actor)
})

/** Starts the set-up of one's own authenticator; the password is required, so that an open screen is not enough. */
export const action = writes(async ({ actor }, { form, request, context }) => {
  if (!context.asksFactor || findOwnFactor(actor).isSetUp) throw notFound()
  const submission = readForm(form, presentPassword)
  if (submission.status !== 'success') return refuseForm(submission, [], { hideFields: ['present'] })
  const { waitMs, found } = await tryWithin(
    ownCounts(actor.accountId),
    async () => (await isOwnPassword(actor, submission.value.present)) || undefined,
  )
  const reason = waitMs > 0 ? 'too_many_tries' : 'password_wrong'
  if (!found) return refuseForm(submission, [{ field: 'present', reason }], { hideFields: ['present'] })
  return await toSecondStep(request, actor.accountId, '/tai-khoan')
})

export default function FactorPage() {
  const { isSetUp, isRequired, codesLeft } = useLoaderData<typeof loader>()
  return (
    <div className="narrow stack">
      <PageHeading
        title="Xác thực hai lớp"
        note={
          isRequired ? 'Vai trò của anh/chị cần xác thực hai lớp.' : 'Nên dùng nếu nhiều người có thể biết mật khẩu.'
        }
        breadcrumbs={[{ to: '/tai-khoan', label: 'Tài khoản' }]}
      />
      {isSetUp ? (
        <Sheet>
          <div className="stack">
            <Facts
              facts={[
                { name: 'Ứng dụng xác thực', value: 'Đang dùng' },
                { name: 'Mã dự phòng còn lại', value: String(codesLeft) },
              ]}
            />
            <p>
              <Link to="/tai-khoan/xac-thuc/ma-du-phong">Tạo mã dự phòng mới</Link>
            </p>
            <p className="small">
              Đổi điện thoại hoặc không muốn dùng nữa: anh/chị nhờ quản trị đặt lại xác thực hai lớp.
            </p>
          </div>
        </Sheet>
      ) : (
        <SetUpSheet />
      )}
    </div>
  )
}

function SetUpSheet() {
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<z.input<typeof presentPassword>>({
    lastResult: answer?.lastResult,
    constraint: { present: { required: true } },
  })
  return (
    <Sheet>
      <Form method="post" id={form.id} onSubmit={form.onSubmit} className="stack">
        <p>Khi đăng nhập, ngoài mật khẩu anh/chị nhập thêm một mã từ ứng dụng xác thực trên điện thoại.</p>
        <FormErrors form={form} />
        <PasswordField field={fields.present} label="Mật khẩu hiện tại" autoComplete="current-password" />
        <SubmitButton isLarge>Bắt đầu cài đặt</SubmitButton>
      </Form>
    </Sheet>
  )
}
