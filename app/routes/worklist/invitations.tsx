import { useForm } from '@conform-to/react'
import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { invitationInput } from '#app/domain/assignment-input.ts'
import { findUnitHeading } from '#app/queries/board.server.ts'
import { listInvitees, markInvited } from '#app/queries/invitation.server.ts'
import { formatNumber } from '#app/text/format.ts'
import { lacksInWords } from '#app/ui/assignment-row.tsx'
import { Button, ButtonLink } from '#app/ui/button.tsx'
import { ChoiceList } from '#app/ui/choice-list.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { CheckboxField, DateField, fieldsOf, TextField } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { UnitPageHeading } from '#app/ui/unit-heading.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { chosenIn, found, idOf, notFound, reads, writes } from '../_web/visit.server.ts'
import { noteShown } from '../admin/access.server.ts'

export const meta: MetaFunction = () => [{ title: 'Giấy mời · 4 phủ' }]
/** Names of citizens stay out of every cache. */
export const headers = () => ({ 'Cache-Control': 'no-store' })

export const loader = reads(async ({ actor, campaign, today }, { params, url }) => {
  const heading = found(findUnitHeading(actor, campaign.id, idOf(params.unitId)))
  if (!heading.allowed.share) throw notFound()
  const { people } = found(listInvitees(actor, campaign.id, heading.id, chosenIn(url)))
  await noteShown(actor, { what: 'invitation_form', subjectId: heading.id, count: people.length })
  return { heading, people, today }
})

/** Notes the appointments where asked, and leads to the page to print, or with the second button to the document. */
export const action = writes(({ actor, campaign, today }, { params, form }) => {
  const unitId = idOf(params.unitId)
  const asFile = form.get('as') === 'docx'
  const submission = readForm(form, invitationInput)
  if (submission.status !== 'success') return refuseForm(submission)
  const { chon, day, time, place, bring, phone, marks } = submission.value
  if (day < today) return refuseForm(submission, [{ field: 'day', reason: 'day_past' }])
  if (marks) markInvited(actor, campaign.id, unitId, submission.value)
  const asked = new URLSearchParams([
    ['ngay', day],
    ['gio', time],
    ['noi', place],
    ['mang', bring],
    ['bao-lai', phone],
  ])
  for (const id of chon) asked.append('chon', String(id))
  return redirect(`/don-vi/${unitId}/phan-cong/giay-moi${asFile ? '.docx' : '/in'}?${asked}`)
})

const FIELD_LABELS = {
  chon: 'Người được mời',
  day: 'Ngày',
  time: 'Giờ',
  place: 'Địa điểm',
  bring: 'Mang theo',
  phone: 'Điện thoại để người dân báo lại',
}

export default function InvitationPage() {
  const { heading, people, today } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<Record<string, string>>({
    lastResult: answer?.lastResult,
    defaultValue: { bring: 'thẻ căn cước hoặc giấy tờ tùy thân cũ, điện thoại thông minh' },
    constraint: {
      day: { required: true },
      place: { required: true },
      bring: { required: true },
      phone: { required: true },
    },
  })
  const field = fieldsOf(fields)
  const base = `/don-vi/${heading.id}/phan-cong`
  return (
    <div className="stack">
      <UnitPageHeading
        unit={heading}
        current="worklist"
        title="Giấy mời"
        note="In nhiều giấy trên một trang, hoặc tải tệp Word mỗi người một trang. Mỗi lần in, tải đều được ghi vào nhật ký."
      />
      {people.length === 0 ? (
        <Sheet>
          <EmptyState title="Chưa chọn ai" action={<ButtonLink to={base}>Chọn người dân</ButtonLink>}>
            Anh/chị chọn những người dân còn cần hỗ trợ trong danh sách, rồi bấm “Làm giấy mời”.
          </EmptyState>
        </Sheet>
      ) : (
        <Form method="post" reloadDocument id={form.id} onSubmit={form.onSubmit} className="stack">
          <FormErrors form={form} labels={FIELD_LABELS} />
          <Sheet title="Buổi làm việc">
            <div className="stack">
              <div className="field-pair">
                <DateField field={field('day')} label={FIELD_LABELS.day} min={today} />
                <TextField
                  field={field('time')}
                  label={FIELD_LABELS.time}
                  hint="Ví dụ 8h sáng hoặc 13h30, có thể để trống"
                  isShort
                  autoComplete="off"
                />
              </div>
              <TextField field={field('place')} label={FIELD_LABELS.place} autoComplete="off" />
              <TextField field={field('bring')} label={FIELD_LABELS.bring} autoComplete="off" />
              <TextField
                field={field('phone')}
                label={FIELD_LABELS.phone}
                hint="In trên giấy mời, để người dân báo khi chưa đến được"
                type="tel"
                isShort
                autoComplete="off"
              />
              <CheckboxField field={field('marks')} label="Ghi lịch hẹn này cho những người được mời" />
            </div>
          </Sheet>
          <Sheet title="Người được mời" note={`${formatNumber(people.length)} người`}>
            <ChoiceList
              ticked="all"
              choices={people.map(row => ({
                id: row.id,
                name: row.name,
                title: row.name,
                detail: `${[row.address, row.hamlet].filter(Boolean).join(', ')} · ${lacksInWords(row.lacks)}`,
              }))}
            />
          </Sheet>
          <div className="actions">
            <SubmitButton>Xem bản in</SubmitButton>
            <Button type="submit" variant="quiet" name="as" value="docx">
              Tải tệp Word
            </Button>
          </div>
        </Form>
      )}
    </div>
  )
}
