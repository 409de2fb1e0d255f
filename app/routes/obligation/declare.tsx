import { type FieldMetadata, useForm } from '@conform-to/react'
import type { MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import type { JSX } from 'react'
import { stripFile } from '#app/documents/stripped-file.ts'
import { type Declaration, declarationInput } from '#app/domain/obligation-input.ts'
import { isOwnAct, type ProofWay, quickestWay } from '#app/domain/proof-way.ts'
import { isMetStanding } from '#app/domain/standing.ts'
import { CARRIERS, CERTIFICATE_KINDS, OBLIGATION_PARTS, type ObligationPart } from '#app/domain/vocabulary.ts'
import type { NewCheck } from '#app/queries/kept-signature.server.ts'
import { declareObligation, findObligations } from '#app/queries/obligation.server.ts'
import { findPlan } from '#app/queries/plan.server.ts'
import { proofMeans } from '#app/queries/proof-means.server.ts'
import { formatDay } from '#app/text/format.ts'
import { cite } from '#app/text/plan.ts'
import { labels } from '#app/text/vocabulary.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { CheckboxField, DateField, fieldsOf, optionsOf, SelectField, TextField } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { KeptSignatures } from '#app/ui/kept-signature.tsx'
import { ObligationVerdict } from '#app/ui/obligation-verdict.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { PictureFile } from '#app/ui/picture-file.tsx'
import { PortalLink, PortalLogins } from '#app/ui/portal-login.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { useTerms } from '#app/ui/terms.ts'
import { bytesOf, readForm, refuseForm } from '../_web/form.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { found, notFound, reads, type Visit, writes } from '../_web/visit.server.ts'
import { checkSignedPledge, keptOf } from '../pledge/checked-file.server.ts'

export const meta: MetaFunction = () => [{ title: 'Kê khai · 4 phủ' }]

const partOf = (word: string | undefined): ObligationPart => found(OBLIGATION_PARTS.find(part => part === word))

export const loader = reads(({ actor, campaign, regulation, today }, { params }) => {
  const part = partOf(params.part)
  if (actor.officialId === null) throw notFound()
  const current = found(findObligations(actor, campaign.id, actor.officialId)?.find(row => row.part === part))
  return {
    ...current,
    means: proofMeans(campaign.id, today),
    today,
    startsOn: regulation.startsOn,
    endsOn: regulation.endsOn,
    basis: cite(findPlan(campaign.id), 'IV.1'),
  }
})

export const action = writes(async (visit, { form, params }) => {
  const { actor, campaign, regulation } = visit
  if (actor.officialId === null) throw notFound()
  const upload = form.get('evidence')
  const submission = readForm(form, declarationInput[partOf(params.part)])
  const bytes = await bytesOf(upload instanceof File ? upload : null)
  const proof = partOf(params.part) === 'sim_signature' ? await signatureIn(visit, bytes) : null
  const stripped = bytes.length > 0 && proof === null ? await stripFile(bytes) : null
  const fileProblems = [
    ...(stripped?.ok === false ? [{ field: 'evidence', reason: stripped.reason }] : []),
    ...(proof?.check === null ? [{ field: 'evidence', reason: 'signature_not_taken' as const }] : []),
  ]
  if (submission.status !== 'success' || fileProblems.length > 0) return refuseForm(submission, fileProblems)
  const value = proof?.check ? withDaysOf(submission.value, proof.check) : submission.value
  const made = declareObligation(actor, campaign.id, {
    officialId: actor.officialId,
    declaration: value,
    evidence: proof?.file ?? (stripped?.ok ? stripped.file : null),
    check: proof?.check,
  })
  if (!made.ok) return refuseForm(submission, made.problems)
  const endsEarly = value.part === 'sim_signature' && value.validToOn < regulation.endsOn
  return redirectWith('/nghia-vu', endsEarly ? 'het-han-som' : 'da-ke-khai')
})

/**
 * Looks at one's own signed pledge where the evidence is one: the file as it is, which stripping would break, and what is
 * kept of its signature, null where none is taken. Null for any other file.
 */
async function signatureIn(visit: Visit, bytes: Uint8Array) {
  const content = Buffer.from(bytes)
  const checked = await checkSignedPledge(visit, content)
  if (!checked.ok && !checked.isPrepared) return null
  const isOwn = checked.ok && checked.officialId === visit.actor.officialId
  return {
    file: { mediaType: 'application/pdf' as const, content },
    check: checked.ok && isOwn ? keptOf(checked.signatures) : null,
  }
}

/** A declaration with the days of the certificate that signed, whatever was typed. */
const withDaysOf = (declaration: Declaration, { validFromOn, validToOn }: NewCheck): Declaration =>
  declaration.part === 'sim_signature' ? { ...declaration, validFromOn, validToOn } : declaration

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>
type Fields = Record<string, string>

const REQUIRED: Record<ObligationPart, string[]> = {
  sim_signature: ['phone', 'carrier', 'ownName', 'provider', 'certificateKind', 'validFromOn', 'validToOn'],
  phone_4g: ['maker', 'model', 'has4g'],
  portal_national: ['firstLoginOn'],
  portal_provincial: ['firstLoginOn'],
}

const FIELD_LABELS: Record<string, string> = {
  phone: 'Số điện thoại',
  carrier: 'Nhà mạng',
  ownName: 'SIM chính chủ',
  provider: 'Đơn vị cấp chứng thư số',
  certificateKind: 'Loại chữ ký số',
  validFromOn: 'Hiệu lực từ',
  validToOn: 'Đến ngày',
  maker: 'Hãng điện thoại',
  model: 'Kiểu máy',
  has4g: 'Kết nối 4G',
  firstLoginOn: 'Ngày đăng nhập lần đầu',
  evidence: 'Tệp minh chứng',
}

/** Returns the earlier declaration as the form's first values; declarations by a tick must be ticked again. */
function defaultsOf({ declared, signatures }: Pick<Loaded, 'declared' | 'signatures'>): Fields {
  if (declared === null) {
    const proof = signatures.find(({ word }) => word === 'proof' || word.startsWith('waits'))
    if (!proof) return {}
    const { issuer, kind, validFromOn, validToOn } = proof
    return { provider: issuer, validFromOn, validToOn, ...(kind && { certificateKind: kind }) }
  }
  const { phone, carrier, certificateProvider, certificateKind, validFromOn, validToOn, firstLoginOn } = declared
  const { deviceMaker, deviceModel } = declared
  const values = {
    phone,
    carrier,
    provider: certificateProvider,
    certificateKind,
    validFromOn,
    validToOn,
    firstLoginOn,
  }
  const all = { ...values, maker: deviceMaker, model: deviceModel }
  return Object.fromEntries(Object.entries(all).flatMap(([name, value]) => (value ? [[name, value]] : [])))
}

export default function DeclarePage() {
  const loaded = useLoaderData<typeof loader>()
  const { part, declared, standing, means, logins, signatures, endsOn, basis } = loaded
  const way = quickestWay(part, means)
  const isShown = isOwnAct(way) && standing !== 'verified' && !signatures.some(({ word }) => word === 'proof')
  const { names } = useTerms()
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<Fields>({
    lastResult: answer?.lastResult,
    defaultValue: defaultsOf(loaded),
    constraint: Object.fromEntries(REQUIRED[part].map(name => [name, { required: true }])),
  })
  const field = fieldsOf(fields)
  return (
    <div className="narrow stack">
      <PageHeading title={names.part[part]} breadcrumbs={[{ to: '/nghia-vu', label: 'Bản thân' }]} />
      {standing === 'missing' ? null : (
        <ObligationVerdict standing={standing} declared={declared} endsOn={endsOn} basis={basis} />
      )}
      {isShown ? <QuickestWay {...loaded} way={way} /> : null}
      {logins.length === 0 && signatures.length === 0 ? null : (
        <Sheet>
          <PortalLogins logins={logins} />
          <KeptSignatures signatures={signatures} standing={standing} />
        </Sheet>
      )}
      <Sheet title={isShown ? 'Hoặc kê khai' : undefined}>
        <Form method="post" encType="multipart/form-data" id={form.id} onSubmit={form.onSubmit} className="stack">
          <FormErrors form={form} labels={FIELD_LABELS} />
          {isMetStanding(standing) ? (
            <p className="small">Nội dung này đã đạt. Nếu kê khai lại, nội dung chờ đơn vị xác nhận lại từ đầu.</p>
          ) : null}
          <PartFields {...loaded} field={field} />
          <PictureFile
            field={field('evidence')}
            label="Tệp minh chứng"
            hint={`${part === 'sim_signature' ? 'Bản cam kết đã ký số là minh chứng tốt nhất: chữ ký được kiểm tra ngay, thời hạn lấy theo chứng thư số. ' : ''}Không bắt buộc. Ảnh PNG, JPG, WebP, HEIC hoặc PDF, tối đa 5 MB; thông tin ẩn trong tệp được gỡ bỏ.${
              declared?.evidenceFileId ? ' Để trống thì giữ tệp đã gửi.' : ''
            }`}
          />
          <SubmitButton isLarge pendingLabel="Đang gửi…">
            Gửi kê khai
          </SubmitButton>
        </Form>
      </Sheet>
    </div>
  )
}

/** The own act that proves a part soonest, in front of the form. */
function QuickestWay({ part, standing, means, way }: Loaded & { way: ProofWay }) {
  return way === 'signature' ? (
    <Sheet title="Cách nhanh nhất: ký số bản cam kết">
      <div className="stack">
        <p>
          Anh/chị tải bản cam kết, ký bằng chữ ký số của mình rồi gửi lại. Chữ ký hợp lệ chứng minh chữ ký số ngay,
          không cần ai xác nhận; còn lại là SIM chính chủ.
        </p>
        <p className="actions">
          <ButtonLink to="/cam-ket/ky-so">Ký số để chứng minh</ButtonLink>
        </p>
      </div>
    </Sheet>
  ) : (
    <Sheet title="Cách nhanh nhất: đăng nhập để chứng minh">
      <div className="stack">
        <p>
          Anh/chị đăng nhập cổng bằng tài khoản của mình. Số định danh trùng với hồ sơ thì nội dung này đạt ngay, không
          cần ai xác nhận.
        </p>
        <p className="actions">
          <PortalLink part={part} standing={standing} portals={means.portals} />
        </p>
      </div>
    </Sheet>
  )
}

type FieldsProps = Loaded & { field: (name: string) => FieldMetadata<string> }

function PartFields({ part, field, today, endsOn }: FieldsProps): JSX.Element {
  switch (part) {
    case 'sim_signature':
      return (
        <>
          <div className="field-pair">
            <TextField
              field={field('phone')}
              label={FIELD_LABELS.phone ?? ''}
              type="tel"
              inputMode="tel"
              autoComplete="tel"
            />
            <SelectField field={field('carrier')} label="Nhà mạng" options={optionsOf(CARRIERS, labels.carrier)} />
          </div>
          <CheckboxField field={field('ownName')} label="SIM đăng ký chính chủ, đứng tên tôi" />
          <SelectField
            field={field('certificateKind')}
            label="Loại chữ ký số"
            options={optionsOf(CERTIFICATE_KINDS, labels.certificateKind)}
          />
          <TextField
            field={field('provider')}
            label="Đơn vị cấp chứng thư số"
            hint="Ví dụ Viettel-CA, VNPT-CA, MobiFone CA"
          />
          <div className="field-pair">
            <DateField field={field('validFromOn')} label="Hiệu lực từ" />
            <DateField
              field={field('validToOn')}
              label="Đến ngày"
              hint={`Từ ${formatDay(endsOn)} trở đi thì đạt; hết hạn sớm hơn thì anh/chị gia hạn trước rồi kê khai`}
            />
          </div>
        </>
      )
    case 'phone_4g':
      return (
        <>
          <TextField field={field('maker')} label="Hãng điện thoại" hint="Ví dụ Samsung, Apple, OPPO, Xiaomi" />
          <TextField field={field('model')} label="Kiểu máy" hint="Ví dụ Galaxy A15, iPhone 12" />
          <CheckboxField field={field('has4g')} label="Điện thoại kết nối được 4G" />
          <p className="small">
            Nội dung này được đối chiếu bằng số liệu của nhà mạng; cán bộ đầu mối xem máy rồi xác nhận cũng được. Việc
            mở ứng dụng trên điện thoại không tự chứng minh.
          </p>
        </>
      )
    case 'portal_national':
    case 'portal_provincial':
      return (
        <DateField
          field={field('firstLoginOn')}
          label="Ngày đăng nhập lần đầu"
          hint={`Bằng tài khoản định danh điện tử${part === 'portal_national' ? ', tại dichvucong.gov.vn' : ''}`}
          max={today}
        />
      )
  }
}
