import { Link } from '@remix-run/react'
import { dayOf } from '#app/domain/calendar.ts'
import type { ExemptionPart, ExemptionReason, ExemptionState } from '#app/domain/vocabulary.ts'
import { explainDecider } from '#app/text/exemption.ts'
import { formatDay } from '#app/text/format.ts'
import { officeLabels } from '#app/text/office-vocabulary.ts'
import { labels } from '#app/text/vocabulary.ts'
import { Row, RowList } from './sheet.tsx'
import { Status, type Tone } from './status.tsx'
import { useTerms } from './terms.ts'

const TONES: Record<ExemptionState, Tone> = { asked: 'doing', approved: 'done', rejected: 'neutral' }

/** What an exemption lifts, why, and its state. */
type ExemptionRow = {
  id: number
  officialId: number
  officialName: string
  unitId: number
  unitName: string
  part: ExemptionPart
  reason: ExemptionReason
  reasonText: string
  documentNumber: string
  fromOn: string
  toOn: string
  state: ExemptionState
  askedAt: number
  askedBy: string | null
  decidedAt: number | null
  decisionReason: string | null
  mayDecide: boolean
  mayApprove: boolean
  waitsFor: string | null
  isOffice: boolean
  dueOn: string
  isOverdue: boolean
  owesScan: boolean
  isEffective: boolean
}

/** Shows the state of an exemption in one chip. */
export function ExemptionStatus({ state }: { state: ExemptionState }) {
  return <Status tone={TONES[state]}>{officeLabels.exemptionState[state]}</Status>
}

/** Exemptions one below the other; `base` is the URL of a unit's exemptions, `unitId` that unit, which needs no naming. */
export function ExemptionRows({
  rows,
  base,
  unitId,
  showsName = true,
}: {
  rows: readonly ExemptionRow[]
  base: string
  unitId: number
  showsName?: boolean
}) {
  const { names } = useTerms()
  return (
    <RowList>
      {rows.map(row => (
        <Row
          key={row.id}
          title={
            <>
              {showsName ? (
                <>
                  <Link to={`/can-bo/${row.officialId}`}>{row.officialName}</Link> ·{' '}
                </>
              ) : null}
              {names.part[row.part]}
            </>
          }
          detail={
            <>
              {[
                row.reasonText
                  ? `${labels.exemptionReason[row.reason]}: ${row.reasonText}`
                  : labels.exemptionReason[row.reason],
                `${formatDay(row.fromOn)} – ${formatDay(row.toOn)}`,
                `văn bản ${row.documentNumber}`,
                row.unitId === unitId ? '' : row.unitName,
                `đề nghị ${formatDay(dayOf(row.askedAt))}`,
              ]
                .filter(Boolean)
                .join(' · ')}
              <Remarks row={row} />
            </>
          }
          aside={
            <div className="actions">
              <ExemptionStatus state={row.state} />
              {row.mayDecide || row.mayApprove ? (
                <Link to={`${base}/${row.id}`}>
                  {row.state === 'asked' ? 'Quyết định' : 'Quyết định lại'}
                  <span className="visually-hidden">
                    : {row.officialName}, {names.part[row.part]}
                  </span>
                </Link>
              ) : null}
            </div>
          }
        />
      ))}
    </RowList>
  )
}

/** What is to be said besides: the decision's words, who decides, what is missing, why it lifts nothing. */
function Remarks({ row }: { row: ExemptionRow }) {
  const remarks = [
    row.decisionReason ? `Ý kiến: ${row.decisionReason}` : '',
    row.state === 'asked' && !row.mayApprove ? explainDecider(row) : '',
    row.owesScan ? 'Chưa có bản chụp văn bản.' : '',
    row.state === 'approved' && !row.isEffective
      ? 'Không bao gồm ngày kết thúc đợt nên không làm giảm số phải thực hiện.'
      : '',
  ].filter(Boolean)
  return remarks.map(remark => (
    <span key={remark} className="block">
      {remark}
    </span>
  ))
}
