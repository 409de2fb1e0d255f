import type { Day } from '#app/domain/calendar.ts'
import { formatLongDay, formatNumber, formatParts } from '#app/text/format.ts'
import {
  bodyHeading,
  bodyText,
  dottedLines,
  type Issuing,
  legalBases,
  type PaperColumn,
  paperHead,
  paperTitle,
  recipientsBelow,
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

/** The meeting as it was put on record; an empty text leaves dots to be filled in by hand. */
export type Meeting = {
  /** "08 giờ 00" */
  startedAt: string
  endedAt: string
  place: string
  chair: string
  secretary: string
  present: readonly string[]
  absent: readonly string[]
}

export type CouncilMinutes = {
  /** the authority of which the council is: the province's people's committee */
  issuing: Pick<Issuing, 'form' | 'above' | 'issuer' | 'sign'>
  /** what it calls itself in sentences: "Hội đồng Thi đua - Khen thưởng tỉnh" */
  council: string
  /** who put the candidates before it */
  presenter: string
  /** null: only the day is known */
  meeting: Meeting | null
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
  const { plan, metOn, issuing, council, presenter } = minutes
  const meeting = minutes.meeting ?? NO_RECORD
  const day = metOn === null ? 'ngày …… tháng …… năm ………' : formatLongDay(metOn)
  const all = [...minutes.collectives, ...minutes.persons]
  const kept = (rows: readonly VotedCandidate[]) => rows.filter(({ isKept }) => isKept).length
  return writePaper(`Biên bản họp ${council}`, [
    paperHead({ issuing, kind: 'BB', isDated: false, isDraft: true }),
    ...paperTitle('Biên bản', [
      'Họp xét đề nghị tặng thưởng các tập thể, cá nhân',
      `có thành tích trong thực hiện Kế hoạch số ${plan.code}`,
    ]),
    ...legalBases(minutes.bases),
    ...(minutes.form === null ? [] : [bodyText(`(${minutes.form})`, { italics: true })]),
    bodyText(`Thời gian bắt đầu: ${meeting.startedAt || '…… giờ ……'}, ${day}.`),
    bodyText(`Địa điểm: ${meeting.place || '………………………………………………'}.`),
    bodyHeading('I. THÀNH PHẦN THAM DỰ'),
    bodyText(`1. Chủ trì: ${meeting.chair || '………………………………………………'}.`),
    bodyText(`2. Thư ký: ${meeting.secretary || '………………………………………………'}.`),
    ...named('3. Thành viên dự họp', meeting.present, 3),
    ...named('4. Thành viên vắng mặt', meeting.absent, minutes.meeting === null ? 1 : 0),
    bodyHeading('II. NỘI DUNG'),
    bodyText(
      `${council} xem xét ${formatNumber(minutes.collectives.length)} tập thể và ${formatNumber(minutes.persons.length)} cá nhân do ${presenter} trình; số liệu của từng tập thể, cá nhân lấy từ kết quả xét đã chốt, kèm theo hồ sơ.`,
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
      `${council} thống nhất đề nghị tặng thưởng cho ${formatNumber(kept(minutes.collectives))} tập thể và ${formatNumber(kept(minutes.persons))} cá nhân.`,
      {},
      { spacing: { before: 120, after: 120 }, keepNext: true },
    ),
    bodyText(`Cuộc họp kết thúc vào ${meeting.endedAt || '…… giờ ……'}, ${day}./.`, {}, { spacing: { after: 240 } }),
    signatures([
      { capacity: ['Thư ký'], note: '(Ký, ghi rõ họ tên)', name: meeting.secretary || null },
      { capacity: ['Chủ tọa'], note: '(Ký, ghi rõ họ tên)', name: meeting.chair || null },
    ]),
    ...recipientsBelow(['Thành viên dự họp', presenter]),
  ])
}

const NO_RECORD: Meeting = {
  startedAt: '',
  endedAt: '',
  place: '',
  chair: '',
  secretary: '',
  present: [],
  absent: [],
}

/** Names a line each, dotted lines where nobody is on record, "Không." where that was recorded so. */
function named(words: string, names: readonly string[], blanks: number) {
  if (names.length === 0 && blanks === 0) return [bodyText(`${words}: Không.`)]
  return [
    bodyText(`${words}:`, {}, { keepNext: true }),
    ...(names.length === 0 ? dottedLines(blanks) : names.map(name => bodyText(`- ${name}.`))),
  ]
}
