import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { isMetByAnswer } from '#app/domain/citizen-right.ts'
import { liftInput } from '#app/domain/citizen-right-input.ts'
import { cutText } from '#app/domain/letters.ts'
import type { CitizenRequestKind } from '#app/domain/vocabulary.ts'
import { listOpenings } from '#app/queries/access-log.server.ts'
import { handleCitizenRequest, liftRestriction, listCitizenRequests } from '#app/queries/citizen-request.server.ts'
import { accessLabels, nameAccessor } from '#app/text/access-log.ts'
import { citizenRequestTexts } from '#app/text/citizen.ts'
import { formatDay, formatInstant } from '#app/text/format.ts'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { SubmitButton } from '#app/ui/form.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Facts, Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { Status } from '#app/ui/status.tsx'
import { readForm } from '../_web/form.server.ts'
import { found, idOf, reads, writes } from '../_web/visit.server.ts'
import { noteShown } from '../admin/access.server.ts'
import { requestList } from './params.ts'
import { ReachedBy } from './reached-by.tsx'

export const meta: MetaFunction = () => [{ title: 'Yêu cầu của người dân · 4 phủ' }]

export const loader = reads(async ({ actor, campaign, today }, { url }) => {
  const requests = listCitizenRequests(actor, campaign.id)
  await noteShown(actor, { what: 'citizen_request', subjectId: campaign.id, count: requests.length })
  const { opened } = requestList.read(url)
  const requestId = opened === undefined ? null : idOf(opened)
  const rows = requestId === null ? undefined : found(listOpenings(actor, campaign.id, requestId))
  return {
    requests,
    openings: rows && {
      requestId,
      rows: rows.map(row => ({ id: row.id, at: row.at, who: nameAccessor(row), what: accessLabels[row.what] })),
    },
    today,
  }
})

export const action = writes(({ actor, campaign }, { form }) => {
  if (form.get('step') === 'lift') {
    const submission = readForm(form, liftInput)
    if (submission.status !== 'success') return { problem: 'Anh/chị chọn cách đã liên hệ và ghi câu trả lời.' }
    liftRestriction(actor, campaign.id, {
      requestId: idOf(String(form.get('requestId') ?? '')),
      ...submission.value,
    })
    return redirect('/yeu-cau')
  }
  const answer = cutText(String(form.get('answer') ?? '').trim(), 500)
  const requestId = idOf(String(form.get('requestId') ?? ''))
  handleCitizenRequest(actor, campaign.id, {
    requestId,
    answer: answer === '' ? null : answer,
    isMet: form.get('isMet') === 'on',
  })
  return redirect('/yeu-cau')
})

export default function CitizenRequestsPage() {
  const { requests, openings, today } = useLoaderData<typeof loader>()
  return (
    <div className="narrow stack">
      <PageHeading
        title="Yêu cầu của người dân"
        note="Báo đã nhận trong 2 ngày làm việc; sửa trong 10 ngày, hạn chế và thôi hạn chế trong 15 ngày, xóa trong 20 ngày."
      />
      {requests.length === 0 ? (
        <EmptyState title="Chưa có yêu cầu nào">
          Người dân gửi yêu cầu từ trang xác nhận, bằng mã mà cán bộ đã trao.
        </EmptyState>
      ) : null}
      {requests.map(request => (
        <Sheet
          key={request.id}
          title={`Số ${request.id} · ${citizenRequestTexts[request.kind]} · trường hợp ${request.helpId}`}
          note={
            request.closedAt !== null ? (
              <Status tone="done">Đã giải quyết</Status>
            ) : request.dueBy < today ? (
              <Status tone="late">Quá hạn</Status>
            ) : (
              <Status tone="doing">Đang giải quyết</Status>
            )
          }
        >
          <Facts
            facts={[
              { name: 'Nhận lúc', value: formatInstant(request.askedAt) },
              ...(request.message ? [{ name: 'Lời nhắn', value: request.message }] : []),
              {
                name: 'Báo đã nhận',
                value:
                  request.acknowledgedAt === null
                    ? `chậm nhất ${formatDay(request.acknowledgeBy)}`
                    : formatInstant(request.acknowledgedAt),
              },
              { name: 'Giải quyết', value: answerOf(request) },
            ]}
          />
          <div className="stack">
            {openings?.requestId === request.id ? (
              <Openings rows={openings.rows} />
            ) : (
              <p>
                <Link to={`/yeu-cau?ai-da-mo=${request.id}`} preventScrollReset>
                  Ai đã mở trường hợp này
                </Link>
              </p>
            )}
            {request.isRestricting || (request.kind === 'lift' && request.closedAt === null) ? (
              <Lifting requestId={request.id} isAsked={request.kind === 'lift'} />
            ) : null}
            {request.closedAt === null ? <Handling request={request} /> : null}
          </div>
        </Sheet>
      ))}
    </div>
  )
}

/** What a tick beside the answer does. */
const MET_BY_ANSWER: Partial<Record<CitizenRequestKind, string>> = {
  see: 'Cho xem: trang của mã hiện dữ liệu đang lưu trong 30 ngày',
  restrict: 'Hạn chế: mọi trường hợp của người dân rời các danh sách, số liệu vẫn tính',
}

/** Ends a restriction, once the citizen was reached other than by their code. */
function Lifting({ requestId, isAsked }: { requestId: number; isAsked: boolean }) {
  const answer = useActionData<typeof action>()
  return (
    <details open={isAsked}>
      <summary>Người dân muốn thôi hạn chế</summary>
      {answer?.problem ? <Notice kind="error">{answer.problem}</Notice> : null}
      <Form method="post" className="stack">
        <input type="hidden" name="step" value="lift" />
        <input type="hidden" name="requestId" value={requestId} />
        <ReachedBy question="Mã của người dân do cán bộ trao. Anh/chị đã liên hệ người dân bằng cách nào khác?" />
        <div className="field">
          <label htmlFor={`lift-${requestId}`}>
            Trả lời người dân, hiện ở trang của mã (không ghi dữ liệu cá nhân)
          </label>
          <textarea id={`lift-${requestId}`} name="answer" className="control" rows={2} required maxLength={500} />
        </div>
        <SubmitButton>Thôi hạn chế</SubmitButton>
      </Form>
    </details>
  )
}

/** What an office may say it does not do, by the kind that was asked for. */
const NOT_DONE: Partial<Record<CitizenRequestKind, string>> = {
  correct: 'sửa',
  lift: 'thôi hạn chế',
  delete: 'xóa',
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>

/** Offers the steps of an open request: acknowledge it, erase if that was asked for, close it with what was done. */
function Handling({ request }: { request: Loaded['requests'][number] }) {
  return (
    <>
      {request.acknowledgedAt === null ? (
        <Form method="post">
          <input type="hidden" name="requestId" value={request.id} />
          <SubmitButton variant="quiet">Báo đã nhận</SubmitButton>
        </Form>
      ) : null}
      {request.kind === 'delete' ? (
        <p>
          <Link to={`/yeu-cau/${request.id}/xoa`}>Xem và xóa dữ liệu</Link>
        </p>
      ) : null}
      {request.kind === 'correct' ? (
        <p>
          <Link to={`/yeu-cau/${request.id}/sua`}>Xem và sửa dữ liệu</Link>
        </p>
      ) : null}
      <Form method="post" className="stack">
        <input type="hidden" name="requestId" value={request.id} />
        {isMetByAnswer(request.kind) ? (
          <label className="choice">
            <input type="checkbox" name="isMet" defaultChecked /> {MET_BY_ANSWER[request.kind]}
          </label>
        ) : null}
        <div className="field">
          <label htmlFor={`answer-${request.id}`}>
            {isMetByAnswer(request.kind)
              ? 'Trả lời người dân, hiện ở trang của mã (không ghi dữ liệu cá nhân)'
              : `Hoặc giải quyết mà không ${NOT_DONE[request.kind]}: vì sao (người dân đọc được; không ghi dữ liệu cá nhân)`}
          </label>
          <textarea id={`answer-${request.id}`} name="answer" className="control" rows={2} required maxLength={500} />
        </div>
        <SubmitButton>Giải quyết xong</SubmitButton>
      </Form>
    </>
  )
}

function answerOf({ answer, closedAt, meetBy }: Loaded['requests'][number]): string {
  if (closedAt === null) return `chậm nhất ${formatDay(meetBy)}`
  return answer ?? 'Đã giải quyết; nội dung đã xóa theo thời hạn lưu giữ'
}

function Openings({ rows }: { rows: NonNullable<Loaded['openings']>['rows'] }) {
  if (rows.length === 0) return <p className="small">Chưa ai mở riêng trường hợp này trong 2 năm qua.</p>
  return (
    <>
      <p className="small">Ai đã mở riêng trường hợp này, mới nhất ở trên; không kể các danh sách có trường hợp này.</p>
      <RowList>
        {rows.map(row => (
          <Row key={row.id} title={row.who} detail={row.what} aside={formatInstant(row.at)} />
        ))}
      </RowList>
    </>
  )
}
