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

/** Lists reports that a unit still owes, each with a link to its page. */
export function DueReports({
  rows,
}: {
  rows: readonly { unitId: number; slug: string; period: ReportPeriod; state: ReportState }[]
}) {
  return (
    <RowList>
      {rows.map(({ unitId, slug, period, state }) => (
        <Row
          key={`${unitId}/${slug}`}
          title={
            <>
              <Link to={`/don-vi/${unitId}/bao-cao/${slug}`}>{periodTitle(period)}</Link>, {deadlineText(period)}
            </>
          }
          aside={<ReportStatus state={state} />}
        />
      ))}
    </RowList>
  )
}
