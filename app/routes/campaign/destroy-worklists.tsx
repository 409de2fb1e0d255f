import { type MetaFunction, redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { canSomewhere } from '#app/access/policy.ts'
import { ASSIGNMENT_STATES } from '#app/domain/vocabulary.ts'
import { findCampaign } from '#app/queries/campaign.server.ts'
import { findRequest } from '#app/queries/closing-request.server.ts'
import { findPurge, purgeWorklists } from '#app/queries/worklist-purge.server.ts'
import { formatInstant, formatNumber } from '#app/text/format.ts'
import { explainProblem } from '#app/text/problem.ts'
import { labels } from '#app/text/vocabulary.ts'
import { WaitingAct } from '#app/ui/closing-checklist.tsx'
import { Confirm } from '#app/ui/confirm.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { refusedPage } from '../_web/params.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { takeStep } from '../_web/two-people.server.ts'
import { found, idOf, reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Hủy danh sách phân công · 4 phủ' }]

export const loader = reads(({ actor }, { params, url }) => {
  const { id, code } = found(findCampaign(idOf(params.campaignId)))
  const { refusal } = refusedPage.read(url)
  return {
    campaign: { id, code },
    ...findPurge(actor, id),
    request: findRequest(actor, id, 'worklists'),
    mayPropose: canSomewhere(actor, 'closing.compute'),
    problem: refusal === undefined ? null : explainProblem(refusal),
  }
})

/** Two people destroy what the lists hold. */
export const action = writes(async ({ actor }, { params, form }) => {
  const { id } = found(findCampaign(idOf(params.campaignId)))
  const page = `/quan-tri/dot/${id}/danh-sach` as const
  const taken = takeStep(actor, { campaignId: id, act: 'worklists', form, page })
  if ('answer' in taken) return taken.answer
  const purged = await purgeWorklists(actor, id)
  return purged.ok ? redirectWith(page, 'da-xoa', purged.destroyed) : redirect(`${page}?khong-duoc=${purged.problem}`)
})

const keptInWords = (kept: Partial<Record<(typeof ASSIGNMENT_STATES)[number], number>>) =>
  ASSIGNMENT_STATES.flatMap(state => {
    const count = kept[state] ?? 0
    return count === 0 ? [] : [`${labels.assignmentState[state].toLowerCase()} ${formatNumber(count)}`]
  }).join(', ')

export default function PurgePage() {
  const { campaign, bar, lists, request, mayPropose, problem } = useLoaderData<typeof loader>()
  const citizens = lists.reduce((sum, list) => sum + list.citizens, 0)
  const page = `/quan-tri/dot/${campaign.id}/danh-sach`
  const consequence = `Dữ liệu của ${formatNumber(citizens)} người dân bị hủy hẳn, không hoàn tác được; số lượng theo ấp và tình trạng được giữ. Trường hợp hỗ trợ đã ghi không bị ảnh hưởng.`
  return (
    <div className="narrow stack">
      <PageHeading
        title="Hủy danh sách phân công"
        note="Sau khi đợt kết thúc và hết thời hạn kiến nghị, dữ liệu người dân trong các danh sách được hủy; chỉ giữ số lượng theo ấp và tình trạng."
        breadcrumbs={[{ to: `/quan-tri/dot/${campaign.id}`, label: `KH ${campaign.code}` }]}
      />
      {problem === null ? null : <Notice kind="error">{problem}</Notice>}
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
                    : `Hủy lúc ${formatInstant(list.purgedAt)}. Số còn giữ: ${keptInWords(list.kept) || '0'}.`
                }
                aside={list.purgedAt === null ? `${formatNumber(list.citizens)} người` : 'Đã hủy'}
              />
            ))}
          </RowList>
        )}
      </Sheet>
      {bar === null ? null : <Notice>{explainProblem(bar)}</Notice>}
      {request === null ? null : (
        <WaitingAct
          title="Đề nghị hủy"
          action={page}
          waiting={request}
          question="Hủy dữ liệu người dân trong các danh sách?"
          consequence={consequence}
        />
      )}
      {bar === null && request === null && mayPropose && lists.some(list => list.purgedAt === null) ? (
        <Confirm
          label="Đề nghị hủy dữ liệu"
          question="Đề nghị hủy dữ liệu người dân trong các danh sách?"
          consequence={`Một người khác xác nhận. ${consequence}`}
          action={page}
        >
          <input type="hidden" name="step" value="propose" />
        </Confirm>
      ) : null}
    </div>
  )
}
