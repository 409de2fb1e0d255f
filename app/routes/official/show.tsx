import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData, useSearchParams } from '@remix-run/react'
import { type Actor, can } from '#app/access/policy.ts'
import { isSettledStanding } from '#app/domain/standing.ts'
import { OBLIGATION_PARTS } from '#app/domain/vocabulary.ts'
import { listAlike } from '#app/queries/alike.server.ts'
import { findStanding } from '#app/queries/board.server.ts'
import { listExemptions } from '#app/queries/exemption.server.ts'
import { listGates } from '#app/queries/gate.server.ts'
import { listHelp } from '#app/queries/help-list.server.ts'
import { findObligations } from '#app/queries/obligation.server.ts'
import { findOfficial } from '#app/queries/official.server.ts'
import { findPledges } from '#app/queries/pledge.server.ts'
import { findReviewOf } from '#app/queries/review.server.ts'
import { findOfficialSignals } from '#app/queries/signal.server.ts'
import { listTargetDecisions } from '#app/queries/target.server.ts'
import { gateLabels, officialPreviewLabels, previewNote, quotaReadings } from '#app/text/assessment.ts'
import { formatDay, formatInstant, formatNumber, maskNumber } from '#app/text/format.ts'
import { explainFlaws } from '#app/text/obligation.ts'
import { describeDeclared } from '#app/text/official.ts'
import { articleQuotes } from '#app/text/plan.ts'
import { explainCase } from '#app/text/review.ts'
import { labels } from '#app/text/vocabulary.ts'
import { AlikeNotice } from '#app/ui/alike.tsx'
import { ButtonLink } from '#app/ui/button.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { ExemptionRows } from '#app/ui/exemption-rows.tsx'
import { CountFigure, Figure, FigureRow } from '#app/ui/figure.tsx'
import { HelpStatus } from '#app/ui/help-verdict.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { ObligationStatus } from '#app/ui/obligation-status.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { ReasonList } from '#app/ui/reason-list.tsx'
import { OfficialResultStatus } from '#app/ui/result-status.tsx'
import { Facts, Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { SignalRows } from '#app/ui/signal-rows.tsx'
import { TargetHistory } from '#app/ui/target-fields.tsx'
import { found, idOf, reads } from '../_web/visit.server.ts'
import { noteShown } from '../admin/access.server.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.official.name ?? 'Người thực hiện'} · 4 phủ` },
]

const SHOWN = 10

export const loader = reads(async ({ actor, campaign, regulation, today }, { params }) => {
  const officialId = idOf(params.officialId)
  const { target, ...official } = found(findOfficial(actor, officialId, regulation.endsOn))
  const { allowed } = official
  const current = official.postings.find(row => row.unitId === target.unitId)
  const { assessment, ...standing } = findStanding(campaign.id, officialId)
  const records = allowed.viewRecords ? listHelp(actor, campaign.id, { officialId, limit: SHOWN }).rows : null
  if (officialId !== actor.officialId)
    await noteShown(actor, { what: 'official_records', subjectId: officialId, count: records?.length ?? 0 })
  return {
    official,
    unit: {
      id: target.unitId,
      name: current?.unitName ?? '',
      position: current?.position ?? '',
      /** its pages are open to the reader: to an official who looks at themself they are not */
      isSeen: can(actor, 'unit.view', target),
    },
    ...standing,
    otherReading: quotaReadings(regulation).other.label,
    assessment: allowed.viewAssessment ? { ...assessment, note: previewNote(campaign) } : null,
    obligations: findObligations(actor, campaign.id, officialId) ?? null,
    pledge: findPledges(actor, campaign.id, officialId)?.versions[0] ?? null,
    records,
    signals: findOfficialSignals(actor, campaign.id, officialId),
    review: reviewOf(actor, campaign.id, officialId, today),
    gates: can(actor, 'gate.view', target)
      ? listGates(actor, campaign.id, { officialId })
          .filter(gate => gate.withdrawnAt === null)
          .map(({ id, kind, documentNumber, fromOn, toOn, isInForce }) => ({
            id,
            kind,
            documentNumber,
            fromOn,
            toOn,
            isInForce,
          }))
      : [],
    mayGate: can(actor, 'gate.edit', target),
    exemptions: listExemptions(actor, campaign.id, { officialId }).rows,
    targets: listTargetDecisions(actor, campaign.id, { unitPath: target.unitPath, officialId, limit: 20 }),
    endsOn: regulation.endsOn,
    alike: can(actor, 'roster.edit', target) ? (listAlike(actor, [officialId]).get(officialId) ?? []) : [],
  }
})

/** Returns the due process about this official, if there is a case and the reader may see it. */
function reviewOf(actor: Actor, campaignId: number, officialId: number, today: string) {
  const review = findReviewOf(actor, campaignId, { officialId })
  return review ? { id: review.id, standsAs: explainCase(review.state, false, today) } : null
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>

export default function OfficialPage() {
  const loaded = useLoaderData<typeof loader>()
  const { official, unit, standing, cutOffUnit, assessment, records, signals, exemptions, targets } = loaded
  const { counts, target } = standing
  const [search] = useSearchParams()
  const base = `/don-vi/${unit.id}`
  const recordsTo = (figure: string) => `${base}/truong-hop?nguoi=${official.id}&muc=${figure}`
  const obligations = Object.values(standing.obligations)
  const met = obligations.filter(isSettledStanding).length
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
      {search.has('da-chuyen') ? <Notice kind="success">Đã ghi vị trí công tác mới.</Notice> : null}
      {search.has('da-nhap-ho') ? (
        <Notice kind="success">Đã lưu trường hợp nhập hộ. Người khác trong đơn vị sẽ xác nhận.</Notice>
      ) : null}
      <AlikeNotice alike={loaded.alike} />
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
                {assessment.articles.map(article => (
                  <p key={article}>
                    {labels.article[article]}: <q>{articleQuotes[article]}</q>
                  </p>
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
          <Hindrances {...loaded} />
          {exemptions.length === 0 ? null : (
            <Sheet title="Miễn, giảm">
              <ExemptionRows rows={exemptions} base={`${base}/mien-giam`} unitName={unit.name} showsName={false} />
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

function Acts({ official: { id, allowed }, unit, mayGate }: Loaded) {
  const acts = [
    allowed.recordFor && { to: `/can-bo/${id}/nhap-ho`, label: 'Nhập hộ' },
    allowed.assignTarget && { to: `/don-vi/${unit.id}/chi-tieu?nguoi=${id}`, label: 'Giao chỉ tiêu' },
    allowed.askExemption && { to: `/don-vi/${unit.id}/mien-giam/moi?nguoi=${id}`, label: 'Đề nghị miễn' },
    allowed.issueActivation && { to: `/don-vi/${unit.id}/ma-kich-hoat?nguoi=${id}`, label: 'Mã kích hoạt' },
    mayGate && { to: `/xem-xet/vuong-mac/moi?nguoi=${id}`, label: 'Ghi vướng mắc' },
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

/** Shows what keeps this official from a proposal: gates, and due process. */
function Hindrances({ gates, review }: Loaded) {
  return (
    <>
      {gates.length === 0 ? null : (
        <Sheet title="Vướng mắc khi xét khen thưởng" note={<Link to="/xem-xet/vuong-mac">Xem và rút</Link>}>
          <RowList>
            {gates.map(gate => (
              <Row
                key={gate.id}
                title={gateLabels[gate.kind]}
                detail={`Văn bản ${gate.documentNumber} · ${gate.toOn === null ? `từ ${formatDay(gate.fromOn)}` : `${formatDay(gate.fromOn)} – ${formatDay(gate.toOn)}`}`}
                aside={gate.isInForce ? 'Còn hiệu lực' : 'Ngoài thời hạn'}
              />
            ))}
          </RowList>
        </Sheet>
      )}
      {review === null ? null : (
        <Sheet title="Xem xét trách nhiệm" note={<Link to={`/xem-xet/${review.id}`}>Xem các bước</Link>}>
          <p>{review.standsAs}.</p>
        </Sheet>
      )}
    </>
  )
}

function Obligations({ standing, obligations, endsOn }: Loaded) {
  if (!standing.bearsObligations) return null
  return (
    <Sheet title="Nội dung bản thân thực hiện">
      <RowList>
        {OBLIGATION_PARTS.map(part => {
          const declared = obligations?.find(row => row.part === part)?.declared ?? null
          const flaws = declared ? explainFlaws(declared, endsOn) : null
          return (
            <Row
              key={part}
              title={labels.exemptionPart[part]}
              detail={
                declared === null ? undefined : (
                  <>
                    {describeDeclared(declared)}
                    {flaws === null ? null : <span className="block">{flaws}</span>}
                    {declared.returnReason ? (
                      <span className="block">Lý do trả lại: {declared.returnReason}</span>
                    ) : null}
                    {declared.evidenceFileId === null ? null : (
                      <Link className="block" to={`/tep/${declared.evidenceFileId}`} reloadDocument>
                        Tải minh chứng
                      </Link>
                    )}
                  </>
                )
              }
              aside={<ObligationStatus standing={standing.parts[part]} />}
            />
          )
        })}
      </RowList>
    </Sheet>
  )
}

function Person({ official, pledge }: Loaded) {
  const { staffCode, numberTail, phone, birthOn, birthYear, postings, memberships } = official
  const span = ({ fromOn, toOn }: { fromOn: string; toOn: string | null }) =>
    toOn === null ? `từ ${formatDay(fromOn)}` : `${formatDay(fromOn)} – ${formatDay(toOn)}`
  return (
    <>
      <Sheet title="Thông tin">
        <Facts
          facts={[
            { name: 'Mã cán bộ', value: staffCode },
            ...(postings[0] ? [{ name: 'Loại', value: labels.category[postings[0].category] }] : []),
            ...(birthOn
              ? [{ name: 'Ngày sinh', value: formatDay(birthOn) }]
              : birthYear
                ? [{ name: 'Năm sinh', value: birthYear }]
                : []),
            ...(numberTail ? [{ name: 'Số định danh', value: maskNumber(numberTail) }] : []),
            ...(phone ? [{ name: 'Điện thoại', value: <a href={`tel:${phone}`}>{phone}</a> }] : []),
            {
              name: 'Cam kết',
              value: pledge
                ? `${formatNumber(pledge.citizens)} người dân, ${pledge.listFileId === null ? 'tự ký' : 'theo danh sách'} ${formatInstant(pledge.signedAt)}`
                : 'Chưa ký',
            },
          ]}
        />
      </Sheet>
      <Sheet title="Quá trình công tác">
        <RowList>
          {postings.map(row => (
            <Row key={row.id} title={row.unitName} detail={`${row.position} · ${span(row)}`} />
          ))}
          {memberships.map(row => (
            <Row
              key={`m${row.id}`}
              title={row.chapterName}
              detail={`${labels.association[row.association]} · ${span(row)}`}
            />
          ))}
        </RowList>
      </Sheet>
    </>
  )
}
