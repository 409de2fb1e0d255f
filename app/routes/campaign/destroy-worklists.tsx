import type { MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { ASSIGNMENT_STATES } from '#app/domain/vocabulary.ts'
import { findCampaign } from '#app/queries/campaign.server.ts'
import { findPurge, purgeWorklists } from '#app/queries/worklist-purge.server.ts'
import { formatDay, formatInstant, formatNumber } from '#app/text/format.ts'
import { explainProblem } from '#app/text/problem.ts'
import { labels } from '#app/text/vocabulary.ts'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { SubmitButton } from '#app/ui/form.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { redirectWith } from '../_web/redirect.server.ts'
import { found, idOf, reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Xóa danh sách phân công · 4 phủ' }]

export const loader = reads(({ actor }, { params }) => {
  const { id, code } = found(findCampaign(idOf(params.campaignId)))
  return { campaign: { id, code }, ...findPurge(actor, id) }
})

/** Destroys what the lists hold, after the campaign's number was typed. */
export const action = writes(async ({ actor }, { params, form }) => {
  const { id, code } = found(findCampaign(idOf(params.campaignId)))
  if (String(form.get('code')).trim() !== code) return { problem: `Anh/chị gõ đúng số kế hoạch: ${code}` }
  const purged = await purgeWorklists(actor, id)
  if (!purged.ok) return { problem: explainProblem(purged.problem) }
  return redirectWith(`/quan-tri/dot/${id}/danh-sach`, 'da-xoa', purged.destroyed)
})

const keptInWords = (kept: Partial<Record<(typeof ASSIGNMENT_STATES)[number], number>>) =>
  ASSIGNMENT_STATES.flatMap(state => {
    const count = kept[state] ?? 0
    return count === 0 ? [] : [`${labels.assignmentState[state].toLowerCase()} ${formatNumber(count)}`]
  }).join(', ')

export default function PurgePage() {
  const { campaign, endsOn, isOver, lists } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const citizens = lists.reduce((sum, list) => sum + list.citizens, 0)
  return (
    <div className="narrow stack">
      <PageHeading
        title="Xóa danh sách phân công"
        note="Khi đợt kết thúc, dữ liệu người dân trong các danh sách bị xóa hẳn; chỉ giữ số lượng theo ấp và tình trạng."
        breadcrumbs={[{ to: `/quan-tri/dot/${campaign.id}`, label: `KH ${campaign.code}` }]}
      />
      <Sheet title="Các danh sách" note={`${formatNumber(citizens)} người dân`}>
        {lists.length === 0 ? (
          <EmptyState title="Chưa có danh sách nào">Các đơn vị chưa nhập danh sách trong đợt này.</EmptyState>
        ) : (
          <RowList>
            {lists.map(list => (
              <Row
                key={list.id}
                title={`${list.unitName}: ${list.name}`}
                detail={
                  list.purgedAt === null
                    ? undefined
                    : `Xóa lúc ${formatInstant(list.purgedAt)}. Số còn giữ: ${keptInWords(list.kept) || '0'}.`
                }
                aside={list.purgedAt === null ? `${formatNumber(list.citizens)} người` : 'Đã xóa'}
              />
            ))}
          </RowList>
        )}
      </Sheet>
      {isOver ? null : (
        <Notice>
          Xóa được từ sau ngày kết thúc đợt, {formatDay(endsOn)}. Đến lúc đó các danh sách vẫn dùng để hỗ trợ.
        </Notice>
      )}
      {isOver && lists.some(list => list.purgedAt === null) ? (
        <Sheet title="Xóa dữ liệu người dân">
          <Form method="post" className="stack">
            <p>Việc này không hoàn tác được. Trường hợp hỗ trợ đã ghi không bị ảnh hưởng.</p>
            <div className="field">
              <label htmlFor="code">Gõ số kế hoạch {campaign.code} để xác nhận</label>
              <input id="code" name="code" autoComplete="off" required className="control control-short" />
              {answer?.problem ? (
                <p className="error" role="alert">
                  {answer.problem}
                </p>
              ) : null}
            </div>
            <SubmitButton variant="danger" pendingLabel="Đang xóa…">
              Xóa dữ liệu của {formatNumber(citizens)} người dân
            </SubmitButton>
          </Form>
        </Sheet>
      ) : null}
    </div>
  )
}
