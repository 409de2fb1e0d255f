import { useForm } from '@conform-to/react'
import type { MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { councilInput } from '#app/domain/council-input.ts'
import { listBeforeCouncil, listMeetings, recordMeeting } from '#app/queries/council.server.ts'
import { explainVotes } from '#app/text/council.ts'
import { formatNumber } from '#app/text/format.ts'
import { officeLabels } from '#app/text/office-vocabulary.ts'
import { explainProblem } from '#app/text/problem.ts'
import { DataTable } from '#app/ui/data-table.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { CheckboxField, DateField, fieldsOf, TextArea, TextField } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { Meetings } from '#app/ui/meetings.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { idOf, reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Họp Hội đồng · 4 phủ' }]

export const loader = reads(({ actor, campaign, today }, { params }) => {
  const roundId = idOf(params.roundId)
  const { round, rows, annexes } = listBeforeCouncil(actor, campaign.id, roundId)
  return {
    round: { id: round.id, name: round.name, isFrozen: round.isFrozen, isDecided: round.isDecided },
    today,
    rows: [
      ...rows.map(row => ({
        key: `c${row.id}`,
        name: row.name,
        unitName: row.outside?.description ?? row.unitName,
        form: row.form === null ? '' : officeLabels.awardForm[row.form],
      })),
      ...annexes.map(annex => ({
        key: `a${annex.commandId}`,
        name: `Phụ lục kín: ${formatNumber(annex.rows.length)} cá nhân, biểu quyết cả phụ lục`,
        unitName: annex.command,
        form: '',
      })),
    ].map((row, n) => ({ ...row, place: n + 1 })),
    meetings: listMeetings(actor, campaign.id, roundId),
  }
})

export const action = writes(({ actor, campaign }, { params, form }) => {
  const roundId = idOf(params.roundId)
  const submission = readForm(form, councilInput)
  if (submission.status !== 'success') return refuseForm(submission)
  const recorded = recordMeeting(actor, campaign.id, { roundId, input: submission.value })
  if (recorded.ok) return redirectWith(`/khen-thuong/${roundId}`, 'da-hop')
  if ('problem' in recorded) {
    const field = recorded.problem === 'in_future' ? 'metOn' : ''
    return refuseForm(submission, [{ field, reason: recorded.problem }])
  }
  const { problems } = recorded
  const formErrors =
    'votes' in problems
      ? problems.votes.map(one => explainVotes(one, problems.count))
      : [`${problems.barred}: ${explainProblem(problems.reason)}`]
  return refuseForm(submission, [], { formErrors })
})

const LABELS = {
  metOn: 'Ngày họp',
  startedAt: 'Bắt đầu',
  endedAt: 'Kết thúc',
  place: 'Địa điểm',
  chair: 'Chủ trì',
  secretary: 'Thư ký',
  present: 'Thành viên dự họp',
  absent: 'Thành viên vắng mặt',
  isUnanimous: 'Toàn bộ thành viên dự họp đồng ý với mọi hồ sơ, trừ các dòng ghi dưới đây',
  votes: 'Số phiếu từng hồ sơ',
}

export default function MeetingPage() {
  const { round, rows, meetings } = useLoaderData<typeof loader>()
  const isOpen = rows.length > 0 && round.isFrozen && !round.isDecided
  return (
    <div className="narrow stack">
      <PageHeading
        title="Họp Hội đồng"
        note="Thành phần, thời gian, địa điểm và số phiếu được giữ nguyên như lúc ghi; thay đổi về sau là phần bổ sung của biên bản."
        breadcrumbs={[
          { to: '/khen-thuong', label: 'Khen thưởng' },
          { to: `/khen-thuong/${round.id}`, label: round.name },
        ]}
      />
      <Meetings meetings={meetings} action={`/khen-thuong/${round.id}/hop/bo-sung`} />
      {isOpen ? (
        <NewMeeting />
      ) : (
        <Sheet>
          <EmptyState title="Không có hồ sơ nào chờ Hội đồng">
            {round.isFrozen
              ? 'Hồ sơ đã được Hội đồng cho ý kiến ở phiên trên.'
              : 'Sở Nội vụ chốt danh sách trước, rồi Hội đồng họp.'}
          </EmptyState>
        </Sheet>
      )}
    </div>
  )
}

function NewMeeting() {
  const { round, rows, today } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<Record<string, string>>({
    lastResult: answer?.lastResult,
    defaultValue: { metOn: today },
    constraint: Object.fromEntries(
      ['metOn', 'startedAt', 'endedAt', 'place', 'chair', 'secretary', 'present'].map(name => [
        name,
        { required: true },
      ]),
    ),
  })
  const field = fieldsOf(fields)
  return (
    <>
      <Sheet title="Hồ sơ trình Hội đồng" note="Số thứ tự như trong danh sách kèm Tờ trình, rồi đến các phụ lục kín">
        <DataTable
          caption="Hồ sơ trình Hội đồng"
          rows={rows}
          rowKey={row => row.key}
          empty={null}
          columns={[
            { key: 'place', header: 'STT', cell: row => row.place },
            { key: 'name', header: 'Tên', cell: row => row.name },
            { key: 'unit', header: 'Đơn vị', cell: row => row.unitName },
            { key: 'form', header: 'Hình thức', cell: row => row.form },
          ]}
        />
      </Sheet>
      <Sheet title="Phiên họp">
        <Form method="post" id={form.id} onSubmit={form.onSubmit} noValidate={form.noValidate} className="stack">
          <FormErrors form={form} labels={LABELS} />
          <DateField field={field('metOn')} label={LABELS.metOn} />
          <div className="field-pair">
            <TextField field={field('startedAt')} label={LABELS.startedAt} hint="Ví dụ: 08:00" isShort />
            <TextField field={field('endedAt')} label={LABELS.endedAt} hint="Ví dụ: 10:30" isShort />
          </div>
          <TextField field={field('place')} label={LABELS.place} />
          <TextField field={field('chair')} label={LABELS.chair} hint="Họ tên, chức vụ" />
          <TextField field={field('secretary')} label={LABELS.secretary} hint="Họ tên, chức vụ" />
          <TextArea
            field={field('present')}
            label={LABELS.present}
            hint="Mỗi người một dòng, kể cả chủ trì; số người là tổng số phiếu."
            rows={6}
          />
          <TextArea field={field('absent')} label={LABELS.absent} hint="Mỗi người một dòng; để trống nếu không có." />
          <CheckboxField field={field('isUnanimous')} label={LABELS.isUnanimous} />
          <TextArea
            field={field('votes')}
            label={LABELS.votes}
            hint="Mỗi hồ sơ một dòng, chép được từ bảng tính: số thứ tự; số phiếu đồng ý; lý do nếu Hội đồng không đề nghị. Ví dụ: 3; 12"
            rows={8}
          />
          <div className="actions">
            <SubmitButton>Ghi phiên họp</SubmitButton>
            <Link to={`/khen-thuong/${round.id}`}>Không, quay lại</Link>
          </div>
        </Form>
      </Sheet>
    </>
  )
}
