import type { MetaFunction } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { dayOf } from '#app/domain/calendar.ts'
import { isCollective } from '#app/domain/round.ts'
import { BASES } from '#app/domain/vocabulary.ts'
import { versionName } from '#app/text/closing.ts'
import { formatDay, formatInstant, formatNumber, formatParts } from '#app/text/format.ts'
import { officeLabels } from '#app/text/office-vocabulary.ts'
import { explainProblem } from '#app/text/problem.ts'
import { actionLabel, stageLabels } from '#app/text/round.ts'
import { labels } from '#app/text/vocabulary.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { ChangedCandidates } from '#app/ui/changed-candidates.tsx'
import { Confirm } from '#app/ui/confirm.tsx'
import { DataTable } from '#app/ui/data-table.tsx'
import { Share } from '#app/ui/figure.tsx'
import { SubmitButton } from '#app/ui/form.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { ObligationStatus } from '#app/ui/obligation-status.tsx'
import { AlikeOfficials } from '#app/ui/outsider-fields.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { useProvince } from '#app/ui/province.ts'
import { ReasonList } from '#app/ui/reason-list.tsx'
import { Facts, Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { SignalRows } from '#app/ui/signal-rows.tsx'
import { useTerms } from '#app/ui/terms.ts'
import { refusedPage, useQuery } from '../_web/params.ts'
import { reads } from '../_web/visit.server.ts'
import { readCandidate } from './candidate.server.ts'

export const meta: MetaFunction = () => [{ title: 'Hồ sơ đề nghị · 4 phủ' }]

export const loader = reads(readCandidate)

export default function CandidatePage() {
  const page = useLoaderData<typeof loader>()
  const { round, roundId, candidateId, candidate, bars, allowed } = page
  const { refusal } = useQuery(refusedPage)
  const base = `/khen-thuong/${roundId}/ho-so/${candidateId}`
  return (
    <div className="stack">
      <PageHeading
        title={candidate.name}
        note={candidate.where}
        breadcrumbs={[
          { to: '/khen-thuong', label: 'Khen thưởng' },
          { to: `/khen-thuong/${roundId}`, label: round.name },
        ]}
        actions={
          <>
            {allowed.propose ? <ButtonLink to={`${base}/de-nghi`}>Bổ sung và đề nghị lại</ButtonLink> : null}
            {allowed.edit ? (
              <ButtonLink to={`${base}/sua`} variant="quiet">
                Sửa đề nghị
              </ButtonLink>
            ) : null}
            {allowed.vote ? <ButtonLink to={`/khen-thuong/${page.roundId}/hop`}>Họp Hội đồng</ButtonLink> : null}
            {allowed.report ? (
              <ButtonLink to={`${base}/bao-cao.docx`} variant="quiet" reloadDocument>
                Báo cáo thành tích (docx)
              </ButtonLink>
            ) : null}
          </>
        }
      />
      <AlikeOfficials alike={page.alike} />
      {refusal ? <Notice kind="error">{explainProblem(refusal)}</Notice> : null}
      {page.changed === null ? null : (
        <ChangedCandidates
          roundId={page.roundId}
          rows={[{ ...page.changed, mayDrop: allowed.drop, mayRevoke: allowed.revoke }]}
          newerVersion={null}
        />
      )}
      {bars.map(bar => (
        <Notice key={bar} kind="warning">
          {explainProblem(bar)}
        </Notice>
      ))}
      <Sheet title="Hồ sơ">
        <Facts
          facts={[
            { name: 'Tình trạng', value: candidate.place },
            { name: 'Loại', value: officeLabels.candidateKind[candidate.kind] },
            ...(candidate.form === null
              ? []
              : [{ name: 'Hình thức đề nghị', value: officeLabels.awardForm[candidate.form] }]),
            ...(candidate.certificateNumber === null
              ? []
              : [{ name: 'Số vào sổ', value: candidate.certificateNumber }]),
            ...(page.toldAwards === null
              ? []
              : [{ name: 'Khen thưởng đã có', value: page.toldAwards.join('; ') || 'Chưa có' }]),
            ...(page.exceptionReason === ''
              ? []
              : [{ name: 'Đề nghị kèm lý do, chưa thuộc diện đủ điều kiện', value: page.exceptionReason }]),
            ...(candidate.achievement === ''
              ? []
              : [
                  {
                    name: round.kind === 'review' ? 'Nội dung chưa hoàn thành' : 'Tóm tắt thành tích',
                    value: candidate.achievement,
                  },
                ]),
          ]}
        />
      </Sheet>
      <Disclosure base={base} />
      <div className="columns">
        <FiguresSheet />
        <EvidenceSheet />
      </div>
      <AwardsSheet base={base} />
      <StepsSheet />
      {allowed.withdraw ? (
        <Confirm
          label="Rút đề nghị"
          question="Rút đề nghị này?"
          consequence="Hồ sơ về đơn vị và kết thúc tại đó; các bước vẫn được lưu, đơn vị đề nghị lại được."
          action={`${base}/rut`}
        />
      ) : null}
      {allowed.revoke ? (
        <p>
          <ButtonLink to={`${base}/thu-hoi`} variant="danger">
            Thu hồi khen thưởng
          </ButtonLink>
        </p>
      ) : null}
    </div>
  )
}

/** A person of the armed forces agrees, or no longer does, to be named outside their own tree. */
function Disclosure({ base }: { base: string }) {
  const { disclosure } = useLoaderData<typeof loader>()
  if (disclosure === null) return null
  const { isAgreed } = disclosure
  return (
    <Sheet title="Nêu tên ngoài đơn vị">
      <Form method="post" action={`${base}/neu-ten`} className="stack">
        <p>
          {isAgreed
            ? 'Anh/chị đã đồng ý nêu tên trong danh sách chung. Sở Nội vụ, Hội đồng thấy hồ sơ như mọi hồ sơ khác.'
            : 'Hồ sơ đang ở phụ lục kín: chỉ đơn vị anh/chị và Hội đồng mở được. Anh/chị đồng ý thì tên có trong danh sách chung.'}
        </p>
        <input type="hidden" name="dong-y" value={isAgreed ? '0' : '1'} />
        <div className="actions">
          <SubmitButton action={`${base}/neu-ten`} variant="quiet">
            {isAgreed ? 'Không nêu tên nữa' : 'Đồng ý nêu tên'}
          </SubmitButton>
        </div>
      </Form>
    </Sheet>
  )
}

function FiguresSheet() {
  const terms = useTerms()
  const { figures, bases, reasons, candidate, round, allowed } = useLoaderData<typeof loader>()
  const number = (value: number | null) => (value === null ? '–' : formatNumber(value))
  if (figures === null || figures.counted === null)
    return (
      <Sheet title="Số liệu">
        <p>Không thuộc đối tượng được giao chỉ tiêu; xét theo báo cáo thành tích của đơn vị.</p>
      </Sheet>
    )
  const { parts, sums } = figures
  return (
    <Sheet title="Số liệu" note={`Theo kết quả đã chốt, ${versionName(round).toLowerCase()}`}>
      <div className="stack">
        <Facts
          facts={[
            { name: 'Chỉ tiêu', value: number(figures.target) },
            { name: 'Ghi nhận', value: number(figures.reported) },
            {
              name: 'Được tính',
              value: figures.target ? <Share part={figures.counted} whole={figures.target} /> : number(figures.counted),
            },
            { name: 'Đã đối chiếu', value: number(figures.verified) },
            { name: 'Đạt chỉ tiêu ngày', value: figures.completedOn === null ? '–' : formatDay(figures.completedOn) },
          ]}
        />
        <ReasonList reasons={reasons} />
        {bases === null ? null : (
          <>
            <h3>Căn cứ của số được tính</h3>
            <Facts
              facts={BASES.map(basis => ({ name: labels.basis[basis], value: formatNumber(bases[basis] ?? 0) }))}
            />
          </>
        )}
        <h3>Nội dung bản thân thực hiện</h3>
        {parts === null ? null : (
          <Facts
            facts={terms.parts.map(part => ({
              name: terms.names.part[part],
              value: <ObligationStatus standing={parts[part]} />,
            }))}
          />
        )}
        {sums === null ? null : (
          <Facts
            facts={[
              ...terms.obligations.map(obligation => ({
                name: terms.names.obligation[obligation],
                value: <Share part={sums.met[obligation]} whole={sums.bearers[obligation]} />,
              })),
              { name: 'Nữ', value: <Share part={sums.women} whole={sums.officials} /> },
            ]}
          />
        )}
        {allowed.figures ? (
          <p>
            {candidate.officialId === null ? (
              <Link to={`/don-vi/${candidate.unitId}`}>Bảng số liệu của đơn vị</Link>
            ) : (
              <Link to={`/can-bo/${candidate.officialId}`}>Trang của người thực hiện</Link>
            )}
          </p>
        ) : null}
      </div>
    </Sheet>
  )
}

function EvidenceSheet() {
  const { inspections, signals, answers, candidate } = useLoaderData<typeof loader>()
  if (isCollective(candidate.kind) || candidate.officialId === null) return null
  return (
    <Sheet title="Kiểm tra và dấu hiệu">
      <DataTable
        caption="Các cuộc kiểm tra đã kết thúc"
        rows={inspections}
        rowKey={row => String(row.inspectionId)}
        empty={<p>Chưa có trường hợp nào của người này được chọn kiểm tra.</p>}
        asCards
        columns={[
          { key: 'on', header: 'Kết thúc', cell: row => formatDay(dayOf(row.concludedAt)) },
          { key: 'drawn', header: 'Được chọn', align: 'end', cell: row => formatNumber(row.drawn) },
          { key: 'held', header: 'Đúng thực tế', align: 'end', cell: row => formatNumber(row.held) },
          { key: 'untrue', header: 'Không đúng', align: 'end', cell: row => formatNumber(row.untrue) },
        ]}
      />
      {answers === null ? null : (
        <p>
          Người dân trả lời đúng: {formatParts(answers.yes, answers.all)}; không đúng hoặc chưa đủ:{' '}
          {formatNumber(answers.all - answers.yes)}.
        </p>
      )}
      {signals.length === 0 ? null : <SignalRows signals={signals} />}
    </Sheet>
  )
}

function AwardsSheet({ base }: { base: string }) {
  const { awards, allowed, candidate, round } = useLoaderData<typeof loader>()
  if (round.kind === 'review' || (awards.length === 0 && !allowed.award)) return null
  return (
    <Sheet title="Khen thưởng đã có">
      {awards.length === 0 ? (
        <p>Chưa ghi nhận khen thưởng nào của {candidate.name}.</p>
      ) : (
        <RowList>
          {awards.map(row => (
            <Row
              key={row.id}
              title={row.name}
              detail={`Năm ${row.year} · Quyết định ${row.decisionNumber}${row.revokedAt === null ? '' : ' · đã thu hồi'}`}
            />
          ))}
        </RowList>
      )}
      {allowed.award ? (
        <p>
          <Link to={`${base}/khen-thuong`}>Thêm khen thưởng đã có</Link>
        </p>
      ) : null}
    </Sheet>
  )
}

function StepsSheet() {
  const { steps, round } = useLoaderData<typeof loader>()
  const { hasDistricts } = useProvince()
  return (
    <Sheet title="Các bước" note="Lưu đầy đủ, không sửa được">
      <RowList>
        {steps.map(step => (
          <Row
            key={step.id}
            title={`${stageLabels(hasDistricts)[step.stage]}: ${actionLabel(round.kind, step.action)}`}
            detail={
              <>
                {formatInstant(step.takenAt)} · {step.takenBy}
                {step.votesTotal === null ? '' : ` · ${formatParts(step.votesFor ?? 0, step.votesTotal)} phiếu đồng ý`}
                {step.reason === '' ? null : <div>{step.reason}</div>}
              </>
            }
          />
        ))}
      </RowList>
    </Sheet>
  )
}
