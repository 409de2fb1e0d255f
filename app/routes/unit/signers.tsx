import { useForm } from '@conform-to/react'
import type { MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { SIGNING_CAPACITIES, signerOn } from '#app/domain/signer.ts'
import { signerInput } from '#app/domain/signer-input.ts'
import type { z } from '#app/domain/zod.ts'
import { addSigner, listSigners } from '#app/queries/signer.server.ts'
import { formatDay } from '#app/text/format.ts'
import { explainProblem } from '#app/text/problem.ts'
import { signingCapacities } from '#app/text/signer.ts'
import { Confirm } from '#app/ui/confirm.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { DateField, optionsOf, RadioGroup, TextField } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { LastDay } from '#app/ui/last-day.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { Status } from '#app/ui/status.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { idOf, reads, writes } from '../_web/visit.server.ts'
import { unitPage } from './params.ts'

export const meta: MetaFunction = () => [{ title: 'Người ký văn bản · 4 phủ' }]

export const loader = reads(({ actor, today }, { params, url }) => {
  const { unit, signers } = listSigners(actor, idOf(params.unitId))
  const { refusal } = unitPage.read(url)
  return {
    unit,
    today,
    signers: signers.map(row => ({ ...row, signsToday: row.id === signerOn(signers, today)?.id })),
    refusal: refusal === undefined ? null : explainProblem(refusal),
  }
})

export const action = writes(({ actor }, { params, form }) => {
  const unitId = idOf(params.unitId)
  const submission = readForm(form, signerInput)
  if (submission.status !== 'success') return refuseForm(submission)
  addSigner(actor, unitId, submission.value)
  return redirectWith(`/quan-tri/don-vi/${unitId}/nguoi-ky`, 'da-them')
})

const LABELS = {
  name: 'Họ và tên',
  capacity: 'Tư cách ký',
  title: 'Chức vụ',
  fromOn: 'Ký từ ngày',
  toOn: 'Đến hết ngày',
}

export default function SignersPage() {
  const { unit, signers, refusal } = useLoaderData<typeof loader>()
  return (
    <div className="narrow stack">
      <PageHeading
        title="Người ký văn bản"
        note={`Văn bản của ${unit.name} ghi tên người ký có ngày bắt đầu gần nhất. Chưa có ai thì văn bản để trống tên.`}
        breadcrumbs={[
          { to: '/quan-tri/don-vi', label: 'Cơ quan, đơn vị' },
          { to: `/quan-tri/don-vi/${unit.id}`, label: unit.name },
        ]}
      />
      {refusal === null ? null : <Notice kind="error">{refusal}</Notice>}
      <Sheet>
        {signers.length === 0 ? (
          <EmptyState title="Chưa có người ký">
            Anh/chị thêm người đứng đầu, cấp phó hoặc người được giao ký.
          </EmptyState>
        ) : (
          <RowList>
            {signers.map(row => (
              <SignerRow key={row.id} {...row} />
            ))}
          </RowList>
        )}
      </Sheet>
      <AddForm key={signers.length} />
    </div>
  )
}

function SignerRow({
  id,
  name,
  title,
  capacity,
  fromOn,
  toOn,
  signsToday,
}: ReturnType<typeof useLoaderData<typeof loader>>['signers'][number]) {
  const { unit, today } = useLoaderData<typeof loader>()
  return (
    <Row
      title={name}
      detail={
        <>
          <div>
            <Status tone={signsToday ? 'done' : 'neutral'}>{signsToday ? 'Ký hôm nay' : 'Không ký hôm nay'}</Status>
          </div>
          {title} · {signingCapacities[capacity]} · từ {formatDay(fromOn)}
          {toOn === null ? '' : ` đến hết ${formatDay(toOn)}`}
          {toOn === null ? (
            <Confirm
              label="Ghi ngày thôi ký"
              question={`${name} thôi ký văn bản?`}
              consequence="Văn bản đề ngày sau đó không còn ghi tên này."
              action={`/quan-tri/don-vi/${unit.id}/nguoi-ky/${id}/thoi`}
            >
              <LastDay id={id} today={today} />
            </Confirm>
          ) : null}
        </>
      }
    />
  )
}

function AddForm() {
  const { unit } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<z.input<typeof signerInput>>({
    lastResult: answer?.lastResult,
    defaultValue: { capacity: 'head', title: unit.headTitle },
    constraint: Object.fromEntries(
      Object.keys(LABELS)
        .filter(key => key !== 'toOn')
        .map(key => [key, { required: true }]),
    ),
  })
  return (
    <Sheet title="Thêm người ký">
      <Form method="post" id={form.id} onSubmit={form.onSubmit} noValidate={form.noValidate} className="stack">
        <FormErrors form={form} labels={LABELS} />
        <TextField field={fields.name} label={LABELS.name} hint="Không ghi học hàm, học vị." />
        <RadioGroup
          field={fields.capacity}
          label={LABELS.capacity}
          options={optionsOf(SIGNING_CAPACITIES, signingCapacities)}
        />
        <TextField field={fields.title} label={LABELS.title} hint="Ví dụ: Phó Giám đốc, Chánh Văn phòng" />
        <div className="field-pair">
          <DateField field={fields.fromOn} label={LABELS.fromOn} />
          <DateField field={fields.toOn} label={LABELS.toOn} hint="Để trống: đến khi có người khác." />
        </div>
        <SubmitButton>Thêm người ký</SubmitButton>
      </Form>
    </Sheet>
  )
}
