import type { MetaFunction } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { canSomewhere, permitSomewhere } from '#app/access/policy.ts'
import type { ClosingReason } from '#app/domain/vocabulary.ts'
import { closingJob, closingProblem, listClosings } from '#app/queries/closing.server.ts'
import { listClosingLines } from '#app/queries/closing-check.server.ts'
import { recountState } from '#app/queries/closing-moves.server.ts'
import { findRequest } from '#app/queries/closing-request.server.ts'
import { listLateEntries } from '#app/queries/late-entry.server.ts'
import { rootUnit } from '#app/queries/unit.server.ts'
import { explainRecount } from '#app/text/closing.ts'
import { formatDay, formatInstant } from '#app/text/format.ts'
import { explainProblem } from '#app/text/problem.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { ClosingChecklist, WaitingAct } from '#app/ui/closing-checklist.tsx'
import { ClosingVersions } from '#app/ui/closing-versions.tsx'
import { Confirm } from '#app/ui/confirm.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { SubmitButton } from '#app/ui/form.tsx'
import { LateEntries } from '#app/ui/late-entries.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Progress } from '#app/ui/progress.tsx'
import { ResultCounts } from '#app/ui/result-counts.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { refusedPage } from '../_web/params.ts'
import { reads } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Kết thúc đợt · 4 phủ' }]

export const loader = reads(({ actor, campaign, regulation, today }, { url }) => {
  permitSomewhere(actor, 'closing.view')
  const all = listClosings(campaign.id).map(
    ({ id, version, reason, note, startedAt, startedByName, frozenAt, summary, isProvisional }) => ({
      id,
      version,
      reason,
      note,
      startedAt,
      startedByName,
      frozenAt,
      summary,
      isProvisional,
    }),
  )
  const recount = recountState(campaign.id)
  const { refusal } = refusedPage.read(url)
  const root = rootUnit()
  const isClosed = recount !== undefined && !recount.last.isProvisional
  const mayBegin = (reason: ClosingReason) =>
    canSomewhere(actor, 'closing.compute') &&
    closingProblem(campaign.id, { reason, withLate: true, isAgreed: false }) === null
  return {
    late: listLateEntries(actor, campaign.id),
    rehearsal: all.find(row => row.version === 0 && row.frozenAt !== null) ?? null,
    versions: all.filter(row => row.version > 0),
    running: closingJob(campaign.id) ?? null,
    recount: recount ? { note: explainRecount(recount), closingId: recount.compared?.closing.id ?? null } : null,
    isStale: recount?.isStale ?? false,
    isClosed,
    lines: isClosed ? [] : listClosingLines(actor, campaign.id),
    root: { unitId: root.id, localityCode: root.localityCode ?? '' },
    request: findRequest(actor, campaign.id, 'close'),
    campaignId: campaign.id,
    isOver: today > regulation.endsOn,
    isFinal: today > regulation.finalReportOn,
    endsOn: regulation.endsOn,
    finalReportOn: regulation.finalReportOn,
    mayCompute: canSomewhere(actor, 'closing.compute'),
    /** a version before the final reports are due, or what broke off */
    mayFreeze: mayBegin('close'),
    mayRecompute: mayBegin('correction'),
    problem: refusal === undefined ? null : explainProblem(refusal),
  }
})

export default function ClosingsPage() {
  const page = useLoaderData<typeof loader>()
  const { versions, running, isClosed, mayRecompute, recount, request } = page
  return (
    <div className="stack">
      <PageHeading
        title="Kết thúc đợt"
        note="Kết quả xét của mọi cá nhân, tập thể được tính một lần, giữ nguyên cùng quy định áp dụng và mã kiểm chứng."
        actions={mayRecompute ? <ButtonLink to="/ket-thuc/tinh-lai">Tính lại</ButtonLink> : undefined}
      />
      {isClosed ? (
        <p>
          <Link to={`/quan-tri/dot/${page.campaignId}/danh-sach`}>
            Danh sách được phân công: giữ đến hết hạn kiến nghị, rồi hủy riêng
          </Link>
        </p>
      ) : null}
      {page.problem === null ? null : <Notice kind="error">{page.problem}</Notice>}
      {running === null ? null : (
        <Sheet>
          <Progress
            label="Đang tính kết quả xét"
            done={running.done}
            total={running.total > 0 ? running.total : undefined}
            counted="người và tập thể"
          />
          <p className="small">
            Mọi trang vẫn dùng được trong lúc tính. <Link to="/ket-thuc">Xem lại tiến độ</Link>
          </p>
        </Sheet>
      )}
      {versions.length === 0 ? null : <ClosingVersions versions={versions} recount={recount} />}
      {isClosed && page.isStale && page.mayCompute && running === null ? (
        <Sheet title="So sánh với số liệu hiện tại" note="Kết quả đã chốt giữ nguyên">
          <RehearseForm label="So sánh ngay" />
        </Sheet>
      ) : null}
      {request === null ? null : (
        <WaitingAct
          title="Đề nghị kết thúc đợt"
          action="/ket-thuc/hai-nguoi"
          waiting={request}
          question="Kết thúc đợt và chốt kết quả xét?"
          consequence="Kết quả được giữ nguyên. Thay đổi về sau tạo phiên bản mới, nêu rõ ai thay đổi và vì sao."
        />
      )}
      {isClosed ? null : <BeforeClose />}
      <LateEntries rows={page.late} />
      <Rehearsal />
    </div>
  )
}

function Rehearsal() {
  const { rehearsal, recount } = useLoaderData<typeof loader>()
  if (rehearsal === null || recount !== null) return null
  return (
    <Sheet title="Bản tính thử" note={`Lúc ${formatInstant(rehearsal.frozenAt ?? rehearsal.startedAt)}`}>
      <div className="stack">
        <ResultCounts {...rehearsal.summary} />
        <p>
          <Link to="/danh-gia?ban=0">Xem danh sách cá nhân</Link> ·{' '}
          <Link to="/danh-gia/tap-the?ban=0">Xem danh sách tập thể</Link>
        </p>
      </div>
    </Sheet>
  )
}

function BeforeClose() {
  const { isOver, isFinal, finalReportOn, mayCompute, mayFreeze, running, versions, rehearsal, lines, root, request } =
    useLoaderData<typeof loader>()
  const isBroken = versions.some(row => row.frozenAt === null) && running === null
  return (
    <>
      {!mayCompute && request === null && rehearsal === null && versions.length === 0 ? (
        <EmptyState title="Đợt cao điểm chưa được kết thúc">
          Công an tỉnh tính thử, rồi đề nghị kết thúc từ ngày sau {formatDay(finalReportOn)}, hạn báo cáo tổng kết.
        </EmptyState>
      ) : null}
      <ClosingChecklist lines={lines} root={root} mayTick={mayCompute && isOver} />
      {mayCompute ? (
        <Sheet title="Tính thử và kết thúc">
          <div className="stack">
            <p>
              Tính thử cho biết kết quả nếu kết thúc ngay bây giờ. Bản tính thử không có giá trị xét và được thay bằng
              lần tính thử sau.
            </p>
            {isBroken ? <p>Lần tính trước dừng giữa chừng. Anh/chị bấm lại để tính tiếp phần còn lại.</p> : null}
            <div className="actions">
              <RehearseForm label="Tính thử" />
              {mayFreeze ? <ProvisionalButton /> : null}
              {isFinal && request === null && !isBroken ? <ProposeButton /> : null}
            </div>
            <CloseDays />
          </div>
        </Sheet>
      ) : null}
    </>
  )
}

function RehearseForm({ label }: { label: string }) {
  return (
    <Form method="post" action="/ket-thuc/tinh-thu">
      <SubmitButton action="/ket-thuc/tinh-thu" variant="quiet" pendingLabel="Đang khởi chạy…">
        {label}
      </SubmitButton>
    </Form>
  )
}

/** From which day what is possible. */
function CloseDays() {
  const { isOver, isFinal, endsOn, finalReportOn } = useLoaderData<typeof loader>()
  if (isFinal) return null
  return (
    <p className="small">
      {isOver ? '' : `Lập được bản tạm từ ngày sau ${formatDay(endsOn)}, ngày cuối của đợt. `}
      Kết thúc được từ ngày sau {formatDay(finalReportOn)}, hạn báo cáo tổng kết; trước đó chỉ có bản tạm, dùng để chuẩn
      bị đợt xét.
    </p>
  )
}

function LateTick() {
  const { late } = useLoaderData<typeof loader>()
  return late.length === 0 ? null : (
    <label className="choice">
      <input type="checkbox" name="withLate" />
      <span>Đưa các trường hợp nhập sau ngày cuối vào phiên bản này</span>
    </label>
  )
}

function ProvisionalButton() {
  const { finalReportOn } = useLoaderData<typeof loader>()
  return (
    <Confirm
      label="Lập bản tạm"
      question="Chốt kết quả hiện có làm bản tạm?"
      consequence={`Bản tạm dùng để chuẩn bị đợt xét. Quyết định chỉ dựa trên kết quả chốt sau ngày ${formatDay(finalReportOn)}, hạn báo cáo tổng kết.`}
      action="/ket-thuc/chot"
    >
      <LateTick />
    </Confirm>
  )
}

function ProposeButton() {
  const { lines } = useLoaderData<typeof loader>()
  if (lines.some(({ state }) => state === 'open'))
    return <p className="small">Đề nghị kết thúc được khi mọi dòng ở trên đã xong hoặc có lý do để lại.</p>
  return (
    <Confirm
      label="Đề nghị kết thúc đợt"
      question="Đề nghị kết thúc đợt và chốt kết quả xét?"
      consequence="Một người khác của cơ quan thường trực hoặc Sở Nội vụ xác nhận, sau đó kết quả được tính và giữ nguyên."
      action="/ket-thuc/hai-nguoi"
    >
      <input type="hidden" name="step" value="propose" />
      <LateTick />
    </Confirm>
  )
}
