import { useForm } from '@conform-to/react'
import type { MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { deliveryInput } from '#app/domain/delivery-input.ts'
import { findDelivery, setDelivery } from '#app/queries/digest-account.server.ts'
import { CheckboxField, TextField } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Nhắc việc qua thư điện tử · 4 phủ' }]

export const loader = reads(({ actor }, { context }) => ({ ...findDelivery(actor), hasMail: context.hasMail }))

/** Sets where one's own reminders go by mail, and whether they shall. */
export const action = writes(({ actor }, { form }) => {
  const submission = readForm(form, deliveryInput)
  if (submission.status !== 'success') return refuseForm(submission)
  setDelivery(actor, submission.value)
  return redirectWith('/tai-khoan/thu-nhac', 'da-luu')
})

export default function DeliveryPage() {
  const { email, wantsDigest, hasMail } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<{ email: string; wantsDigest: string }>({
    lastResult: answer?.lastResult,
    defaultValue: { email: email ?? '', wantsDigest: wantsDigest ? 'on' : '' },
  })
  return (
    <div className="narrow stack">
      <PageHeading
        title="Nhắc việc qua thư điện tử"
        breadcrumbs={[{ to: '/tai-khoan', label: 'Tài khoản' }]}
        note={<Link to="/nhac-viec">Xem việc cần làm hôm nay</Link>}
      />
      {hasMail ? null : (
        <Notice kind="warning" title="Máy chủ này chưa gửi thư">
          Máy chủ chưa được nối với máy chủ thư của cơ quan nên chưa có thư nào được gửi. Anh/chị vẫn lưu được địa chỉ
          để dùng khi có; việc cần làm hằng ngày xem tại trang <Link to="/nhac-viec">Việc cần làm</Link>.
        </Notice>
      )}
      <Sheet>
        <Form method="post" id={form.id} onSubmit={form.onSubmit} noValidate={form.noValidate} className="stack">
          <FormErrors form={form} labels={{ email: 'Địa chỉ thư công vụ' }} />
          <TextField
            field={fields.email}
            label="Địa chỉ thư công vụ"
            type="email"
            autoComplete="email"
            hint="Để trống nếu không dùng. Thư chỉ có số lượng và đường dẫn, nhiều nhất một thư mỗi ngày."
          />
          <CheckboxField field={fields.wantsDigest} label="Gửi cho tôi việc cần làm mỗi ngày" />
          <SubmitButton isLarge>Lưu</SubmitButton>
        </Form>
      </Sheet>
    </div>
  )
}
