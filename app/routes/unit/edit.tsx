import { useForm } from '@conform-to/react'
import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { requiredText } from '#app/domain/field.ts'
import { z } from '#app/domain/zod.ts'
import { findLocality } from '#app/queries/locality.server.ts'
import { findUnitToEdit, renameUnit, rootUnit } from '#app/queries/unit.server.ts'
import { formatDay, formatNumber } from '#app/text/format.ts'
import { explainProblem } from '#app/text/problem.ts'
import { labels } from '#app/text/vocabulary.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { Confirm } from '#app/ui/confirm.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { TextField } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Facts, Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { idOf, reads, writes } from '../_web/visit.server.ts'
import { unitPage } from './params.ts'

export const meta: MetaFunction = () => [{ title: 'Đơn vị · 4 phủ' }]

const unitName = z.object({ name: requiredText(150), headTitle: requiredText(60) })

export const loader = reads(({ actor, today }, { params, url }) => {
  const unit = findUnitToEdit(actor, idOf(params.unitId), today)
  const locality = unit.localityCode === null ? undefined : findLocality(unit.localityCode, today)
  const { refusal } = unitPage.read(url)
  return {
    unit,
    locality: locality ? `${locality.type} ${locality.name} (${locality.code})` : null,
    isRoot: unit.id === rootUnit().id,
    refusal: refusal === undefined ? null : explainProblem(refusal),
  }
})

export const action = writes(({ actor }, { form, params }) => {
  const unitId = idOf(params.unitId)
  const submission = readForm(form, unitName)
  if (submission.status !== 'success') return refuseForm(submission)
  const made = renameUnit(actor, { unitId, ...submission.value })
  return made.ok ? redirect(`/quan-tri/don-vi/${unitId}`) : refuseForm(submission, made.problems)
})

export default function UnitPage() {
  const { unit, locality, isRoot, refusal } = useLoaderData<typeof loader>()
  const base = `/quan-tri/don-vi/${unit.id}`
  const isOpen = unit.closedOn === null
  return (
    <div className="narrow stack">
      <PageHeading
        title={unit.name}
        breadcrumbs={[
          { to: '/quan-tri/don-vi', label: 'Cơ quan, đơn vị' },
          ...unit.above.map(({ id, name }) => ({ to: `/quan-tri/don-vi/${id}`, label: name })),
        ]}
      />
      {refusal === null ? null : (
        <Notice kind="error" title="Chưa thực hiện được">
          {refusal}
        </Notice>
      )}
      <Sheet>
        <div className="stack">
          <Facts
            facts={[
              { name: 'Cấp', value: labels.unitKind[unit.kind] },
              { name: 'Khối', value: labels.block[unit.block] },
              { name: 'Địa bàn', value: locality ?? 'Theo đơn vị cấp trên' },
              { name: 'Người đang công tác tại đây', value: formatNumber(unit.people) },
              {
                name: 'Tình trạng',
                value: unit.closedOn === null ? 'Đang hoạt động' : `Ngừng từ ${formatDay(unit.closedOn)}`,
              },
            ]}
          />
          <p>
            <Link to={`${base}/nguoi-ky`}>Người ký văn bản</Link>
          </p>
          <UnitActs base={base} isOpen={isOpen} isRoot={isRoot} />
        </div>
      </Sheet>
      {isOpen ? <RenameForm key={unit.name} name={unit.name} headTitle={unit.headTitle} /> : null}
      <Sheet title="Đơn vị trực thuộc" note={isOpen ? <Link to={`${base}/them`}>Thêm đơn vị</Link> : undefined}>
        {unit.children.length === 0 ? (
          <EmptyState title="Chưa có đơn vị trực thuộc">Phòng, ban, tổ của đơn vị được thêm ở đây.</EmptyState>
        ) : (
          <RowList>
            {unit.children.map(child => (
              <Row
                key={child.id}
                title={<Link to={`/quan-tri/don-vi/${child.id}`}>{child.name}</Link>}
                detail={labels.unitKind[child.kind]}
                aside={child.closedOn === null ? undefined : 'Đã ngừng'}
              />
            ))}
          </RowList>
        )}
      </Sheet>
    </div>
  )
}

function UnitActs({ base, isOpen, isRoot }: { base: string; isOpen: boolean; isRoot: boolean }) {
  if (isRoot) return null
  if (!isOpen)
    return (
      <Form method="post" action={`${base}/mo-lai`} className="actions">
        <SubmitButton action={`${base}/mo-lai`}>Mở hoạt động trở lại</SubmitButton>
      </Form>
    )
  return (
    <div className="actions">
      <ButtonLink variant="quiet" to={`${base}/chuyen`}>
        Chuyển đơn vị
      </ButtonLink>
      <Confirm
        label="Ngừng hoạt động"
        question="Ngừng hoạt động đơn vị này từ hôm nay?"
        consequence="Đơn vị không còn trong các danh sách để chọn. Số liệu đã có giữ nguyên; anh/chị có thể mở lại."
        action={`${base}/ngung`}
      />
    </div>
  )
}

function RenameForm({ name, headTitle }: { name: string; headTitle: string }) {
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<z.input<typeof unitName>>({
    lastResult: answer?.lastResult,
    defaultValue: { name, headTitle },
    constraint: { name: { required: true }, headTitle: { required: true } },
  })
  return (
    <Sheet title="Tên và chức danh">
      <Form method="post" id={form.id} onSubmit={form.onSubmit} className="stack">
        <FormErrors form={form} labels={{ name: 'Tên đơn vị', headTitle: 'Chức danh người đứng đầu' }} />
        <TextField field={fields.name} label="Tên đơn vị" />
        <TextField field={fields.headTitle} label="Chức danh người đứng đầu" hint="Ví dụ: Giám đốc, Chủ tịch UBND xã" />
        <SubmitButton variant="quiet">Lưu tên</SubmitButton>
      </Form>
    </Sheet>
  )
}
