import { data, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { leadingIndicator } from '#app/domain/campaign-indicator.ts'
import { readCount } from '#app/domain/count.ts'
import { inProportion, remainderOf } from '#app/domain/target-sharing.ts'
import { findUnitHeading } from '#app/queries/board.server.ts'
import { listIndicators } from '#app/queries/campaign-indicator.server.ts'
import { hasDistricts } from '#app/queries/locality.server.ts'
import { findSharing, shareTarget } from '#app/queries/target-sharing.server.ts'
import { formatInstant, formatNumber } from '#app/text/format.ts'
import { levelWords } from '#app/text/level.ts'
import { explainProblem } from '#app/text/problem.ts'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { useIndicators } from '#app/ui/indicators.ts'
import { useLevels } from '#app/ui/levels.ts'
import { Notice } from '#app/ui/notice.tsx'
import { useInBrackets } from '#app/ui/places.ts'
import { Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { SharingForm } from '#app/ui/target-sharing-form.tsx'
import { UnitPageHeading } from '#app/ui/unit-heading.tsx'
import { Views } from '#app/ui/views.tsx'
import { redirectWith } from '../_web/redirect.server.ts'
import { found, idOf, reads, writes } from '../_web/visit.server.ts'
import { sharingPage, unitBases } from './params.ts'

export const meta: MetaFunction = () => [{ title: 'Giao chỉ tiêu · 4 phủ' }]

export const loader = reads(({ actor, campaign }, { params, url }) => {
  const unitId = idOf(params.unitId)
  const indicator = indicatorIn(url, campaign.id)
  const sharing = found(findSharing(actor, campaign.id, unitId, indicator))
  const names = new Map(sharing.rows.map(row => [row.id, row.name]))
  return {
    heading: found(findUnitHeading(actor, campaign.id, unitId)),
    indicator,
    proposal: proposalIn(url, sharing),
    ...sharing,
    decisions: sharing.decisions.map(({ shares, ...decision }) => ({
      ...decision,
      largest: shares
        .sort((a, b) => b.total - a.total)
        .slice(0, 3)
        .map(share => ({ name: names.get(share.unitId) ?? '', total: share.total })),
    })),
  }
})

/** The indicator that the URL names, else the one that pages open with; '' where the campaign has none. */
function indicatorIn(url: URL, campaignId: number): string {
  const indicators = listIndicators(campaignId)
  const asked = sharingPage.read(url).indicator
  return (indicators.find(({ code }) => code === asked) ?? leadingIndicator(indicators))?.code ?? ''
}

/** Shares in proportion to the bases that the URL brings (`co-so-<id>`), and what they are called; null without any. */
function proposalIn(url: URL, { rows, total }: { rows: readonly { id: number }[]; total: number | null }) {
  const typed = Object.values(unitBases(rows).read(url))
  if (total === null || typed.every(text => text === '')) return null
  const bases = typed.map(text => (text === '' ? 0 : readCount(text)))
  const isReadable = bases.every(base => base !== undefined)
  return {
    basis: sharingPage.read(url).basis.slice(0, 200),
    typed,
    /** units whose basis is left empty: they would get nothing */
    isPartial: typed.some(text => text === ''),
    shares: isReadable ? inProportion(total, bases as number[]) : null,
  }
}

export const action = writes(({ actor, campaign, today }, { params, url, form }) => {
  const unitId = idOf(params.unitId)
  const indicator = indicatorIn(url, campaign.id)
  const { rows, total } = found(findSharing(actor, campaign.id, unitId, indicator))
  const text = (name: string) =>
    String(form.get(name) ?? '')
      .normalize('NFC')
      .trim()
  const typed = rows.map(({ id }) => text(`phan-${id}`))
  const [documentNumber, basis] = [text('documentNumber'), text('basis')]
  const refuse = (message: string) => data({ message, typed, documentNumber, basis }, { status: 400 })
  const shares = typed.map(share => (share === '' ? 0 : readCount(share)))
  if (shares.some(share => share === undefined)) return refuse('Mỗi phần là một số nguyên, hoặc để trống.')
  if (documentNumber === '' || documentNumber.length > 100) return refuse('Anh/chị ghi số văn bản giao chỉ tiêu.')
  const numbers = shares as number[]
  const shared = shareTarget(actor, campaign.id, {
    unitId,
    indicator,
    documentNumber,
    basis: basis.slice(0, 200),
    shares: new Map(rows.map(({ id }, n) => [id, numbers[n] ?? 0])),
  })
  if (shared.ok) return redirectWith(`/don-vi/${unitId}/giao-chi-tieu?chi-tieu=${indicator}`, 'da-giao')
  const rest = total === null ? 0 : remainderOf(total, numbers)
  const by = rest > 0 ? ` Còn ${formatNumber(rest)} chưa giao.` : ` Vượt ${formatNumber(-rest)}.`
  if (shared.problem !== 'sharing_does_not_add_up') return refuse(explainProblem(shared.problem))
  return refuse(`${levelWords(hasDistricts(today)).unmatched}${by}`)
})

export default function SharingPage() {
  const { heading, indicator, total, daily, isOpen, rows, decisions, proposal, mayShare } =
    useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const levels = useLevels()
  const indicators = useIndicators()
  const base = `/don-vi/${heading.id}/giao-chi-tieu`
  const inBrackets = useInBrackets()
  return (
    <div className="stack">
      <UnitPageHeading
        unit={heading}
        current="handDown"
        title="Giao chỉ tiêu phụ lục"
        note={`${levels.sharing}${inBrackets('V.6')}.`}
      />
      <Views
        label="Chỉ tiêu"
        views={indicators.map(row => ({
          to: sharingPage.to(base, { indicator: row.code }),
          label: row.shortName,
          isCurrent: row.code === indicator,
        }))}
      />
      {answer ? <Notice kind="error">{answer.message}</Notice> : null}
      {total === null && !(isOpen && mayShare) ? (
        <Sheet>
          <EmptyState title="Phụ lục không giao chỉ tiêu này">
            Chưa có gì để giao xuống các xã và phòng, ban.
          </EmptyState>
        </Sheet>
      ) : rows.length === 0 ? (
        <Sheet title={`${levels.shared}: ${formatNumber(total ?? 0)}`}>
          <EmptyState title="Chưa có đơn vị trực thuộc để giao">
            Phòng, ban, tổ trực thuộc được thêm ở mục Cơ quan, đơn vị.
          </EmptyState>
        </Sheet>
      ) : (
        <SharingForm
          key={`${indicator} ${decisions[0]?.id} ${proposal?.typed.join()}`}
          base={base}
          indicator={indicator}
          total={total}
          daily={daily ?? 0}
          rows={rows}
          proposal={proposal}
          answer={answer}
          mayShare={mayShare}
        />
      )}
      <Sheet title="Các quyết định đã giao" note={formatNumber(decisions.length)}>
        {decisions.length === 0 ? (
          <EmptyState title="Chưa giao lần nào">
            Quyết định mới nhất có hiệu lực; các quyết định trước vẫn được lưu.
          </EmptyState>
        ) : (
          <RowList>
            {decisions.map((decision, n) => (
              <Row
                key={decision.id}
                title={`${decision.documentNumber}${n === 0 ? ' · đang có hiệu lực' : ''}`}
                detail={`${decision.basis === '' ? 'Chia từng phần' : `Theo tỷ lệ: ${decision.basis}`}. Nhiều nhất: ${decision.largest.map(share => `${share.name} ${formatNumber(share.total)}`).join(', ')}. ${decision.decidedBy}, ${formatInstant(decision.decidedAt)}`}
              />
            ))}
          </RowList>
        )}
      </Sheet>
    </div>
  )
}
