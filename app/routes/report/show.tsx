import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { UNDO_MS } from '#app/domain/report.ts'
import { findUnitHeading } from '#app/queries/board.server.ts'
import { findPlan } from '#app/queries/plan.server.ts'
import { paperOfFile } from '#app/queries/prepared-paper.server.ts'
import { findReport } from '#app/queries/report.server.ts'
import { newOpenings, noteOpening } from '#app/queries/report-opening.server.ts'
import { retryBusy } from '#app/queries/retry.server.ts'
import { formatAsOf, formatDay, formatInstant, formatNumber } from '#app/text/format.ts'
import { explainProblem } from '#app/text/problem.ts'
import {
  deadlineBasis,
  deadlineText,
  figuresNote,
  hashCheck,
  periodHead,
  periodTitle,
  signedLine,
} from '#app/text/report.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { Confirm } from '#app/ui/confirm.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { ReportFigureTables } from '#app/ui/report-figures.tsx'
import { Remarks } from '#app/ui/report-remarks.tsx'
import { ReportStatus } from '#app/ui/report-status.tsx'
import { Facts, Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { UnitPageHeading } from '#app/ui/unit-heading.tsx'
import { useQuery } from '../_web/params.ts'
import { found, idOf, reads } from '../_web/visit.server.ts'
import { reportPage } from './params.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data ? `${periodTitle(data.report.period)}, ${data.heading.name}` : 'Báo cáo'} · 4 phủ` },
]

export const loader = reads(async ({ actor, campaign }, { params, url }) => {
  const unitId = idOf(params.unitId)
  const heading = found(findUnitHeading(actor, campaign.id, unitId))
  const report = found(findReport(actor, campaign.id, { unitId, slug: params.period ?? '' }))
  const { version: asked } = reportPage.read(url)
  const shown = asked === undefined ? report.signed[0] : found(report.signed.find(row => row.version === idOf(asked)))
  const read = [shown?.id, report.before?.id].filter(id => id !== undefined)
  if (newOpenings(actor, report.unit, read).length > 0) await retryBusy(() => noteOpening(actor, report.unit, read))
  return {
    heading,
    report,
    shown: shown ?? null,
    paperId: shown?.signedFileId ? paperOfFile(shown.signedFileId) : null,
    asOf: formatAsOf(report.at),
    isOld: shown !== report.signed[0],
    basis: deadlineBasis(report.period, findPlan(campaign.id)),
  }
})

export default function ReportPage() {
  const { heading, report, shown, asOf, isOld, basis } = useLoaderData<typeof loader>()
  const { period, draft, live, before } = report
  const { refusal } = useQuery(reportPage)
  const isCorrecting = draft !== null && shown !== null
  return (
    <div className="stack">
      <UnitPageHeading
        unit={heading}
        current="reports"
        title={periodTitle(period)}
        note={`${deadlineText(period).replace('hạn', 'Hạn')}. ${basis}`}
        actions={<Exports />}
      />
      {refusal ? <Notice kind="warning">{explainProblem(refusal)}</Notice> : null}
      {isOld ? (
        <Notice kind="warning">
          Đây là bản {shown?.version}, đã có bản đính chính sau.{' '}
          <Link to={`/don-vi/${heading.id}/bao-cao/${report.slug}`}>Xem bản mới nhất</Link>
        </Notice>
      ) : null}
      <div className="columns">
        <Sheet title={shown ? `Bản ${shown.version}` : 'Chưa ký'} note={<ReportStatus state={report.state} />}>
          <div className="stack">
            {shown ? <SignedFacts /> : <p>Số liệu dưới đây tính trực tiếp, còn thay đổi đến khi ký. {asOf}.</p>}
            {isOld ? null : <Acts />}
          </div>
        </Sheet>
        <Sheet title={isCorrecting ? 'Nội dung bản đính chính đang soạn' : 'Khó khăn, đề xuất'}>
          <Remarks
            {...(draft && !isOld ? draft : (shown?.content ?? { difficulties: '', proposals: '', reason: '' }))}
            figures={shown?.content.figures ?? live}
          />
        </Sheet>
      </div>
      <ReportFigureTables
        figures={shown?.content.figures ?? live}
        indicators={shown ? (shown.content.indicators ?? []) : report.liveIndicators}
        day={{ endsOn: period.endsOn, at: shown?.content.figuresAt ?? shown?.content.signedAt ?? report.at }}
        before={before && { head: `Kỳ ${periodHead(before)}`, figures: before.figures }}
        live={shown ? live : null}
      />
      <p className="small">
        {figuresNote} {shown ? `“Hiện nay” tính trực tiếp. ${asOf}.` : ''}
      </p>
      {report.signed.length < 2 ? null : (
        <Sheet title="Các bản đã ký" note={`${formatNumber(report.signed.length)} bản`}>
          <RowList>
            {report.signed.map(row => (
              <Row
                key={row.id}
                title={<Link to={`?ban=${row.version}`}>Bản {row.version}</Link>}
                detail={[signedLine(row.content), row.content.reason && `Lý do đính chính: ${row.content.reason}`]
                  .filter(Boolean)
                  .join(' · ')}
              />
            ))}
          </RowList>
        </Sheet>
      )}
    </div>
  )
}

function Exports() {
  const { heading, report, shown } = useLoaderData<typeof loader>()
  const base = `/don-vi/${heading.id}/bao-cao/${report.slug}`
  const version = shown ? `?ban=${shown.version}` : ''
  return (
    <>
      <ButtonLink variant="quiet" to={`${base}.docx${report.draft ? '' : version}`} reloadDocument>
        Văn bản Word
      </ButtonLink>
      {shown ? (
        <>
          <ButtonLink variant="quiet" to={`${base}.xlsx${version}`} reloadDocument>
            Xuất Excel
          </ButtonLink>
          <ButtonLink variant="quiet" to={`${base}.json${version}`} reloadDocument>
            Bản JSON
          </ButtonLink>
        </>
      ) : null}
    </>
  )
}

function SignedFacts() {
  const { shown, paperId } = useLoaderData<typeof loader>()
  if (!shown) return null
  const { content, hash, signedFileId } = shown
  return (
    <div className="stack">
      <Facts
        facts={[
          { name: 'Ký', value: signedLine(content) },
          ...(content.reason ? [{ name: 'Lý do đính chính', value: content.reason }] : []),
          ...(content.earlyReason ? [{ name: 'Lý do ký sớm', value: content.earlyReason }] : []),
          { name: 'Số liệu đến', value: formatDay(content.endsOn) },
          { name: 'Mã băm SHA-256', value: <code className="hash">{hash}</code> },
          ...(signedFileId === null
            ? []
            : [
                {
                  name: paperId === null ? 'Bản ký' : 'Bản ký số',
                  value: (
                    <>
                      <Link to={`/tep/${signedFileId}`} reloadDocument>
                        Tải PDF
                      </Link>
                      {paperId === null ? null : (
                        <>
                          {' · '}
                          <Link to={`/van-ban/${paperId}`}>Xem chữ ký</Link>
                        </>
                      )}
                    </>
                  ),
                },
              ]),
        ]}
      />
      <details className="disclosure">
        <summary>Cách kiểm tra</summary>
        <ol>
          {hashCheck.map(step => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      </details>
    </div>
  )
}

/** Offers what this reader may do now: draft, correct, sign, hand in the paper. */
function Acts() {
  const { heading, report } = useLoaderData<typeof loader>()
  const { draft, signed, mayDraft, maySign, mayFile } = report
  const base = `/don-vi/${heading.id}/bao-cao/${report.slug}`
  const isSignable = draft !== null || signed.length === 0
  if (!mayDraft && !maySign) return null
  return (
    <div className="actions">
      <UndoSigning />
      {maySign && isSignable ? (
        <ButtonLink to={`${base}/ky`}>{signed.length > 0 ? 'Ký bản đính chính' : 'Ký báo cáo'}</ButtonLink>
      ) : null}
      {mayDraft ? (
        <ButtonLink to={`${base}/soan`} variant={maySign && isSignable ? 'quiet' : 'primary'}>
          {draft ? 'Sửa bản soạn' : signed.length > 0 ? 'Lập bản đính chính' : 'Soạn báo cáo'}
        </ButtonLink>
      ) : null}
      {mayFile && isSignable ? (
        <>
          <ButtonLink to={`${base}/ky-so`} variant="quiet">
            Ký bằng chữ ký số
          </ButtonLink>
          <ButtonLink to={`${base}/ban-ky`} variant="quiet">
            Nộp bản ký trên giấy
          </ButtonLink>
        </>
      ) : null}
      {mayDraft && draft ? (
        <Confirm
          label="Bỏ bản soạn"
          question="Bỏ bản soạn này?"
          consequence="Nội dung đã nhập ở bản soạn mất đi; các bản đã ký giữ nguyên."
          action={`${base}/bo-ban-soan`}
        />
      ) : null}
    </div>
  )
}

function UndoSigning() {
  const { heading, report } = useLoaderData<typeof loader>()
  if (!report.mayUndo) return null
  const until = (report.signed[0]?.content.signedAt ?? 0) + UNDO_MS
  return (
    <Confirm
      label="Rút chữ ký"
      question="Rút chữ ký của bản này?"
      consequence={`Bản này trở lại thành bản soạn. Rút được đến ${formatInstant(until)}, khi cấp trên chưa xem.`}
      action={`/don-vi/${heading.id}/bao-cao/${report.slug}/rut-chu-ky`}
    />
  )
}
