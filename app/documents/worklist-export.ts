import { NOTED_STATES } from '#app/domain/assignment.ts'
import type { Day } from '#app/domain/calendar.ts'
import type { AssignmentState, WorklistLack } from '#app/domain/vocabulary.ts'
import { assignmentCode } from '#app/domain/worklist-return.ts'
import { formatDay } from '#app/text/format.ts'
import { labels } from '#app/text/vocabulary.ts'
import { worklistHeaders } from '#app/text/worklist.ts'
import { type Column, sheetOf, writeWorkbook } from './workbook.ts'

/** One citizen of a list as its unit works with it; the number is not among it. */
type ListedCitizen = {
  id: number
  revision: number
  name: string
  birthYear: number | null
  phone: string | null
  address: string | null
  hamlet: string
  communeName: string
  lacks: readonly WorklistLack[]
  bearerName: string | null
  state: AssignmentState
  appointmentOn: Day | null
  appointmentTime: string
  appointmentPlace: string | null
  closedOn: Day | null
  note: string | null
}

const text = (
  header: string,
  width: number,
  value: (row: ListedCitizen) => string | null,
  choices: readonly string[] = [],
): Column<ListedCitizen> => ({ header, width, kind: 'text', value, choices })

const STATES = NOTED_STATES.map(state => labels.assignmentState[state])

const COLUMNS: readonly Column<ListedCitizen>[] = [
  text('Họ và tên', 26, row => row.name),
  { header: 'Năm sinh', width: 10, kind: 'ordinal', value: row => row.birthYear },
  text('Số điện thoại', 14, row => row.phone),
  text('Địa chỉ', 22, row => row.address),
  text('Ấp, thôn, khu phố', 16, row => row.hamlet),
  text('Xã, phường, thị trấn', 20, row => row.communeName),
  text('Nội dung còn thiếu', 30, row => row.lacks.map(lack => labels.worklistLack[lack]).join('; ')),
  text('Người, tổ được phân công', 24, row => row.bearerName),
  text(worklistHeaders.state.header, 18, row => labels.assignmentState[row.state], STATES),
  // text, so that a program with other settings leaves a day that is typed beside it as it is
  text(worklistHeaders.appointmentOn.header, 12, row => row.appointmentOn && formatDay(row.appointmentOn)),
  text(worklistHeaders.appointmentTime.header, 9, row => row.appointmentTime || null),
  text(worklistHeaders.appointmentPlace.header, 20, row => row.appointmentPlace),
  { header: 'Ngày hỗ trợ', width: 12, kind: 'day', value: row => row.closedOn },
  text(worklistHeaders.note.header, 30, row => row.note),
  text(worklistHeaders.code.header, 14, assignmentCode),
]

/** The list of a unit, as far as it was narrowed, as an .xlsx workbook. */
export function writeWorklist({
  campaign,
  unitName,
  asOf,
  rows,
}: {
  campaign: string
  unitName: string
  asOf: number
  rows: readonly ListedCitizen[]
}): Promise<Uint8Array> {
  return writeWorkbook({
    title: `DANH SÁCH NGƯỜI DÂN CẦN HỖ TRỢ – ${unitName.toLocaleUpperCase('vi')}`,
    campaign,
    subtitle: [
      'Ghi kết quả liên hệ, lịch hẹn, ghi chú vào tệp rồi nhập lại được; giữ nguyên họ tên và mã phân công.',
      'Danh sách có dữ liệu cá nhân: chỉ dùng cho người được phân công, hủy khi kết thúc đợt.',
    ],
    asOf,
    sheets: [sheetOf({ name: 'Danh sách', columns: COLUMNS, rows })],
  })
}
