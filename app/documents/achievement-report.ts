import { Paragraph, type Table } from 'docx'
import { authorityInFull } from '#app/domain/letterhead.ts'
import { formatNumber, formatParts } from '#app/text/format.ts'
import { basisText } from '#app/text/part-basis.ts'
import { planInFull } from '#app/text/plan.ts'
import {
  bodyHeading,
  bodyText,
  dottedLines,
  type Issuing,
  type PaperColumn,
  paperHead,
  paperTitle,
  ruledTable,
  type Signature,
  signatures,
  signingLines,
  stateHead,
  writePaper,
} from './administrative-paper.ts'
import { honorificOf, type ListedCollective, type ListedPerson } from './candidate-list.ts'
import type { CitedPlan } from './petition.ts'

/** Who confirms a report, in which capacity; nobody confirms their own. */
type Confirming = Pick<Issuing, 'issuer' | 'signing' | 'signer'>

export type AchievementReport = {
  plan: CitedPlan
  /** the unit that reports, or in which the person works */
  issuing: Issuing
  /** of a person: the head of their unit, of a head the one above; of a collective: its own head */
  confirming: Confirming
  /** the level that proposes (cấp trình khen); null: it is the one that confirms */
  proposing: Confirming | null
  form: string | null
  /** while its unit may still change what it proposes */
  isDraft: boolean
  /** what the report says of figures from a provisional version; null: they are of one that decides */
  provisional: string | null
  subject: { kind: 'person'; row: ListedPerson } | { kind: 'collective'; row: ListedCollective }
}

type Line = { name: string; value: string }
const COLUMNS: readonly PaperColumn<Line>[] = [
  { header: 'Nội dung', width: 115, isWords: true, value: row => row.name },
  { header: 'Kết quả', width: 50, value: row => row.value },
]

/**
 * Writes the báo cáo thành tích of one candidate as docx. A person reports for themself, their head and the
 * level that proposes confirm it; a collective's is its unit's paper. Figures are filled in, the text is the unit's;
 * dotted lines replace what nobody has written. Candidates from outside have no figures.
 */
export function writeAchievementReport(report: AchievementReport): Promise<Uint8Array> {
  const { plan, issuing, form, provisional, subject } = report
  const { row } = subject
  const isPerson = subject.kind === 'person'
  return writePaper(`Báo cáo thành tích ${row.name}`, [
    ...(isPerson
      ? stateHead({ place: issuing.place, datedOn: issuing.datedOn })
      : [paperHead({ issuing, kind: 'BC', isDraft: report.isDraft })]),
    ...paperTitle('Báo cáo thành tích', [`Đề nghị tặng ${row.form}`, `trong thực hiện Kế hoạch số ${plan.code}`]),
    ...(form === null ? [] : [bodyText(`(${form})`, { italics: true })]),
    bodyText(
      `Tên ${isPerson ? 'cá nhân' : 'tập thể'} đề nghị: ${isPerson ? `${honorificOf(subject.row.sex)} ${row.name}` : authorityInFull(row.name)}.`,
    ),
    bodyHeading(isPerson ? 'I. SƠ LƯỢC LÝ LỊCH' : 'I. SƠ LƯỢC ĐẶC ĐIỂM, TÌNH HÌNH'),
    ...(isPerson ? aboutPerson(subject.row) : aboutCollective(subject.row)),
    bodyHeading('II. THÀNH TÍCH ĐẠT ĐƯỢC'),
    bodyText(`1. Kết quả thực hiện ${planInFull(plan)}, theo kết quả xét đã chốt:`, {}, { keepNext: true }),
    ...(provisional === null ? [] : [bodyText(provisional, { bold: true })]),
    ...figuresOf(subject),
    bodyText('2. Thành tích:', {}, { keepNext: true, spacing: { before: 120, after: 120 } }),
    ...(row.achievement === '' ? dottedLines(6) : row.achievement.split('\n').map(line => bodyText(line))),
    bodyHeading('III. CÁC HÌNH THỨC ĐÃ ĐƯỢC KHEN THƯỞNG'),
    ...awardsOf(row.earlierAwards),
    new Paragraph({ keepNext: true, children: [] }),
    ...signersOf(report),
  ])
}

/** The person, who confirms them, and the level that proposes; a collective's head, and the level that proposes. */
function signersOf({ confirming, proposing, subject }: AchievementReport): (Table | Paragraph)[] {
  const confirms = (words: string, { issuer, signing, signer }: Confirming): Signature => ({
    capacity: [words, ...signingLines(signing)],
    note: `(${issuer}; ký, đóng dấu)`,
    name: signer,
  })
  const own: Signature = { capacity: ['Người báo cáo'], note: '(Ký, ghi rõ họ tên)', name: subject.row.name }
  const head = confirms('Thủ trưởng đơn vị xác nhận, đề nghị', confirming)
  const above = proposing === null ? [] : [confirms('Xác nhận của cấp trình khen thưởng', proposing)]
  if (subject.kind === 'collective')
    return [signatures([...above, { ...head, capacity: ['Thủ trưởng đơn vị', ...signingLines(confirming.signing)] }])]
  if (above.length === 0) return [signatures([head, own])]
  return [
    signatures([head, own], { staysWithNext: true }),
    new Paragraph({ keepNext: true, children: [] }),
    signatures(above),
  ]
}

/** Dotted lines where nobody was asked: the paper says that there is none only if somebody said so. */
function awardsOf(awards: readonly string[] | null) {
  if (awards === null) return dottedLines(2, { keepNext: true })
  const words = awards.length === 0 ? ['Chưa có.'] : awards.map(award => `- ${award}.`)
  // no page holds signatures alone
  return words.map((line, n) => bodyText(line, {}, { keepNext: n === words.length - 1 }))
}

function aboutPerson(row: ListedPerson) {
  if (row.officialId === null)
    return [
      bodyText(`- Họ và tên: ${row.name}${row.birthYear === null ? '' : `, sinh năm ${row.birthYear}`}.`),
      bodyText(`- Là ai, ở đâu: ${row.position}.`),
      bodyText(`- Đơn vị đề nghị: ${authorityInFull(row.unitName)}.`),
    ]
  return [
    bodyText(`- Họ và tên: ${row.name}${row.birthYear === null ? '' : `, sinh năm ${row.birthYear}`}.`),
    ...(row.position === '' ? [] : [bodyText(`- Chức vụ: ${row.position}.`)]),
    bodyText(`- Đơn vị: ${authorityInFull(row.unitName)}.`),
  ]
}

function aboutCollective(row: ListedCollective) {
  return [
    bodyText(`- Loại: ${row.kind}.`),
    ...(row.figures === null
      ? []
      : [
          bodyText(
            `- Số người thực hiện: ${formatNumber(row.figures.officials)}, trong đó nữ ${formatParts(row.figures.women, row.figures.officials)}.`,
          ),
        ]),
  ]
}

function figuresOf({ kind, row }: AchievementReport['subject']) {
  const { figures } = row
  if (figures === null)
    return [bodyText('Không thuộc đối tượng được giao chỉ tiêu; thành tích do đơn vị đề nghị xác nhận tại điểm 2.')]
  const lines: Line[] = [
    { name: 'Chỉ tiêu (người dân)', value: figures.target === null ? 'Không giao' : formatNumber(figures.target) },
    { name: 'Số ghi nhận', value: formatNumber(figures.reported) },
    { name: 'Số được tính', value: formatNumber(figures.counted) },
    { name: 'Số đã đối chiếu', value: formatNumber(figures.verified) },
    ...(kind === 'person'
      ? row.obligations === null
        ? []
        : [
            { name: 'Nội dung bản thân thực hiện', value: `${row.obligations.met}/${row.obligations.borne}` },
            ...row.obligations.bases.map(({ name, basis }) => ({ name: `- ${name}`, value: basisText(basis) })),
          ]
      : (row.obligations ?? []).map(({ name, met, bearers }) => ({ name, value: formatParts(met, bearers) }))),
  ]
  return [ruledTable(COLUMNS, lines)]
}
