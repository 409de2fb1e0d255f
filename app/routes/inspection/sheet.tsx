import { type SubmissionResult, useForm } from '@conform-to/react'
import { data, type MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { openingInput } from '#app/domain/inspection-input.ts'
import { OPENING_PURPOSES, OUTCOMES } from '#app/domain/vocabulary.ts'
import { findSheet, type OpenedSheet, openSheet } from '#app/queries/inspection-check.server.ts'
import { formatDay, formatInstant } from '#app/text/format.ts'
import { placeInWords } from '#app/text/inspection.ts'
import { officeLabels } from '#app/text/office-vocabulary.ts'
import { explainProblem } from '#app/text/problem.ts'
import { labels } from '#app/text/vocabulary.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { CheckFields } from '#app/ui/check-fields.tsx'
import { optionsOf, RadioGroup } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { PickStatus } from '#app/ui/inspection-status.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Facts, Sheet } from '#app/ui/sheet.tsx'
import { useTerms } from '#app/ui/terms.ts'
import { readForm } from '../_web/form.server.ts'
import { refusedPage, useQuery } from '../_web/params.ts'
import { found, idOf, reads, writes } from '../_web/visit.server.ts'
import { noteShown } from '../admin/access.server.ts'

export const meta: MetaFunction = () => [{ title: 'Phiếu kiểm tra · 4 phủ' }]

const placeOf = (params: Record<string, string | undefined>) => ({
  inspectionId: idOf(params.inspectionId),
  helpId: idOf(params.helpId),
})

export const loader = reads(({ actor, campaign }, { params }) => ({
  sheet: found(findSheet(actor, campaign.id, placeOf(params))),
}))

/** Opens the citizen's data: shown in the answer itself, never in a URL, and logged each time. */
export const action = writes(async ({ actor, campaign }, { params, form }) => {
  const submission = readForm(form, openingInput)
  if (submission.status !== 'success') return answerWith(submission.reply(), null, 400)
  const { purpose } = submission.value
  const opened = found(openSheet(actor, campaign.id, { ...placeOf(params), purpose }))
  await noteShown(actor, { what: 'inspection_sheet', subjectId: placeOf(params).helpId, count: 1 })
  return answerWith(submission.reply(), opened, 200)
})

function answerWith(lastResult: SubmissionResult<string[]>, opened: OpenedSheet | null, status: number) {
  return data({ lastResult, opened }, { status, headers: { 'Cache-Control': 'no-store' } })
}

export default function FieldSheetPage() {
  const { names } = useTerms()
  const { sheet } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const opened = answer?.opened
  const { refusal } = useQuery(refusedPage)
  const { outcomes } = sheet.claim
  return (
    <div className="narrow stack">
      <PageHeading
        title={`Phiếu ${sheet.place}`}
        note={
          <>
            Trường hợp {sheet.helpId} · {officeLabels.pickOrigin[sheet.origin]}{' '}
            <PickStatus result={sheet.result} overturnedAt={sheet.overturnedAt} />
          </>
        }
        breadcrumbs={[
          { to: '/kiem-tra', label: 'Kiểm tra' },
          { to: `/kiem-tra/${sheet.inspectionId}`, label: sheet.unitName },
        ]}
      />
      {refusal ? <Notice kind="warning">{explainProblem(refusal)}</Notice> : null}
      {sheet.claim.withdrawnAt === null ? null : (
        <Notice kind="info" title={`Người thực hiện đã đề nghị rút lúc ${formatInstant(sheet.claim.withdrawnAt)}`}>
          Tổ vẫn kiểm tra trường hợp này như khi chọn mẫu.
        </Notice>
      )}
      <Sheet title="Người dân">
        {opened ? (
          <>
            <Facts
              facts={[
                { name: 'Họ và tên', value: opened.name },
                {
                  name: 'Điện thoại',
                  value: opened.phone ? <a href={`tel:${opened.phone}`}>{opened.phone}</a> : 'Chưa ghi',
                },
                { name: 'Số định danh', value: opened.number },
                { name: 'Năm sinh', value: String(opened.birthYear) },
                {
                  name: 'Nơi ở',
                  value: placeInWords(opened.hamlet, `${sheet.claim.communeType} ${sheet.claim.commune}`),
                },
                ...(opened.officialName ? [{ name: 'Người hỗ trợ', value: opened.officialName }] : []),
              ]}
            />
            <p className="small">
              Đã mở để: {officeLabels.openingPurpose[opened.purpose].toLowerCase()}; lượt mở được lưu vào nhật ký.
            </p>
          </>
        ) : (
          <>
            <p>{placeInWords(sheet.claim.hamlet, `${sheet.claim.communeType} ${sheet.claim.commune}`)}</p>
            <OpeningForm key={sheet.helpId} />
          </>
        )}
      </Sheet>
      <Sheet
        title="Nội dung đã ghi"
        note={`Ngày ${formatDay(sheet.claim.helpedOn)}, ${labels.helpPlace[sheet.claim.place].toLowerCase()}`}
      >
        <Facts
          facts={OUTCOMES.flatMap(outcome => {
            const fact = outcomes[outcome]
            if (!fact) return []
            const day = fact.on ? `, ngày ${formatDay(fact.on)}` : ''
            return [{ name: names.outcome[outcome], value: `${labels.outcomeValue[fact.value]}${day}` }]
          })}
        />
      </Sheet>
      {sheet.isConcluded ? (
        sheet.note ? (
          <Sheet title="Ghi chú của tổ">
            <p>{sheet.note}</p>
          </Sheet>
        ) : null
      ) : sheet.isOpened ? (
        <ResultForm key={sheet.helpId} />
      ) : (
        <Sheet title="Kết quả">
          <p>{explainProblem('sheet_not_opened')}</p>
        </Sheet>
      )}
      <p className="actions">
        {sheet.next === null || sheet.isConcluded ? null : (
          <ButtonLink variant="quiet" to={`/kiem-tra/${sheet.inspectionId}/phieu/${sheet.next.helpId}`}>
            Phiếu tiếp theo: {placeInWords(sheet.next.hamlet, sheet.next.commune)}
          </ButtonLink>
        )}
        <Link to={`/kiem-tra/${sheet.inspectionId}`}>Về cuộc kiểm tra</Link>
      </p>
    </div>
  )
}

function OpeningForm() {
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<{ purpose: string }>({
    lastResult: answer?.lastResult,
    constraint: { purpose: { required: true } },
  })
  return (
    <Form method="post" id={form.id} onSubmit={form.onSubmit} noValidate={form.noValidate} className="stack">
      <FormErrors form={form} labels={{ purpose: 'Mục đích' }} />
      <RadioGroup
        field={fields.purpose}
        label="Anh/chị mở thông tin để"
        options={optionsOf(OPENING_PURPOSES, officeLabels.openingPurpose)}
      />
      <SubmitButton isLarge pendingLabel="Đang mở…">
        Mở thông tin người dân
      </SubmitButton>
      <p className="small">Mỗi lượt mở được lưu vào nhật ký. Anh/chị không chụp, không chép thông tin ra ngoài.</p>
    </Form>
  )
}

function ResultForm() {
  const { sheet } = useLoaderData<typeof loader>()
  const opened = useActionData<typeof action>()?.opened
  const to = `/kiem-tra/${sheet.inspectionId}/phieu/${sheet.helpId}/ket-qua`
  const [form, fields] = useForm<{ result: string; foundBy: string; note: string }>({
    id: `ket-qua-${sheet.helpId}`,
    defaultValue: {
      result: sheet.result ?? '',
      foundBy: sheet.foundBy ?? opened?.proposedWay ?? '',
      note: sheet.note ?? '',
    },
    constraint: { result: { required: true } },
  })
  return (
    <Sheet title="Kết quả">
      <Form method="post" action={to} id={form.id} className="stack">
        <CheckFields fields={fields} isReplaced={sheet.origin !== 'risk'} />
        {sheet.isSigned ? <p className="small">Sửa kết quả thì các chữ ký đã có không còn hiệu lực.</p> : null}
        <SubmitButton action={to} isLarge>
          Ghi kết quả
        </SubmitButton>
      </Form>
    </Sheet>
  )
}
