import { useForm } from '@conform-to/react'
import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { permitSomewhere } from '#app/access/policy.ts'
import { checkNotice, noticesFrom } from '#app/domain/due-process.ts'
import { noticeInput } from '#app/domain/review-input.ts'
import { scopeUnit } from '#app/queries/aggregate.server.ts'
import { giveNotices, listUnnotified, listUnnotifiedUnits } from '#app/queries/review-step.server.ts'
import { titleOfUnit } from '#app/queries/unit-title.server.ts'
import { formatDay, formatNumber, formatParts } from '#app/text/format.ts'
import { ChoiceList, tickedIn } from '#app/ui/choice-list.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { fieldsOf, TextArea, TextField } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Pager } from '#app/ui/pager.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { Views } from '#app/ui/views.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { found, idOf, reads, type Visit, writes } from '../_web/visit.server.ts'
import { noticeForm } from './params.ts'

export const meta: MetaFunction = () => [{ title: 'Gửi thông báo · 4 phủ' }]

const PAGE = 30

function readUnit({ actor }: Visit, url: URL) {
  permitSomewhere(actor, 'review.notify')
  const { unit: typed } = noticeForm.read(url)
  return found(scopeUnit(actor, 'review.notify', typed ? idOf(typed) : undefined))
}

export const loader = reads((visit, { url }) => {
  const { actor, campaign, regulation, today } = visit
  const unit = readUnit(visit, url)
  const { isCollective, after } = noticeForm.read(url)
  const people = isCollective
    ? { rows: [], next: null }
    : listUnnotified(actor, campaign.id, { unitPath: unit.path, after, limit: PAGE })
  const units = isCollective ? listUnnotifiedUnits(actor, campaign.id, unit.path).slice(0, PAGE) : []
  return {
    unit: { id: unit.id, name: titleOfUnit(unit.id) },
    isCollective,
    /** the day from which notices are given; null: they are */
    from: checkNotice(today, regulation) === null ? null : noticesFrom(regulation),
    next: people.next,
    choices: [
      ...people.rows.map(row => ({
        id: row.officialId,
        name: row.name,
        detail: [
          row.unitName,
          row.target === null ? '' : `được tính ${formatParts(row.counted, row.target)}`,
          row.unmet > row.awaited ? `${formatNumber(row.unmet - row.awaited)} nội dung bản thân chưa đạt` : '',
          row.awaited > 0 ? `${formatNumber(row.awaited)} nội dung bản thân chờ đơn vị xác nhận` : '',
        ]
          .filter(Boolean)
          .join(' · '),
      })),
      ...units.map(row => ({
        id: row.unitId,
        name: row.name,
        detail: `được tính ${formatParts(row.counted, row.target)}`,
      })),
    ],
  }
})

export const action = writes((visit, { form, url }) => {
  const { actor, campaign } = visit
  const unit = readUnit(visit, url)
  const { isCollective } = noticeForm.read(url)
  const submission = readForm(form, noticeInput)
  if (submission.status !== 'success') return refuseForm(submission)
  const { chon, text, documentNumber } = submission.value
  const subjects = chon.map(id => (isCollective ? { unitId: id } : { officialId: id }))
  const given = giveNotices(actor, campaign.id, { subjects, body: text, documentNumber })
  if (!given.ok) return refuseForm(submission, [{ field: 'chon', reason: given.problem }])
  return redirect(`/xem-xet?don-vi=${unit.id}&buoc=cho-giai-trinh`)
})

export default function NoticePage() {
  const { unit, isCollective, from, choices, next } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const lastResult = answer?.lastResult
  const [form, fields] = useForm<Record<string, string>>({
    lastResult,
    constraint: { documentNumber: { required: true }, text: { required: true } },
  })
  const field = fieldsOf(fields)
  const address = (changes: Record<string, string>) =>
    `/xem-xet/moi?${new URLSearchParams({ 'don-vi': String(unit.id), ...changes })}`
  return (
    <div className="stack">
      <PageHeading
        title="Gửi thông báo chưa hoàn thành"
        note={`${unit.name} · Người nhận có thời hạn giải trình tính từ ngày thông báo.`}
        breadcrumbs={[{ to: `/xem-xet?don-vi=${unit.id}`, label: 'Xem xét trách nhiệm' }]}
      />
      <Views
        label="Gửi cho ai"
        views={[
          { to: address({}), label: 'Cá nhân', isCurrent: !isCollective },
          { to: address({ loai: 'tap-the' }), label: 'Tập thể', isCurrent: isCollective },
        ]}
      />
      {from !== null ? (
        <EmptyState title={`Gửi thông báo từ ngày ${formatDay(from)}`}>
          Mọi người còn đến hết ngày cuối của đợt để hoàn thành. Trước ngày đó anh/chị đôn đốc, hỗ trợ người còn thiếu.
        </EmptyState>
      ) : choices.length === 0 ? (
        <EmptyState title="Không có ai để thông báo">
          Mọi người trong phạm vi của anh/chị đã hoàn thành, hoặc đã có hồ sơ.
        </EmptyState>
      ) : (
        <Form
          method="post"
          id={form.id}
          key={String(isCollective)}
          onSubmit={form.onSubmit}
          noValidate={form.noValidate}
          className="columns"
        >
          <Sheet title={isCollective ? 'Tập thể chưa đạt chỉ tiêu' : 'Người còn thiếu'} note="Theo số liệu hiện có">
            <ChoiceList
              ticked={tickedIn(lastResult)}
              choices={choices.map(choice => ({ ...choice, title: choice.name }))}
            />
            <Pager
              label={`${formatNumber(choices.length)} trong trang này`}
              nextTo={next === null ? undefined : address({ sau: String(next) })}
            />
          </Sheet>
          <Sheet title="Thông báo">
            <div className="stack">
              <FormErrors
                form={form}
                labels={{ chon: 'Người nhận', documentNumber: 'Số văn bản', text: 'Nội dung thông báo' }}
              />
              <TextField field={field('documentNumber')} label="Số văn bản thông báo" />
              <TextArea
                field={field('text')}
                label="Nội dung thông báo"
                hint="Nêu nội dung chưa hoàn thành và đề nghị giải trình. Lời lẽ tôn trọng, không quy kết."
                rows={5}
              />
              <SubmitButton isLarge pendingLabel="Đang gửi…">
                Gửi thông báo
              </SubmitButton>
            </div>
          </Sheet>
        </Form>
      )}
    </div>
  )
}
