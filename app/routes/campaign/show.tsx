import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import type { Plan } from '#app/domain/article.ts'
import type { CampaignPart } from '#app/domain/campaign.ts'
import { yearsWithoutDaysOff } from '#app/domain/days-off.ts'
import { PARAMETERS, type Parameter } from '#app/domain/regulation.ts'
import { regulationFields, regulationInput } from '#app/domain/regulation-input.ts'
import {
  addRegulation,
  changedParameters,
  countJudged,
  findCampaign,
  listRegulations,
} from '#app/queries/campaign.server.ts'
import { isRejudging } from '#app/queries/job.server.ts'
import { findPlan, noteReviewed, unreviewedOf } from '#app/queries/plan.server.ts'
import { campaignPartTexts, daysOffNote } from '#app/text/campaign.ts'
import { formatDay, formatInstant, formatNumber } from '#app/text/format.ts'
import { cite } from '#app/text/plan.ts'
import { explainProblem } from '#app/text/problem.ts'
import { formatParameter, PARAMETER_NAMES, parameterTexts } from '#app/text/regulation.ts'
import { Button } from '#app/ui/button.tsx'
import { useLevels } from '#app/ui/levels.ts'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { RegulationForm } from '#app/ui/regulation-form.tsx'
import { Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { found, idOf, reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Quy định của đợt · 4 phủ' }]

export const loader = reads(({ actor }, { params }) => {
  const campaignId = idOf(params.campaignId)
  const touched = countJudged(actor, campaignId)
  const { code, name, issuer, issuedOn, version, regulation } = found(findCampaign(campaignId))
  const versions = listRegulations(campaignId)
  return {
    campaign: { id: campaignId, code, name, issuer, issuedOn },
    touched,
    sources: sourcesIn(findPlan(campaignId)),
    unreviewed: unreviewedOf(campaignId),
    yearsOff: yearsWithoutDaysOff(regulation, regulation.daysOff),
    defaults: { ...regulationFields(regulation), basedOn: String(version) },
    isRejudging: isRejudging(campaignId),
    history: versions.map(({ parameters, ...row }, n) => ({
      ...row,
      changes: changesBetween(versions[n + 1]?.parameters, parameters),
    })),
  }
})

/** Where each parameter comes from, in the order of `PARAMETER_NAMES`: its article, and whether it can be read another way. */
const sourcesIn = (plan: Plan): string[] =>
  PARAMETER_NAMES.map(parameter => {
    const { article, reading } = PARAMETERS[parameter]
    return `${cite(plan, article).article}${reading ? ', cách hiểu có thể thay đổi' : ''}`
  })

/** Says what a version changed, in words; the first version changed nothing. */
function changesBetween(
  before: Parameters<typeof changedParameters>[0] | undefined,
  after: Parameters<typeof changedParameters>[1],
) {
  if (!before) return []
  return changedParameters(before, after).map((parameter: Parameter) => ({
    name: parameterTexts[parameter].name,
    before: formatParameter(parameter, before),
    after: formatParameter(parameter, after),
  }))
}

export const action = writes(({ actor }, { form, params }) => {
  const reviewed = form.get('reviewed')
  if (typeof reviewed === 'string') {
    const campaignId = idOf(params.campaignId)
    noteReviewed(actor, campaignId, reviewed)
    return redirectWith(`/quan-tri/dot/${campaignId}`, 'da-xem')
  }
  const submission = readForm(form, regulationInput)
  if (submission.status !== 'success') return refuseForm(submission)
  const made = addRegulation(actor, idOf(params.campaignId), submission.value)
  if (!made.ok) return refuseForm(submission, [], { formErrors: [explainProblem(made.problem)] })
  return redirect(`/cong-viec/${made.jobId}`)
})

export default function RegulationPage() {
  const { campaign, touched, sources, defaults, isRejudging, history, unreviewed, yearsOff } =
    useLoaderData<typeof loader>()
  const levels = useLevels()
  const answer = useActionData<typeof action>()
  return (
    <div className="narrow stack">
      <PageHeading
        title={`Quy định của KH ${campaign.code}`}
        note={`${campaign.name}. ${campaign.issuer}, ngày ${formatDay(campaign.issuedOn)}.`}
        breadcrumbs={[
          { to: '/quan-tri', label: 'Quản trị' },
          { to: '/quan-tri/dot', label: 'Các đợt cao điểm' },
        ]}
      />
      {isRejudging ? (
        <Notice kind="warning" title="Đang xét lại">
          Số liệu của đợt có thể thay đổi cho đến khi xong.
        </Notice>
      ) : null}
      {yearsOff.length === 0 ? null : (
        <Notice kind="warning" title="Thiếu ngày nghỉ">
          {daysOffNote(yearsOff)}
        </Notice>
      )}
      {unreviewed.length === 0 ? null : <ToReview base={`/quan-tri/dot/${campaign.id}`} parts={unreviewed} />}
      <p>
        <Link to={`/quan-tri/dot/${campaign.id}/dieu-khoan`} discover="none">
          Điều khoản của kế hoạch được trích làm căn cứ
        </Link>
      </p>
      <p>
        <Link to={`/quan-tri/dot/${campaign.id}/ten-goi`} discover="none">
          Tên gọi trong kế hoạch, ghi chú phụ lục
        </Link>
      </p>
      <p>
        <Link to={`/quan-tri/dot/${campaign.id}/chi-so`} discover="none">
          Chỉ tiêu và mục tiêu của kế hoạch
        </Link>
      </p>
      <p>
        <Link
          to={`/quan-tri/dot/${campaign.id}/chi-tieu`}
          discover="none"
        >{`Phụ lục chỉ tiêu theo ${levels.belowInFull}`}</Link>
      </p>
      <p>
        <Link to={`/quan-tri/dot/${campaign.id}/danh-sach`} discover="none">
          Hủy danh sách phân công sau khi kết thúc đợt
        </Link>
      </p>
      <p>
        <Link to={`/quan-tri/dot/${campaign.id}/huy-khoa`} discover="none">
          Hủy dữ liệu người dân của đợt
        </Link>
      </p>
      <RegulationForm key={defaults.basedOn} defaults={defaults} sources={sources} lastResult={answer?.lastResult}>
        <Notice title="Phạm vi ảnh hưởng khi lưu">
          Xét lại toàn bộ {formatNumber(touched.records)} trường hợp và kết quả của {formatNumber(touched.officials)}{' '}
          người thực hiện trong đợt này, cùng mọi bảng số liệu tổng hợp từ đó. Báo cáo và đánh giá đã chốt giữ nguyên
          phiên bản khi chốt.
        </Notice>
      </RegulationForm>
      <Sheet title="Các phiên bản" note="không sửa, không xóa">
        <RowList>
          {history.map(row => (
            <Row
              key={row.id}
              title={`Phiên bản ${row.version} · ${row.documentNumber}, ngày ${formatDay(row.decidedOn)}`}
              detail={
                <>
                  <p>
                    Ghi lúc {formatInstant(row.createdAt)}
                    {row.createdBy === null ? '' : ` bởi ${row.createdBy}`}
                    {row.note === '' ? '' : `. ${row.note}`}
                  </p>
                  {row.changes.length === 0 ? null : (
                    <ul>
                      {row.changes.map(change => (
                        <li key={change.name}>
                          {change.name}: {change.before} → <b>{change.after}</b>
                        </li>
                      ))}
                    </ul>
                  )}
                </>
              }
            />
          ))}
        </RowList>
      </Sheet>
    </div>
  )
}

/** What was copied from another campaign; each part is done once somebody has looked at it. */
function ToReview({ base, parts }: { base: string; parts: readonly CampaignPart[] }) {
  return (
    <Sheet title="Cần xem lại" note="Đợt này bắt đầu từ bản chép của một đợt khác">
      <RowList>
        {parts.map(part => {
          const { title, detail, path } = campaignPartTexts[part]
          return (
            <Row
              key={part}
              title={path === '' ? title : <Link to={`${base}${path}`}>{title}</Link>}
              detail={detail}
              aside={
                <Form method="post">
                  <Button type="submit" variant="quiet" name="reviewed" value={part} aria-label={`Đã xem ${title}`}>
                    Đã xem
                  </Button>
                </Form>
              }
            />
          )
        })}
      </RowList>
    </Sheet>
  )
}
