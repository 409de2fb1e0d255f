import { useForm } from '@conform-to/react'
import type { MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { answerInput } from '#app/domain/difficulty-input.ts'
import { answerDifficulty, findDifficulty } from '#app/queries/difficulty.server.ts'
import { formatInstant } from '#app/text/format.ts'
import { routeLabel } from '#app/text/province.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { Confirm } from '#app/ui/confirm.tsx'
import { TextArea } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { PERSONAL_TICK, PersonalTick } from '#app/ui/personal-tick.tsx'
import { useProvince } from '#app/ui/province.ts'
import { Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { found, idOf, reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.row.title ?? 'Khó khăn, vướng mắc'} · 4 phủ` },
]

export const loader = reads(({ actor, campaign }, { params }) => ({
  row: found(findDifficulty(actor, campaign.id, idOf(params.difficultyId))),
}))

export const action = writes(({ actor, campaign }, { params, form }) => {
  const difficultyId = idOf(params.difficultyId)
  const submission = readForm(form, answerInput)
  if (submission.status !== 'success') return refuseForm(submission)
  answerDifficulty(actor, campaign.id, { difficultyId, answer: submission.value.answer })
  return redirectWith(`/kho-khan/${difficultyId}`, 'da-tra-loi')
})

export default function DifficultyPage() {
  const { row } = useLoaderData<typeof loader>()
  const province = useProvince()
  const { title, body, route, unitName, raisedAt, answer, answeredAt, editedAt, answerEditedAt, mayAnswer } = row
  return (
    <div className="narrow stack">
      <PageHeading
        title={title}
        note={`${unitName} nêu lúc ${formatInstant(raisedAt)}, gửi ${routeLabel(route, province)}`}
        breadcrumbs={[{ to: '/kho-khan', label: 'Khó khăn, vướng mắc' }]}
        actions={
          row.mayEdit ? (
            <ButtonLink to={`/kho-khan/${row.id}/sua`} variant="quiet">
              Sửa nội dung
            </ButtonLink>
          ) : undefined
        }
      />
      <Sheet title="Nội dung" note={editedAt === null ? undefined : `Đã sửa lúc ${formatInstant(editedAt)}`}>
        <p className="as-typed">{body}</p>
      </Sheet>
      <Sheet
        title="Trả lời"
        note={
          answeredAt === null
            ? undefined
            : `${routeLabel(route, province)}, ${formatInstant(answeredAt)}${answerEditedAt === null ? '' : `, đã sửa lúc ${formatInstant(answerEditedAt)}`}`
        }
      >
        {answer === null ? <p>{routeLabel(route, province)} chưa trả lời.</p> : <p className="as-typed">{answer}</p>}
      </Sheet>
      {row.former.length === 0 ? null : (
        <details className="disclosure">
          <summary>Trước khi sửa ({row.former.length})</summary>
          <Sheet note="Chỉ đơn vị nêu, cấp trên của đơn vị và cơ quan trả lời xem được">
            <RowList>
              {row.former.map(({ id, part, title: formerTitle, body: formerBody, replacedAt }) => (
                <Row
                  key={id}
                  title={part === 'question' ? formerTitle : 'Câu trả lời'}
                  detail={
                    <>
                      <p className="as-typed">{formerBody}</p>
                      <p>Sửa lúc {formatInstant(replacedAt)}</p>
                    </>
                  }
                />
              ))}
            </RowList>
          </Sheet>
        </details>
      )}
      {mayAnswer ? <AnswerForm answer={answer ?? ''} /> : null}
      {row.mayEdit ? (
        <Confirm
          label="Rút nội dung"
          question="Rút nội dung này?"
          consequence="Nội dung và câu trả lời không còn hiện với ai, nhưng vẫn được lưu."
          action={`/kho-khan/${row.id}/rut`}
        />
      ) : null}
    </div>
  )
}

function AnswerForm({ answer: words }: { answer: string }) {
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<{ answer: string; isImpersonal?: string }>({
    lastResult: answer?.lastResult,
    defaultValue: { answer: words },
    constraint: { answer: { required: true } },
  })
  return (
    <Sheet title={words ? 'Sửa câu trả lời' : 'Soạn câu trả lời'}>
      <Form method="post" id={form.id} onSubmit={form.onSubmit} noValidate={form.noValidate} className="stack">
        <FormErrors form={form} labels={{ answer: 'Câu trả lời', isImpersonal: PERSONAL_TICK }} />
        <TextArea
          field={fields.answer}
          label="Câu trả lời"
          rows={6}
          hint="Mọi người dùng đều đọc và tìm được câu trả lời này."
        />
        <PersonalTick field={fields.isImpersonal} texts={[fields.answer.value]} />
        <SubmitButton>{words ? 'Lưu câu trả lời' : 'Trả lời'}</SubmitButton>
      </Form>
    </Sheet>
  )
}
