import { type MetaFunction, redirect } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { statementInput } from '#app/domain/inspection-input.ts'
import { findAppeal, raiseAppeal } from '#app/queries/inspection-outcome.server.ts'
import { formatDay, formatInstant } from '#app/text/format.ts'
import { noticeTo } from '#app/text/notice.ts'
import { officeLabels } from '#app/text/office-vocabulary.ts'
import { explainProblem } from '#app/text/problem.ts'
import { officeWaits } from '#app/text/waiting.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { PickStatus } from '#app/ui/inspection-status.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Facts, Sheet } from '#app/ui/sheet.tsx'
import { StatementForm } from '#app/ui/statement-form.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { refusedPage, useQuery } from '../_web/params.ts'
import { found, idOf, reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Kiến nghị về kết quả kiểm tra · 4 phủ' }]

export const loader = reads(({ actor, campaign }, { params }) => {
  const place = { inspectionId: idOf(params.inspectionId), helpId: idOf(params.helpId) }
  const { citizenHash: _hash, target: _target, ...appeal } = found(findAppeal(actor, campaign.id, place))
  return { ...appeal, isOwn: appeal.appealing !== undefined }
})

export const action = writes(({ actor, campaign }, { params, form }) => {
  const place = { inspectionId: idOf(params.inspectionId), helpId: idOf(params.helpId) }
  found(findAppeal(actor, campaign.id, place))
  const submission = readForm(form, statementInput)
  if (submission.status !== 'success') return refuseForm(submission)
  const raised = raiseAppeal(actor, campaign.id, { ...place, reason: submission.value.text })
  const page = `/kiem-tra/${place.inspectionId}/kien-nghi/${place.helpId}` as const
  return redirect(raised.ok ? noticeTo(page, 'da-gui') : `${page}?khong-duoc=${raised.problem}`)
})

export default function AppealPage() {
  const { inspectionId, helpId, unitName, helpedOn, result, overturnedAt, appeal, ...rest } =
    useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { refusal } = useQuery(refusedPage)
  const base = `/kiem-tra/${inspectionId}`
  return (
    <div className="narrow stack">
      <PageHeading
        title="Kiến nghị về kết quả kiểm tra"
        note={
          <>
            Trường hợp {helpId}, hỗ trợ ngày {formatDay(helpedOn)}{' '}
            <PickStatus result={result} overturnedAt={overturnedAt} />
          </>
        }
        breadcrumbs={[rest.seesInspection ? { to: base, label: `Kiểm tra ${unitName}` } : { label: unitName }]}
      />
      {refusal ? <Notice kind="warning">{explainProblem(refusal)}</Notice> : null}
      {appeal ? (
        <Sheet title="Kiến nghị" note={`Gửi ${formatInstant(appeal.raisedAt)}`}>
          <Facts
            facts={[
              { name: 'Nội dung', value: appeal.reason },
              {
                name: 'Quyết định',
                value: appeal.decision ? officeLabels.decision[appeal.decision] : officeWaits(appeal),
              },
              ...(appeal.decisionReason ? [{ name: 'Lý do', value: appeal.decisionReason }] : []),
            ]}
          />
          {rest.mayDecide ? <ButtonLink to={`${base}/kien-nghi/${helpId}/quyet-dinh`}>Quyết định</ButtonLink> : null}
        </Sheet>
      ) : rest.appealing === null ? (
        <StatementForm
          label="Nội dung kiến nghị"
          hint="Không ghi thông tin cá nhân của người dân."
          submitLabel="Gửi kiến nghị"
          backTo={rest.isOwn ? `/ho-tro/${helpId}` : base}
          lastResult={answer?.lastResult}
        >
          <p>
            Anh/chị nêu vì sao kết quả chưa đúng. Cơ quan thường trực quyết định, không phải tổ đã kiểm tra; mỗi trường
            hợp được kiến nghị một lần.
          </p>
        </StatementForm>
      ) : (
        <Sheet>
          <p>Chưa có kiến nghị. Người thực hiện hoặc người đứng đầu đơn vị gửi kiến nghị từ trường hợp của mình.</p>
        </Sheet>
      )}
      {rest.isOwn ? (
        <p>
          <Link to={`/ho-tro/${helpId}`}>Xem trường hợp</Link>
        </p>
      ) : null}
    </div>
  )
}
