import type { MetaFunction } from '@remix-run/node'
import { Form, useLoaderData } from '@remix-run/react'
import { canSomewhere } from '#app/access/policy.ts'
import { notFound } from '#app/domain/refusal.ts'
import {
  decideGrantPlan,
  decideGrantRequest,
  listGrantPlans,
  listGrantRequests,
} from '#app/queries/grant-request.server.ts'
import { formatDay, formatInstant, formatNumber } from '#app/text/format.ts'
import { explainProblem } from '#app/text/problem.ts'
import { labels } from '#app/text/vocabulary.ts'
import { grantWaits, planDue, waitingSentence } from '#app/text/waiting.ts'
import { Button } from '#app/ui/button.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { redirectWith } from '../_web/redirect.server.ts'
import { idOf, reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Vai trò chờ đồng ý · 4 phủ' }]

export const loader = reads(({ actor }) => {
  const requests = listGrantRequests(actor)
  const plans = listGrantPlans(actor)
  if (requests.length + plans.length === 0 && !canSomewhere(actor, 'account.manage')) throw notFound()
  return { requests, plans }
})

export const action = writes(({ actor }, { form }) => {
  const gives = form.get('step') === 'give'
  if (form.has('batchId')) {
    const { decided } = decideGrantPlan(actor, { batchId: idOf(form.get('batchId')?.toString()), gives })
    return gives
      ? redirectWith('/quan-tri/vai-tro', 'da-cap', decided)
      : redirectWith('/quan-tri/vai-tro', 'da-bo', decided)
  }
  const requestId = idOf(form.get('requestId')?.toString())
  const decided = decideGrantRequest(actor, { requestId, gives })
  return decided.ok
    ? redirectWith('/quan-tri/vai-tro', 'da-ghi')
    : { problem: explainProblem(decided.problems[0]?.reason ?? 'required') }
})

const REFUSALS = {
  own: '',
  not_second: 'anh/chị và người đề nghị do cùng một người lập tài khoản',
} as const

export default function GrantRequestsPage() {
  const { requests, plans } = useLoaderData<typeof loader>()
  return (
    <div className="narrow stack">
      <PageHeading
        title="Vai trò chờ người thứ hai đồng ý"
        note="Vai trò của cơ quan cấp tỉnh cần hai người: hai quản trị, hoặc một quản trị và người đứng đầu cơ quan đó."
        breadcrumbs={[{ to: '/quan-tri', label: 'Quản trị' }]}
      />
      {plans.map(plan => (
        <Plan key={plan.batchId} plan={plan} />
      ))}
      <Sheet>
        {requests.length === 0 ? (
          <EmptyState title="Không có vai trò nào chờ">Vai trò một quản trị đề nghị sẽ hiện ở đây.</EmptyState>
        ) : (
          <RowList>
            {requests.map(row => (
              <Row
                key={row.id}
                title={`${row.name}: ${labels.role[row.role]} tại ${row.unitName}`}
                detail={[
                  `${row.askedByName} đề nghị ${formatInstant(row.askedAt)}`,
                  `từ ${formatDay(row.fromOn)}`,
                  row.refusal === null ? `đồng ý đến hết ngày ${formatDay(row.dueOn)}` : REFUSALS[row.refusal],
                  row.refusal === null ? '' : grantWaits(row),
                ]
                  .filter(Boolean)
                  .join(' · ')}
                aside={
                  <Form method="post" className="actions">
                    <input type="hidden" name="requestId" value={row.id} />
                    {row.refusal === null ? (
                      <Button type="submit" name="step" value="give">
                        Đồng ý
                      </Button>
                    ) : null}
                    <Button type="submit" variant="quiet" name="step" value="drop">
                      Bỏ đề nghị
                    </Button>
                  </Form>
                }
              />
            ))}
          </RowList>
        )}
      </Sheet>
    </div>
  )
}

type Planned = ReturnType<typeof useLoaderData<typeof loader>>['plans'][number]

/** The roles that one list planned: who would hold which, and the one act that gives them all. */
function Plan({ plan: { batchId, askedByName, askedAt, dueOn, isOverdue, open, refusal, roles } }: { plan: Planned }) {
  const count = (role: string) => formatNumber(roles.filter(row => row.role === role).length)
  const isOwn = refusal === 'own'
  return (
    <Sheet
      title={`${count('head')} người đứng đầu, ${count('coordinator')} đầu mối`}
      note={`${askedByName} đề nghị ${formatInstant(askedAt)}`}
    >
      <div className="stack">
        <details>
          <summary>Xem {formatNumber(roles.length)} vai trò theo đơn vị</summary>
          <RowList>
            {roles.map(row => (
              <Row key={row.id} title={row.unitName} detail={`${labels.role[row.role]}: ${row.name}`} />
            ))}
          </RowList>
        </details>
        <p className="small">
          {refusal === null || open > 0
            ? planDue({ dueOn, isOverdue })
            : waitingSentence({ whom: PLAN_WAITS_FOR[refusal], dueOn, isOverdue })}
        </p>
        <Form method="post" className="actions">
          <input type="hidden" name="batchId" value={batchId} />
          {open > 0 ? (
            <Button type="submit" name="step" value="give">
              Đồng ý cả {formatNumber(open)} vai trò
            </Button>
          ) : null}
          {open > 0 || isOwn ? (
            <Button type="submit" variant="quiet" name="step" value="drop">
              Bỏ cả danh sách
            </Button>
          ) : null}
        </Form>
      </div>
    </Sheet>
  )
}

const PLAN_WAITS_FOR = {
  own: 'một quản trị, hoặc người đứng đầu cấp trên của các đơn vị, đồng ý',
  not_second: 'người khác đồng ý (anh/chị và người đề nghị do cùng một người lập tài khoản hoặc cấp vai trò)',
} as const
