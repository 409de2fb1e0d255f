import type { RowProblem, RowReason } from '#app/domain/field-table.ts'
import type { ReportFigures, ReportPeriod, ReportState } from '#app/domain/report.ts'
import type { LayoutRow } from '#app/domain/table-layout.ts'
import type { OutreachChannel } from '#app/domain/vocabulary.ts'
import { formatDay } from './format.ts'
import { officeLabels } from './office-vocabulary.ts'
import { explainProblem } from './problem.ts'
import { periodTitle, reportStateLabels } from './report.ts'

/** Why a row of a table was not taken over. */
const rowProblems: Record<RowReason, string> = {
  unit_unknown: 'đơn vị không thuộc phạm vi, hoặc có nhiều đơn vị cùng tên',
  channel_unknown: 'hình thức không có trong danh mục',
  area_unknown: 'địa bàn không có, hoặc có nhiều địa bàn cùng tên',
  place_missing: 'thiếu địa điểm, hoặc dài quá 200 ký tự',
  point_unknown: 'không có điểm thu nhận mang tên này, hoặc có nhiều điểm cùng tên',
  day_unreadable: 'ngày chưa đúng, ví dụ 12/6/2024',
  count_unreadable: 'không phải số nguyên',
  formula_unsaved: 'ô là công thức chưa có kết quả; anh/chị mở tệp bằng Excel và lưu lại',
  cell_error: 'ô là công thức bị lỗi; anh/chị sửa công thức hoặc ghi giá trị',
}

/** Explains why a row was not taken over, by its own words or by those of the form. */
export const explainRowProblem = ({ reason }: Pick<RowProblem, 'reason'>): string =>
  reason in rowProblems ? rowProblems[reason as RowReason] : explainProblem(reason)

/** A line of the table of reports, by the fields of a layout; without figures where nothing is signed. */
export function reportRow(line: {
  unitName: string
  period: ReportPeriod
  state: ReportState
  figures: ReportFigures | null
}): LayoutRow {
  const { figures } = line
  return {
    unit: line.unitName,
    period: periodTitle(line.period),
    state: reportStateLabels[line.state],
    ...(figures === null
      ? {}
      : {
          officials: String(figures.officials),
          target: String(figures.targets),
          reported: String(figures.reported),
          counted: String(figures.counted),
          verified: String(figures.verified),
          all_met: String(figures.obligations_met),
          reached: String(figures.quota_reached),
        }),
  }
}

/** An outreach activity, by the fields of a layout; `outreachOfTable` reads it back. */
export function outreachRow(line: {
  unitName: string
  heldOn: string
  channel: OutreachChannel
  localityCode: string
  area: string
  place: string
  people: number
  note: string
}): LayoutRow {
  return {
    unit: line.unitName,
    day: formatDay(line.heldOn),
    channel: officeLabels.outreachChannel[line.channel],
    locality: line.area,
    locality_code: line.localityCode,
    place: line.place,
    people: String(line.people),
    note: line.note,
  }
}

/** A day of a collection point, by the fields of a layout; `collectionOfTable` reads it back. */
export function collectionRow(line: {
  unitName: string
  pointName: string
  day: string
  invited: number
  received: number
  sentOn: number
  approved: number
}): LayoutRow {
  return {
    unit: line.unitName,
    point: line.pointName,
    day: formatDay(line.day),
    invited: String(line.invited),
    received: String(line.received),
    sent_on: String(line.sentOn),
    approved: String(line.approved),
  }
}
