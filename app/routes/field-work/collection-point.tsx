import { useForm } from '@conform-to/react'
import type { MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { askCollectionDay, collectionDayInput } from '#app/domain/collection.ts'
import { isAfterCampaign } from '#app/domain/field-entry.ts'
import { enterCollectionDay, findPoint } from '#app/queries/collection.server.ts'
import { collectionFigureLabels, collectionQuestions } from '#app/text/collection.ts'
import { formatDay, formatNumber } from '#app/text/format.ts'
import { officeLabels } from '#app/text/office-vocabulary.ts'
import { Confirm } from '#app/ui/confirm.tsx'
import { type Column, DataTable } from '#app/ui/data-table.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { DateField, fieldsOf, TextField } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Facts, Sheet } from '#app/ui/sheet.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { found, idOf, reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.point.name ?? 'Điểm thu nhận'} · 4 phủ` },
]

export const loader = reads(({ actor, campaign, today, regulation }, { params }) => {
  const { unitPath: _, ...point } = found(findPoint(actor, campaign.id, idOf(params.pointId)))
  return {
    point,
    lastDay: today < point.toOn ? today : point.toOn,
    isBegun: point.fromOn <= today,
    days: point.days.map(day => ({
      ...day,
      isAfter: isAfterCampaign(day.day, regulation),
      questions: askCollectionDay(day, point.dailyCapacity),
    })),
  }
})

export const action = writes(({ actor, campaign }, { params, form }) => {
  const pointId = idOf(params.pointId)
  const submission = readForm(form, collectionDayInput)
  if (submission.status !== 'success') return refuseForm(submission)
  const made = enterCollectionDay(actor, campaign.id, { pointId, input: submission.value })
  return made.ok ? redirectWith(`/diem-thu-nhan/${pointId}`, 'da-luu') : refuseForm(submission, made.problems)
})

const FIGURES = ['invited', 'received', 'sentOn', 'approved'] as const

export default function PointPage() {
  const { point, days, isBegun } = useLoaderData<typeof loader>()
  const base = `/don-vi/${point.unitId}/diem-thu-nhan`
  const columns: Column<(typeof days)[number]>[] = [
    {
      key: 'day',
      header: 'Ngày',
      cell: row => (row.isAfter ? `${formatDay(row.day)}, sau đợt: không tính` : formatDay(row.day)),
    },
    ...FIGURES.map(
      (figure): Column<(typeof days)[number]> => ({
        key: figure,
        header: collectionFigureLabels[figure],
        align: 'end',
        cell: row => formatNumber(row[figure]),
      }),
    ),
    {
      key: 'questions',
      header: 'Cần xem lại',
      cell: row => row.questions.map(question => collectionQuestions[question]).join(' '),
    },
  ]
  return (
    <div className="stack">
      <PageHeading
        title={point.name}
        note={`${officeLabels.pointKind[point.kind]} · ${point.unitName}`}
        breadcrumbs={[
          { to: `/don-vi/${point.unitId}`, label: point.unitName },
          { to: base, label: 'Điểm thu nhận' },
        ]}
      />
      {point.cancelledAt === null ? null : (
        <Notice kind="warning">Điểm này đã hủy và không còn trên lịch công khai. Số liệu đã ghi vẫn được tính.</Notice>
      )}
      <div className="columns">
        <Sheet title="Lịch">
          <Facts
            facts={[
              { name: 'Địa chỉ', value: `${point.place}, ${point.area}` },
              { name: 'Thời gian', value: `${formatDay(point.fromOn)} – ${formatDay(point.toOn)}` },
              { name: 'Giờ', value: point.hours },
              { name: 'Công suất một ngày', value: formatNumber(point.dailyCapacity) },
              ...FIGURES.map(figure => ({
                name: `${collectionFigureLabels[figure]}, từ đầu`,
                value: formatNumber(point[figure]),
              })),
            ]}
          />
          {point.mayKeep && point.cancelledAt === null ? (
            <Confirm
              label="Hủy điểm"
              question="Hủy điểm này?"
              consequence="Điểm rời lịch công khai; số liệu đã ghi vẫn được tính. Cần mở lại thì thêm điểm mới."
              action={`/diem-thu-nhan/${point.id}/huy`}
            />
          ) : null}
        </Sheet>
        {point.mayKeep && point.cancelledAt === null && isBegun ? <DayForm /> : null}
      </div>
      <Sheet title="Theo ngày" note="Ngày gần nhất đứng trước">
        <DataTable
          caption="Số liệu của điểm theo ngày"
          columns={columns}
          rows={days}
          rowKey={row => row.day}
          asCards
          empty={<EmptyState title="Chưa có số liệu ngày nào">Mỗi ngày làm việc ghi một dòng.</EmptyState>}
        />
      </Sheet>
    </div>
  )
}

const FIELD_LABELS = { day: 'Ngày', ...collectionFigureLabels }

function DayForm() {
  const { point, lastDay } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<Record<string, string>>({
    lastResult: answer?.lastResult,
    defaultValue: { day: lastDay },
    constraint: Object.fromEntries(Object.keys(FIELD_LABELS).map(name => [name, { required: true }])),
  })
  const field = fieldsOf(fields)
  return (
    <Sheet title="Ghi số liệu ngày" note="Ghi lại cùng ngày thì thay số cũ">
      <Form method="post" id={form.id} onSubmit={form.onSubmit} noValidate={form.noValidate} className="stack">
        <FormErrors form={form} labels={FIELD_LABELS} />
        <DateField field={field('day')} label={FIELD_LABELS.day} min={point.fromOn} max={lastDay} />
        <div className="field-pair">
          <TextField field={field('invited')} label={FIELD_LABELS.invited} inputMode="numeric" isShort />
          <TextField field={field('received')} label={FIELD_LABELS.received} inputMode="numeric" isShort />
        </div>
        <div className="field-pair">
          <TextField field={field('sentOn')} label={FIELD_LABELS.sentOn} inputMode="numeric" isShort />
          <TextField field={field('approved')} label={FIELD_LABELS.approved} inputMode="numeric" isShort />
        </div>
        <p className="small">Hồ sơ chuyển đi và được duyệt trong ngày, kể cả hồ sơ thu nhận từ ngày trước.</p>
        <SubmitButton>Lưu số liệu ngày</SubmitButton>
      </Form>
    </Sheet>
  )
}
