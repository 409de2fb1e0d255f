import { type Day, dayOf } from '#app/domain/calendar.ts'
import type { ReportFigure, ReportFigures } from '#app/domain/report.ts'
import type { ReportKind } from '#app/domain/vocabulary.ts'
import { formatDay, formatInstant, formatLongDay, formatNumber } from '#app/text/format.ts'
import { figuresNote, REPORT_GROUPS, reportFigureLabels } from '#app/text/report.ts'
import {
  addressedTo,
  bodyHeading,
  bodyText,
  closingBlock,
  type PaperColumn,
  paperHead,
  paperTitle,
  ruledTable,
  type Signature,
  writePaper,
} from './administrative-paper.ts'

/** A unit's report as its document tells it: sums and words, no person's records. */
export type ReportPaper = {
  campaign: { code: string; name: string; issuer: string; issuedOn: Day }
  unitName: string
  aboveName: string
  headTitle: string
  kind: ReportKind
  endsOn: Day
  /** the instant of the figures: when it was signed, of a draft now */
  at: number
  figures: ReportFigures
  difficulties: string
  proposals: string
  /** null: a draft to be signed */
  signed: {
    at: number
    name: string
    capacity: string
    isOnPaper: boolean
    documentNumber: string | null
    documentOn: Day | null
    hash: string
  } | null
}

const COMMITTEE = /^(UBND|Ủy ban nhân dân) /
const TERRITORY = /^(Tỉnh|Thành phố|Thị xã|Huyện) /

/** The name of an authority in full: a territory's is its people's committee. */
function inFull(name: string): string {
  const full = name.replace(COMMITTEE, 'Ủy ban nhân dân ')
  return TERRITORY.test(full) ? `Ủy ban nhân dân ${full.charAt(0).toLocaleLowerCase('vi')}${full.slice(1)}` : full
}

/** Where a document is dated: the place that an authority governs; undefined for others. */
function placeOf(name: string): string | undefined {
  if (!COMMITTEE.test(name) && !TERRITORY.test(name)) return undefined
  return name.replace(COMMITTEE, '').replace(/^(tỉnh|thành phố|thị xã|huyện|xã|phường|thị trấn) /i, '')
}

type Line = { figure: ReportFigure; value: number }
const COLUMNS: readonly PaperColumn<Line>[] = [
  { header: 'Nội dung', width: 125, isWords: true, value: row => reportFigureLabels[row.figure] },
  { header: 'Số liệu', width: 40, value: row => formatNumber(row.value) },
]

/**
 * A unit's report (báo cáo kết quả, plan IV.2, V.1) as docx, laid out by NĐ 30/2020: a draft until it is signed, then
 * with who signed and the hash of what was signed.
 */
export function writeReportPaper(report: ReportPaper): Promise<Uint8Array> {
  const { campaign, unitName, aboveName, kind, endsOn, signed } = report
  const issuer = inFull(unitName)
  const isCommittee = issuer.startsWith('Ủy ban nhân dân')
  const root = inFull(campaign.issuer)
  const place = placeOf(unitName) ?? placeOf(aboveName) ?? 'Bình Phước'
  const dated = signed?.documentOn ?? dayOf(report.at)
  const to = kind === 'final' ? `${root} (qua Công an tỉnh)` : inFull(aboveName)
  return writePaper(`Báo cáo của ${issuer}`, [
    paperHead({
      above: inFull(aboveName),
      issuer,
      numbering: isCommittee ? '/BC-UBND' : '/BC-……',
      isDraft: signed === null,
      placed: `${place}, ${formatLongDay(dated)}`,
    }),
    ...paperTitle('Báo cáo', [
      kind === 'final'
        ? `Tổng kết kết quả thực hiện Kế hoạch số ${campaign.code}`
        : `Kết quả thực hiện Kế hoạch số ${campaign.code}`,
      `(số liệu đến ngày ${formatDay(endsOn)})`,
    ]),
    addressedTo(to),
    bodyText(
      `Thực hiện Kế hoạch số ${campaign.code} ${formatLongDay(campaign.issuedOn)} của ${root}, ${issuer} báo cáo kết quả thực hiện như sau:`,
    ),
    bodyHeading('I. KẾT QUẢ THỰC HIỆN'),
    ...REPORT_GROUPS.flatMap((group, n) => [
      bodyText(
        `${n + 1}. ${group.title} (mục ${group.article} Kế hoạch)`,
        { bold: true },
        { keepNext: true, spacing: { before: 120, after: 120 } },
      ),
      ruledTable(
        COLUMNS,
        group.figures.map(figure => ({ figure, value: report.figures[figure] })),
      ),
    ]),
    bodyText(figuresNote, { italics: true }, { spacing: { before: 120, after: 120 } }),
    bodyHeading('II. KHÓ KHĂN, VƯỚNG MẮC'),
    ...paragraphs(report.difficulties),
    bodyHeading('III. ĐỀ XUẤT, KIẾN NGHỊ'),
    ...paragraphs(report.proposals),
    bodyText(`Trên đây là báo cáo kết quả thực hiện Kế hoạch số ${campaign.code} của ${issuer}./.`),
    ...(signed === null
      ? []
      : [
          bodyText(
            `Số liệu được chốt trên hệ thống lúc ${formatInstant(signed.at)}, mã băm SHA-256: ${signed.hash}.`,
            { italics: true },
            { alignment: 'left' },
          ),
        ]),
    closingBlock(['Như trên', 'Công an tỉnh (thường trực)', 'Lưu: VT'], signatureOf(report, isCommittee)),
  ])
}

function paragraphs(text: string) {
  const lines = text
    .split(/\r?\n/)
    .map(line => line.trim())
    .filter(Boolean)
  return lines.length === 0 ? [bodyText('Không nêu.')] : lines.map(line => bodyText(line))
}

/** TM. of a committee, KT. for a deputy, TL. by order; the head's title without the name of the authority. */
function signatureOf({ headTitle, signed }: ReportPaper, isCommittee: boolean): Signature {
  const title = isCommittee ? 'Chủ tịch' : headTitle
  const of = isCommittee ? ['TM. Ủy ban nhân dân'] : []
  const capacity =
    signed?.capacity === 'deputy'
      ? [...of, `KT. ${title}`, `Phó ${title}`]
      : signed?.capacity === 'by_order'
        ? [`TL. ${title}`]
        : [...of, title]
  const note =
    signed === null
      ? '(Ký, ghi rõ họ tên, đóng dấu)'
      : signed.isOnPaper
        ? `(Đã ký văn bản số ${signed.documentNumber ?? ''})`
        : `(Đã ký trên hệ thống lúc ${formatInstant(signed.at)})`
  return { capacity, note, name: signed?.name ?? null }
}
