import { useForm } from '@conform-to/react'
import type { MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { permit } from '#app/access/policy.ts'
import { mergeInput } from '#app/domain/correction-input.ts'
import { listAlike } from '#app/queries/alike.server.ts'
import { findOfficial } from '#app/queries/official.server.ts'
import { askMerge } from '#app/queries/official-merge.server.ts'
import { AlikeNote } from '#app/ui/alike.tsx'
import { fieldsOf, RadioGroup, TextArea, TextField } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { found, idOf, reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Gộp hai hồ sơ · 4 phủ' }]

export const loader = reads(({ actor, regulation }, { params }) => {
  const official = found(findOfficial(actor, idOf(params.officialId), regulation.endsOn))
  permit(actor, 'official.correct', official.target)
  const { id, name, staffCode } = official
  return { id, name, staffCode, alike: listAlike(actor, [id]).get(id) ?? [] }
})

export const action = writes(({ actor, regulation }, { params, form }) => {
  const officialId = idOf(params.officialId)
  found(findOfficial(actor, officialId, regulation.endsOn))
  const submission = readForm(form, mergeInput)
  if (submission.status !== 'success') return refuseForm(submission)
  const made = askMerge(actor, { officialId, input: submission.value })
  return made.ok ? redirectWith(`/can-bo/${officialId}`, 'cho-gop') : refuseForm(submission, made.problems)
})

const LABELS = { staffCode: 'Mã cán bộ của hồ sơ kia', account: 'Đăng nhập được giữ lại', reason: 'Căn cứ' }

export default function MergePage() {
  const { id, name, staffCode, alike } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<Record<string, string>>({
    lastResult: answer?.lastResult,
    constraint: Object.fromEntries(Object.keys(LABELS).map(key => [key, { required: true }])),
  })
  const field = fieldsOf(fields)
  return (
    <div className="narrow stack">
      <PageHeading
        title={`Gộp hồ sơ: ${name}`}
        note={`Hồ sơ này (mã ${staffCode}) được giữ lại; hồ sơ kia nhập vào đây khi chính người đó, hoặc một người khác có trách nhiệm, xác nhận`}
        breadcrumbs={[{ to: `/can-bo/${id}`, label: name }]}
      />
      <AlikeNote alike={alike} />
      <Sheet>
        <Form method="post" id={form.id} onSubmit={form.onSubmit} noValidate={form.noValidate} className="stack">
          <FormErrors form={form} labels={LABELS} />
          <TextField field={field('staffCode')} label={LABELS.staffCode} autoComplete="off" />
          <RadioGroup
            field={field('account')}
            label={LABELS.account}
            options={[
              { value: 'this', label: `Của hồ sơ này (${staffCode})` },
              { value: 'other', label: 'Của hồ sơ kia' },
            ]}
          />
          <TextArea field={field('reason')} label={LABELS.reason} hint="Giấy tờ hoặc danh sách đã đối chiếu" rows={2} />
          <p className="small">
            Trường hợp hỗ trợ, nội dung bản thân, phân công, miễn giảm và tổ về một hồ sơ; số liệu hai đơn vị tính lại.
            Người dân do cả hai hồ sơ ghi vẫn tính một lần. Kết quả các đợt đã chốt giữ nguyên. Việc gộp không hoàn lại
            được.
          </p>
          <div className="actions">
            <SubmitButton isLarge>Gửi đề nghị gộp</SubmitButton>
            <Link to={`/can-bo/${id}`}>Không, quay lại</Link>
          </div>
        </Form>
      </Sheet>
    </div>
  )
}
