import { data, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { permit } from '#app/access/policy.ts'
import { boxField, CERTIFICATE_PARTS, type CertificateLayout } from '#app/domain/certificate-layout.ts'
import { certificateLayoutInput, layoutOf } from '#app/domain/certificate-layout-input.ts'
import { certificateLayout, keepCertificateLayout } from '#app/queries/certificate-layout.server.ts'
import { rootUnit } from '#app/queries/unit.server.ts'
import { certificateParts } from '#app/text/round.ts'
import { SubmitButton } from '#app/ui/form.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { PlainField } from '#app/ui/plain-field.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { redirectWith } from '../_web/redirect.server.ts'
import { reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Vị trí in Bằng khen · 4 phủ' }]

const SIDES = ['left', 'top', 'width', 'size'] as const
const SIDE_LABELS = { left: 'Cách mép trái', top: 'Cách mép trên', width: 'Rộng', size: 'Cỡ chữ' } as const

/** Every field with its value; decimals with a comma. */
function fieldsOf({ width, height, boxes }: CertificateLayout): Record<string, string> {
  const text = (value: number) => String(value).replace('.', ',')
  return {
    width: text(width),
    height: text(height),
    ...Object.fromEntries(
      CERTIFICATE_PARTS.flatMap(part => SIDES.map(side => [boxField(part, side), text(boxes[part][side])])),
    ),
  }
}

export const loader = reads(({ actor }) => {
  permit(actor, 'round.manage', { unitPath: rootUnit().path })
  return { typed: fieldsOf(certificateLayout()) }
})

export const action = writes(({ actor }, { form }) => {
  const textOf = (name: string) => String(form.get(name) ?? '')
  const typed = {
    width: textOf('width'),
    height: textOf('height'),
    ...Object.fromEntries(
      CERTIFICATE_PARTS.map(part => [
        part,
        Object.fromEntries(SIDES.map(side => [side, textOf(boxField(part, side))])),
      ]),
    ),
  }
  const read = certificateLayoutInput.safeParse(typed)
  if (!read.success)
    return data(
      {
        wrong: read.error.issues.map(({ path }) => path.join('.')),
        typed: Object.fromEntries(Object.keys(fieldsOf(certificateLayout())).map(name => [name, textOf(name)])),
      },
      { status: 400 },
    )
  keepCertificateLayout(actor, layoutOf(read.data))
  return redirectWith('/khen-thuong/phoi', 'da-luu')
})

export default function CertificateLayoutPage() {
  const loaded = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const typed = answer?.typed ?? loaded.typed
  const field = (name: string, label: string) => (
    <PlainField
      key={name}
      name={name}
      label={label}
      error={answer?.wrong.includes(name) ? 'Anh/chị ghi số mm (cỡ chữ: 8 đến 48), ví dụ 62 hoặc 62,5.' : undefined}
      isShort
      isRequired
    >
      {control => <input {...control} defaultValue={typed[name]} inputMode="decimal" autoComplete="off" />}
    </PlainField>
  )
  return (
    <div className="narrow stack">
      <PageHeading
        title="Vị trí in Bằng khen"
        note="Đo trên phôi, tính bằng mm từ góc trên bên trái; phần mềm chỉ in phần phôi để trống. Anh/chị in thử một tờ rồi chỉnh."
        breadcrumbs={[{ to: '/khen-thuong', label: 'Khen thưởng' }]}
      />
      {answer ? (
        <Notice kind="error" title="Còn chỗ cần sửa">
          Số đã nhập vẫn còn.
        </Notice>
      ) : null}
      <Form method="post" className="stack">
        <Sheet title="Khổ phôi (mm)">
          <div className="field-pair">
            {field('width', 'Rộng')}
            {field('height', 'Cao')}
          </div>
        </Sheet>
        {CERTIFICATE_PARTS.map(part => (
          <Sheet key={part} title={certificateParts[part]}>
            <div className="field-pair">
              {SIDES.slice(0, 2).map(side => field(boxField(part, side), SIDE_LABELS[side]))}
            </div>
            <div className="field-pair">
              {SIDES.slice(2).map(side => field(boxField(part, side), SIDE_LABELS[side]))}
            </div>
          </Sheet>
        ))}
        <SubmitButton pendingLabel="Đang lưu…">Lưu vị trí</SubmitButton>
      </Form>
    </div>
  )
}
