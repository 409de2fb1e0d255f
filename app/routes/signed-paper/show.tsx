import { useForm } from '@conform-to/react'
import { data, type MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { dayOf } from '#app/domain/calendar.ts'
import { mayConfirmSigner, SIGNED_FILE_BYTES } from '#app/domain/prepared-paper.ts'
import { forbidden } from '#app/domain/refusal.ts'
import { z } from '#app/domain/zod.ts'
import { type SeenFile, type SeenSignature, seeSignedPaper } from '#app/jobs/papers/signed-paper.server.ts'
import { isKnown, isOwn, shownCode } from '#app/queries/prepared-paper.server.ts'
import { titleOfUnit } from '#app/queries/unit-title.server.ts'
import { formatInstant, formatNumber } from '#app/text/format.ts'
import {
  alteredPaperText,
  ambiguousText,
  describeSignature,
  keptBeforeText,
  nobodyText,
  otherPaperText,
  preparedLabels,
  provesTexts,
  signedBeforeText,
} from '#app/text/prepared-paper.ts'
import { explainSignature, signedFileFlawTexts } from '#app/text/signed-paper.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { ChoiceList } from '#app/ui/choice-list.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { FileField } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Facts, Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { Status } from '#app/ui/status.tsx'
import { bytesOf, readForm, refuseForm, takeFile } from '../_web/form.server.ts'
import { reads, writes } from '../_web/visit.server.ts'
import { askedPaper } from './paper.server.ts'

/** The form has its file alone. */
const noInput = z.object({})

export const meta: MetaFunction = () => [{ title: 'Văn bản ký số · 4 phủ' }]

export const loader = reads((visit, { params }) => {
  const { row, rules, mayKeep } = askedPaper(visit, params.paperId)
  const signatures = rules.signatures(row)
  const signed = new Set(signatures.map(({ officialId }) => officialId))
  const expected = rules.expected(row)
  return {
    id: row.id,
    kind: row.kind,
    unitName: titleOfUnit(row.unitId),
    code: shownCode(row),
    preparedAt: row.preparedAt,
    home: mayKeep ? rules.home(row) : null,
    mayKeep,
    expected: expected.length,
    missing: mayKeep ? expected.filter(({ officialId }) => !signed.has(officialId)).map(({ name }) => name) : [],
    closed: mayKeep ? rules.closed(row) : null,
    signatures: signatures.map(signature => ({
      id: signature.id,
      fileId: signature.fileId,
      name: signature.name ?? '',
      sentences: describeSignature(signature),
      obstacle: signature.obstacle,
      isToConfirm: mayKeep && !isKnown(signature) && mayConfirmSigner(row.kind, isOwn(visit.actor, signature)),
    })),
  }
})

/** Takes a signed file of the paper: what is new and valid in it is kept, and each signature is answered in words. */
export const action = writes(async (visit, { params, form }) => {
  const { row, rules, mayKeep } = askedPaper(visit, params.paperId)
  if (!mayKeep) throw forbidden()
  const content = Buffer.from(await bytesOf(takeFile(form)))
  const submission = readForm(form, noInput)
  const empty = content.length === 0
  if (empty || content.length > SIGNED_FILE_BYTES) {
    const reason = empty ? ('required' as const) : ('file_too_large' as const)
    const { data: refused } = refuseForm(submission, [{ field: 'file', reason }])
    return data({ ...refused, flaw: null, seen: [], fresh: 0 }, { status: 400 })
  }
  const seen = await seeSignedPaper(row, content, rules.expected(row))
  const fresh = seen.ok ? seen.signatures.flatMap(signature => signature.fresh ?? []) : []
  if (fresh.length > 0)
    rules.keep(visit.actor, row, { file: { mediaType: 'application/pdf', content }, signatures: fresh })
  return data(
    {
      lastResult: submission.reply(),
      flaw: seen.ok ? null : flawText(seen),
      seen: seen.ok ? seen.signatures.map(inWords) : [],
      fresh: fresh.length,
    },
    { status: seen.ok ? 200 : 400 },
  )
})

function flawText({ flaw }: Extract<SeenFile, { ok: false }>): string {
  if (flaw === 'other_paper') return otherPaperText
  return flaw === 'rewritten' ? alteredPaperText : signedFileFlawTexts[flaw]
}

/** One signature of an uploaded file as the page answers it. */
function inWords({ read, assigned, signer, before, fresh }: SeenSignature, n: number) {
  const { facts, issuer, stampedAt } = read
  const { verdict, isAmbiguous } = assigned
  const isNobody = signer === null && facts.isIntact && verdict.flaws.includes('other_person')
  const shown = isNobody ? { ...verdict, flaws: verdict.flaws.filter(flaw => flaw !== 'other_person') } : verdict
  const { title, sentences } = explainSignature(facts, shown, { endsOn: dayOf(facts.validTo), stampedAt })
  return {
    number: n + 1,
    title: before === null ? title : 'Đã có từ trước',
    tone: fresh
      ? fresh.isSure
        ? ('done' as const)
        : ('doing' as const)
      : before
        ? ('neutral' as const)
        : ('late' as const),
    sentences: [
      ...(isNobody ? [isAmbiguous ? ambiguousText(facts.holder.name) : nobodyText(facts.holder.name)] : []),
      ...(before === 'kept' ? [keptBeforeText] : before === 'again' ? [signedBeforeText] : sentences),
    ],
    holder: signer?.name ?? facts.holder.name,
    issuer,
  }
}

const LABELS = { file: 'Tệp PDF đã ký số' }

export default function SignedPaperPage() {
  const { id, kind, unitName, code, preparedAt, home, mayKeep, closed, expected, missing, signatures } =
    useLoaderData<typeof loader>()
  const waiting = signatures.filter(({ isToConfirm }) => isToConfirm)
  return (
    <div className="narrow stack">
      <PageHeading
        title={`${preparedLabels[kind]}, ký số`}
        note={unitName}
        breadcrumbs={home === null ? [] : [{ to: home.to, label: home.label }]}
      />
      <Answer />
      <Sheet title="Văn bản">
        <div className="stack">
          <Facts
            facts={[
              { name: 'Lập lúc', value: formatInstant(preparedAt) },
              { name: 'Chữ ký hợp lệ', value: `${formatNumber(signatures.length)} / ${formatNumber(expected)}` },
              ...(code === null ? [] : [{ name: 'Mã tra cứu', value: code }]),
            ]}
          />
          <p>{provesTexts[kind]}</p>
        </div>
      </Sheet>
      <Sheet title="Đã ký">
        {signatures.length === 0 ? (
          <EmptyState title="Chưa có chữ ký nào">Chữ ký hiện ở đây sau khi tệp đã ký được tải lên.</EmptyState>
        ) : (
          <RowList>
            {signatures.map(signature => (
              <Signature key={signature.id} signature={signature} />
            ))}
          </RowList>
        )}
      </Sheet>
      {waiting.length > 0 ? (
        <Sheet
          title="Xác nhận người ký"
          note="Chứng thư số không có số định danh để đối chiếu. Anh/chị xác nhận khi biết chắc người có tên đã ký."
        >
          <Form method="post" action={`/van-ban/${id}/nguoi-ky`} className="stack">
            <ChoiceList choices={waiting.map(({ id: one, name }) => ({ id: one, name, title: name }))}>
              <SubmitButton pendingLabel="Đang xác nhận…">Xác nhận người ký</SubmitButton>
            </ChoiceList>
          </Form>
        </Sheet>
      ) : null}
      {closed !== null ? <Notice kind="info">{closed}</Notice> : mayKeep ? <Uploading missing={missing} /> : null}
    </div>
  )
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>

function Signature({ signature }: { signature: Loaded['signatures'][number] }) {
  const { name, sentences, obstacle, fileId } = signature
  return (
    <Row
      title={name}
      detail={
        <>
          <div>
            <Status tone={obstacle === null ? 'done' : 'doing'}>
              {obstacle === null ? 'Hợp lệ' : 'Chữ ký hợp lệ, chưa tính'}
            </Status>
          </div>
          {obstacle === null ? null : <div>{obstacle}</div>}
          {sentences.map(sentence => (
            <div key={sentence}>{sentence}</div>
          ))}
        </>
      }
      aside={
        <Link to={`/tep/${fileId}`} reloadDocument>
          Tải tệp đã ký
        </Link>
      }
    />
  )
}

function Uploading({ missing }: { missing: readonly string[] }) {
  const { id } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<{ file: string }>({ lastResult: answer?.lastResult })
  return (
    <Sheet title="Ký và tải lên" note={missing.length > 0 ? `Chưa ký: ${missing.join(', ')}` : 'Mọi người đã ký'}>
      <div className="stack">
        <p>
          Người thứ nhất ký trên tệp tải từ đây, người sau ký tiếp trên tệp người trước đã ký, đặt hình chữ ký đúng chỗ
          dành cho chữ ký. Tải lên lúc nào cũng được, mỗi lần thêm bao nhiêu chữ ký cũng được.
        </p>
        <div className="actions">
          <ButtonLink to={`/van-ban/${id}.pdf`} variant="quiet" reloadDocument>
            Tải bản để ký (PDF)
          </ButtonLink>
        </div>
        <Form method="post" encType="multipart/form-data" id={form.id} onSubmit={form.onSubmit} className="stack">
          <FormErrors form={form} labels={LABELS} />
          <FileField field={fields.file} label={LABELS.file} accept="application/pdf" hint="Tối đa 5 MB." />
          <SubmitButton pendingLabel="Đang kiểm tra…">Kiểm tra và lưu</SubmitButton>
        </Form>
      </div>
    </Sheet>
  )
}

/** What the file that was just uploaded came to. */
function Answer() {
  const answer = useActionData<typeof action>()
  if (!answer) return null
  if (answer.flaw !== null)
    return (
      <Notice kind="warning" title="Chưa dùng được tệp này">
        <p>{answer.flaw}</p>
      </Notice>
    )
  if (answer.seen.length === 0) return null
  return (
    <Sheet
      title={
        answer.fresh > 0 ? `Đã lưu ${formatNumber(answer.fresh)} chữ ký mới` : 'Tệp không có chữ ký hợp lệ nào mới'
      }
    >
      <div role="status">
        <RowList>
          {answer.seen.map(({ number, holder, title, tone, sentences, issuer }) => (
            <Row
              key={number}
              title={holder || `Chữ ký ${number}`}
              detail={
                <>
                  <div>
                    <Status tone={tone}>{title}</Status>
                  </div>
                  {sentences.map(sentence => (
                    <div key={sentence}>{sentence}</div>
                  ))}
                  {issuer === null ? null : <div>Đơn vị cấp: {issuer}</div>}
                </>
              }
            />
          ))}
        </RowList>
      </div>
    </Sheet>
  )
}
