import { useForm } from '@conform-to/react'
import type { MetaFunction } from '@remix-run/node'
import { Form, useActionData } from '@remix-run/react'
import { permit } from '#app/access/policy.ts'
import { requiredText } from '#app/domain/field.ts'
import { z } from '#app/domain/zod.ts'
import { createOfficeAccount } from '#app/queries/account.server.ts'
import { rootUnit } from '#app/queries/unit.server.ts'
import { ActivationSlip } from '#app/ui/activation-slip.tsx'
import { ButtonLink } from '#app/ui/button.tsx'
import { TextField } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Thêm tài khoản cơ quan · 4 phủ' }]

const officeAccount = z.object({
  login: requiredText(30)
    .transform(login => login.toLowerCase())
    .refine(login => /^[a-z][a-z0-9.-]{2,29}$/.test(login), { error: 'login_characters' }),
  displayName: requiredText(100),
})

export const loader = reads(({ actor }) => {
  permit(actor, 'account.manage', { unitPath: rootUnit().path })
  return null
})

/** The code is shown in the answer itself and nowhere else, so this write is not followed by a redirect. */
export const action = writes(({ actor }, { form }) => {
  const submission = readForm(form, officeAccount)
  if (submission.status !== 'success') return refuseForm(submission)
  const made = createOfficeAccount(actor, submission.value)
  return made.ok ? { accountId: made.accountId, issued: made.issued } : refuseForm(submission, made.problems)
})

export default function NewOfficeAccountPage() {
  const answer = useActionData<typeof action>()
  return (
    <div className="narrow stack">
      <PageHeading
        title="Thêm tài khoản cơ quan"
        note="Dành cho quản trị, kiểm toán nhật ký và bộ phận không có chỉ tiêu. Người thực hiện có tài khoản từ danh sách của đơn vị."
        breadcrumbs={[
          { to: '/quan-tri', label: 'Quản trị' },
          { to: '/quan-tri/tai-khoan', label: 'Tài khoản' },
        ]}
      />
      {answer && 'issued' in answer ? (
        <>
          <ActivationSlip {...answer.issued} />
          <ButtonLink to={`/quan-tri/tai-khoan/${answer.accountId}`}>Tiếp tục, cấp vai trò</ButtonLink>
        </>
      ) : (
        <NewAccountForm lastResult={answer?.lastResult} />
      )}
    </div>
  )
}

function NewAccountForm({ lastResult }: { lastResult?: Parameters<typeof useForm>[0]['lastResult'] }) {
  const [form, fields] = useForm<z.input<typeof officeAccount>>({
    lastResult: lastResult as never,
    constraint: { login: { required: true }, displayName: { required: true } },
  })
  return (
    <Sheet>
      <Form method="post" id={form.id} onSubmit={form.onSubmit} className="stack">
        <FormErrors form={form} labels={{ login: 'Tên đăng nhập', displayName: 'Tên hiển thị' }} />
        <TextField
          field={fields.displayName}
          label="Tên hiển thị"
          hint="Ví dụ: Kiểm toán nội bộ, Quản trị Công an tỉnh"
        />
        <TextField
          field={fields.login}
          label="Tên đăng nhập"
          hint="Chữ không dấu và số, ví dụ kiemtoan.noibo"
          autoComplete="off"
          spellCheck={false}
        />
        <SubmitButton>Tạo tài khoản</SubmitButton>
      </Form>
    </Sheet>
  )
}
