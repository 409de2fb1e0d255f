import type { ReportFigures } from '#app/domain/report.ts'
import { raisedDifficulties } from '#app/text/report.ts'

/** The words of a report; where none tell of difficulties, how many were raised. */
export function Remarks({
  difficulties,
  proposals,
  reason,
  figures,
}: {
  difficulties: string
  proposals: string
  reason: string
  figures: ReportFigures
}) {
  return (
    <div className="stack">
      {reason ? <p>Lý do đính chính: {reason}</p> : null}
      <div>
        <h3>Khó khăn, vướng mắc</h3>
        <p className="as-typed">{difficulties || raisedDifficulties(figures)}</p>
      </div>
      <div>
        <h3>Đề xuất, kiến nghị</h3>
        <p className="as-typed">{proposals || 'Không nêu.'}</p>
      </div>
    </div>
  )
}
