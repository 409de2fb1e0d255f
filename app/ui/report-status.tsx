import { Link } from '@remix-run/react'
import type { ReportPeriod, ReportState } from '#app/domain/report.ts'
import { deadlineText, periodTitle, reportStateLabels } from '#app/text/report.ts'
import { Row, RowList } from './sheet.tsx'
import { Status, type Tone } from './status.tsx'

const TONES: Record<ReportState, Tone> = {
  not_owed: 'neutral',
  not_open: 'neutral',
  awaited: 'neutral',
  draft: 'doing',
  in_time: 'done',
  late: 'check',
  missing: 'late',
}

/** Shows the state of a unit's report for one period; from the second version on with its number. */
export function ReportStatus({ state, version = 0 }: { state: ReportState; version?: number }) {
  return (
    <Status tone={TONES[state]}>
      {reportStateLabels[state]}
      {version > 1 ? `, bản ${version}` : ''}
    </Status>
  )
}

/** Lists reports that a head or coordinator still owes, each with a link to its page; `isNamed` adds the unit. */
export function DueReports({
  rows,
  isNamed = false,
}: {
  rows: readonly { unitId: number; unitName: string; slug: string; period: ReportPeriod; state: ReportState }[]
  isNamed?: boolean
}) {
  return (
    <RowList>
      {rows.map(({ unitId, unitName, slug, period, state }) => (
        <Row
          key={`${unitId}/${slug}`}
          title={
            <>
              <Link to={`/don-vi/${unitId}/bao-cao/${slug}`}>{periodTitle(period)}</Link>, {deadlineText(period)}
            </>
          }
          detail={isNamed ? unitName : undefined}
          aside={<ReportStatus state={state} />}
        />
      ))}
    </RowList>
  )
}
