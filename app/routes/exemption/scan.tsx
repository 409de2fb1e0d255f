import { useForm } from '@conform-to/react'
import type { MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { stripFile } from '#app/documents/stripped-file.ts'
import { z } from '#app/domain/zod.ts'
import { findUnitHeading } from '#app/queries/board.server.ts'
import { addExemptionScan, findExemption } from '#app/queries/exemption.server.ts'
import { fieldsOf } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { PictureFile } from '#app/ui/picture-file.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { found, idOf, notFound, reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Bản chụp văn bản miễn, giảm · 4 phủ' }]

export const loader = reads(({ actor, campaign }, { params }) => {
  const { id, name, allowed } = found(findUnitHeading(actor, campaign.id, idOf(params.unitId)))
  if (!allowed.exempt) throw notFound()
  const { officialName, documentNumber } = found(findExemption(actor, campaign.id, idOf(params.exemptionId)))
  return { unit: { id, name }, officialName, documentNumber }
})

const scanInput = z.object({})

export const action = writes(async ({ actor, campaign }, { params, form }) => {
  const upload = form.get('scan')
  const stripped = await stripFile(
    upload instanceof File ? new Uint8Array(await upload.arrayBuffer()) : new Uint8Array(),
  )
  if (!stripped.ok) return refuseForm(readForm(form, scanInput), [{ field: 'scan', reason: stripped.reason }])
  addExemptionScan(actor, campaign.id, idOf(params.exemptionId), stripped.file)
  return redirectWith(`/don-vi/${idOf(params.unitId)}/mien-giam`, 'da-bo-sung')
})

const FIELD_LABELS = { scan: 'Bản chụp văn bản' }

export default function ExemptionScanPage() {
  const { unit, officialName, documentNumber } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<Record<string, string>>({
    lastResult: answer?.lastResult,
    constraint: { scan: { required: true } },
  })
  const base = `/don-vi/${unit.id}/mien-giam`
  return (
    <div className="narrow stack">
      <PageHeading
        title="Bản chụp văn bản miễn, giảm"
        note={`${officialName}, văn bản ${documentNumber}`}
        breadcrumbs={[{ to: base, label: `Miễn, giảm, ${unit.name}` }]}
      />
      <Sheet>
        <Form
          method="post"
          encType="multipart/form-data"
          id={form.id}
          onSubmit={form.onSubmit}
          noValidate={form.noValidate}
          className="stack"
        >
          <FormErrors form={form} labels={FIELD_LABELS} />
          <PictureFile
            field={fieldsOf(fields)('scan')}
            label={FIELD_LABELS.scan}
            hint="PNG, JPG, WebP, HEIC hoặc PDF, tối đa 5 MB; thông tin ẩn trong tệp được gỡ bỏ."
          />
          <div className="actions">
            <SubmitButton>Lưu</SubmitButton>
            <Link to={base}>Không, quay lại</Link>
          </div>
        </Form>
      </Sheet>
    </div>
  )
}
