import { useForm } from '@conform-to/react'
import type { MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { readRoot } from '#app/documents/root-certificate.ts'
import { trustedRootInput } from '#app/domain/trusted-root-input.ts'
import {
  agreeTrustedRoot,
  endTrustedRoot,
  enterTrustedRoot,
  listTrustedRoots,
} from '#app/queries/trusted-root.server.ts'
import { formatDay, formatInstant } from '#app/text/format.ts'
import { Button } from '#app/ui/button.tsx'
import { Confirm } from '#app/ui/confirm.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { FileField, TextArea } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { Status } from '#app/ui/status.tsx'
import { bytesOf, readForm, refuseForm, takeFile } from '../_web/form.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { idOf, reads, writes } from '../_web/visit.server.ts'

const PAGE = '/quan-tri/chung-thu-goc'

export const meta: MetaFunction = () => [{ title: 'Chứng thư gốc tin cậy · 4 phủ' }]

export const loader = reads(({ actor, today }) => ({ roots: listTrustedRoots(actor), today }))

export const action = writes(async ({ actor }, { form }) => {
  const step = form.get('step')
  if (step === 'agree' || step === 'end') {
    const rootId = idOf(form.get('rootId')?.toString())
    if (step === 'agree') agreeTrustedRoot(actor, rootId)
    else endTrustedRoot(actor, rootId)
    return redirectWith(PAGE, step === 'agree' ? 'da-dong-y' : 'da-thoi')
  }
  const file = Buffer.from(await bytesOf(takeFile(form)))
  const submission = readForm(form, trustedRootInput)
  const root = readRoot(file)
  const problems = root.ok ? [] : [{ field: 'file', reason: root.reason }]
  if (submission.status !== 'success' || !root.ok) return refuseForm(submission, problems)
  const made = enterTrustedRoot(actor, root.root, submission.value.source)
  return made.ok ? redirectWith(PAGE, 'da-them') : refuseForm(submission, made.problems)
})

const LABELS = { file: 'Tệp chứng thư', source: 'Nguồn' }

export default function TrustedRootsPage() {
  const { roots } = useLoaderData<typeof loader>()
  return (
    <div className="narrow stack">
      <PageHeading
        title="Chứng thư gốc tin cậy"
        note="Chữ ký số trên bản cam kết được kiểm tra đến một trong các chứng thư này. Một quản trị nhập kèm nguồn, quản trị thứ hai đối chiếu rồi đồng ý."
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
    </div>
  )
}

type Root = ReturnType<typeof useLoaderData<typeof loader>>['roots'][number]

function RootFacts({ root }: { root: Root }) {
  const { today } = useLoaderData<typeof loader>()
  const isOver = root.validToOn < today
  const [tone, word] =
    root.endedAt !== null
      ? (['neutral', 'Đã thôi tin cậy'] as const)
      : root.agreedAt === null
        ? (['doing', 'Chờ quản trị thứ hai đồng ý'] as const)
        : isOver
          ? (['late', 'Hết hạn'] as const)
          : (['done', 'Đang tin cậy'] as const)
  return (
    <>
      <div>
        <Status tone={tone}>{word}</Status>
      </div>
      <div>
        Hiệu lực {formatDay(root.validFromOn)} – {formatDay(root.validToOn)}
      </div>
      <div>SHA-256: {root.fingerprint.replace(/(.{4})(?=.)/g, '$1 ')}</div>
      <div>Nguồn: {root.source}</div>
      <div>
        {root.enteredByName} nhập {formatInstant(root.enteredAt)}
        {root.agreedAt === null ? '' : `; ${root.agreedByName} đồng ý ${formatInstant(root.agreedAt)}`}
      </div>
    </>
  )
}

function RootActs({ root: { id, mayAgree, agreedAt } }: { root: Root }) {
  return (
    <div className="actions">
      {mayAgree ? (
        <Form method="post">
          <input type="hidden" name="rootId" value={id} />
          <Button type="submit" name="step" value="agree">
            Đã đối chiếu, đồng ý
          </Button>
        </Form>
      ) : null}
      <Confirm
        label={agreedAt === null ? 'Bỏ đề nghị' : 'Thôi tin cậy'}
        question={agreedAt === null ? 'Bỏ chứng thư đang chờ này?' : 'Thôi tin cậy chứng thư này?'}
        consequence="Chữ ký kiểm tra từ nay không dựa vào chứng thư này; kết quả đã lưu không đổi. Cần lại thì nhập lại, hai người cùng đồng ý."
        action={PAGE}
      >
        <input type="hidden" name="rootId" value={id} />
        <input type="hidden" name="step" value="end" />
      </Confirm>
    </div>
  )
}

function AddForm() {
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<{ file: string; source: string }>({
    lastResult: answer?.lastResult,
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
