import { formatDay, formatNumber, formatParts } from '#app/text/format.ts'
import {
  bodyHeading,
  bodyText,
  dottedLines,
  inFull,
  type PaperColumn,
  paperEnd,
  paperHead,
  paperTitle,
  ruledTable,
  writePaper,
} from './administrative-paper.ts'
import { honorificOf, type ListedCollective, type ListedPerson } from './candidate-list.ts'
import type { CitedPlan, Issuing } from './petition.ts'

export type AchievementReport = {
  plan: CitedPlan
  issuing: Issuing
  form: string | null
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
 * Writes the báo cáo thành tích of one candidate as docx, a draft. Who they are and their figures are filled in; the
 * text is the unit's. Dotted lines replace text that the unit has not written yet. Candidates from outside have no
 * figures.
 */
export function writeAchievementReport({
  plan,
  issuing,
  form,
  provisional,
  subject,
}: AchievementReport): Promise<Uint8Array> {
  const { row } = subject
  const name = subject.kind === 'person' ? `${honorificOf(subject.row.sex)} ${row.name}` : inFull(row.name)
  return writePaper(`Báo cáo thành tích ${row.name}`, [
    paperHead({ ...issuing, numbering: `/BC-${issuing.sign}`, isDraft: true }),
    ...paperTitle('Báo cáo thành tích', [`Đề nghị tặng ${row.form}`, `trong thực hiện Kế hoạch số ${plan.code}`]),
    ...(form === null ? [] : [bodyText(`(${form})`, { italics: true })]),
    bodyText(`Tên ${subject.kind === 'person' ? 'cá nhân' : 'tập thể'} đề nghị: ${name}.`),
    bodyHeading('I. SƠ LƯỢC'),
    ...(subject.kind === 'person' ? aboutPerson(subject.row) : aboutCollective(subject.row)),
    bodyHeading('II. KẾT QUẢ ĐẠT ĐƯỢC'),
    bodyText(
      `Kết quả thực hiện Kế hoạch số ${plan.code}, từ ngày ${formatDay(plan.startsOn)} đến hết ngày ${formatDay(plan.endsOn)}, theo kết quả xét đã chốt:`,
      {},
      { keepNext: true },
    ),
    ...(provisional === null ? [] : [bodyText(provisional, { bold: true })]),
    ...figuresOf(subject),
    bodyHeading('III. THÀNH TÍCH'),
    ...(row.achievement === '' ? dottedLines(6) : row.achievement.split('\n').map(line => bodyText(line))),
    bodyHeading('IV. KHEN THƯỞNG ĐÃ CÓ'),
    ...awardsOf(row.earlierAwards),
    paperEnd({
      recipients: ['Cấp trên trực tiếp', 'Sở Nội vụ'],
      filedAt: '',
      signing: issuing.signing,
      name: issuing.signer,
    }),
  ])
}

/** Dotted lines where nobody was asked: the paper says that there is none only if somebody said so. */
function awardsOf(awards: readonly string[] | null) {
  if (awards === null) return dottedLines(2)
  return awards.length === 0 ? [bodyText('Chưa có.')] : awards.map(award => bodyText(`- ${award}.`))
}

function aboutPerson(row: ListedPerson) {
  if (row.officialId === null)
    return [
      bodyText(`- Họ và tên: ${row.name}${row.birthYear === null ? '' : `, sinh năm ${row.birthYear}`}.`),
      bodyText(`- Là ai, ở đâu: ${row.position}.`),
      bodyText(`- Đơn vị đề nghị: ${inFull(row.unitName)}.`),
    ]
  return [
    bodyText(`- Họ và tên: ${row.name}${row.birthYear === null ? '' : `, sinh năm ${row.birthYear}`}.`),
    ...(row.position === '' ? [] : [bodyText(`- Chức vụ: ${row.position}.`)]),
    bodyText(`- Đơn vị: ${inFull(row.unitName)}.`),
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
    return [bodyText('Không thuộc đối tượng được giao chỉ tiêu; thành tích do đơn vị đề nghị xác nhận tại mục III.')]
  const lines: Line[] = [
    { name: 'Chỉ tiêu (người dân)', value: figures.target === null ? 'Không giao' : formatNumber(figures.target) },
    { name: 'Số ghi nhận', value: formatNumber(figures.reported) },
    { name: 'Số được tính', value: formatNumber(figures.counted) },
    { name: 'Số đã đối chiếu', value: formatNumber(figures.verified) },
    ...(kind === 'person'
      ? row.obligations === null
        ? []
        : [{ name: 'Nội dung bản thân thực hiện', value: `${row.obligations.met}/${row.obligations.borne}` }]
      : (row.obligations ?? []).map(({ name, met, bearers }) => ({ name, value: formatParts(met, bearers) }))),
  ]
  return [ruledTable(COLUMNS, lines)]
}
