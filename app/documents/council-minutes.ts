import type { Day } from '#app/domain/calendar.ts'
import { formatLongDay, formatNumber, formatParts } from '#app/text/format.ts'
import {
  bodyHeading,
  bodyText,
  dottedLines,
  legalBases,
  type PaperColumn,
  paperHead,
  paperTitle,
  ruledTable,
  signatures,
  writePaper,
} from './administrative-paper.ts'
import type { CitedPlan } from './petition.ts'

/** One candidate as the council voted; null: no vote is on record. */
type VotedCandidate = {
  name: string
  unitName: string
  form: string
  votes: { for: number; total: number } | null
  isKept: boolean
}

export type CouncilMinutes = {
  /** the province's people's committee, in full */
  committee: string
  plan: CitedPlan
  bases: readonly string[]
  form: string | null
  /** null: not held yet, or its day is not on record */
  metOn: Day | null
  collectives: readonly VotedCandidate[]
  persons: readonly VotedCandidate[]
}

type Line = VotedCandidate & { number: number }
const COLUMNS: readonly PaperColumn<Line>[] = [
  { header: 'STT', width: 11, value: row => String(row.number) },
  { header: 'Tên tập thể, cá nhân', width: 48, isWords: true, value: row => row.name },
  { header: 'Đơn vị', width: 40, isWords: true, value: row => row.unitName },
  {
    header: 'Số phiếu đồng ý',
    width: 33,
    value: row => (row.votes === null ? '' : formatParts(row.votes.for, row.votes.total)),
  },
  { header: 'Kết quả', width: 33, isWords: true, value: row => (row.isKept ? 'Đề nghị tặng thưởng' : 'Không đề nghị') },
]

/** The minutes of the Hội đồng Thi đua - Khen thưởng on one round as docx, a draft: what was put before it, and the votes. */
export function writeCouncilMinutes(minutes: CouncilMinutes): Promise<Uint8Array> {
  const { plan, metOn } = minutes
  const all = [...minutes.collectives, ...minutes.persons]
  const kept = (rows: readonly VotedCandidate[]) => rows.filter(({ isKept }) => isKept).length
  return writePaper('Biên bản họp Hội đồng Thi đua - Khen thưởng', [
    paperHead({
      above: minutes.committee,
      issuer: 'Hội đồng Thi đua - Khen thưởng',
      numbering: '/BB-HĐTĐKT',
      isDraft: true,
    }),
    ...paperTitle('Biên bản', [
      'Họp xét đề nghị tặng thưởng các tập thể, cá nhân',
      `có thành tích trong thực hiện Kế hoạch số ${plan.code}`,
    ]),
    ...legalBases(minutes.bases),
    bodyText(
      `Hôm nay, ${metOn === null ? 'ngày …… tháng …… năm ………' : formatLongDay(metOn)}, Hội đồng Thi đua - Khen thưởng tỉnh họp xét đề nghị của Sở Nội vụ. Kết quả như sau:`,
    ),
    ...(minutes.form === null ? [] : [bodyText(`(${minutes.form})`, { italics: true })]),
    bodyHeading('I. THÀNH PHẦN'),
    bodyText('1. Chủ trì:', {}, { keepNext: true }),
    ...dottedLines(1),
    bodyText('2. Thư ký:', {}, { keepNext: true }),
    ...dottedLines(1),
    bodyText('3. Thành viên dự họp:', {}, { keepNext: true }),
    ...dottedLines(3),
    bodyHeading('II. NỘI DUNG'),
    bodyText(
      `Hội đồng xem xét ${formatNumber(minutes.collectives.length)} tập thể và ${formatNumber(minutes.persons.length)} cá nhân do Sở Nội vụ trình; số liệu của từng tập thể, cá nhân lấy từ kết quả xét đã chốt, kèm theo hồ sơ.`,
    ),
    bodyHeading('III. KẾT QUẢ BIỂU QUYẾT'),
    ...(all.length === 0
      ? [bodyText('Chưa có tập thể, cá nhân nào được trình.')]
      : [
          ruledTable(
            COLUMNS,
            all.map((row, n) => ({ ...row, number: n + 1 })),
          ),
        ]),
    bodyText(
      `Hội đồng thống nhất đề nghị tặng thưởng cho ${formatNumber(kept(minutes.collectives))} tập thể và ${formatNumber(kept(minutes.persons))} cá nhân.`,
      {},
      { spacing: { before: 120, after: 240 }, keepNext: true },
    ),
    signatures([
      { capacity: ['Thư ký'], note: '(Ký, ghi rõ họ tên)', name: null },
      { capacity: ['Chủ tịch Hội đồng'], note: '(Ký, ghi rõ họ tên)', name: null },
    ]),
  ])
}
