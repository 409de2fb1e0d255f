import { type MetaFunction, redirect } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { isSettledStanding } from '#app/domain/standing.ts'
import { ownObligations } from '#app/domain/terms.ts'
import { mergedInto } from '#app/queries/official.server.ts'
import { officialPreviewLabels } from '#app/text/assessment.ts'
import { formatDay } from '#app/text/format.ts'
import { AlikeNotice } from '#app/ui/alike.tsx'
import { ButtonLink } from '#app/ui/button.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { ExemptionRows } from '#app/ui/exemption-rows.tsx'
import { CountFigure, Figure, FigureRow } from '#app/ui/figure.tsx'
import { HelpStatus } from '#app/ui/help-status.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { ReasonList } from '#app/ui/reason-list.tsx'
import { OfficialResultStatus } from '#app/ui/result-status.tsx'
import { Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { SignalRows } from '#app/ui/signal-rows.tsx'
import { TargetHistory } from '#app/ui/target-fields.tsx'
import { CitedText } from '#app/ui/verdict.tsx'
import { WaitingTransfer } from '#app/ui/waiting-transfer.tsx'
import { idOf, reads } from '../_web/visit.server.ts'
import { loadOfficial } from './load.server.ts'
import { Corrections, Hindrances, type Loaded, Obligations, Person } from './sheets.tsx'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.official.name ?? 'Người thực hiện'} · 4 phủ` },
]

export const loader = reads((visit, { params }) => {
  const officialId = idOf(params.officialId)
  const kept = mergedInto(officialId)
  if (kept !== undefined) throw redirect(`/can-bo/${kept}`)
  return loadOfficial(visit, officialId)
})

export default function OfficialPage() {
  const loaded = useLoaderData<typeof loader>()
  const { official, unit, standing, cutOffUnit, assessment, records, signals, exemptions, targets } = loaded
  const { counts, target } = standing
  const base = `/don-vi/${unit.id}`
  const recordsTo = (figure: string) => `${base}/truong-hop?nguoi=${official.id}&muc=${figure}`
  const obligations = ownObligations(standing)
  const met = obligations.filter(obligation => isSettledStanding(standing.obligations[obligation])).length
  return (
    <div className="stack">
      <PageHeading
        title={official.name}
        note={[unit.position, unit.name].filter(Boolean).join(' · ')}
        breadcrumbs={
          unit.isSeen
            ? [
                { to: base, label: unit.name },
                { to: `${base}/nguoi-thuc-hien`, label: 'Người thực hiện' },
              ]
            : []
        }
        actions={<Acts {...loaded} />}
      />
      <Alike {...loaded} />
      <WaitingTransfer transfer={loaded.transfer} base={`${base}/chuyen`} />
      {cutOffUnit !== null && cutOffUnit.unitId !== unit.id ? (
        <Notice>
          Ngày kết thúc đợt, {formatDay(loaded.endsOn)}, thuộc {cutOffUnit.unitName}; chỉ tiêu và nội dung bản thân tính
          ở đó.
        </Notice>
      ) : null}
      <FigureRow>
        <CountFigure
          label={target === null ? 'Người dân được tính' : 'Người dân được tính / chỉ tiêu'}
          {...counts}
          target={target ?? 0}
          links={
            official.allowed.viewRecords && unit.isSeen
              ? { reported: recordsTo('reported'), counted: recordsTo('counted'), verified: recordsTo('verified') }
              : {}
          }
          note={target === null ? 'Không có chỉ tiêu, hoặc được miễn.' : undefined}
        />
        <Figure
          label="Nội dung bản thân"
          value={standing.bearsObligations ? `${met}/${obligations.length}` : 'Không áp dụng'}
        />
        {assessment === null ? null : (
          <Sheet title={<OfficialResultStatus result={assessment.result} />} note="Kết quả dự kiến">
            <div className="stack">
              <ReasonList reasons={assessment.reasons} />
              {loaded.resultAny === assessment.result ? null : (
                <p className="small">
                  Theo cách tính khác ({loaded.otherReading.toLowerCase()}):{' '}
                  {officialPreviewLabels[loaded.resultAny].toLowerCase()}.
                </p>
              )}
              <details className="disclosure">
                <summary>Căn cứ</summary>
                {assessment.sources.map(source => (
                  <CitedText key={source.article} {...source} />
                ))}
                <p>{assessment.note}</p>
              </details>
            </div>
          </Sheet>
        )}
      </FigureRow>
      <div className="columns">
        <div className="stack">
          {signals.length === 0 ? null : (
            <Sheet title="Cần hỏi lại" note="Chỉ để trao đổi, không ảnh hưởng đến kết quả xét">
              <SignalRows signals={signals} />
            </Sheet>
          )}
          <Obligations {...loaded} />
          {records === null ? null : (
            <Sheet
              title="Trường hợp hỗ trợ"
              note={<Link to={unit.isSeen ? `${base}/truong-hop?nguoi=${official.id}` : '/ho-tro'}>Xem tất cả</Link>}
            >
              {records.length === 0 ? (
                <EmptyState title="Chưa ghi trường hợp nào">
                  Khi đã hỗ trợ người dân, người thực hiện ghi ngay tại chỗ.
                </EmptyState>
              ) : (
                <RowList>
                  {records.map(row => (
                    <Row
                      key={row.id}
                      title={<Link to={`/ho-tro/${row.id}`}>{row.citizenName}</Link>}
                      detail={`${formatDay(row.helpedOn)} · ${[row.hamlet, row.localityName].filter(Boolean).join(', ')}`}
                      aside={<HelpStatus {...row} />}
                    />
                  ))}
                </RowList>
              )}
            </Sheet>
          )}
        </div>
        <div className="stack">
          <Person {...loaded} />
          <Corrections {...loaded} />
          <Hindrances {...loaded} />
          {exemptions.length === 0 ? null : (
            <Sheet title="Miễn, giảm">
              <ExemptionRows rows={exemptions} base={`${base}/mien-giam`} unitId={unit.id} showsName={false} />
            </Sheet>
          )}
          {targets.length === 0 ? null : (
            <Sheet title="Quyết định giao chỉ tiêu">
              <TargetHistory rows={targets} />
            </Sheet>
          )}
        </div>
      </div>
    </div>
  )
}

function Alike({ alike, official: { id, allowed } }: Loaded) {
  return <AlikeNotice alike={alike} mergeTo={allowed.correct ? `/can-bo/${id}/gop` : null} />
}

function Acts({ official: { id, allowed }, unit, mayGate }: Loaded) {
  const acts = [
    allowed.recordFor && { to: `/can-bo/${id}/nhap-ho`, label: 'Nhập hộ' },
    allowed.assignTarget && { to: `/don-vi/${unit.id}/chi-tieu?nguoi=${id}`, label: 'Giao chỉ tiêu' },
    allowed.askExemption && { to: `/don-vi/${unit.id}/mien-giam/moi?nguoi=${id}`, label: 'Đề nghị miễn' },
    allowed.issueActivation && { to: `/don-vi/${unit.id}/ma-kich-hoat?nguoi=${id}`, label: 'Mã kích hoạt' },
    mayGate && { to: `/xem-xet/vuong-mac/moi?nguoi=${id}`, label: 'Ghi vướng mắc' },
    allowed.correct && { to: `/can-bo/${id}/sua`, label: 'Sửa thông tin' },
    allowed.transfer && { to: `/can-bo/${id}/chuyen`, label: 'Chuyển đơn vị' },
  ]
  return acts.map(act =>
    act ? (
      <ButtonLink key={act.to} variant="quiet" to={act.to}>
        {act.label}
      </ButtonLink>
    ) : null,
  )
}
