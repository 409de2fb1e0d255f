import { type SubmissionResult, useForm } from '@conform-to/react'
import { Form } from '@remix-run/react'
import type { ReactNode } from 'react'
import { CERTIFICATE_KINDS, type CertificateKind } from '#app/domain/vocabulary.ts'
import { formatDay, formatInstant, formatNumber } from '#app/text/format.ts'
import { labels } from '#app/text/vocabulary.ts'
import { Button } from '#app/ui/button.tsx'
import { Confirm } from '#app/ui/confirm.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { DateField, FileField, optionsOf, SelectField, TextArea, TextField } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { Status } from '#app/ui/status.tsx'

export const PAGE = '/quan-tri/chung-thu-goc'

type Answer = SubmissionResult<string[]> | null | undefined

/** The answer for one of the page's forms, which is known by the first field that it names; undefined: for another one. */
export const answerOf = (form: keyof typeof FIELDS, answer: Answer): Answer =>
  Object.keys(answer?.error ?? {}).some(field => FIELDS[form].includes(field)) ? answer : undefined

const FIELDS = {
  root: ['file', 'source'],
  kind: ['issuer', 'policy', 'kind', 'validFromOn', 'basis'],
  list: ['list', 'certificate'],
}

type Entry = {
  id: number
  source: string
  enteredByName: string
  enteredAt: number
  agreedAt: number | null
  agreedByName: string | null
  endedAt: number | null
  mayAgree: boolean
}

/** Where an entry of two administrators is on its way, what it says, its source and who was for it. */
export function ConsentFacts({
  entry: { endedAt, agreedAt, agreedByName, enteredByName, enteredAt, source },
  isOver = false,
  inForce,
  ended,
  children,
}: {
  entry: Entry
  isOver?: boolean
  inForce: string
  ended: string
  children?: ReactNode
}) {
  const [tone, word] =
    endedAt !== null
      ? (['neutral', ended] as const)
      : agreedAt === null
        ? (['doing', 'Chờ quản trị thứ hai đồng ý'] as const)
        : isOver
          ? (['late', 'Hết hạn'] as const)
          : (['done', inForce] as const)
  return (
    <>
      <div>
        <Status tone={tone}>{word}</Status>
      </div>
      {children}
      <div>Nguồn: {source}</div>
      <div>
        {enteredByName} nhập {formatInstant(enteredAt)}
        {agreedAt === null ? '' : `; ${agreedByName} đồng ý ${formatInstant(agreedAt)}`}
      </div>
    </>
  )
}

/** The consent of a second administrator to an entry, and its end by one. */
export function ConsentActs({
  entry: { id, mayAgree, agreedAt },
  field,
  end,
  question,
  consequence,
}: {
  entry: Entry
  field: 'rootId' | 'kindId'
  end: string
  question: string
  consequence: string
}) {
  return (
    <div className="actions">
      {mayAgree ? (
        <Form method="post">
          <input type="hidden" name={field} value={id} />
          <Button type="submit" name="step" value="agree">
            Đã đối chiếu, đồng ý
          </Button>
        </Form>
      ) : null}
      <Confirm
        label={agreedAt === null ? 'Bỏ đề nghị' : end}
        question={question}
        consequence={consequence}
        action={PAGE}
      >
        <input type="hidden" name={field} value={id} />
        <input type="hidden" name="step" value="end" />
      </Confirm>
    </div>
  )
}

type Kind = Entry & { issuer: string; policy: string | null; kind: CertificateKind; validFromOn: string }

const KIND_LABELS = {
  issuer: 'Đơn vị cấp',
  policy: 'Mã chính sách (OID)',
  kind: 'Loại chữ ký số',
  validFromOn: 'Áp dụng từ ngày',
  basis: 'Nguồn',
}

/** The table of kinds: of which kind an issuer's certificates are, with who entered and agreed. */
export function SignatureKinds({ kinds, answer }: { kinds: readonly Kind[]; answer: Answer }) {
  return (
    <>
      <Sheet title="Loại chữ ký số theo đơn vị cấp">
        {kinds.length === 0 ? (
          <EmptyState title="Chưa có loại nào">
            Chưa có thì mọi chữ ký số hợp lệ đều chờ đơn vị xác nhận loại chữ ký.
          </EmptyState>
        ) : (
          <RowList>
            {kinds.map(kind => (
              <Row
                key={kind.id}
                title={`${kind.issuer}: ${labels.certificateKind[kind.kind].toLowerCase()}`}
                detail={
                  <>
                    <ConsentFacts entry={kind} inForce="Đang dùng" ended="Đã thôi dùng">
                      <div>
                        {kind.policy === null ? 'Mọi chính sách' : `Chính sách ${kind.policy}`}, từ{' '}
                        {formatDay(kind.validFromOn)}
                      </div>
                    </ConsentFacts>
                    {kind.endedAt === null ? (
                      <ConsentActs
                        entry={kind}
                        field="kindId"
                        end="Thôi dùng"
                        question={kind.agreedAt === null ? 'Bỏ dòng đang chờ này?' : 'Thôi dùng dòng này?'}
                        consequence="Tệp đã lưu của đơn vị cấp này được xem lại; chưa rõ loại thì chờ đơn vị xác nhận."
                      />
                    ) : null}
                  </>
                }
              />
            ))}
          </RowList>
        )}
      </Sheet>
      <KindForm key={kinds.length} answer={answer} />
    </>
  )
}

function KindForm({ answer }: { answer: Answer }) {
  const [form, fields] = useForm<Record<keyof typeof KIND_LABELS, string>>({
    id: 'kind',
    lastResult: answerOf('kind', answer),
    constraint: {
      issuer: { required: true },
      kind: { required: true },
      validFromOn: { required: true },
      basis: { required: true },
    },
  })
  return (
    <Sheet title="Thêm loại chữ ký số">
      <Form method="post" id={form.id} onSubmit={form.onSubmit} className="stack">
        <input type="hidden" name="step" value="kind" />
        <FormErrors form={form} labels={KIND_LABELS} />
        <TextField
          field={fields.issuer}
          label={KIND_LABELS.issuer}
          hint="Tên trong chứng thư của đơn vị cấp (ví dụ Viettel-CA SHA-256), hoặc mã khóa (Subject Key Identifier)."
        />
        <TextField
          field={fields.policy}
          label={KIND_LABELS.policy}
          hint="Để trống nếu mọi chứng thư của đơn vị cấp này cùng một loại."
        />
        <SelectField
          field={fields.kind}
          label={KIND_LABELS.kind}
          options={optionsOf(CERTIFICATE_KINDS, labels.certificateKind)}
        />
        <DateField field={fields.validFromOn} label={KIND_LABELS.validFromOn} />
        <TextArea
          field={fields.basis}
          label={KIND_LABELS.basis}
          hint="Văn bản hay trang nào của đơn vị cấp, ngày nào."
        />
        <SubmitButton>Thêm loại, chờ quản trị thứ hai</SubmitButton>
      </Form>
    </Sheet>
  )
}

type List = {
  id: number
  name: string
  thisUpdate: number
  nextUpdate: number | null
  count: number
  enteredAt: number
  enteredByName: string
  appliedAt: number | null
}

const LIST_LABELS = { list: 'Tệp danh sách thu hồi', certificate: 'Chứng thư của đơn vị ký danh sách' }

/** The newest list of withdrawn certificates of each issuer, and the form that brings one. */
export function RevocationLists({ lists, answer }: { lists: readonly List[]; answer: Answer }) {
  return (
    <>
      <Sheet title="Danh sách thu hồi">
        {lists.length === 0 ? (
          <EmptyState title="Chưa có danh sách nào">
            Chưa có thì chữ ký được trả lời “chưa rõ thu hồi”, và được xem lại khi có danh sách.
          </EmptyState>
        ) : (
          <RowList>
            {lists.map(list => (
              <Row
                key={list.id}
                title={list.name}
                detail={
                  <>
                    <div>
                      <Status tone={list.appliedAt === null ? 'doing' : 'done'}>
                        {list.appliedAt === null ? 'Đang xem lại các tệp đã lưu' : 'Đang dùng'}
                      </Status>
                    </div>
                    <div>
                      {formatNumber(list.count)} chứng thư bị thu hồi, lập {formatInstant(list.thisUpdate)}
                      {list.nextUpdate === null ? '' : `, có hiệu lực đến ${formatInstant(list.nextUpdate)}`}
                    </div>
                    <div>
                      {list.enteredByName} nhập {formatInstant(list.enteredAt)}
                    </div>
                  </>
                }
              />
            ))}
          </RowList>
        )}
      </Sheet>
      <ListForm key={`${lists.length} ${lists[0]?.id}`} answer={answer} />
    </>
  )
}

function ListForm({ answer }: { answer: Answer }) {
  const [form, fields] = useForm<{ list: string; certificate: string }>({
    id: 'list',
    lastResult: answerOf('list', answer),
  })
  return (
    <Sheet title="Thêm danh sách thu hồi">
      <Form method="post" encType="multipart/form-data" id={form.id} onSubmit={form.onSubmit} className="stack">
        <input type="hidden" name="step" value="list" />
        <FormErrors form={form} labels={LIST_LABELS} />
        <FileField
          field={fields.list}
          label={LIST_LABELS.list}
          accept=".crl,.pem,.der"
          hint="Tệp .crl hoặc .pem của đơn vị cấp, không quá 5 MB. Chữ ký trên danh sách được kiểm tra đến chứng thư gốc tin cậy."
        />
        <FileField
          field={fields.certificate}
          label={LIST_LABELS.certificate}
          accept=".cer,.crt,.der,.pem"
          hint="Không cần nếu chứng thư gốc ký danh sách, hoặc đã gửi lần trước."
        />
        <SubmitButton>Thêm danh sách</SubmitButton>
      </Form>
    </Sheet>
  )
}
