import { dayOf } from '#app/domain/calendar.ts'
import { authorityInFull } from '#app/domain/letterhead.ts'
import { codeOf } from '#app/domain/record-code.ts'
import { formatDay, formatNumber, formatParts, formatShare } from '#app/text/format.ts'
import { formatInterval, REPLAY_RULE, resultLabel } from '#app/text/inspection.ts'
import { officeLabels } from '#app/text/office-vocabulary.ts'
import { planInFull } from '#app/text/plan.ts'
import {
  decisionWords,
  groupLabel,
  type InspectionMinutes,
  periodOf,
  placeOf,
  type Tally,
  tallyOf,
  waysLine,
} from './inspection-minutes.ts'
import { type PaperCode, type Pen, writePreparedPaper } from './pdf-pen.ts'

/** Height of the place for the marks of the team, in points. */
const PLACE = 120
const RESULTS = [
  { header: 'Nhóm', width: 117 },
  ...['Đã báo cáo', 'Chọn ngẫu nhiên', 'Chọn thay', 'Đã gặp', 'Đúng thực tế', 'Không đúng', 'Chưa gặp'].map(header => ({
    header,
    width: 50,
    isNumber: true,
  })),
]
const PICKS = [
  { header: 'Thứ tự', width: 50, isNumber: true },
  { header: 'Mã trường hợp', width: 107 },
  { header: 'Cách chọn', width: 120 },
  { header: 'Ngày kiểm tra', width: 90 },
  { header: 'Kết quả', width: 100 },
]

/** The minutes of an inspection as a PDF that two of the team sign with certificates (plan IV.2), not sealed yet. */
export function writePreparedMinutes(minutes: InspectionMinutes, code: PaperCode, paperId: number): Promise<Buffer> {
  return writePreparedPaper(
    { kind: 'minutes', id: paperId },
    {
      title: `Biên bản kiểm tra ${authorityInFull(minutes.unitName)}`,
      draw: pen => drawMinutes(pen, minutes),
      code,
    },
  )
}

function drawMinutes(pen: Pen, minutes: InspectionMinutes) {
  const { campaign, members, strata, picks, estimate, certainty, population, untrueShare, size, seed, drawnAt } =
    minutes
  const unit = authorityInFull(minutes.unitName)
  pen.columns(
    [campaign.issuer, 'Tổ kiểm tra'].map(text => text.toLocaleUpperCase('vi')),
    ['CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'Độc lập - Tự do - Hạnh phúc'],
  )
  pen.down(10)
  pen.line('BIÊN BẢN', { size: 15, weight: 600, isCentred: true })
  pen.paragraph(`Kiểm tra kết quả thực hiện Kế hoạch số ${campaign.code} tại ${unit}`, {
    weight: 600,
    isCentred: true,
  })
  pen.down(6)
  pen.paragraph(`Căn cứ ${planInFull(campaign)};`)
  pen.paragraph(`Căn cứ ${placeOf(campaign)} về việc đánh giá đúng thực tế số liệu báo cáo của các đơn vị.`)
  pen.paragraph(
    `${periodOf(minutes)}, Tổ kiểm tra đã kiểm tra thực tế các trường hợp hỗ trợ người dân do ${unit} báo cáo. Kết quả như sau:`,
  )
  pen.heading('I. TỔ KIỂM TRA')
  for (const { name } of members) pen.paragraph(`- Ông (bà) ${name}, thành viên.`)
  pen.paragraph(`Quyết định thành lập Tổ: ${decisionWords(minutes)}.`)
  pen.heading('II. CÁCH CHỌN MẪU')
  const risk = picks.filter(({ origin }) => origin === 'risk')
  for (const text of [
    `1. Số trường hợp đơn vị đã báo cáo đến lúc chọn mẫu (${formatDay(dayOf(drawnAt))}): ${formatNumber(population)}.`,
    `2. Yêu cầu: chắc chắn ${formatShare(certainty, 1)} thấy ít nhất một trường hợp không đúng thực tế, nếu có từ ${formatShare(untrueShare, 1)} số trường hợp không đúng thực tế.`,
    `3. Số mẫu ngẫu nhiên: ${formatNumber(size)}; chọn thêm theo dấu hiệu: ${formatNumber(risk.length)}.`,
    `4. Mã chọn mẫu: ${seed}`,
    `5. Cách kiểm tra lại việc chọn mẫu: ${REPLAY_RULE}`,
  ])
    pen.paragraph(text)
  pen.heading('III. KẾT QUẢ')
  const sample = picks.filter(({ origin }) => origin !== 'risk')
  pen.table(
    RESULTS,
    strata.map(row => {
      const tally = tallyOf(
        groupLabel(strata, row),
        row.size,
        sample.filter(({ stratum }) => stratum === row.stratum),
      )
      return [tally.label, ...FIGURES.map(figure => formatNumber(tally[figure]))]
    }),
  )
  if (risk.length > 0) {
    const tally = tallyOf('', 0, risk)
    pen.paragraph(
      `Chọn thêm theo dấu hiệu, không tính vào tỷ lệ: ${formatNumber(risk.length)} trường hợp; đúng thực tế ${formatNumber(tally.true)}, không đúng thực tế ${formatNumber(tally.untrue)}, chưa gặp được ${formatNumber(tally.notReached)}.`,
    )
  }
  pen.paragraph(
    estimate.reached === 0
      ? 'Tỷ lệ không đúng thực tế: chưa có người dân nào được gặp trong mẫu ngẫu nhiên.'
      : `Tỷ lệ không đúng thực tế: ${formatParts(estimate.untrue, estimate.reached)} trường hợp chọn ngẫu nhiên đã gặp. Với độ tin cậy ${formatShare(certainty, 1)}, tỷ lệ thực trong khoảng ${formatInterval(estimate)} (khoảng Clopper-Pearson).`,
  )
  pen.paragraph(waysLine(picks).replace(/^4\. /, ''))
  pen.heading('IV. DANH SÁCH TRƯỜNG HỢP ĐƯỢC CHỌN')
  pen.table(
    PICKS,
    picks.map(pick => [
      String(pick.place),
      codeOf(pick.helpId),
      officeLabels.pickOrigin[pick.origin],
      pick.checkedAt === null ? '' : formatDay(dayOf(pick.checkedAt)),
      resultLabel(pick),
    ]),
  )
  pen.paragraph('Ý kiến của đơn vị được kiểm tra được ghi trên hệ thống sau khi biên bản có hai chữ ký.')
  pen.place('Hai thành viên Tổ kiểm tra ký số trong khung này, hình chữ ký không đè lên nhau', PLACE)
}

const FIGURES = [
  'size',
  'drawn',
  'redrawn',
  'reached',
  'true',
  'untrue',
  'notReached',
] as const satisfies readonly Exclude<keyof Tally, 'label'>[]
