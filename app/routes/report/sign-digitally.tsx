import { useForm } from '@conform-to/react'
import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { permit } from '#app/access/policy.ts'
import { REPORT_PAPER_DAYS } from '#app/domain/prepared-paper.ts'
import { isEarly } from '#app/domain/report.ts'
import { preparedReportInput } from '#app/domain/report-input.ts'
import { papersOf } from '#app/queries/prepared-paper.server.ts'
import { findReport } from '#app/queries/report.server.ts'
import { prepareReport } from '#app/queries/signed-report.server.ts'
import { currentSigner } from '#app/queries/signer.server.ts'
import { titleOfUnit } from '#app/queries/unit-title.server.ts'
import { formatDay, formatInstant, formatNumber } from '#app/text/format.ts'
import { periodTitle } from '#app/text/report.ts'
import { fieldsOf, TextArea } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { found, idOf, reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Ký số báo cáo · 4 phủ' }]

const askedOf = (params: Record<string, string | undefined>) => ({
  unitId: idOf(params.unitId),
  slug: params.period ?? '',
})

export const loader = reads(({ actor, campaign }, { params }) => {
  const asked = askedOf(params)
  const page = found(findReport(actor, campaign.id, asked))
  permit(actor, 'report.draft', { unitPath: page.unit.path })
  return {
    unit: { id: page.unit.id, name: titleOfUnit(page.unit.id), headTitle: page.unit.headTitle },
    period: page.period,
    slug: page.slug,
    isEarly: isEarly(page.period, page.at),
    isSignable: page.isOpen && (page.draft !== null || page.signed.length === 0),
    signerName: currentSigner(page.unit.id, null)?.name ?? null,
    papers: papersOf(campaign.id, { unitId: page.unit.id, kind: 'report', subject: page.slug }).map(
      ({ id, preparedAt, signatures, signedAt }) => ({ id, preparedAt, signatures, isSigned: signedAt !== null }),
    ),
  }
})

/** Prepares the report with the figures of this moment. */
export const action = writes(({ actor, campaign }, { params, form }) => {
  const submission = readForm(form, preparedReportInput)
  if (submission.status !== 'success') return refuseForm(submission)
  const made = prepareReport(actor, campaign.id, { ...askedOf(params), ...submission.value })
  return made.ok ? redirect(`/van-ban/${made.paperId}`) : refuseForm(submission, made.problems)
})

const LABELS = { earlyReason: 'Lý do ký trước ngày cuối kỳ' }

export default function SignReportDigitallyPage() {
  const { unit, period, slug, papers, isSignable, signerName } = useLoaderData<typeof loader>()
  const base = `/don-vi/${unit.id}/bao-cao/${slug}`
  return (
    <div className="narrow stack">
      <PageHeading
        title="Ký báo cáo bằng chữ ký số"
        note={unit.name}
        breadcrumbs={[
          { to: `/don-vi/${unit.id}/bao-cao`, label: 'Báo cáo' },
          { to: base, label: periodTitle(period) },
        ]}
      />
      {papers.length === 0 ? null : (
        <Sheet title="Đã lập">
          <RowList>
            {papers.map(paper => (
              <Row
                key={paper.id}
                title={
                  paper.isSigned
                    ? 'Đã ký'
                    : paper.signatures > 0
                      ? `${formatNumber(paper.signatures)} chữ ký, chưa tính`
                      : 'Chưa ký'
                }
                detail={`Lập ${formatInstant(paper.preparedAt)}`}
                aside={<Link to={`/van-ban/${paper.id}`}>Ký, tải lên, xem chữ ký</Link>}
              />
            ))}
          </RowList>
        </Sheet>
      )}
      {isSignable ? (
        <Sheet title="Lập bản để ký" note={`Người ký: ${signerName ?? unit.headTitle}`}>
          <div className="stack">
            <p>
              Hệ thống lập báo cáo PDF với số liệu lúc này. Người ký ký trên đúng tệp đó rồi tải lên: báo cáo được chốt
              với số liệu đã lập, không cần bản quét và số văn bản. Bản lập quá {formatNumber(REPORT_PAPER_DAYS)} ngày
              thì lập lại.
            </p>
            <PrepareForm />
          </div>
        </Sheet>
      ) : (
        <Notice kind="warning">
          Kỳ này hiện không có bản nào để ký. <Link to={base}>Về báo cáo</Link>
        </Notice>
      )}
    </div>
  )
}

function PrepareForm() {
  const { period, isEarly: asksReason } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<Record<string, string>>({
    lastResult: answer?.lastResult,
    constraint: asksReason ? { earlyReason: { required: true } } : {},
  })
  return (
    <Form method="post" id={form.id} onSubmit={form.onSubmit} noValidate={form.noValidate} className="stack">
      <FormErrors form={form} labels={LABELS} />
      {asksReason ? (
        <TextArea
          field={fieldsOf(fields)('earlyReason')}
          label={LABELS.earlyReason}
          hint={`Kỳ này tính đến hết ngày ${formatDay(period.endsOn)}. Lý do được ghi cùng báo cáo; nhiều nhất 500 ký tự.`}
        />
      ) : null}
      <SubmitButton pendingLabel="Đang lập…">Lập bản PDF để ký</SubmitButton>
    </Form>
  )
}
