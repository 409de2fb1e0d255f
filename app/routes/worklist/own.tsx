import type { MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { figuresOfStates, isOpenState } from '#app/domain/assignment.ts'
import { isOutsideQuota } from '#app/domain/worklist.ts'
import { listOwnAssignments } from '#app/queries/assignment.server.ts'
import { formatNumber } from '#app/text/format.ts'
import { AssignmentRow } from '#app/ui/assignment-row.tsx'
import { ButtonLink } from '#app/ui/button.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { RowList, Sheet } from '#app/ui/sheet.tsx'
import { Views } from '#app/ui/views.tsx'
import { notFound, reads } from '../_web/visit.server.ts'
import { ownWorklist } from './params.ts'

export const meta: MetaFunction = () => [{ title: 'Danh sách được phân công · 4 phủ' }]
/** Names and phones of citizens stay out of every cache. */
export const headers = () => ({ 'Cache-Control': 'no-store' })

export const loader = reads(({ actor, campaign, regulation }, { url }) => {
  if (actor.officialId === null) throw notFound()
  const all = listOwnAssignments(actor, campaign.id)
  const { showsAll } = ownWorklist.read(url)
  const counts: Parameters<typeof figuresOfStates>[0] = {}
  for (const { state } of all) counts[state] = (counts[state] ?? 0) + 1
  return {
    showsAll,
    figures: figuresOfStates(counts),
    hasAppointments: all.some(row => row.state === 'appointment'),
    rows: (showsAll ? all : all.filter(row => isOpenState(row.state))).map(row => ({
      ...row,
      isOutside: isOutsideQuota(row.lacks, regulation),
    })),
  }
})

export default function AssignmentsPage() {
  const { showsAll, figures, hasAppointments, rows } = useLoaderData<typeof loader>()
  const hamlets = [...new Set(rows.map(row => row.hamlet))]
  return (
    <div className="narrow stack">
      <PageHeading
        title="Danh sách được phân công"
        note={`${formatNumber(figures.open)} người cần hỗ trợ, ${formatNumber(figures.done)} người đã xong. Người dân không đồng ý thì anh/chị dừng liên hệ; việc đó không tính là thiếu sót của ai.`}
        actions={
          hasAppointments ? (
            <ButtonLink variant="quiet" to="/phan-cong.ics" reloadDocument>
              Đưa lịch hẹn vào điện thoại
            </ButtonLink>
          ) : undefined
        }
      />
      <Views
        label="Ai được liệt kê"
        views={[
          { to: '/phan-cong', label: `Cần hỗ trợ · ${formatNumber(figures.open)}`, isCurrent: !showsAll },
          {
            to: ownWorklist.to('/phan-cong', { showsAll: true }),
            label: `Tất cả · ${formatNumber(figures.total)}`,
            isCurrent: showsAll,
          },
        ]}
      />
      {rows.length === 0 ? (
        <Sheet>
          <EmptyState
            title={figures.total === 0 ? 'Anh/chị chưa được phân công ai' : 'Không còn ai cần hỗ trợ trong danh sách'}
            action={<ButtonLink to="/ho-tro/moi">Thêm người dân đã hỗ trợ</ButtonLink>}
          >
            Anh/chị vẫn ghi được những người dân khác mà mình đã hỗ trợ.
          </EmptyState>
        </Sheet>
      ) : null}
      {hamlets.map(hamlet => (
        <Sheet
          key={hamlet}
          title={hamlet || 'Chưa rõ ấp'}
          note={`${formatNumber(rows.filter(row => row.hamlet === hamlet).length)} người`}
        >
          <RowList>
            {rows
              .filter(row => row.hamlet === hamlet)
              .map(row => (
                <AssignmentRow key={row.id} citizen={row} team={row.teamId === null ? null : row.bearerName} />
              ))}
          </RowList>
        </Sheet>
      ))}
    </div>
  )
}
