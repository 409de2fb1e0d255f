import { useForm } from '@conform-to/react'
import type { MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { permit } from '#app/access/policy.ts'
import { transferInput } from '#app/domain/transfer-input.ts'
import { CATEGORIES } from '#app/domain/vocabulary.ts'
import { listDestinations } from '#app/queries/board.server.ts'
import { findOfficial } from '#app/queries/official.server.ts'
import { transferOfficial } from '#app/queries/transfer.server.ts'
import { waitingTransfer } from '#app/queries/transfer-list.server.ts'
import { formatDay } from '#app/text/format.ts'
import { labels } from '#app/text/vocabulary.ts'
import { CheckboxField, DateField, fieldsOf, GroupedSelectField, SelectField, TextField } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { WaitingTransfer } from '#app/ui/waiting-transfer.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { found, idOf, reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Chuyển đơn vị · 4 phủ' }]

export const loader = reads(({ actor, regulation, today }, { params }) => {
  const official = found(findOfficial(actor, idOf(params.officialId), regulation.endsOn))
  permit(actor, 'official.transfer', official.target)
  return {
    id: official.id,
    name: official.name,
    current: official.postings[0] ?? null,
    destinations: listDestinations(),
    waiting: waitingTransfer(actor, official.id) ?? null,
    unitId: official.target.unitId,
    shortPostingDays: regulation.shortPostingDays,
    endsOn: regulation.endsOn,
    today,
  }
})

export const action = writes(({ actor, regulation }, { params, form }) => {
  const officialId = idOf(params.officialId)
  const left = found(findOfficial(actor, officialId, regulation.endsOn))
  const submission = readForm(form, transferInput)
  if (submission.status !== 'success') return refuseForm(submission)
  const made = transferOfficial(actor, { officialId, ...submission.value })
  if (!made.ok) return refuseForm(submission, made.problems)
  if (made.waits) return redirectWith(`/can-bo/${officialId}`, 'cho-tiep-nhan')
  const isSeen = findOfficial(actor, officialId, regulation.endsOn) !== undefined
  // out of sight from now on: the unit that they left says so
  return isSeen
    ? redirectWith(`/can-bo/${officialId}`, 'da-chuyen')
    : redirectWith(`/don-vi/${left.target.unitId}/nguoi-thuc-hien`, 'da-chuyen')
})

const FIELD_LABELS = {
  unitId: 'Đơn vị mới',
  position: 'Chức vụ',
  category: 'Loại',
  isLeader: 'Lãnh đạo',
  fromOn: 'Từ ngày',
}

export default function TransferPage() {
  const { id, name, current, destinations, waiting, unitId, shortPostingDays, endsOn, today } =
    useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<Record<string, string>>({
    lastResult: answer?.lastResult,
    defaultValue: {
      position: current?.position ?? '',
      category: current?.category ?? '',
      isLeader: current?.isLeader ? 'on' : '',
      fromOn: today,
    },
    constraint: Object.fromEntries(['unitId', 'position', 'category', 'fromOn'].map(key => [key, { required: true }])),
  })
  const field = fieldsOf(fields)
  return (
    <div className="narrow stack">
      <PageHeading
        title={`Chuyển đơn vị: ${name}`}
        note={
          current ? `Hiện nay: ${current.position}, ${current.unitName}, từ ${formatDay(current.fromOn)}` : undefined
        }
        breadcrumbs={[{ to: `/can-bo/${id}`, label: name }]}
      />
      <WaitingTransfer transfer={waiting} base={`/don-vi/${unitId}/chuyen`} />
      <Sheet>
        <Form method="post" id={form.id} onSubmit={form.onSubmit} noValidate={form.noValidate} className="stack">
          <FormErrors form={form} labels={FIELD_LABELS} />
          <GroupedSelectField
            field={field('unitId')}
            label={FIELD_LABELS.unitId}
            groups={destinations.map(group => ({
              label: group.name,
              options: group.units.map(unit => ({ value: String(unit.id), label: unit.name })),
            }))}
          />
          <TextField field={field('position')} label={FIELD_LABELS.position} />
          <SelectField
            field={field('category')}
            label={FIELD_LABELS.category}
            options={CATEGORIES.map(value => ({ value, label: labels.category[value] }))}
          />
          <CheckboxField field={field('isLeader')} label="Giữ chức vụ lãnh đạo" />
          <DateField field={field('fromOn')} label={FIELD_LABELS.fromOn} />
          <p className="small">
            Trường hợp đã ghi vẫn tính cho đơn vị vào ngày hỗ trợ. Nội dung bản thân và đánh giá tính ở đơn vị công tác
            ngày {formatDay(endsOn)}. Vai trò đầu mối, người đứng đầu (nếu có) không chuyển theo.
          </p>
          <p className="small">
            Chuyển sang đơn vị khác thì chờ một người khác ở đơn vị đó tiếp nhận; khi được tiếp nhận, vị trí mới có hiệu
            lực từ ngày ghi ở trên.
            {shortPostingDays === 0
              ? null
              : ` Chuyển đi trong vòng ${shortPostingDays} ngày quanh ngày kết thúc rồi về thì vẫn xét tại đơn vị cũ.`}
          </p>
          <SubmitButton isLarge>Ghi vị trí mới</SubmitButton>
        </Form>
      </Sheet>
    </div>
  )
}
