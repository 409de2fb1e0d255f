import { useForm } from '@conform-to/react'
import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { permitSomewhere } from '#app/access/policy.ts'
import { leavingInput } from '#app/domain/closing-input.ts'
import { CLOSING_ITEMS } from '#app/domain/vocabulary.ts'
import { leaveLines, listClosingLines } from '#app/queries/closing-check.server.ts'
import { rootUnit } from '#app/queries/unit.server.ts'
import { closingLines, lineCount } from '#app/text/closing.ts'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { fieldsOf, TextArea } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { found, reads, writes } from '../_web/visit.server.ts'
import { leavingPage } from './params.ts'

export const meta: MetaFunction = () => [{ title: 'Để lại khi kết thúc đợt · 4 phủ' }]

export const loader = reads(({ actor, campaign }, { url }) => {
  permitSomewhere(actor, 'closing.compute')
  const { item } = leavingPage.read(url)
  const all = listClosingLines(actor, campaign.id)
  const root = rootUnit()
  return {
    lines: item === undefined ? all.filter(({ count }) => count > 0) : [found(all.find(line => line.item === item))],
    isOne: item !== undefined,
    root: { unitId: root.id, localityCode: root.localityCode ?? '' },
  }
})

export const action = writes(({ actor, campaign }, { form }) => {
  const submission = readForm(form, leavingInput)
  if (submission.status !== 'success') return refuseForm(submission)
  const reasons = new Map(
    CLOSING_ITEMS.filter(item => form.has(item)).map(item => [item, submission.value[item]] as const),
  )
  const { left, dropped } = leaveLines(actor, campaign.id, reasons)
  if (left + dropped === 0) return redirect('/ket-thuc')
  return redirectWith('/ket-thuc', left > 0 ? 'da-ghi' : 'da-bo')
})

export default function LeavePage() {
  const { lines, isOne, root } = useLoaderData<typeof loader>()
  const [only] = lines
  return (
    <div className="narrow stack">
      <PageHeading
        title={isOne && only ? closingLines[only.item].name : 'Để lại khi kết thúc đợt'}
        note={isOne && only ? lineCount(only) : 'Mỗi dòng một lý do; dòng để trống vẫn chờ xử lý'}
        breadcrumbs={[{ to: '/ket-thuc', label: 'Kết thúc đợt' }]}
      />
      {isOne && only ? (
        <p>
          <Link to={closingLines[only.item].to(root)}>Xem và xử lý</Link>
        </p>
      ) : null}
      {lines.length === 0 ? (
        <EmptyState title="Không còn dòng nào chờ">Mọi việc trước khi kết thúc đã xong.</EmptyState>
      ) : (
        <Reasons />
      )}
    </div>
  )
}

const USE = 'Để trống là bỏ lý do đã ghi. Không ghi thông tin cá nhân của người dân.'

function Reasons() {
  const { lines, isOne } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<Record<string, string>>({
    lastResult: answer?.lastResult,
    /* among many, a line of which more waits by now is thought about again */
    defaultValue: Object.fromEntries(
      lines.map(({ item, tick, state }) => [item, isOne || state === 'left' ? (tick?.reason ?? '') : '']),
    ),
  })
  const field = fieldsOf(fields)
  const labels = Object.fromEntries(CLOSING_ITEMS.map(item => [item, closingLines[item].name]))
  return (
    <Sheet title={isOne ? 'Để lại khi kết thúc đợt' : undefined}>
      <Form method="post" id={form.id} onSubmit={form.onSubmit} noValidate={form.noValidate} className="stack">
        <FormErrors form={form} labels={labels} />
        <p>
          Phần còn chờ không được tính vào kết quả. Lý do được lưu cùng phiên bản; nếu số chờ tăng thêm, hệ thống hỏi
          lại.
        </p>
        {isOne ? null : <p className="small">{USE}</p>}
        {lines.map(line => (
          <TextArea
            key={line.item}
            field={field(line.item)}
            label={isOne ? 'Vì sao để lại' : closingLines[line.item].name}
            hint={isOne ? USE : `${lineCount(line)}. Vì sao để lại?`}
            rows={isOne ? 4 : 2}
          />
        ))}
        <div className="actions">
          <SubmitButton>Ghi lý do</SubmitButton>
          <Link to="/ket-thuc">Không, quay lại</Link>
        </div>
      </Form>
    </Sheet>
  )
}
