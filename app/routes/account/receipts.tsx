import type { MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { choiceInput } from '#app/domain/choice-input.ts'
import { listOfficeReceipts, listReceipts, vouchForReceipt } from '#app/queries/receipt.server.ts'
import { formatInstant, formatNumber } from '#app/text/format.ts'
import { explainProblem } from '#app/text/problem.ts'
import { receiptWaits } from '#app/text/waiting.ts'
import { ChoiceList } from '#app/ui/choice-list.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { SubmitButton } from '#app/ui/form.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { readForm } from '../_web/form.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { found, idOf, reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Đã tự nhận tài khoản · 4 phủ' }]

/** Of a unit's people, or at the administration of offices' accounts. */
export const loader = reads(({ actor }, { params }) => {
  if (params.unitId === undefined) return { unit: null, ...listOfficeReceipts(actor) }
  return found(listReceipts(actor, idOf(params.unitId)))
})

export const action = writes(({ actor }, { params, form }) => {
  const submission = readForm(form, choiceInput)
  if (submission.status !== 'success') return { problem: explainProblem('nobody_chosen') }
  const { noted } = vouchForReceipt(actor, submission.value.chon)
  return params.unitId === undefined
    ? redirectWith('/quan-tri/tai-khoan/tu-nhan', 'da-ghi', noted)
    : redirectWith(`/don-vi/${idOf(params.unitId)}/tu-nhan`, 'da-ghi', noted)
})

export default function ReceiptsPage() {
  const { unit, open, own, held } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <div className="narrow stack">
      <PageHeading
        title="Đã tự nhận tài khoản"
        note="Người cấp mã kích hoạt chưa xác nhận được việc của người nhận mã. Anh/chị hỏi từng người đã tự nhận phiếu và tự đặt mật khẩu chưa, đánh dấu rồi ghi một lần cho cả danh sách."
        breadcrumbs={
          unit
            ? [{ to: `/don-vi/${unit.id}`, label: unit.name }]
            : [
                { to: '/quan-tri', label: 'Quản trị' },
                { to: '/quan-tri/tai-khoan', label: 'Tài khoản' },
              ]
        }
      />
      {answer ? <Notice kind="warning">{answer.problem}</Notice> : null}
      {own === 0 ? null : (
        <Notice>
          {formatNumber(own)} người khác nhận mã do anh/chị cấp: một người giữ vai trò khác của đơn vị, hoặc cấp trên,
          ghi tại trang này.
        </Notice>
      )}
      {held.length === 0 ? null : (
        <Sheet title="Chờ người khác ghi" note={`${formatNumber(own)} người`}>
          <RowList>
            {held.map(row => (
              <Row key={row.accountId} title={row.name} detail={receiptWaits(row)} />
            ))}
          </RowList>
        </Sheet>
      )}
      <Sheet title="Chờ ghi" note={`${formatNumber(open.length)} người`}>
        {open.length === 0 ? (
          <EmptyState title="Không có ai chờ anh/chị ghi">
            Người mới kích hoạt bằng mã do người khác cấp sẽ hiện ở đây.
          </EmptyState>
        ) : (
          <Form method="post">
            <ChoiceList
              choices={open.map(row => ({
                id: row.accountId,
                name: row.name,
                title: row.name,
                detail: [row.unitName || row.login, `mã do ${row.issuerName} cấp`].join(' · '),
                aside: <span className="small">kích hoạt {formatInstant(row.openedAt)}</span>,
                group: row.unitName || undefined,
              }))}
            >
              <SubmitButton>Những người này đã tự nhận tài khoản</SubmitButton>
            </ChoiceList>
          </Form>
        )}
      </Sheet>
    </div>
  )
}
