import { type SubmissionResult, useForm } from '@conform-to/react'
import { Form } from '@remix-run/react'
import { type LastContact, NOTED_STATES } from '#app/domain/assignment.ts'
import type { AssignmentState } from '#app/domain/vocabulary.ts'
import { labels } from '#app/text/vocabulary.ts'
import { DateField, fieldsOf, RadioGroup, TextArea, TextField } from './field.tsx'
import { FormErrors, SubmitButton } from './form.tsx'
import { Sheet } from './sheet.tsx'

const FIELD_LABELS = {
  state: 'Kết quả liên hệ',
  appointmentOn: 'Ngày hẹn',
  appointmentTime: 'Giờ hẹn',
  appointmentPlace: 'Nơi hẹn',
  note: 'Ghi chú',
  phone: 'Số điện thoại khác',
}

const HINTS: Partial<Record<AssignmentState, string>> = {
  no_answer: 'Danh sách nhắc gọi lại từ ngày mai.',
  wrong_number: 'Số này không được gọi nữa. Biết số khác thì ghi ở dưới; chưa biết thì đơn vị tìm số khác.',
  submitted: 'Hồ sơ đã thu nhận, đang chờ duyệt mức 2.',
  refused: 'Dừng liên hệ với người dân này; không tính là thiếu sót của ai.',
}
const STATES = NOTED_STATES.map(value => ({ value, label: labels.assignmentState[value], hint: HINTS[value] }))

/**
 * Notes what came of going to an assigned citizen, or calling. `typed`: what a draft holds; `today`: no appointment
 * before it, '' where the phone's day is in doubt; `onKeep` takes the filled form in place of the server.
 */
export function ContactForm({
  citizen,
  today,
  typed,
  lastResult,
  submitLabel = 'Lưu',
  onKeep,
}: {
  citizen: LastContact
  today: string
  typed?: Record<string, string>
  lastResult?: SubmissionResult<string[]>
  submitLabel?: string
  onKeep?: (form: FormData) => void
}) {
  const [form, fields] = useForm<Record<string, string>>({
    lastResult,
    defaultValue: {
      revision: String(citizen.revision),
      state: citizen.state,
      appointmentOn: citizen.appointmentOn ?? '',
      appointmentTime: citizen.appointmentTime,
      appointmentPlace: citizen.appointmentPlace ?? '',
      note: citizen.note ?? '',
      ...typed,
    },
    onSubmit:
      onKeep &&
      ((event, { formData }) => {
        event.preventDefault()
        onKeep(formData)
      }),
    constraint: { state: { required: true } },
  })
  const field = fieldsOf(fields)
  return (
    <Sheet title="Ghi kết quả liên hệ">
      <Form method="post" id={form.id} onSubmit={form.onSubmit} className="stack">
        <FormErrors form={form} labels={FIELD_LABELS} />
        <input type="hidden" name="revision" value={citizen.revision} />
        <RadioGroup field={field('state')} label={FIELD_LABELS.state} options={STATES} />
        <div className="field-pair">
          <DateField field={field('appointmentOn')} label={FIELD_LABELS.appointmentOn} min={today || undefined} />
          <TextField
            field={field('appointmentTime')}
            label={FIELD_LABELS.appointmentTime}
            hint="Ví dụ 17h30 hoặc 5h chiều, có thể để trống"
            isShort
            autoComplete="off"
          />
        </div>
        <TextField field={field('appointmentPlace')} label={FIELD_LABELS.appointmentPlace} autoComplete="off" />
        <TextArea
          field={field('note')}
          label={FIELD_LABELS.note}
          rows={2}
          hint="Không ghi số định danh, mật khẩu, mã OTP."
        />
        <TextField
          field={field('phone')}
          label={FIELD_LABELS.phone}
          hint="Chỉ ghi khi số trong danh sách sai hoặc đã đổi; số mới thay số cũ."
          isShort
          type="tel"
          autoComplete="off"
        />
        <SubmitButton isLarge>{submitLabel}</SubmitButton>
      </Form>
    </Sheet>
  )
}
