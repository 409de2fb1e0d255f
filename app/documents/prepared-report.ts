import type { Day } from '#app/domain/calendar.ts'
import { authorityInFull } from '#app/domain/letterhead.ts'
import { formatDay, formatInstant, formatLongDay, formatNumber } from '#app/text/format.ts'
import { planInFull } from '#app/text/plan.ts'
import { figuresNote, groupDay, raisedDifficulties, reportGroups } from '#app/text/report.ts'
import { signingLines } from './administrative-paper.ts'
import { LEFT, type PaperCode, type Pen, RIGHT, writePreparedPaper } from './pdf-pen.ts'
import { groupPlace, type ReportPaper } from './report-paper.ts'

const HALF = (RIGHT - LEFT) / 2
/** Height of the place for the signature and the unit's seal, in points. */
const PLACE = 96
const FIGURES = [
  { header: 'Nội dung', width: 360 },
  { header: 'Số liệu', width: 107, isNumber: true },
]
const INDICATORS = [
  { header: 'Chỉ tiêu', width: 217 },
  { header: 'Được giao', width: 80, isNumber: true },
  { header: 'Thực hiện', width: 90, isNumber: true },
  { header: 'Số liệu ngày', width: 80 },
]

/** A unit's report as a PDF to be signed with a certificate (plan IV.2, V.1), not sealed yet: what its docx says. */
export function writePreparedReport(
  report: ReportPaper & { datedOn: Day },
  code: PaperCode,
  paperId: number,
): Promise<Buffer> {
  return writePreparedPaper(
    { kind: 'report', id: paperId },
    { title: `Báo cáo của ${report.issuing.issuer}`, draw: pen => drawReport(pen, report), code },
  )
}

function drawReport(pen: Pen, report: ReportPaper & { datedOn: Day }) {
  const { campaign, issuing, kind, endsOn, terms, at } = report
  const above = authorityInFull(report.aboveName)
  pen.columns(
    [...(issuing.above === null ? [] : [issuing.above]), issuing.issuer].map(text => text.toLocaleUpperCase('vi')),
    [
      'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
      'Độc lập - Tự do - Hạnh phúc',
      `${issuing.place}, ${formatLongDay(report.datedOn)}`,
    ],
  )
  pen.down(10)
  pen.line('BÁO CÁO', { size: 15, weight: 600, isCentred: true })
  pen.paragraph(
    `${kind === 'final' ? 'Tổng kết kết quả' : 'Kết quả'} thực hiện Kế hoạch số ${campaign.code} (số liệu đến ngày ${formatDay(endsOn)})`,
    { weight: 600, isCentred: true },
  )
  pen.paragraph(`Kính gửi: ${kind === 'final' && report.isToProvince ? `${above} (qua Công an tỉnh)` : above}`, {
    isCentred: true,
  })
  pen.down(6)
  pen.paragraph(`Thực hiện ${planInFull(campaign)}, ${issuing.issuer} báo cáo kết quả thực hiện như sau:`)
  pen.heading('I. KẾT QUẢ THỰC HIỆN')
  const groups = reportGroups(terms)
  for (const [n, group] of groups.entries()) {
    pen.heading(
      `${n + 1}. ${group.title}${groupPlace(campaign, group.articles)}, ${groupDay(group.asOf, { endsOn, at })}`,
    )
    pen.table(
      FIGURES,
      group.figures.map(({ figure, label }) => [label, formatNumber(report.figures[figure])]),
    )
  }
  if (report.indicators.length > 0) {
    pen.heading(
      `${groups.length + 1}. Chỉ tiêu phụ lục của địa bàn, số liệu mới nhất đến hết ngày ${formatDay(endsOn)}`,
    )
    pen.table(
      INDICATORS,
      report.indicators.map(row => [
        report.nameOf(row.indicator),
        formatNumber(row.target),
        row.done === null ? 'Chưa có' : formatNumber(row.done),
        row.asOfOn === null ? '–' : formatDay(row.asOfOn),
      ]),
    )
  }
  pen.paragraph(`${figuresNote} Số liệu được chốt khi lập văn bản, lúc ${formatInstant(at)}.`, { size: 10 })
  pen.heading('II. KHÓ KHĂN, VƯỚNG MẮC')
  for (const line of linesOf(report.difficulties || raisedDifficulties(report.figures))) pen.paragraph(line)
  pen.heading('III. ĐỀ XUẤT, KIẾN NGHỊ')
  for (const line of linesOf(report.proposals)) pen.paragraph(line)
  pen.paragraph(`Trên đây là báo cáo kết quả thực hiện Kế hoạch số ${campaign.code} của ${issuing.issuer}./.`)
  const capacity = signingLines(issuing.signing).map(line => line.toLocaleUpperCase('vi'))
  pen.signing(capacity, issuing.signer, { left: LEFT + HALF, height: PLACE })
}

/** The paragraphs of typed words; "Không nêu." where there are none. */
function linesOf(text: string): string[] {
  const lines = text
    .split(/\r?\n/)
    .map(line => line.trim())
    .filter(Boolean)
  return lines.length === 0 ? ['Không nêu.'] : lines
}
