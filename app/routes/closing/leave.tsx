import { useForm } from '@conform-to/react'
import type { MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { permitSomewhere } from '#app/access/policy.ts'
import { leavingInput } from '#app/domain/closing-input.ts'
import { listClosingLines, tickLine, untickLine } from '#app/queries/closing-check.server.ts'
import { rootUnit } from '#app/queries/unit.server.ts'
import { closingLines, lineCount } from '#app/text/closing.ts'
import { fieldsOf, TextArea } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { found, reads, writes } from '../_web/visit.server.ts'
import { leavingPage } from './params.ts'

export const meta: MetaFunction = () => [{ title: 'Để lại khi kết thúc đợt · 4 phủ' }]

const itemOf = (url: URL) => found(leavingPage.read(url).item)

export const loader = reads(({ actor, campaign }, { url }) => {
  permitSomewhere(actor, 'closing.compute')
  const item = itemOf(url)
  const root = rootUnit()
  return {
    line: found(listClosingLines(actor, campaign.id).find(line => line.item === item)),
    root: { unitId: root.id, localityCode: root.localityCode ?? '' },
  }
})

export const action = writes(({ actor, campaign }, { url, form }) => {
  const item = itemOf(url)
  const submission = readForm(form, leavingInput)
  if (submission.status !== 'success') return refuseForm(submission)
  const { reason } = submission.value
  if (reason === null) {
    untickLine(actor, campaign.id, item)
    return redirectWith('/ket-thuc', 'da-bo')
  }
  const ticked = tickLine(actor, campaign.id, { item, reason })
  return ticked.ok
    ? redirectWith('/ket-thuc', 'da-ghi')
    : refuseForm(submission, [{ field: 'reason', reason: ticked.problem }])
})

export default function LeavePage() {
  const { line, root } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<Record<string, string>>({
    lastResult: answer?.lastResult,
    defaultValue: { reason: line.tick?.reason ?? '' },
  })
  const field = fieldsOf(fields)
  const { name, to } = closingLines[line.item]
  return (
    <div className="narrow stack">
      <PageHeading title={name} note={lineCount(line)} breadcrumbs={[{ to: '/ket-thuc', label: 'Kết thúc đợt' }]} />
      <p>
        <Link to={to(root)}>Xem và xử lý</Link>
      </p>
      <Sheet title="Để lại khi kết thúc đợt">
        <Form method="post" id={form.id} onSubmit={form.onSubmit} noValidate={form.noValidate} className="stack">
          <FormErrors form={form} labels={{ reason: 'Vì sao để lại' }} />
          <p>
            Phần còn chờ không được tính vào kết quả. Lý do được lưu cùng phiên bản; nếu số chờ tăng thêm, hệ thống hỏi
            lại.
          </p>
          <TextArea
            field={field('reason')}
            label="Vì sao để lại"
            hint="Để trống là bỏ lý do đã ghi. Không ghi thông tin cá nhân của người dân."
          />
          <div className="actions">
            <SubmitButton>Ghi lý do</SubmitButton>
            <Link to="/ket-thuc">Không, quay lại</Link>
          </div>
        </Form>
      </Sheet>
    </div>
  )
}
