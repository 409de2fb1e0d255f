import { useForm } from '@conform-to/react'
import type { MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { portalIssuerInput } from '#app/domain/portal-issuer-input.ts'
import { PORTAL_PARTS } from '#app/domain/portal-login.ts'
import {
  agreePortalIssuer,
  endPortalIssuer,
  enterPortalIssuer,
  listPortalIssuers,
  portalsInForce,
} from '#app/queries/portal-issuer.server.ts'
import { formatDay, formatInstant } from '#app/text/format.ts'
import { labels } from '#app/text/vocabulary.ts'
import { Button } from '#app/ui/button.tsx'
import { Confirm } from '#app/ui/confirm.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { DateField, optionsOf, SelectField, TextArea, TextField } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { PasswordField } from '#app/ui/password-field.tsx'
import { Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { Status } from '#app/ui/status.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { idOf, reads, writes } from '../_web/visit.server.ts'
import { PORTAL_RETURN } from '../obligation/portal.server.ts'

const PAGE = '/quan-tri/cong-dich-vu-cong'

export const meta: MetaFunction = () => [{ title: 'Trang đăng nhập của cổng dịch vụ công · 4 phủ' }]

export const loader = reads(({ actor, today }, { context }) => {
  const inForce = new Set(portalsInForce(today).map(({ id }) => id))
  return {
    issuers: listPortalIssuers(actor).map(issuer => ({ ...issuer, isInForce: inForce.has(issuer.id) })),
    today,
    returnTo: `${context.publicUrl}${PORTAL_RETURN}`,
  }
})

/** Enters an issuer, agrees to one or ends one; a refused form gives back all but the secret. */
export const action = writes(({ actor }, { form }) => {
  const step = form.get('step')
  if (step === 'agree' || step === 'end') {
    const issuerId = idOf(form.get('issuerId')?.toString())
    if (step === 'agree') agreePortalIssuer(actor, issuerId)
    else endPortalIssuer(actor, issuerId)
    return redirectWith(PAGE, step === 'agree' ? 'da-dong-y' : 'da-thoi')
  }
  const submission = readForm(form, portalIssuerInput)
  const hidden = { hideFields: ['clientSecret'] }
  if (submission.status !== 'success') return refuseForm(submission, [], hidden)
  const made = enterPortalIssuer(actor, submission.value)
  return made.ok ? redirectWith(PAGE, 'da-them') : refuseForm(submission, made.problems, hidden)
})

export default function PortalIssuersPage() {
  const { issuers } = useLoaderData<typeof loader>()
  return (
    <div className="narrow stack">
      <PageHeading
        title="Trang đăng nhập của cổng dịch vụ công"
        note="Người đăng nhập tại đây bằng tài khoản của mình thì phần đăng nhập cổng được chứng minh. Một quản trị nhập kèm nguồn, quản trị thứ hai đối chiếu rồi đồng ý."
        breadcrumbs={[{ to: '/quan-tri', label: 'Quản trị' }]}
      />
      <Sheet>
        {issuers.length === 0 ? (
          <EmptyState title="Chưa có trang đăng nhập nào">
            Chưa có thì mọi người kê khai ngày đăng nhập, đơn vị xác nhận.
          </EmptyState>
        ) : (
          <RowList>
            {issuers.map(issuer => (
              <Row
                key={issuer.id}
                title={labels.exemptionPart[issuer.part]}
                detail={
                  <>
                    <IssuerFacts issuer={issuer} />
                    {issuer.endedAt === null ? <IssuerActs issuer={issuer} /> : null}
                  </>
                }
              />
            ))}
          </RowList>
        )}
      </Sheet>
      <AddForm key={issuers.length} />
    </div>
  )
}

type Issuer = ReturnType<typeof useLoaderData<typeof loader>>['issuers'][number]

function stateOf({ endedAt, agreedAt, isInForce, validFromOn, validToOn }: Issuer, today: string) {
  if (endedAt !== null) return ['neutral', 'Đã thôi dùng'] as const
  if (agreedAt === null) return ['doing', 'Chờ quản trị thứ hai đồng ý'] as const
  if (isInForce) return ['done', 'Đang có hiệu lực'] as const
  if (today < validFromOn) return ['doing', 'Đã đồng ý, chưa đến ngày'] as const
  const isOver = validToOn !== null && validToOn < today
  return ['neutral', isOver ? 'Đã hết hiệu lực' : 'Đã có mục mới hơn thay'] as const
}

function IssuerFacts({ issuer }: { issuer: Issuer }) {
  const { today } = useLoaderData<typeof loader>()
  const [tone, word] = stateOf(issuer, today)
  const { validFromOn, validToOn, levels } = issuer
  return (
    <>
      <div>
        <Status tone={tone}>{word}</Status>
      </div>
      <div className="break-anywhere">{issuer.issuer}</div>
      <div>
        Hiệu lực từ {formatDay(validFromOn)}
        {validToOn === null ? '' : ` đến ${formatDay(validToOn)}`}
      </div>
      <div className="break-anywhere">
        Mã ứng dụng {issuer.clientId}; phạm vi {issuer.scope}; số định danh ở {issuer.numberClaim}
      </div>
      <div className="break-anywhere">
        {levels.length === 0 ? 'Mọi mức xác thực' : `Mức xác thực ở ${issuer.assuranceClaim}: ${levels.join(' hoặc ')}`}
      </div>
      <div>Nguồn: {issuer.source}</div>
      <div>
        {issuer.enteredByName} nhập {formatInstant(issuer.enteredAt)}
        {issuer.agreedAt === null ? '' : `; ${issuer.agreedByName} đồng ý ${formatInstant(issuer.agreedAt)}`}
      </div>
    </>
  )
}

function IssuerActs({ issuer: { id, mayAgree, agreedAt } }: { issuer: Issuer }) {
  return (
    <div className="actions">
      {mayAgree ? (
        <Form method="post">
          <input type="hidden" name="issuerId" value={id} />
          <Button type="submit" name="step" value="agree">
            Đã đối chiếu, đồng ý
          </Button>
        </Form>
      ) : null}
      <Confirm
        label={agreedAt === null ? 'Bỏ đề nghị' : 'Thôi dùng'}
        question={agreedAt === null ? 'Bỏ trang đăng nhập đang chờ này?' : 'Thôi dùng trang đăng nhập này?'}
        consequence="Từ nay đăng nhập tại đây không chứng minh gì thêm; điều đã chứng minh vẫn giữ nguyên. Cần lại thì nhập lại, hai người cùng đồng ý."
        action={PAGE}
      >
        <input type="hidden" name="issuerId" value={id} />
        <input type="hidden" name="step" value="end" />
      </Confirm>
    </div>
  )
}

type Fields = Record<
  | 'part'
  | 'issuer'
  | 'clientId'
  | 'clientSecret'
  | 'scope'
  | 'numberClaim'
  | 'assuranceClaim'
  | 'levels'
  | 'validFromOn'
  | 'validToOn'
  | 'source',
  string
>

const LABELS: Fields = {
  part: 'Cổng',
  issuer: 'Địa chỉ của trang đăng nhập',
  clientId: 'Mã ứng dụng',
  clientSecret: 'Khóa bí mật của ứng dụng',
  scope: 'Phạm vi',
  numberClaim: 'Tên thông tin chứa số định danh',
  assuranceClaim: 'Tên thông tin chứa mức xác thực',
  levels: 'Mức xác thực được chấp nhận',
  validFromOn: 'Hiệu lực từ',
  validToOn: 'Đến ngày',
  source: 'Nguồn',
}

const REQUIRED = ['part', 'issuer', 'clientId', 'clientSecret', 'numberClaim', 'validFromOn', 'source']

const CODE = { autoComplete: 'off', autoCapitalize: 'off', spellCheck: false } as const

function AddForm() {
  const { returnTo, today } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<Fields>({
    lastResult: answer?.lastResult,
    defaultValue: { scope: 'openid profile', assuranceClaim: 'acr', validFromOn: today },
    constraint: Object.fromEntries(REQUIRED.map(name => [name, { required: true }])),
  })
  return (
    <Sheet title="Thêm trang đăng nhập">
      <Form
        method="post"
        id={form.id}
        onSubmit={form.onSubmit}
        noValidate={form.noValidate}
        className="stack"
        autoComplete="off"
      >
        <FormErrors form={form} labels={LABELS} />
        <p>
          Đăng ký với bên vận hành cổng, địa chỉ trả về là <code className="break-anywhere">{returnTo}</code>. Bên đó
          cấp mã và khóa bí mật của ứng dụng.
        </p>
        <SelectField field={fields.part} label={LABELS.part} options={optionsOf(PORTAL_PARTS, labels.exemptionPart)} />
        <TextField
          field={fields.issuer}
          label={LABELS.issuer}
          hint="Địa chỉ issuer theo OpenID Connect, bắt đầu bằng https://"
          inputMode="url"
          {...CODE}
        />
        <TextField field={fields.clientId} label={LABELS.clientId} {...CODE} />
        <PasswordField
          field={fields.clientSecret}
          label={LABELS.clientSecret}
          autoComplete="off"
          hint="Lưu dưới dạng mã hóa, không hiện lại."
        />
        <TextField
          field={fields.numberClaim}
          label={LABELS.numberClaim}
          hint="Cổng trả số định danh ở tên này; hệ thống chỉ giữ mã băm."
          {...CODE}
        />
        <TextField
          field={fields.scope}
          label={LABELS.scope}
          hint="Cách nhau bằng dấu cách; gồm phạm vi trả số định danh."
          {...CODE}
        />
        <TextField field={fields.assuranceClaim} label={LABELS.assuranceClaim} {...CODE} />
        <TextField
          field={fields.levels}
          label={LABELS.levels}
          hint="Ghi đúng như cổng trả về, cách nhau bằng dấu cách. Để trống: mọi lần đăng nhập đều chứng minh."
          {...CODE}
        />
        <div className="field-pair">
          <DateField field={fields.validFromOn} label={LABELS.validFromOn} />
          <DateField field={fields.validToOn} label={LABELS.validToOn} hint="Không bắt buộc" />
        </div>
        <TextArea
          field={fields.source}
          label={LABELS.source}
          hint="Văn bản hoặc trang nào cho biết đây là trang đăng nhập của cổng, ngày nào."
        />
        <SubmitButton>Thêm, chờ quản trị thứ hai</SubmitButton>
      </Form>
    </Sheet>
  )
}
