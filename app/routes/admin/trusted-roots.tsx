import { useForm } from '@conform-to/react'
import type { MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import type { Person } from '#app/access/policy.ts'
import { readEnteredList } from '#app/documents/entered-list.ts'
import { readRoot } from '#app/documents/root-certificate.ts'
import { signatureKindInput } from '#app/domain/signature-kind-input.ts'
import { trustedRootInput } from '#app/domain/trusted-root-input.ts'
import { z } from '#app/domain/zod.ts'
import { enterRevocationList, knownListIssuers, listRevocationLists } from '#app/queries/revocation-list.server.ts'
import {
  agreeSignatureKind,
  endSignatureKind,
  enterSignatureKind,
  listSignatureKinds,
} from '#app/queries/signature-kind.server.ts'
import {
  agreeTrustedRoot,
  endTrustedRoot,
  enterTrustedRoot,
  listTrustedRoots,
  trustedRoots,
} from '#app/queries/trusted-root.server.ts'
import { formatDay } from '#app/text/format.ts'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { FileField, TextArea } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { bytesOf, readForm, refuseForm, takeFile } from '../_web/form.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { idOf, reads, writes } from '../_web/visit.server.ts'
import { answerOf, ConsentActs, ConsentFacts, PAGE, RevocationLists, SignatureKinds } from './signature-tables.tsx'

export const meta: MetaFunction = () => [{ title: 'Chứng thư gốc tin cậy · 4 phủ' }]

export const loader = reads(({ actor, today }) => ({
  roots: listTrustedRoots(actor),
  kinds: listSignatureKinds(actor),
  lists: listRevocationLists(actor),
  today,
}))

export const action = writes(async ({ actor }, { form }) => {
  switch (form.get('step')) {
    case 'agree':
    case 'end':
      return consent(actor, form)
    case 'kind':
      return addKind(actor, form)
    case 'list':
      return await addList(actor, form)
    default:
      return await addRoot(actor, form)
  }
})

/** Agrees to a root or kind, or ends it. */
function consent(actor: Person, form: FormData) {
  const isKind = form.has('kindId')
  const id = idOf(form.get(isKind ? 'kindId' : 'rootId')?.toString())
  if (form.get('step') === 'agree') {
    ;(isKind ? agreeSignatureKind : agreeTrustedRoot)(actor, id)
    return redirectWith(PAGE, isKind ? 'da-dong-y-loai' : 'da-dong-y')
  }
  ;(isKind ? endSignatureKind : endTrustedRoot)(actor, id)
  return redirectWith(PAGE, isKind ? 'da-thoi-loai' : 'da-thoi')
}

async function addRoot(actor: Person, form: FormData) {
  const file = Buffer.from(await bytesOf(takeFile(form)))
  const submission = readForm(form, trustedRootInput)
  const root = readRoot(file)
  const problems = root.ok ? [] : [{ field: 'file', reason: root.reason }]
  if (submission.status !== 'success' || !root.ok) return refuseForm(submission, problems)
  const made = enterTrustedRoot(actor, root.root, submission.value.source)
  return made.ok ? redirectWith(PAGE, 'da-them') : refuseForm(submission, made.problems)
}

function addKind(actor: Person, form: FormData) {
  const submission = readForm(form, signatureKindInput)
  if (submission.status !== 'success') return refuseForm(submission)
  const made = enterSignatureKind(actor, submission.value)
  return made.ok ? redirectWith(PAGE, 'da-them-loai') : refuseForm(submission, made.problems)
}

/** The form has its files alone. */
const noInput = z.object({})

async function addList(actor: Person, form: FormData) {
  const [file, offered] = await Promise.all(
    ['list', 'certificate'].map(async name => {
      const entry = form.get(name)
      form.delete(name)
      return Buffer.from(await bytesOf(entry instanceof File ? entry : null))
    }),
  )
  const submission = readForm(form, noInput)
  const read = readEnteredList(
    { file: file ?? Buffer.alloc(0), offered: offered ?? Buffer.alloc(0) },
    { roots: trustedRoots(), known: knownListIssuers() },
  )
  if (!read.ok) return refuseForm(submission, [{ field: read.field, reason: read.reason }])
  const made = enterRevocationList(actor, read.list)
  return made.ok ? redirectWith(PAGE, 'da-them-danh-sach') : refuseForm(submission, made.problems)
}

const LABELS = { file: 'Tệp chứng thư', source: 'Nguồn' }

export default function TrustedRootsPage() {
  const { roots, kinds, lists } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <div className="narrow stack">
      <PageHeading
        title="Chứng thư gốc tin cậy"
        note="Chữ ký số trên bản cam kết được kiểm tra đến một trong các chứng thư này, theo bảng loại và danh sách thu hồi dưới đây. Một quản trị nhập kèm nguồn, quản trị thứ hai đối chiếu rồi đồng ý."
        breadcrumbs={[{ to: '/quan-tri', label: 'Quản trị' }]}
      />
      <Sheet>
        {roots.length === 0 ? (
          <EmptyState title="Chưa có chứng thư gốc nào">
            Chưa có thì mọi chữ ký số đều được trả lời “chưa biết đơn vị cấp”.
          </EmptyState>
        ) : (
          <RowList>
            {roots.map(root => (
              <Row
                key={root.id}
                title={root.name}
                detail={
                  <>
                    <RootFacts root={root} />
                    {root.endedAt === null ? <RootActs root={root} /> : null}
                  </>
                }
              />
            ))}
          </RowList>
        )}
      </Sheet>
      <AddForm key={roots.length} />
      <SignatureKinds kinds={kinds} answer={answer?.lastResult} />
      <RevocationLists lists={lists} answer={answer?.lastResult} />
    </div>
  )
}

type Root = ReturnType<typeof useLoaderData<typeof loader>>['roots'][number]

function RootFacts({ root }: { root: Root }) {
  const { today } = useLoaderData<typeof loader>()
  return (
    <ConsentFacts entry={root} isOver={root.validToOn < today} inForce="Đang tin cậy" ended="Đã thôi tin cậy">
      <div>
        Hiệu lực {formatDay(root.validFromOn)} – {formatDay(root.validToOn)}
      </div>
      <div>SHA-256: {root.fingerprint.replace(/(.{4})(?=.)/g, '$1 ')}</div>
    </ConsentFacts>
  )
}

function RootActs({ root }: { root: Root }) {
  return (
    <ConsentActs
      entry={root}
      field="rootId"
      end="Thôi tin cậy"
      question={root.agreedAt === null ? 'Bỏ chứng thư đang chờ này?' : 'Thôi tin cậy chứng thư này?'}
      consequence="Chữ ký kiểm tra từ nay không dựa vào chứng thư này; kết quả đã lưu không đổi. Cần lại thì nhập lại, hai người cùng đồng ý."
    />
  )
}

function AddForm() {
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<{ file: string; source: string }>({
    id: 'root',
    lastResult: answerOf('root', answer?.lastResult),
    constraint: { source: { required: true } },
  })
  return (
    <Sheet title="Thêm chứng thư gốc">
      <Form method="post" encType="multipart/form-data" id={form.id} onSubmit={form.onSubmit} className="stack">
        <FormErrors form={form} labels={LABELS} />
        <FileField
          field={fields.file}
          label={LABELS.file}
          accept=".cer,.crt,.der,.pem"
          hint="Tệp .cer, .crt, .der hoặc .pem của chứng thư gốc, không quá 16 KB."
        />
        <TextArea
          field={fields.source}
          label={LABELS.source}
          hint="Lấy ở đâu, ngày nào, dãy SHA-256 đã đối chiếu với văn bản hay trang nào."
        />
        <SubmitButton>Thêm, chờ quản trị thứ hai</SubmitButton>
      </Form>
    </Sheet>
  )
}
