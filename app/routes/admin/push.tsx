import { useForm } from '@conform-to/react'
import type { MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { pushServiceInput } from '#app/domain/push-input.ts'
import { findPushSettings, setPushSettings } from '#app/queries/push.server.ts'
import { formatNumber } from '#app/text/format.ts'
import { CheckboxField, TextArea, TextField } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { Status } from '#app/ui/status.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Nhắc việc qua máy · 4 phủ' }]

export const loader = reads(({ actor }) => findPushSettings(actor))

/** Turns reminders to phones on or off, and names the services that may carry them. */
export const action = writes(({ actor }, { form }) => {
  const submission = readForm(form, pushServiceInput)
  if (submission.status !== 'success') return refuseForm(submission)
  setPushSettings(actor, submission.value)
  return redirectWith('/quan-tri/nhac-may', submission.value.isOn ? 'da-bat' : 'da-tat')
})

const LABELS = { contact: 'Địa chỉ thư của cơ quan vận hành', hosts: 'Dịch vụ được phép' }

export default function PushSettingsPage() {
  const { isOn, contact, hosts, browsers } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<{ isOn: string; contact: string; hosts: string }>({
    lastResult: answer?.lastResult,
    defaultValue: { isOn: isOn ? 'on' : '', contact, hosts: hosts.join('\n') },
    constraint: { contact: { required: true }, hosts: { required: true } },
  })
  return (
    <div className="narrow stack">
      <PageHeading
        title="Nhắc việc qua máy"
        note="Khi đơn vị nhắc một người, điện thoại hoặc máy tính của người đó hiện một câu cố định."
        breadcrumbs={[{ to: '/quan-tri', label: 'Quản trị' }]}
      />
      <Sheet
        title="Cài đặt"
        note={
          <>
            <Status tone={isOn ? 'done' : 'neutral'}>{isOn ? 'Đang bật' : 'Đang tắt'}</Status> {formatNumber(browsers)}{' '}
            máy đã đặt nhận nhắc
          </>
        }
      >
        <Form method="post" id={form.id} onSubmit={form.onSubmit} noValidate={form.noValidate} className="stack">
          <FormErrors form={form} labels={LABELS} />
          <p>
            Máy chủ gửi một tin trống, ký bằng khóa riêng của hệ thống, đến dịch vụ của hãng trình duyệt: không có họ
            tên, số liệu hay nội dung nhắc. Hãng vẫn biết máy nào nhận tin và lúc nào. Chỉ bật khi cơ quan cho phép máy
            chủ kết nối ra các dịch vụ này.
          </p>
          <CheckboxField field={fields.isOn} label="Gửi tin nhắc trống đến máy của người đã đặt nhận nhắc" />
          <TextField
            field={fields.contact}
            label={LABELS.contact}
            type="email"
            hint="Gửi kèm để hãng liên hệ khi có sự cố; không dùng địa chỉ của cá nhân."
          />
          <TextArea
            field={fields.hosts}
            label={LABELS.hosts}
            rows={6}
            hint="Mỗi dòng một tên máy chủ; *. ở đầu là mọi tên con. Máy chủ chỉ gửi đến các tên này, qua https."
          />
          <SubmitButton isLarge>Lưu</SubmitButton>
        </Form>
      </Sheet>
    </div>
  )
}
