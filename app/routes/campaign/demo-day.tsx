import { useForm } from '@conform-to/react'
import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { addDays, startOf } from '#app/domain/calendar.ts'
import { requiredDay, requiredTime } from '#app/domain/field.ts'
import { z } from '#app/domain/zod.ts'
import { moveClock } from '#app/queries/clock.server.ts'
import { formatDay, formatInstant } from '#app/text/format.ts'
import { DateField, TextField } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { notFound, reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Ngày mẫu · 4 phủ' }]

const moment = z.object({ day: requiredDay, time: requiredTime })

export const loader = reads(({ at, today, regulation: { endsOn, finalReportOn } }, { context }) => {
  if (!context.isDemo) throw notFound()
  const turns = [
    { day: endsOn, label: 'ngày cuối của đợt' },
    { day: addDays(endsOn, 1), label: 'ngày sau khi kết thúc' },
    { day: addDays(finalReportOn, 1), label: 'ngày sau hạn báo cáo' },
  ]
  return { at, today, turns: turns.filter(({ day }) => day > today) }
})

export const action = writes(({ actor }, { form, context }) => {
  if (!context.isDemo) throw notFound()
  const submission = readForm(form, moment)
  if (submission.status !== 'success') return refuseForm(submission)
  const { day, time } = submission.value
  const moved = moveClock(actor, startOf(day) + time)
  return moved.ok ? redirect('/ngay-mau') : refuseForm(submission, [{ field: 'day', reason: moved.problem }])
})

export default function SampleDatePage() {
  const { at, today, turns } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<z.input<typeof moment>>({
    lastResult: answer?.lastResult,
    defaultValue: { day: turns[0]?.day ?? today, time: '09:00' },
    constraint: { day: { required: true }, time: { required: true } },
  })
  return (
    <div className="narrow stack">
      <PageHeading
        title="Ngày mẫu"
        note="Bản dùng thử chạy theo một ngày giả định, chung cho mọi người đang dùng. Ngày này chỉ tiến, không lùi."
      />
      <Sheet title={`Đang là ${formatInstant(at)}`}>
        <div className="stack">
          {turns.map(({ day, label }) => (
            <Form key={day} method="post">
              <input type="hidden" name="day" value={day} />
              <input type="hidden" name="time" value="09:00" />
              <SubmitButton variant="quiet" pendingLabel="Đang chuyển…">
                Đến {formatDay(day)}, 09:00 ({label})
              </SubmitButton>
            </Form>
          ))}
        </div>
      </Sheet>
      <Sheet title="Đến một thời điểm khác">
        <Form method="post" id={form.id} onSubmit={form.onSubmit} className="stack" key={at}>
          <FormErrors form={form} labels={{ day: 'Ngày', time: 'Giờ' }} />
          <DateField field={fields.day} label="Ngày" min={today} />
          <TextField field={fields.time} label="Giờ" hint="Giờ:phút, ví dụ 09:00" isShort />
          <SubmitButton pendingLabel="Đang chuyển…">Chuyển ngày mẫu</SubmitButton>
        </Form>
      </Sheet>
    </div>
  )
}
