import { useForm } from '@conform-to/react'
import { data, type MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { canSomewhere } from '#app/access/policy.ts'
import type { SignatureWord } from '#app/domain/signature-proof.ts'
import { z } from '#app/domain/zod.ts'
import { findObligations } from '#app/queries/obligation.server.ts'
import { findPledges } from '#app/queries/pledge.server.ts'
import { keepSignature } from '#app/queries/signature-act.server.ts'
import { explainSignature, keptTexts, ownNameLeftText } from '#app/text/signed-paper.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { FileField } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { KeptSignatures } from '#app/ui/kept-signature.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Facts, Sheet } from '#app/ui/sheet.tsx'
import { Status } from '#app/ui/status.tsx'
import { bytesOf, readForm, refuseForm, takeFile } from '../_web/form.server.ts'
import { found, notFound, reads, type Visit, writes } from '../_web/visit.server.ts'
import { type CheckedPledge, checkSignedPledge, keptOf } from './checked-file.server.ts'

/** The form has its file alone. */
const noInput = z.object({})

export const meta: MetaFunction = () => [{ title: 'Ký số bản cam kết · 4 phủ' }]

export const loader = reads(({ actor, campaign }) => {
  if (actor.officialId === null && !canSomewhere(actor, 'evidence.open')) throw notFound()
  const own =
    actor.officialId === null ? null : (found(findPledges(actor, campaign.id, actor.officialId)).versions[0] ?? null)
  const part =
    actor.officialId === null
      ? undefined
      : findObligations(actor, campaign.id, actor.officialId)?.find(row => row.part === 'sim_signature')
  return {
    isOfficial: actor.officialId !== null,
    hasPledge: own !== null,
    standing: part?.standing ?? null,
    signatures: part?.signatures ?? [],
  }
})

export const action = writes(async (visit, { form }) => {
  const file = Buffer.from(await bytesOf(takeFile(form)))
  const submission = readForm(form, noInput)
  if (file.length === 0) {
    const { data: refused } = refuseForm(submission, [{ field: 'file', reason: 'required' }])
    return data({ ...refused, flaw: null, checked: null }, { status: 400 })
  }
  const checked = await checkSignedPledge(visit, file)
  return data({
    lastResult: submission.reply(),
    flaw: checked.ok ? null : checked.flaw,
    checked: checked.ok ? { ...inWords(checked, visit), word: keepOwn(checked, visit, file) } : null,
  })
})

/** Keeps the visitor's own file where a signature in it is taken, and returns what it says; null: it is kept nowhere. */
function keepOwn({ officialId, signatures }: CheckedPledge, { actor, campaign, regulation }: Visit, content: Buffer) {
  const check = officialId === actor.officialId ? keptOf(signatures) : null
  if (check === null || !regulation.heldParts.includes('sim_signature')) return null
  const file = { mediaType: 'application/pdf' as const, content }
  return keepSignature(actor, campaign.id, { officialId, file, check })
}

/** A check as the page shows it: of whom the pledge is, and each signature in sentences. */
function inWords({ officialId, name, signatures }: CheckedPledge, { actor, regulation: { endsOn } }: Visit) {
  return {
    name,
    isOwn: officialId === actor.officialId,
    signatures: signatures.map(({ facts, issuer, stampedAt, verdict }, n) => ({
      ...explainSignature(facts, verdict, { endsOn, stampedAt }),
      number: n + 1,
      isTaken: verdict.isTaken,
      isMet: verdict.flaws.length === 0 && verdict.match === 'same',
      holder: facts.holder.name,
      issuer,
    })),
  }
}

const LABELS = { file: 'Tệp PDF đã ký số' }

export default function DigitalPledgePage() {
  const { isOfficial, hasPledge, standing, signatures } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<{ file: string }>({ lastResult: answer?.lastResult })
  return (
    <div className="narrow stack">
      <PageHeading
        title="Ký số bản cam kết"
        note="Hệ thống chuẩn bị bản PDF, anh/chị ký bằng ứng dụng ký số của mình (trên SIM, ký từ xa hoặc USB), rồi tải lên để kiểm tra."
        breadcrumbs={isOfficial ? [{ to: '/cam-ket', label: 'Bản cam kết' }] : []}
      />
      {isOfficial ? (
        <Sheet title="1. Tải bản để ký">
          {hasPledge ? (
            <div className="stack">
              <p>
                Anh/chị ký trên đúng tệp này, đặt hình chữ ký trong khung ở cuối trang. Mở rồi lưu lại bằng phần mềm
                khác thì tệp không còn kiểm tra được.
              </p>
              <div className="actions">
                <ButtonLink to="/cam-ket.pdf" reloadDocument>
                  Tải bản cam kết để ký số (PDF)
                </ButtonLink>
              </div>
            </div>
          ) : (
            <div className="stack">
              <p>Anh/chị ghi bản cam kết trước; bản PDF để ký số lập từ bản đó.</p>
              <div className="actions">
                <ButtonLink to="/cam-ket">Ghi bản cam kết</ButtonLink>
              </div>
            </div>
          )}
        </Sheet>
      ) : null}
      <Sheet title={isOfficial ? '2. Kiểm tra tệp đã ký' : 'Kiểm tra tệp đã ký'}>
        <Form method="post" encType="multipart/form-data" id={form.id} onSubmit={form.onSubmit} className="stack">
          <FormErrors form={form} labels={LABELS} />
          <FileField
            field={fields.file}
            label={LABELS.file}
            accept="application/pdf"
            hint={`Tối đa 512 KB.${isOfficial ? ' Chữ ký trên bản của anh/chị hợp lệ thì tệp được giữ làm minh chứng; chưa hợp lệ thì không giữ.' : ' Tệp chỉ được đọc để kiểm tra.'}`}
          />
          <SubmitButton pendingLabel="Đang kiểm tra…">{isOfficial ? 'Kiểm tra và lưu' : 'Kiểm tra'}</SubmitButton>
        </Form>
      </Sheet>
      {standing === null || signatures.length === 0 ? null : (
        <Sheet title="Đã giữ làm minh chứng">
          <div className="stack">
            {standing === 'declared' && signatures.some(({ word }) => word === 'proof') ? (
              <p>{ownNameLeftText}</p>
            ) : null}
            <KeptSignatures signatures={signatures} standing={standing} />
          </div>
        </Sheet>
      )}
      {answer?.flaw ? (
        <Notice kind="warning" title="Chưa dùng được tệp này">
          <p>{answer.flaw}</p>
        </Notice>
      ) : null}
      {answer?.checked?.word ? <KeptNotice word={answer.checked.word} /> : null}
      {answer?.checked ? <Signatures checked={answer.checked} /> : null}
    </div>
  )
}

/** Says what the kept signature proves, which half is still open, and where that is done. */
function KeptNotice({ word }: { word: SignatureWord }) {
  const { title, sentence } = keptTexts(word)
  return (
    <Notice kind={word === 'proof' ? 'success' : 'info'} title={title}>
      <p>{sentence}</p>
      <p>
        <Link to="/nghia-vu">Xem nội dung bản thân</Link>
      </p>
    </Notice>
  )
}

function Signatures({ checked: { name, isOwn, signatures } }: { checked: ReturnType<typeof inWords> }) {
  return signatures.map(({ number, title, sentences, isMet, isTaken, holder, issuer }) => (
    <Sheet key={number} title={`Chữ ký ${number}`} note={`Bản cam kết của ${name}`}>
      <div className="stack" role="status">
        <p>
          <Status tone={isMet ? 'done' : isTaken ? 'doing' : 'late'}>{title}</Status>
        </p>
        {sentences.map(sentence => (
          <p key={sentence}>{sentence}</p>
        ))}
        <Facts
          facts={[
            { name: 'Cấp cho', value: holder },
            { name: 'Đơn vị cấp', value: issuer ?? '' },
          ].filter(({ value }) => value !== '')}
        />
        {isTaken ? (
          <p className="small">
            Kết quả này nói về chữ ký số. SIM chính chủ vẫn dựa vào kê khai, xác nhận của đơn vị hoặc số liệu của nhà
            mạng.
          </p>
        ) : null}
        {isTaken && isOwn ? (
          <div className="actions">
            <ButtonLink to="/nghia-vu/sim_signature" variant="quiet">
              Kê khai SIM chính chủ
            </ButtonLink>
          </div>
        ) : null}
      </div>
    </Sheet>
  ))
}
