import type { MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { REACHED_BY } from '#app/domain/vocabulary.ts'
import { type DeletionBar, eraseCitizen, findDeletion } from '#app/queries/citizen-deletion.server.ts'
import { openRequest } from '#app/queries/citizen-request.server.ts'
import { formatInstant, formatNumber } from '#app/text/format.ts'
import { explainProblem } from '#app/text/problem.ts'
import { SubmitButton } from '#app/ui/form.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Facts, Sheet } from '#app/ui/sheet.tsx'
import { redirectWith } from '../_web/redirect.server.ts'
import { idOf, reads, writes } from '../_web/visit.server.ts'
import { ReachedBy } from './reached-by.tsx'

export const meta: MetaFunction = () => [{ title: 'Xóa dữ liệu theo yêu cầu · 4 phủ' }]

const BARS: Record<DeletionBar, string> = {
  inspection_open:
    'Một đoàn kiểm tra đã chọn trường hợp của người dân này và chưa kết luận xong, hoặc kiến nghị chưa được quyết định. Anh/chị xóa sau khi có kết luận.',
  dispute_open:
    'Trường hợp của người dân này đang được xem xét lại giữa hai người thực hiện. Anh/chị xóa sau khi có quyết định.',
  role_too_new: explainProblem('role_too_new'),
  extract_moving: 'Một bản trích xuất đang được áp dụng hoặc hoàn tác. Anh/chị thử lại sau ít phút.',
}

export const loader = reads(({ actor, campaign }, { params }) =>
  findDeletion(actor, campaign.id, idOf(params.requestId)),
)

export const action = writes(({ actor, campaign }, { params, form }) => {
  const requestId = idOf(params.requestId)
  openRequest(actor, campaign.id, requestId)
  if (String(form.get('typed') ?? '').trim() !== String(requestId))
    return { problem: `Anh/chị gõ đúng số của yêu cầu: ${requestId}` }
  const reachedBy = REACHED_BY.find(way => way === form.get('reachedBy'))
  if (reachedBy === undefined) return { problem: 'Anh/chị chọn cách đã liên hệ với người dân.' }
  const erased = eraseCitizen(actor, campaign.id, { requestId, reachedBy })
  return erased.ok ? redirectWith('/yeu-cau', 'da-xoa', requestId) : { problem: BARS[erased.problem] }
})

export default function CitizenDeletionPage() {
  const { requestId, helpId, askedAt, records, assignments, bar } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <div className="narrow stack">
      <PageHeading
        title={`Xóa dữ liệu theo yêu cầu số ${requestId}`}
        note="Xóa họ tên, số định danh, số điện thoại, ngày sinh, ấp, ghi chú và lời nhắn của người dân."
        breadcrumbs={[{ to: '/yeu-cau', label: 'Yêu cầu của người dân' }]}
      />
      {bar === null ? null : (
        <Notice kind="warning" title="Chưa xóa được">
          {BARS[bar]}
        </Notice>
      )}
      <Sheet title="Sẽ xóa" note={`nhận lúc ${formatInstant(askedAt)}`}>
        <Facts
          facts={[
            { name: 'Yêu cầu gửi từ', value: `trường hợp ${helpId}` },
            { name: 'Trường hợp của người dân này', value: formatNumber(records) },
            { name: 'Dòng trong danh sách phân công', value: formatNumber(assignments) },
          ]}
        />
        <ul className="plain-list">
          <li>
            Trường hợp mà người dân đã trả lời là đúng, số liệu trích xuất hoặc kiểm tra đã khớp vẫn được tính; trường
            hợp chỉ có xác nhận của đơn vị không còn được tính. Trên trang ghi “đã hủy dữ liệu” thay họ tên.
          </li>
          <li>
            Giữ lại năm sinh, xã, ngày hỗ trợ và một mã băm có khóa của số định danh, để cùng một người dân không bị
            tính hai lần. Từ mã này không ai đọc được số; mã mất tác dụng khi hủy khóa của đợt.
          </li>
          <li>Mã, phiếu xác nhận đã trao mà chưa trả lời hết hiệu lực.</li>
          <li>Nhu cầu về gói cước cùng họ tên, số điện thoại, xã cũng được xóa; nhà mạng đã nhận thì cần báo riêng.</li>
          <li>Bản sao lưu cũ còn dữ liệu này đến khi tự xóa theo hạn lưu.</li>
        </ul>
      </Sheet>
      {bar === null ? (
        <Form method="post" className="stack">
          <ReachedBy question="Mã của người dân do cán bộ trao. Trước khi xóa, anh/chị liên hệ người dân bằng cách khác; đã liên hệ bằng cách nào?" />
          <div className="field">
            <label htmlFor="typed">Không hoàn tác được. Gõ số {requestId} để xác nhận</label>
            <input
              id="typed"
              name="typed"
              inputMode="numeric"
              autoComplete="off"
              required
              className="control control-short"
              aria-describedby={answer?.problem ? 'typed-problem' : undefined}
            />
            {answer?.problem ? (
              <p className="error" id="typed-problem" role="alert">
                {answer.problem}
              </p>
            ) : null}
          </div>
          <SubmitButton variant="danger">Xóa dữ liệu</SubmitButton>
        </Form>
      ) : null}
    </div>
  )
}
