import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { indicatorNamed } from '#app/domain/campaign-indicator.ts'
import { indicatorInput } from '#app/domain/campaign-indicator-input.ts'
import { findCampaign } from '#app/queries/campaign.server.ts'
import {
  addIndicator,
  editIndicator,
  findIndicatorPlan,
  moveIndicator,
  removeIndicator,
} from '#app/queries/campaign-indicator-edit.server.ts'
import { explainStatedGoal, feedingNote } from '#app/text/indicator.ts'
import { officeLabels } from '#app/text/office-vocabulary.ts'
import { explainProblem } from '#app/text/problem.ts'
import { Button, ButtonLink } from '#app/ui/button.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { IndicatorForm } from '#app/ui/indicator-form.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { useProvince } from '#app/ui/province.ts'
import { Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { found, idOf, notFound, reads, writes } from '../_web/visit.server.ts'
import { indicatorPage } from './params.ts'

export const meta: MetaFunction = () => [{ title: 'Chỉ tiêu và mục tiêu · 4 phủ' }]

/** The indicators of a campaign with the goals of its plan, and the form of the one that the address names. */
export const loader = reads(({ actor }, { params, url }) => {
  const campaignId = idOf(params.campaignId)
  const plan = findIndicatorPlan(actor, campaignId)
  const { code: chosen, isNew, refusal } = indicatorPage.read(url)
  const edited = chosen === undefined ? undefined : indicatorNamed(plan.rows, chosen)
  if (chosen !== undefined && !edited) throw notFound()
  const { code } = found(findCampaign(campaignId))
  return {
    campaign: { id: campaignId, code },
    ...plan,
    edited: edited ?? null,
    isNew: isNew && plan.mayAdd,
    refusal: refusal === undefined ? null : explainProblem(refusal),
  }
})

/** Saves the form, or moves or removes one indicator; `act` says which. */
export const action = writes(({ actor }, { params, form, url }) => {
  const campaignId = idOf(params.campaignId)
  const page = `/quan-tri/dot/${campaignId}/chi-so` as const
  const [act, code] = String(form.get('act') ?? '').split(' ')
  if (code !== undefined && (act === 'up' || act === 'down' || act === 'remove')) {
    const done =
      act === 'remove' ? removeIndicator(actor, campaignId, code) : moveIndicator(actor, campaignId, code, act)
    if (!done.ok) return redirect(indicatorPage.to(page, { refusal: done.problems[0]?.reason }))
    return redirectWith(page, act === 'remove' ? 'da-bo' : 'da-luu')
  }
  const submission = readForm(form, indicatorInput)
  if (submission.status !== 'success') return refuseForm(submission)
  const { code: chosen } = indicatorPage.read(url)
  const saved =
    chosen === undefined
      ? addIndicator(actor, campaignId, submission.value)
      : editIndicator(actor, campaignId, chosen, submission.value)
  if (!saved.ok) return refuseForm(submission, saved.problems)
  return redirectWith(page, 'da-luu')
})

export default function IndicatorsPage() {
  const { campaign, isOpen, mayAdd, edited, isNew, refusal } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const page = `/quan-tri/dot/${campaign.id}/chi-so`
  return (
    <div className="stack">
      <PageHeading
        title="Chỉ tiêu và mục tiêu"
        note={`KH ${campaign.code}. Bảng số liệu, biểu mẫu, trang công khai, báo cáo và giao diện kết nối lấy chỉ tiêu từ đây.`}
        breadcrumbs={[
          { to: '/quan-tri/dot', label: 'Các đợt cao điểm' },
          { to: `/quan-tri/dot/${campaign.id}`, label: `KH ${campaign.code}` },
        ]}
        actions={mayAdd && !isNew ? <ButtonLink to={`${page}?them=1`}>Thêm chỉ tiêu</ButtonLink> : undefined}
      />
      {refusal === null ? null : <Notice kind="error">{refusal}</Notice>}
      {isOpen ? null : <Notice kind="info">{explainProblem('indicators_have_figures')}</Notice>}
      {isNew || edited ? (
        <IndicatorForm
          key={edited?.code ?? 'new'}
          page={page}
          edited={edited}
          isOpen={isOpen}
          lastResult={answer?.lastResult}
        />
      ) : null}
      <IndicatorList />
    </div>
  )
}

function IndicatorList() {
  const { campaign, rows, isOpen } = useLoaderData<typeof loader>()
  const { telecomOffice } = useProvince()
  if (rows.length === 0)
    return (
      <Sheet>
        <EmptyState title="Chưa có chỉ tiêu">
          Anh/chị thêm từng chỉ tiêu của kế hoạch, rồi nhập phụ lục chỉ tiêu theo địa bàn.
        </EmptyState>
      </Sheet>
    )
  return (
    <Sheet title="Các chỉ tiêu" note="Theo thứ tự trên các bảng">
      <Form method="post">
        <RowList>
          {rows.map((row, n) => (
            <Row
              key={row.code}
              title={<Link to={`?ma=${row.code}`}>{row.name}</Link>}
              detail={
                <>
                  <p>
                    {row.shortName} · tính theo {row.unit} · số liệu của{' '}
                    {row.source === 'telecom' && telecomOffice !== ''
                      ? telecomOffice
                      : officeLabels.indicatorSource[row.source]}{' '}
                    · mã <code>{row.code}</code>
                  </p>
                  {row.outcome === null ? null : <p>{feedingNote(row.outcome)}</p>}
                  {row.goal === null ? null : <p>{explainStatedGoal(row.goal)}</p>}
                </>
              }
              aside={
                isOpen ? (
                  <div className="actions">
                    {n === 0 ? null : (
                      <Button
                        type="submit"
                        variant="quiet"
                        name="act"
                        value={`up ${row.code}`}
                        aria-label={`Chuyển ${row.name} lên`}
                      >
                        Lên
                      </Button>
                    )}
                    {n === rows.length - 1 ? null : (
                      <Button
                        type="submit"
                        variant="quiet"
                        name="act"
                        value={`down ${row.code}`}
                        aria-label={`Chuyển ${row.name} xuống`}
                      >
                        Xuống
                      </Button>
                    )}
                    {row.isInUse ? null : (
                      <Button
                        type="submit"
                        variant="quiet"
                        name="act"
                        value={`remove ${row.code}`}
                        aria-label={`Bỏ ${row.name}`}
                      >
                        Bỏ
                      </Button>
                    )}
                  </div>
                ) : undefined
              }
            />
          ))}
        </RowList>
      </Form>
      <p className="small">
        <Link to={`/quan-tri/dot/${campaign.id}/chi-tieu`}>Phụ lục chỉ tiêu theo địa bàn</Link>
      </p>
    </Sheet>
  )
}
