import type { MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { dayOf } from '#app/domain/calendar.ts'
import { findCampaign } from '#app/queries/campaign.server.ts'
import {
  confirmDestruction,
  type DestructionProblem,
  findDestruction,
  proposeDestruction,
  withdrawDestruction,
} from '#app/queries/key-destruction.server.ts'
import { formatDay, formatInstant, formatNumber } from '#app/text/format.ts'
import { destructionWaits } from '#app/text/waiting.ts'
import { SubmitButton } from '#app/ui/form.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { redirectWith } from '../_web/redirect.server.ts'
import { found, idOf, reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Hủy dữ liệu của đợt · 4 phủ' }]

const PROBLEMS: Record<DestructionProblem, string> = {
  not_closed: 'Đợt chưa kết thúc hoặc đang tính kết quả. Anh/chị chờ kết quả xét được chốt rồi thực hiện.',
  already_proposed: 'Đã có người đề nghị. Một người khác mở trang này để xác nhận.',
  not_proposed: 'Đề nghị không còn. Cơ quan thường trực cần đề nghị lại trước khi xác nhận.',
  same_person: 'Người xác nhận phải khác người đề nghị. Anh/chị nhờ một người khác có quyền mở trang này.',
  not_second_person:
    'Tài khoản của anh/chị và của người đề nghị do cùng một người lập hoặc cấp. Anh/chị nhờ một người khác có quyền mở trang này.',
  role_too_new: 'Vai trò của anh/chị được cấp chưa đủ ba ngày. Anh/chị chờ đủ ba ngày rồi thực hiện.',
  too_soon: 'Đề nghị được thông báo ba ngày trước khi xác nhận. Anh/chị chờ đến ngày ghi trên trang này.',
  destroyed: 'Dữ liệu của đợt này đã được hủy.',
}

export const loader = reads(({ actor }, { params }) => {
  const { id, code } = found(findCampaign(idOf(params.campaignId)))
  return { campaign: { id, code }, ...findDestruction(actor, id) }
})

/** Each step asks for the campaign's number, typed; taking a proposal back does not. */
export const action = writes(async ({ actor }, { params, form }) => {
  const { id, code } = found(findCampaign(idOf(params.campaignId)))
  const step = String(form.get('step'))
  if (step !== 'withdraw' && String(form.get('code')).trim() !== code)
    return { problem: `Anh/chị gõ đúng số kế hoạch: ${code}` }
  const done =
    step === 'withdraw'
      ? withdrawDestruction(actor, id)
      : step === 'confirm'
        ? await confirmDestruction(actor, id)
        : proposeDestruction(actor, id)
  return done.ok ? redirectWith(`/quan-tri/dot/${id}/huy-khoa`, 'da-ghi') : { problem: PROBLEMS[done.problem] }
})

export default function KeyDestructionPage() {
  const page = useLoaderData<typeof loader>()
  const { campaign, proposal, backups } = page
  const isDone = proposal?.confirmedAt != null
  return (
    <div className="narrow stack">
      <PageHeading
        title="Hủy dữ liệu của đợt"
        note="Hủy khóa của đợt: họ tên, số định danh, số điện thoại của người dân không ai đọc hoặc dò lại được. Số liệu, kết quả xét và nhật ký vẫn giữ nguyên và kiểm tra được."
        breadcrumbs={[{ to: `/quan-tri/dot/${campaign.id}`, label: `KH ${campaign.code}` }]}
      />
      {isDone ? (
        <Notice kind="success" title="Đã hủy dữ liệu">
          Khóa của đợt đã hủy lúc {formatInstant(proposal?.confirmedAt ?? 0)}.
        </Notice>
      ) : null}
      {page.openRounds > 0 && !isDone ? (
        <Notice kind="warning" title={`${formatNumber(page.openRounds)} đợt xét chưa có quyết định`}>
          Sau khi hủy, không đối chiếu lại được từng người dân khi có khiếu nại.
        </Notice>
      ) : null}
      {page.isClosed || isDone ? null : <Notice>{PROBLEMS.not_closed}</Notice>}
      {proposal && !isDone ? (
        <Sheet title="Đề nghị hủy" note={formatInstant(proposal.proposedAt)}>
          <div className="stack">
            <p>Người đề nghị: {proposal.proposedByName}.</p>
            {proposal.dueAt === null ? null : (
              <p>
                Xác nhận được từ {formatInstant(proposal.dueAt)}. Các cơ quan đều được báo; thường trực hoặc quản trị
                rút được đề nghị.
              </p>
            )}
            {page.confirming === null ? (
              <StepForm step="confirm" code={campaign.code} label="Xác nhận hủy dữ liệu" />
            ) : (
              <p>{PROBLEMS[page.confirming]}</p>
            )}
            <p className="small">
              {destructionWaits({ seconds: page.seconds, dueOn: dayOf(proposal.dueAt ?? proposal.proposedAt) })}
            </p>
            <Form method="post">
              <input type="hidden" name="step" value="withdraw" />
              <SubmitButton variant="quiet">Rút đề nghị</SubmitButton>
            </Form>
          </div>
        </Sheet>
      ) : null}
      {!proposal && page.isClosed && page.mayPropose ? (
        <Sheet title="Đề nghị hủy">
          <StepForm step="propose" code={campaign.code} label="Đề nghị hủy dữ liệu" />
        </Sheet>
      ) : null}
      <Sheet title="Bản sao lưu còn giữ khóa" note={`${formatNumber(backups.length)} bản`}>
        {backups.length === 0 ? (
          <p>Không còn bản sao lưu nào giữ khóa của đợt.</p>
        ) : (
          <RowList>
            {backups.map(({ name, day }) => (
              <Row key={name} title={formatDay(day)} detail={name} />
            ))}
          </RowList>
        )}
        <p className="quiet">
          Bản cũ tự xóa khi có đủ bản mới. Bản sao liên tục còn giữ khóa đến bốn ngày sau khi hủy. Bản sao ở nơi khác
          (đĩa ngoài, băng từ) do người vận hành hủy và ghi biên bản.
        </p>
      </Sheet>
    </div>
  )
}

function StepForm({ step, code, label }: { step: 'propose' | 'confirm'; code: string; label: string }) {
  const answer = useActionData<typeof action>()
  return (
    <Form method="post" className="stack">
      <input type="hidden" name="step" value={step} />
      <p>Cần hai người khác nhau: một người đề nghị, một người xác nhận. Sau khi xác nhận không hoàn tác được.</p>
      <div className="field">
        <label htmlFor="code">Gõ số kế hoạch {code} để xác nhận</label>
        <input id="code" name="code" autoComplete="off" required className="control control-short" />
        {answer?.problem ? (
          <p className="error" role="alert">
            {answer.problem}
          </p>
        ) : null}
      </div>
      <SubmitButton variant="danger">{label}</SubmitButton>
    </Form>
  )
}
