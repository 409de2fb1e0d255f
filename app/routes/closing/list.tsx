import type { MetaFunction } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { canSomewhere, permitSomewhere } from '#app/access/policy.ts'
import { closingJob, listClosings } from '#app/queries/closing.server.ts'
import { factsSince } from '#app/queries/closing-moves.server.ts'
import { closingTitle, explainSince } from '#app/text/closing.ts'
import { formatDay, formatInstant, formatNumber } from '#app/text/format.ts'
import { explainProblem } from '#app/text/problem.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { Confirm } from '#app/ui/confirm.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { SubmitButton } from '#app/ui/form.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Progress } from '#app/ui/progress.tsx'
import { ResultCounts } from '#app/ui/result-counts.tsx'
import { Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { refusedPage } from '../_web/params.ts'
import { reads } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Kết thúc đợt · 4 phủ' }]

export const loader = reads(({ actor, campaign, regulation, today }, { url }) => {
  permitSomewhere(actor, 'closing.view')
  const all = listClosings(campaign.id).map(
    ({ id, version, reason, note, startedAt, startedByName, frozenAt, summary }) => ({
      id,
      version,
      reason,
      note,
      startedAt,
      startedByName,
      frozenAt,
      summary,
    }),
  )
  const last = all.find(row => row.version > 0 && row.frozenAt !== null)
  const { refusal } = refusedPage.read(url)
  return {
    rehearsal: all.find(row => row.version === 0 && row.frozenAt !== null) ?? null,
    versions: all.filter(row => row.version > 0),
    running: closingJob(campaign.id) ?? null,
    since: last ? explainSince(factsSince(campaign.id, last)) : null,
    isClosed: last !== undefined,
    campaignId: campaign.id,
    isOver: today > regulation.endsOn,
    endsOn: regulation.endsOn,
    mayCompute: canSomewhere(actor, 'closing.compute'),
    problem: refusal === undefined ? null : explainProblem(refusal),
  }
})

export default function ClosingsPage() {
  const page = useLoaderData<typeof loader>()
  const { rehearsal, versions, running, isClosed, mayCompute } = page
  return (
    <div className="narrow stack">
      <PageHeading
        title="Kết thúc đợt"
        note="Kết quả xét của mọi cá nhân, tập thể được tính một lần, giữ nguyên cùng quy định áp dụng và mã kiểm chứng."
        actions={
          isClosed && mayCompute && running === null ? (
            <ButtonLink to="/ket-thuc/tinh-lai">Tính lại</ButtonLink>
          ) : undefined
        }
      />
      {isClosed && mayCompute ? (
        <p>
          <Link to={`/quan-tri/dot/${page.campaignId}/danh-sach`}>
            Danh sách được phân công: dữ liệu người dân đã hủy, số lượng giữ lại
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
      {isClosed ? null : <BeforeClose {...page} />}
      {versions.length === 0 ? null : (
        <Sheet title="Các phiên bản kết quả" note={page.since ?? 'Chưa có thay đổi từ lần chốt gần nhất'}>
          <RowList>
            {versions.map(row => (
              <Row
                key={row.id}
                title={<Link to={`/ket-thuc/${row.id}`}>{closingTitle(row)}</Link>}
                detail={[
                  row.frozenAt === null ? 'Đang tính, hoặc dừng giữa chừng' : `Chốt lúc ${formatInstant(row.frozenAt)}`,
                  row.startedByName ?? '',
                  row.note,
                ]
                  .filter(Boolean)
                  .join(' · ')}
                aside={
                  row.summary.moved === undefined
                    ? undefined
                    : `${formatNumber(row.summary.moved.officials.reduce((sum, move) => sum + move.count, 0))} người thay đổi`
                }
              />
            ))}
          </RowList>
        </Sheet>
      )}
      {rehearsal === null ? null : (
        <Sheet title="Bản tính thử" note={`Lúc ${formatInstant(rehearsal.frozenAt ?? rehearsal.startedAt)}`}>
          <div className="stack">
            <ResultCounts {...rehearsal.summary} />
            <p>
              <Link to="/danh-gia?ban=0">Xem danh sách cá nhân</Link> ·{' '}
              <Link to="/danh-gia/tap-the?ban=0">Xem danh sách tập thể</Link>
            </p>
          </div>
        </Sheet>
      )}
    </div>
  )
}

function BeforeClose({
  isOver,
  endsOn,
  mayCompute,
  running,
  versions,
  rehearsal,
}: ReturnType<typeof useLoaderData<typeof loader>>) {
  const isBroken = versions.length > 0 && running === null
  if (!mayCompute)
    return rehearsal === null ? (
      <EmptyState title="Đợt cao điểm chưa được kết thúc">
        Công an tỉnh tính thử, rồi kết thúc đợt từ ngày sau {formatDay(endsOn)}.
      </EmptyState>
    ) : null
  return (
    <Sheet title="Trước khi kết thúc">
      <div className="stack">
        <p>
          Tính thử cho biết kết quả nếu kết thúc ngay bây giờ. Bản tính thử không có giá trị xét và được thay bằng lần
          tính thử sau.
        </p>
        {isBroken ? <p>Lần tính trước dừng giữa chừng. Anh/chị bấm kết thúc đợt để tính tiếp phần còn lại.</p> : null}
        <div className="actions">
          <Form method="post" action="/ket-thuc/tinh-thu">
            <SubmitButton action="/ket-thuc/tinh-thu" variant="quiet" pendingLabel="Đang khởi chạy…">
              Tính thử
            </SubmitButton>
          </Form>
          {isOver ? (
            <Confirm
              label="Kết thúc đợt"
              question="Kết thúc đợt và chốt kết quả xét?"
              consequence="Kết quả được giữ nguyên làm phiên bản 1. Thay đổi về sau tạo phiên bản mới, nêu rõ ai thay đổi và vì sao. Dữ liệu người dân trong các danh sách được phân công bị hủy cùng lúc, chỉ giữ lại số lượng."
              action="/ket-thuc/chot"
            />
          ) : null}
        </div>
        {isOver ? null : <p className="small">Kết thúc được từ ngày sau {formatDay(endsOn)}, ngày cuối của đợt.</p>}
      </div>
    </Sheet>
  )
}
