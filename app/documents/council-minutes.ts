import type { CouncilSitting } from '#app/domain/council.ts'
import { capitalize } from '#app/text/board.ts'
import { clockWords } from '#app/text/council.ts'
import { formatInstant, formatNumber, formatParts } from '#app/text/format.ts'
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
  writtenDay,
} from './administrative-paper.ts'
import { type CitedPlan, counted, enumerated, sealedWords } from './petition.ts'

/** One candidate as the council voted; null: no vote is on record. */
type VotedCandidate = {
  name: string
  unitName: string
  votes: { for: number; total: number } | null
  isKept: boolean
}

export type CouncilMinutes = {
  /** the authority of which the council is: the province's people's committee */
  issuing: Pick<Issuing, 'form' | 'above' | 'issuer' | 'sign'>
  /** what it calls itself in sentences: "Hội đồng Thi đua - Khen thưởng tỉnh" */
  council: string
  /** who put the candidates before it */
  presenter: string
  plan: CitedPlan
  bases: readonly string[]
  form: string | null
  /** where, when and with whom it was held, as it was recorded; null: not held yet */
  sitting: CouncilSitting | null
  /** what was added to the minutes later */
  supplements: readonly { body: string; recordedAt: number }[]
  collectives: readonly VotedCandidate[]
  persons: readonly VotedCandidate[]
  /** sealed annexes, each voted on as a whole; nobody of them is named */
  annexes: readonly VotedAnnex[]
}

/** A sealed annex before the council: how many people of which command. */
type VotedAnnex = Pick<VotedCandidate, 'votes' | 'isKept'> & { command: string; count: number }

const annexWords = ({ command, count }: VotedAnnex) => sealedWords([{ command, count, certificates: '' }]).join()

const annexLine = (annex: VotedAnnex): VotedCandidate => ({
  name: `Phụ lục kín: ${counted(annex.count, 'cá nhân')}`,
  unitName: annex.command,
  votes: annex.votes,
  isKept: annex.isKept,
})

type Line = VotedCandidate & { number: number }
const COLUMNS: readonly PaperColumn<Line>[] = [
  { header: 'STT', width: 14, value: row => String(row.number) },
  { header: 'Tên tập thể, cá nhân', width: 47, isWords: true, value: row => row.name },
  // a unit is named once: in its own line its name has the units above it
  { header: 'Đơn vị', width: 39, isWords: true, value: row => (row.unitName === row.name ? '' : row.unitName) },
  {
    header: 'Số phiếu đồng ý',
    width: 32,
    value: row => (row.votes === null ? '' : formatParts(row.votes.for, row.votes.total)),
  },
  { header: 'Kết quả', width: 33, isWords: true, value: row => (row.isKept ? 'Đề nghị tặng thưởng' : 'Không đề nghị') },
]

/** The minutes of the Hội đồng Thi đua - Khen thưởng on one round as docx, a draft before it met: what was put before it, and the votes. */
export function writeCouncilMinutes(minutes: CouncilMinutes): Promise<Uint8Array> {
  const { plan, sitting, issuing, council, presenter } = minutes
  const day = writtenDay(sitting?.metOn)
  const { collectives, persons } = minutes
  const lines = [...collectives, ...persons, ...minutes.annexes.map(annexLine)]
  const all = { collectives: collectives.length, persons: persons.length }
  const count = (rows: readonly VotedCandidate[]) => rows.filter(({ isKept }) => isKept).length
  const kept = { collectives: count(collectives), persons: count(persons) }
  return writePaper(`Biên bản họp ${council}`, [
    paperHead({ issuing, kind: 'BB', isDated: false, isDraft: sitting === null }),
    ...paperTitle('Biên bản', [
      'Họp xét đề nghị tặng thưởng các tập thể, cá nhân',
      `có thành tích trong thực hiện Kế hoạch số ${plan.code}`,
    ]),
    ...legalBases(minutes.bases),
    ...(minutes.form === null ? [] : [bodyText(`(${minutes.form})`, { italics: true })]),
    bodyText(`Thời gian bắt đầu: ${sitting === null ? '…… giờ ……' : clockWords(sitting.startedAt)}, ${day}.`),
    bodyText(`Địa điểm: ${sitting?.place ?? '………………………………………………'}.`),
    bodyHeading('I. THÀNH PHẦN THAM DỰ'),
    ...attendance(sitting),
    bodyHeading('II. NỘI DUNG'),
    bodyText(
      `${council} xem xét ${countedParts(all, minutes.annexes, ` do ${presenter} trình`)}; số liệu của từng tập thể, cá nhân lấy từ kết quả xét đã chốt, kèm theo hồ sơ.`,
    ),
    bodyHeading('III. KẾT QUẢ BIỂU QUYẾT'),
    ...(lines.length === 0
      ? [bodyText('Chưa có tập thể, cá nhân nào được trình.')]
      : [
          ruledTable(
            COLUMNS,
            lines.map((row, n) => ({ ...row, number: n + 1 })),
          ),
        ]),
    bodyText(
      `${council} thống nhất đề nghị tặng thưởng cho ${countedParts(
        kept,
        minutes.annexes.filter(({ isKept }) => isKept),
      )}.`,
      {},
      { spacing: { before: 120, after: 120 }, keepNext: true },
    ),
    bodyText(
      `Cuộc họp kết thúc vào ${sitting === null ? '…… giờ ……' : clockWords(sitting.endedAt)}, ${day}./.`,
      {},
      { spacing: { after: 240 }, keepNext: true },
    ),
    ...minutes.supplements.map(({ body, recordedAt }) =>
      bodyText(`Bổ sung (${formatInstant(recordedAt)}): ${body}`, { italics: true }, { keepNext: true }),
    ),
    signatures([
      {
        capacity: ['Thư ký'],
        note: '(Ký, ghi rõ họ tên)',
        name: sitting === null ? null : nameAlone(sitting.secretary),
      },
      { capacity: ['Chủ tọa'], note: '(Ký, ghi rõ họ tên)', name: sitting === null ? null : nameAlone(sitting.chair) },
    ]),
    ...recipientsBelow(['Thành viên dự họp', capitalize(presenter)]),
  ])
}

/** "01 tập thể và 02 cá nhân do Sở Nội vụ trình; 03 cá nhân theo phụ lục …": without a part that has nobody. */
function countedParts(
  { collectives, persons }: { collectives: number; persons: number },
  annexes: readonly VotedAnnex[],
  by = '',
): string {
  const parts = [
    ...(collectives > 0 ? [counted(collectives, 'tập thể')] : []),
    ...(persons > 0 ? [counted(persons, 'cá nhân')] : []),
  ]
  const named = parts.length > 0 || annexes.length === 0 ? [`${enumerated(parts) || '0 tập thể, cá nhân'}${by}`] : []
  return [...named, ...annexes.map(annexWords)].join('; ')
}

/** "Trần Thị A, Chủ tịch Hội đồng" → "Trần Thị A": the name alone is below a signature. */
const nameAlone = (words: string) => words.split(',')[0]?.trim() ?? words

/** Who chaired, wrote and was there, or was not; dotted lines before the meeting. */
function attendance(sitting: CouncilSitting | null) {
  if (sitting === null)
    return ['1. Chủ trì:', '2. Thư ký:', '3. Thành viên dự họp:', '4. Thành viên vắng mặt:'].flatMap((head, n) => [
      bodyText(head, {}, { keepNext: true }),
      ...dottedLines(n === 2 ? 3 : 1),
    ])
  const { chair, secretary, present, absent } = sitting
  return [
    bodyText(`1. Chủ trì: ${chair}.`),
    bodyText(`2. Thư ký: ${secretary}.`),
    bodyText(`3. Thành viên dự họp (${formatNumber(present.length)}):`, {}, { keepNext: true }),
    ...present.map(name => bodyText(`- ${name};`)),
    bodyText(`4. Thành viên vắng mặt: ${absent.length === 0 ? 'không có' : absent.join('; ')}.`),
  ]
}
