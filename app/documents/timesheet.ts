import type { Day } from '#app/domain/calendar.ts'
import { monthsOf, type WorkDay } from '#app/domain/timesheet.ts'
import type { TeamKind } from '#app/domain/vocabulary.ts'
import { formatDay, formatNumber } from '#app/text/format.ts'
import { labels } from '#app/text/vocabulary.ts'
import { type Column, sheetOf, writeWorkbook } from './workbook.ts'

type Timesheet = {
  /** number of the plan */
  campaign: string
  team: { name: string; kind: TeamKind; unitName: string; decisionNumber: string }
  fromOn: Day
  toOn: Day
  members: readonly { name: string; unitName: string; isLeader: boolean; days: readonly WorkDay[] }[]
  /** members left out because the budget pays them already */
  paid: number
}
type Member = Timesheet['members'][number]

const text = <Row>(header: string, width: number, value: (row: Row) => string | null): Column<Row> => ({
  header,
  width,
  kind: 'text',
  value,
})
const whole = <Row>(header: string, width: number, value: (row: Row) => number): Column<Row> => ({
  header,
  width,
  kind: 'integer',
  value,
})

function monthColumns(days: readonly Day[]): readonly Column<Member>[] {
  const within = (member: Member) => member.days.filter(({ on }) => days.includes(on))
  return [
    text('Họ và tên', 26, row => row.name),
    text('Đơn vị công tác', 26, row => row.unitName),
    text('Vai trò', 11, row => (row.isLeader ? 'Tổ trưởng' : 'Tổ viên')),
    ...days.map(day =>
      text<Member>(String(Number(day.slice(8))), 4, row => (row.days.some(({ on }) => on === day) ? 'x' : null)),
    ),
    whole('Số ngày', 9, row => within(row).length),
    text('Địa điểm', 36, row => [...new Set(within(row).flatMap(({ places }) => places))].join('; ')),
  ]
}

type Detail = WorkDay & { name: string }

const DETAIL: readonly Column<Detail>[] = [
  text('Họ và tên', 26, row => row.name),
  { header: 'Ngày', width: 12, kind: 'day', value: row => row.on },
  text('Địa điểm', 40, row => row.places.join('; ')),
  whole('Trường hợp được tính', 11, row => row.records),
  whole('Đi cùng', 9, row => row.companions),
  whole('Liên hệ', 9, row => row.contacts),
]

/**
 * Writes the timesheet (bảng chấm công) of a team: a sheet for each month with a mark for each day, and a sheet that
 * shows the evidence for each day.
 */
export function writeTimesheet({ campaign, team, fromOn, toOn, members, paid }: Timesheet): Promise<Uint8Array> {
  const months = monthsOf(fromOn, toOn).map(({ month, days }) =>
    sheetOf({
      name: `Tháng ${Number(month.slice(5))}-${month.slice(0, 4)}`,
      columns: monthColumns(days),
      rows: members,
    }),
  )
  const detail = members.flatMap(({ name, days }) => days.map(day => ({ ...day, name })))
  return writeWorkbook({
    title: `BẢNG CHẤM CÔNG – ${team.name.toLocaleUpperCase('vi')}`,
    campaign,
    subtitle: [
      [labels.teamKind[team.kind], team.unitName, team.decisionNumber && `Quyết định số ${team.decisionNumber}`]
        .filter(Boolean)
        .join(' · '),
      `Từ ngày ${formatDay(fromOn)} đến ngày ${formatDay(toOn)}. Không gồm ${formatNumber(paid)} thành viên hưởng lương từ ngân sách.`,
      'Ngày công lấy từ trường hợp được tính, lần đi cùng đã được người đi cùng đồng ý và lần liên hệ sau cùng với người dân được phân công.',
    ],
    sheets: [...months, sheetOf({ name: 'Chi tiết', columns: DETAIL, rows: detail })],
  })
}
