import type { Day } from '#app/domain/calendar.ts'
import { authorityInFull } from '#app/domain/letterhead.ts'
import { formatDay, formatLongDay, formatNumber } from '#app/text/format.ts'
import { FAINT, type PaperCode, type Pen, writePreparedPaper } from './pdf-pen.ts'
import type { CitedPlan } from './petition.ts'

/** A unit's list of pledges that its people sign with certificates, each in the column on the right. */
export type PreparedList = {
  plan: CitedPlan
  unitName: string
  place: string
  preparedOn: Day
  /** `citizens` null: no quota is borne */
  rows: readonly { name: string; position: string; citizens: number | null }[]
  /** the campaign's names of what everybody promises of themself, each with its day */
  obligations: readonly { name: string; by: Day }[]
  code: PaperCode
}

const COLUMNS = [
  { header: 'STT', width: 30, isNumber: true },
  { header: 'Họ và tên', width: 128 },
  { header: 'Chức vụ', width: 96 },
  { header: 'Số người dân', width: 56, isNumber: true },
  { header: 'Ký số', width: 157 },
]
/** Height of a row in points: a mark of a signature fits. */
const ROW = 34

/** The list of pledges of a unit as a PDF to be signed by several (plan IV.1, V.1), not sealed yet. */
export function writePreparedList(list: PreparedList, paperId: number): Promise<Buffer> {
  return writePreparedPaper(
    { kind: 'pledge_list', id: paperId },
    { title: `Danh sách cam kết ${list.unitName}`, draw: pen => drawList(pen, list), code: list.code },
  )
}

function drawList(pen: Pen, { plan, unitName, place, preparedOn, rows, obligations }: PreparedList) {
  const unit = authorityInFull(unitName)
  pen.line('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', { weight: 600, isCentred: true })
  pen.line('Độc lập - Tự do - Hạnh phúc', { weight: 600, isCentred: true })
  pen.down(6)
  pen.line(`${place}, ${formatLongDay(preparedOn)}`, { isCentred: true, color: FAINT })
  pen.down(8)
  pen.line('DANH SÁCH CAM KẾT', { size: 15, weight: 600, isCentred: true })
  pen.paragraph(`${plan.name} (Kế hoạch số ${plan.code})`, { weight: 600, isCentred: true })
  pen.paragraph(unit, { isCentred: true })
  pen.down(6)
  pen.paragraph(
    `Thực hiện Kế hoạch số ${plan.code}, từ ngày ${formatDay(plan.startsOn)} đến hết ngày ${formatDay(plan.endsOn)}, người ký tên dưới đây cam kết hỗ trợ ít nhất số người dân ghi cùng dòng, và bản thân thực hiện:`,
  )
  for (const { name, by } of obligations) pen.paragraph(`- “${name}” chậm nhất ngày ${formatDay(by)};`)
  pen.paragraph('- Ghi nhận kết quả trung thực, được sự đồng ý của người dân, và chịu trách nhiệm về nội dung đã ghi.')
  pen.down(4)
  pen.table(
    COLUMNS,
    rows.map(({ name, position, citizens }, n) => [
      String(n + 1),
      name,
      position,
      citizens === null ? '–' : formatNumber(citizens),
      '',
    ]),
    { rowHeight: ROW, marks: true },
  )
}
